"""What follows /billing payers: a verb, a matter, or something to ask back about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policies.models import Topic
from bot.slack.blocks.payer_list import suggestion
from bot.slack.payers_command import PayersCommand, Wish, read_payers_command


@pytest.mark.parametrize(
    ("typed", "wish", "rest"),
    [
        ("", Wish.SHOW, ""),
        ("show", Wish.SHOW, ""),
        ("all", Wish.ALL, ""),
        ("clear", Wish.CLEAR, ""),
        ("add Aetna, Cigna", Wish.ADD, "Aetna, Cigna"),
        ("Add: Aetna; HUSKY", Wish.ADD, "Aetna; HUSKY"),
        ("+ Aetna", Wish.ADD, "Aetna"),
        ("+Aetna", Wish.ADD, "Aetna"),
        ("remove Aetna", Wish.REMOVE, "Aetna"),
        ("drop HUSKY", Wish.REMOVE, "HUSKY"),
        ("add", Wish.ADD, ""),
        ("Aetna", Wish.UNSURE, "Aetna"),
        ("does Aetna need it?", Wish.ASK, "does Aetna need it?"),
        ("rules for Aetna", Wish.ASK, "rules for Aetna"),
    ],
)
def test_verbs(typed: str, wish: Wish, rest: str) -> None:
    read = read_payers_command(typed)
    assert (read.wish, read.rest) == (wish, rest)


@pytest.mark.parametrize("topic", list(Topic))
def test_each_topic_of_the_contract_is_a_matter(topic: Topic) -> None:
    read = read_payers_command(topic.value)
    assert (read.wish, read.topic) == (Wish.COMPARE, topic)


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("prior auth", Topic.PRIOR_AUTH),
        ("on telehealth", Topic.TELEHEALTH),
        ("group size?", Topic.GROUP_SIZE),
        ("same-day", Topic.SAME_DAY),
        ("Same Day", Topic.SAME_DAY),
        ("that need auth for group", Topic.PRIOR_AUTH),
        ("by video", Topic.TELEHEALTH),
    ],
)
def test_matters_as_people_say_them(typed: str, topic: Topic) -> None:
    read = read_payers_command(typed)
    assert (read.wish, read.topic) == (Wish.COMPARE, topic)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("samday", "same_day"), ("prior ath", "prior_auth"), ("Aetna", ""), ("soon", "")],
)
def test_a_mistyped_matter_is_asked_about_and_not_guessed(typed: str, meant: str) -> None:
    read = read_payers_command(typed)
    assert (read.wish, read.topic) == (Wish.UNSURE, Topic(meant) if meant else None)


def test_what_was_likely_meant_is_a_button_away() -> None:
    shown = suggestion("samday", Topic.SAME_DAY)
    assert "did you mean `/billing payers same_day`?" in shown.text
    assert "'value': 'payers same_day'" in str(shown.blocks)


def test_a_matter_for_payers_named_or_for_all_on_file() -> None:
    named = read_payers_command("telehealth: Aetna, Cigna")
    assert (named.topic, named.names) == (Topic.TELEHEALTH, "Aetna, Cigna")
    assert read_payers_command("same_day for Aetna and HUSKY").names == "Aetna and HUSKY"
    assert read_payers_command("same_day all") == PayersCommand(Wish.COMPARE, "same_day", Topic.SAME_DAY, everyone=True)
    assert read_payers_command("all telehealth").everyone


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read(text: str) -> None:
    read_payers_command(text)
