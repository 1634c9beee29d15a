"""Copies with edits are found and honest likeness is not, over pairs written for it."""

import pytest

from bot.review.copies import find_copies
from bot.review.models import Copy
from bot.review.segment import segment
from tests.review.copy_pairs import COPIES, HONEST


def note_of(session: str, one: str, other: str) -> str:
    return f"{session}\n\nPatient: K.L.\n{one}\n\nPatient: M.R.\n{other}\n"


def copies_in(session: str, one: str, other: str) -> tuple[Copy, ...]:
    note = note_of(session, one, other)
    return find_copies(note, segment(note))


@pytest.mark.parametrize(("session", "one", "other"), [rest for _, *rest in COPIES], ids=[name for name, *_ in COPIES])
def test_a_copied_part_is_found(session: str, one: str, other: str) -> None:
    found = copies_in(session, one, other)
    assert [(copy.a, copy.b) for copy in found] == [("K.L.", "M.R.")]


@pytest.mark.parametrize(("session", "one", "other"), [rest for _, *rest in HONEST], ids=[name for name, *_ in HONEST])
def test_honest_likeness_is_no_copy(session: str, one: str, other: str) -> None:
    assert copies_in(session, one, other) == ()


@pytest.mark.parametrize(("session", "one", "other"), [rest for _, *rest in COPIES], ids=[name for name, *_ in COPIES])
def test_it_does_not_matter_who_comes_first(session: str, one: str, other: str) -> None:
    assert [copy.similarity for copy in copies_in(session, one, other)] == [
        copy.similarity for copy in copies_in(session, other, one)
    ]


@pytest.mark.parametrize(("session", "one", "other"), [rest for _, *rest in COPIES], ids=[name for name, *_ in COPIES])
def test_shared_stretches_stand_in_the_parts_they_belong_to(session: str, one: str, other: str) -> None:
    note = note_of(session, one, other)
    split = segment(note)
    first, second = (member.spans[0] for member in split.members)
    for copy in find_copies(note, split):
        assert copy.spans
        assert all(first.start <= span.a_start < span.a_end <= first.end for span in copy.spans)
        assert all(second.start <= span.b_start < span.b_end <= second.end for span in copy.spans)
