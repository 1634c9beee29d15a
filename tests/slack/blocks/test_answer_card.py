"""The answer card: the decision first, its conditions, where it is written, and what to do."""

import pytest

from bot.answers.models import Citation, Engine, Reply
from bot.policies.models import Confidence, Decision, SourceKind, Topic
from bot.slack.blocks.answer import answer_messages, call_script, headline, shown_more, shown_script, shown_sources
from bot.slack.blocks.gist import gist
from bot.slack.blocks.thumbs import read_thumb
from bot.workspace.limits import check_message
from tests.slack.fakes import TODAY, make_answer


def shown(**changes: object) -> str:
    reply = Reply(question="q", answers=(make_answer().model_copy(update=changes),))
    made = answer_messages(reply, TODAY)
    for message in made:
        check_message({"text": message.text, "blocks": list(message.blocks)})
    return "\n".join(message.text for message in made)


def test_the_decision_is_the_first_line() -> None:
    assert shown().splitlines()[0] == "Allowed with conditions · Aetna · same-day services"


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize("topic", [Topic.SAME_DAY, Topic.GROUP_SIZE, Topic.GENERAL])
def test_every_decision_and_topic_has_words(decision: Decision, topic: Topic) -> None:
    assert "_" not in headline(make_answer(decision=decision, topic=topic))


def test_conditions_modifiers_and_next_step_stand_on_the_card() -> None:
    text = shown()
    assert "Conditions: Separate notes &amp; times" in text
    assert "Modifier: 59 on 90834" in text
    assert "Next: Put the times in both notes." in text


def test_each_source_is_one_line_with_its_link_its_date_and_how_it_was_learnt() -> None:
    assert (
        "[1] Behavioral health manual (https://example.org/manual?a=1&amp;b=2) · Aetna · 2026-01-01, 10 months old"
        " · payer's own document" in shown().splitlines()
    )


def test_stale_rules_and_conflicts_warn_in_a_line_each() -> None:
    text = shown(stale=True, conflicts=("A newsletter says otherwise.", "So does a blog."))
    assert "Old rule: the rule on file may be out of date for this benefit year." in text
    assert "Sources disagree: A newsletter says otherwise. (and 1 more under “More”)" in text


def test_what_a_line_of_its_own_says_is_not_said_again() -> None:
    text = shown(
        answer=(
            "Allowed with conditions: group therapy by telehealth, Aetna (commercial plans).\n\n"
            "- Aetna pays video groups of up to ten. [1]\n\n"
            "Modifier: 95 on the 90853 line [1].\n\n"
            "Sources disagree [1].\n\n"
            "The newest source is from 2023, before the 2026 benefit year: verify first."
        ),
        topic=Topic.TELEHEALTH,
        modifiers=("95",),
        conditions=("modifier 95", "up to ten in a video group", "consent on file"),
        stale=True,
        conflicts=("A blog says never.",),
        next_step="Verify first with Aetna, using the questions below.",
    ).splitlines()
    assert text[:7] == [
        "Allowed with conditions · Aetna (commercial plans) · telehealth",
        "Aetna pays video groups of up to ten. [1]",
        "Conditions: consent on file",
        "Modifier: 95, on the 90853 line",
        "Old rule: the newest source is from 2023, before the 2026 benefit year.",
        "Sources disagree: A blog says never.",
        "Next: Verify first with Aetna, using the call script.",
    ]


def test_a_lead_that_sums_up_a_list_carries_its_markers_and_the_list_waits_behind_more() -> None:
    long = "Aetna pays both on one date when each has a note of its own"
    answer = make_answer(answer=f"Allowed with conditions: {long}, with 59 on 90834.\n\n- One. [1]\n- Two. [2]")
    (message,) = answer_messages(Reply(question="q", answers=(answer,)), TODAY)
    assert f"{long}. [1][2]\nConditions: Separate notes &amp; times\nModifier: 59 on 90834" in message.text
    assert "One." not in message.text
    more = next(
        e for b in message.blocks if b["type"] == "actions" for e in b["elements"] if e["action_id"] == "more_0"
    )
    assert more["value"] == "• One. [1]\n• Two. [2]"
    assert shown_more(more["value"])[0].text == "More on file\n• One. [1]\n• Two. [2]"


def test_nothing_of_a_long_answer_is_lost_between_card_and_more() -> None:
    parts = [f"- Statement {number} " + "x" * 150 + f" [{number}]" for number in range(1, 9)]
    told = gist(make_answer(answer="\n\n".join(["Allowed: it is so and so, at some length [1].", *parts])))
    assert [part for part in (*told.said, *told.rest) if part.startswith("-")] == parts
    assert sum(map(len, told.said)) < 600


