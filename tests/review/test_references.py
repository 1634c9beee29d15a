"""A part that only points at another's is a copy of it; one that points and tells of its own is none."""

import pytest

from bot.review.copies import find_copies
from bot.review.segment import segment

SESSION = "Date: 2026-03-04. CBT group for anxiety, 3 members present. Therapist guided a thought record."
RAVI = (
    "Spoke up about exams, said he throws up before each one. Tried box breathing, hands still. Breathes before Friday."
)


def copies(*parts: tuple[str, str]) -> list[tuple[str, str]]:
    note = SESSION + "\n\n" + "\n\n".join(f"{label}: {said}" for label, said in parts)
    return [(copy.a, copy.b) for copy in find_copies(note, segment(note))]


@pytest.mark.parametrize(
    "said",
    [
        "same as Ravi.",
        "See above, same as Ravi.",
        "ditto",
        "As above.",
        "see Ravi's note",
        "Same as previous client. Denied SI/HI. Continue weekly group.",
        "(same)",
        "Response: same as Ravi.",
    ],
)
def test_a_part_that_says_no_more_than_whose_it_repeats_is_a_copy(said: str) -> None:
    assert copies(("Ravi", RAVI), ("Lena", said)) == [("Ravi", "Lena")]


@pytest.mark.parametrize(
    "said",
    [
        "Felt the same as Ravi about exams, though hers end in sleeping through them; set two alarms in the room.",
        "Same goal as last week: drive the bridge. Drove half of it on Sunday with music on and turned at the toll.",
        "Named her aunt's phone as the thing to leave in the car. Plan: same as above.",
        "Participated appropriately.\nI - As above.\nR - Receptive to skills.",
    ],
)
def test_a_part_that_tells_of_its_own_beside_the_pointer_is_none(said: str) -> None:
    assert copies(("Ravi", RAVI), ("Lena", said)) == []


def test_a_pointer_at_a_pointer_is_a_copy_of_both() -> None:
    found = copies(("Ravi", RAVI), ("Lena", "same as Ravi."), ("Omar", "ditto"))
    assert set(found) == {("Ravi", "Lena"), ("Lena", "Omar"), ("Ravi", "Omar")}


def test_the_pointer_and_the_whole_part_it_points_at_are_shown() -> None:
    note = f"{SESSION}\n\nRavi: {RAVI}\n\nLena same as Ravi.\n"
    (copy,) = find_copies(note, segment(note))
    assert (copy.taints("Ravi"), copy.taints("Lena")) == (False, True)
    (span,) = copy.spans
    assert note[span.b_start : span.b_end] == "Lena same as Ravi."
    assert RAVI in note[span.a_start : span.a_end]
