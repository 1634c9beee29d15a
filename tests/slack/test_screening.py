"""What may be read where no BAA is on record."""

import pytest

from bot.errors import UserError
from bot.slack.screening import Screening

NOTE = """Group note, process group on anxiety, CBT. Session in 2026, 60 minutes.
Therapist guided thought records; members named a feared scene.

Member 1: Shared a feared scene at work and tested it. Denies SI. Plan: repeat next week.
Member 2: Listened, then named a worry about school. Denies SI. Plan: thought record daily.
"""
SCREENING = Screening(is_covered=False, payers=lambda: ["Molina Healthcare", "Aetna"])


def told(text: str) -> str:
    with pytest.raises(UserError) as refused:
        SCREENING.note(text)
    return str(refused.value)


@pytest.mark.parametrize("labels", [("Member 1", "Member 2"), ("Patient A", "Patient B"), ("Pt 12", "Pt 7")])
def test_a_note_with_invented_labels_and_no_day_is_read(labels: tuple[str, str]) -> None:
    SCREENING.note(NOTE.replace("Member 1", labels[0]).replace("Member 2", labels[1]))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Member 1:", "Patient: Rosalind Quillon\n", "1 name"),
        ("Session in 2026", "Session on 03/14/2026", "1 date"),
        ("tested it.", "tested it. MRN 4482913.", "1 record or account number"),
        ("tested it.", "tested it. Call 612-555-0143.", "1 phone number"),
        ("tested it.", "tested it. DOB 04/02/1988.", "1 birth date"),
        ("tested it.", "tested it. Her husband Tobias waits outside.", "1 name"),
        ("tested it.", "tested it as T.W. asked.", "1 name"),
    ],
)
def test_what_tells_who_somebody_is_is_refused_by_kind_and_number(before: str, after: str, kind: str) -> None:
    line = told(NOTE.replace(before, after))
    assert f"it holds {kind}, and no BAA" in line
    for word in ("Rosalind", "Quillon", "4482913", "0143", "Tobias", "1988", "J.R.", "T.W."):
        assert word not in line


@pytest.mark.parametrize("labels", [("J.R.", "T.W."), ("JR", "TW"), ("Rosalind", "Tobias")])
def test_members_by_initials_or_any_name_are_refused(labels: tuple[str, str]) -> None:
    line = told(NOTE.replace("Member 1", labels[0]).replace("Member 2", labels[1]))
    assert "2 names or initials of members" in line


def test_several_are_counted_each_once() -> None:
    line = told(NOTE.replace("Member 1", "J.R.").replace("Member 2", "T.W.") + "J.R. called 612-555-0143.\n")
    assert "2 names or initials of members and 1 phone number" in line


@pytest.mark.parametrize(
    "question",
    [
        "Can I bill 90853 and 90837 on 03/14/2026 for Aetna?",
        "In MN 90853, how many members can a group have?",
        "A member moved to Medicare, does prior authorization carry over?",
        "A member lives in New York: does Molina cover group by video?",
        "Does Aetna take modifier HQ with H0005 at 9 a.m. in the U.S.?",
    ],
)
def test_a_question_about_rules_is_read(question: str) -> None:
    SCREENING.question(question)


@pytest.mark.parametrize("question", ["Is Mrs. Quillon covered by Aetna?", "Member ID W4482913, is group covered?"])
def test_a_question_about_a_person_is_refused(question: str) -> None:
    with pytest.raises(UserError, match="no BAA"):
        SCREENING.question(question)


def test_with_a_baa_everything_is_read() -> None:
    Screening(is_covered=True).note(NOTE.replace("Member 1", "Rosalind Quillon"))
    Screening(is_covered=True).question("Is Mrs. Quillon covered by Aetna?")