def test_a_card_says_one_statement_with_a_source_however_long() -> None:
    told = gist(make_answer(decision=Decision.UNKNOWN, answer="Unknown: nothing is on file.\n\n" + "x " * 400 + "[1]"))
    assert len(told.said) == 2


def test_a_narrower_matter_stands_in_the_headline() -> None:
    text = shown(answer="Allowed: group therapy and a medical visit (E/M) on one date, Aetna.\n\n- It is so. [1]")
    assert text.startswith(
        "Allowed with conditions · Aetna · group therapy and a medical visit (E/M) on one date\nIt is"
    )


@pytest.mark.parametrize(
    ("decision", "words", "told"),
    [
        (Decision.NOT_ALLOWED, "Not allowed", "20 people is over the maximum of 12"),
        (Decision.ALLOWED_WITH_CONDITIONS, "Allowed within limits", "8 people is within the maximum of 12"),
    ],
)
def test_a_number_held_against_a_limit_is_said_below_the_headline_and_not_in_it(
    decision: Decision, words: str, told: str
) -> None:
    text = shown(
        decision=decision,
        topic=Topic.GROUP_SIZE,
        answer=f"{words}, {told}: the size of a group, Aetna.\n\n- No more than 12 may take part. [1]",
    )
    headline, *beneath = text.splitlines()
    assert headline.endswith(" · Aetna · group size")
    assert beneath[0].removeprefix("• ") == f"{told}."
    assert "No more than 12 may take part. [1]" in beneath[1]


def test_sources_that_are_one_document_share_a_line_and_keep_their_dates() -> None:
    first = make_answer().citations[0]
    text = shown(answer="So. [1][2]", citations=(first, first.model_copy(update={"effective_date": ""})))
    assert "[1][2] Behavioral health manual" in text
    assert "2026-01-01, 10 months old and undated" in text


def test_only_sources_that_the_card_points_at_stand_on_it() -> None:
    first = make_answer().citations[0]
    other = first.model_copy(update={"source_title": "Another", "source_url": "https://example.org/other"})
    text = shown(answer="So. [2]", citations=(first, other))
    assert "[2] Another" in text
    assert "Behavioral health manual" not in text
    assert "1 more under “Sources”" in text


def test_an_unknown_payer_reads_well() -> None:
    text = shown(payer=None, decision=Decision.UNKNOWN, citations=(), confidence=Confidence.LOW)
    assert text.startswith("Not known · same-day services")
    assert "No source" not in text
    assert "Confidence" not in text


def test_what_is_no_ruling_has_no_headline() -> None:
    assert shown(payer=None, decision=Decision.NOT_APPLICABLE, citations=(), answer="I answer questions.").startswith(
        "I answer questions."
    )


def test_low_confidence_and_a_model_are_named() -> None:
    text = shown(confidence=Confidence.LOW, engine=Engine(name="model", model="some:model"))
    assert "Confidence: low" in text
    assert "Worded by some:model" in text


def test_several_payers_each_have_their_own_buttons() -> None:
    reply = Reply(question="q", answers=(make_answer(payer="Aetna"), make_answer(payer="Cigna")))
    (message,) = answer_messages(reply, TODAY)
    elements = [e for b in message.blocks if b["type"] == "actions" for e in b["elements"]]
    assert [b["text"]["text"] for b in elements if b["type"] == "button"] == [
        "Call script: Aetna",
        "Sources: Aetna",
        "Why?",
        "Call script: Cigna",
        "Sources: Cigna",
    ]


def test_twenty_payers_go_out_within_the_limits() -> None:
    reply = Reply(question="q", answers=tuple(make_answer(payer=f"Payer {n}", answer="x" * 2000) for n in range(20)))
    made = answer_messages(reply, TODAY)
    for message in made:
        check_message({"text": message.text, "blocks": list(message.blocks)})
    assert len(made) > 1


def test_no_call_script_no_button() -> None:
    (message,) = answer_messages(Reply(question="q", answers=(make_answer(call_script=()),)), TODAY)
    assert "Call script" not in str(message.blocks)


def test_a_long_script_is_cut_at_a_line() -> None:
    value = call_script(make_answer(call_script=tuple(f"Question {n} " + "x" * 200 for n in range(30))))
    assert len(value) <= 2000
    assert value.splitlines()[-1].endswith("x" * 200)


