"""A comment on a disputed verdict may say what is wrong, and carries nothing of the note or of a patient."""

import pytest

from bot.resources import KNOWLEDGE
from bot.review.disputing import comment_problem

NOTE = (KNOWLEDGE / "samples" / "seven-members.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "comment",
    [
        "The plan is written under another heading.",
        "our auditor takes a rating as movement",
        "Bare initials after the dash were read as a name",
        "It is in the session part, second line.",
        "He told how it felt; that is a response.",
        "Progress was stated, in figures.",
        "Wrong",
        "Denied SI/HI is enough for our payers",
        "",
    ],
)
def test_a_comment_in_ones_own_words_is_kept(comment: str) -> None:
    assert comment_problem(comment, NOTE) == ""


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        ("K.L. did respond", "name somebody"),
        ("D.R.'s voice shook", "name somebody"),
        ("see Dr. Maria Lopez's addendum", "name somebody"),
        ("MRN 8837211 has it", "name somebody"),
        ("call 555-201-4471", "name somebody"),
        ("She wrote: teared up when a peer said he rehearses phone calls", "words of the note"),
        ("reads aloud “Laughed at the count and said it took some of the weight off”", "words of the note"),
        ("Laughed at the count", "words of the note"),
        ("x" * 301, "300 characters"),
    ],
)
def test_a_name_a_number_or_words_of_the_note_are_refused(comment: str, why: str) -> None:
    assert why in comment_problem(comment, NOTE)
