"""Nothing a sentence states may be new: no number, code, modifier, date, name, link or denial."""

import pytest

from bot.llm.statements import new_links, new_names, new_placements, new_values

FACT = "Aetna pays 90853 and 90837 on one day with modifier 59 or XE, from 2026-01-01, for up to ten members."


@pytest.mark.parametrize(
    "sentence",
    [
        "Since January 1, 2026 Aetna pays both with modifier 59.",
        "Up to 10 members, code 90853.",
        "Use XE or 59 with 90837.",
    ],
)
def test_values_of_the_fact_are_not_new(sentence: str) -> None:
    assert not new_values(sentence, [FACT])


@pytest.mark.parametrize(
    ("sentence", "new"),
    [
        ("Append modifier 25.", {"25"}),
        ("Use XP.", {"XP"}),
        ("Bill 90834 too.", {"90834"}),
        ("Up to twelve members.", {"12"}),
        ("Since March 2026.", {"month 3"}),
        ("Report H0004.", {"H0004"}),
        ("It pays $45.50.", {"45.50"}),
    ],
)
def test_values_of_nobody_are_named(sentence: str, new: set[str]) -> None:
    assert new_values(sentence, [FACT]) == new


@pytest.mark.parametrize("sentence", ["Cigna pays both.", "As with Cigna, both are paid."])
def test_another_payers_name_is_new(sentence: str) -> None:
    assert new_names(sentence, [FACT]) == {"cigna"}


def test_the_facts_names_and_plain_starters_are_not_new() -> None:
    assert not new_names("Yes, Aetna's rule holds. Both are paid.", [FACT])


@pytest.mark.parametrize(
    "sentence",
    ["See https://evil.example/x", "Ask at www.evil.example", "Write to a@evil.example", "<@U123> pays", "[x](y)"],
)
def test_links_and_chat_signs_are_refused(sentence: str) -> None:
    assert new_links(sentence, [FACT])


def test_a_link_of_the_source_passes() -> None:
    assert not new_links("See https://aetna.example/policy.", ["https://aetna.example/policy"])


@pytest.mark.parametrize("sentence", ["Bill 90853 with modifier 59.", "Append 59 to the group code.", "Bill 90853-59."])
def test_a_modifier_on_a_line_of_nobodys_is_new(sentence: str) -> None:
    assert new_placements(sentence, ["Modifier 59 goes on the individual code, not on 90853."]) == {"group"}