def test_the_script_is_numbered_and_inert() -> None:
    (message,) = shown_script("Is it so?\nFor <!channel>?")
    assert "1. Is it so?\n2. For &lt;!channel&gt;?" in message.text


def test_sources_in_full_name_publisher_and_kind() -> None:
    (message,) = shown_sources("• <https://e.org|Manual> · read 2026-11-01\nAetna: the payer's own document")
    assert "Manual (https://e.org)" in message.text


def test_a_citation_with_odd_dates_and_no_link_is_still_shown() -> None:
    odd = Citation(
        snippet_id="x",
        source_title="A <b> title",
        source_url="",
        publisher="P",
        source_kind=SourceKind.GUIDE,
        effective_date="spring 2025",
        checked_on="recently",
    )
    assert "A &lt;b&gt; title · P · spring 2025 · general billing guide" in shown(citations=(odd,))


def test_a_screen_reader_hears_all_that_the_card_shows() -> None:
    """Slack reads a message's text aloud, not its blocks."""
    heard = shown()
    for part in (
        "Allowed with conditions · Aetna · same-day services",
        "Aetna pays both when each has its own note.",
        "Conditions: Separate notes &amp; times",
        "Modifier: 59 on 90834",
        "Behavioral health manual",
        "2026-01-01, 10 months old",
        "Next: Put the times in both notes.",
    ):
        assert part in heard


@pytest.mark.parametrize(
    ("dated", "told"),
    [
        ("2026-11-20", "2026-11-20 ·"),
        ("2026-10-20", "2026-10-20, 1 month old"),
        ("2019-03-01", "2019-03-01, 7 years old"),
        ("2019", "2019 ·"),
        ("", "undated"),
    ],
)
def test_a_source_says_how_old_it_is(dated: str, told: str) -> None:
    citation = make_answer().citations[0].model_copy(update={"effective_date": dated})
    assert told in shown(citations=(citation,))


def test_what_the_practice_asked_itself_is_as_old_as_the_call_and_not_as_the_year_it_holds_for() -> None:
    verified = {"effective_date": "2026-01-01", "source_kind": SourceKind.PRACTICE_VERIFICATION}
    card = shown(citations=(make_answer().citations[0].model_copy(update=verified),))
    assert "· from 2026-01-01 ·" in card
    assert "old" not in card.partition("2026-01-01")[2].partition("·")[0]


def test_a_card_has_few_buttons_and_a_menu_for_the_rest() -> None:
    (message,) = answer_messages(Reply(question="q", answers=(make_answer(),)), TODAY)
    (row,) = (block for block in message.blocks if block["type"] == "actions")
    *buttons, menu = row["elements"]
    assert [one["text"]["text"] for one in buttons] == ["Call script", "Sources", "Why?"]
    assert [option["text"]["text"] for option in menu["options"]] == ["Compare our payers", "Ask a person"]
    assert all(len(option["value"]) <= 150 for option in menu["options"])


def test_of_several_cards_one_has_the_menu() -> None:
    answers = (make_answer(payer="Aetna"), make_answer(payer="Cigna"))
    found = [
        block for message in answer_messages(Reply(question="q", answers=answers), TODAY) for block in message.blocks
    ]
    assert sum(element["type"] == "overflow" for block in found for element in block.get("elements", ())) == 1


def test_a_thumb_carries_what_was_answered_by_ids_and_no_word() -> None:
    question = make_answer("Does K.L. get 90853 from Aetna?")
    (message,) = answer_messages(Reply(question="q", answers=(question,)), TODAY)
    value = message.blocks[-1]["elements"][0]["negative_button"]["value"]
    assert "K.L." not in value
    thumb, (told,) = read_thumb(value)
    assert thumb == "down"
    assert (told.payer, told.topic, told.decision) == ("aetna", "same_day", "allowed_with_conditions")
    assert told.cites == ("aetna.same-day",)


def test_a_thumb_of_an_older_card_still_counts() -> None:
    assert read_thumb("down") == ("down", ())


def test_what_is_no_matter_of_ours_is_offered_the_course() -> None:
    nothing = make_answer(decision=Decision.NOT_APPLICABLE, topic=Topic.GENERAL).model_copy(
        update={"payer": None, "citations": (), "to_ask": None, "modifiers": (), "call_script": ()}
    )
    (message,) = answer_messages(Reply(question="what's medical necessity?", answers=(nothing,)), TODAY)
    buttons = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    assert [(one["text"]["text"], one["action_id"]) for one in buttons] == [("The course", "learn_resume")]
    assert "The course" not in shown()
