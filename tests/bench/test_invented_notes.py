"""The invented notes of the copies measurement: as many as asked for, the same each time, as alike as told."""

from difflib import SequenceMatcher

import pytest

from tests.bench.invented_notes import COPIES, DISTRACTORS, invent, texts


def test_there_are_as_many_as_asked_for_and_they_are_the_same_each_time() -> None:
    first, second = invent(500), invent(500)
    assert len({one.key for one in first.passages}) == 500
    assert first.passages == second.passages
    assert first.planted == second.planted


def test_every_kind_of_copy_and_of_look_alike_is_among_them() -> None:
    assert {one.kind for one in invent(500).planted} == COPIES.keys() | DISTRACTORS.keys()


def test_copies_keep_what_their_kind_says_and_look_alikes_less_than_sixty_of_a_hundred_words() -> None:
    for one in invent(1000).planted:
        if one.kind in DISTRACTORS:
            assert one.alike < 0.6
        elif one.kind[:2].isdigit():
            assert int(one.kind[:2]) / 100 <= one.alike
        else:
            assert one.alike >= (0.75 if one.kind == "partial" else 1.0)


@pytest.mark.parametrize("kind", ["95 % alike", "80 % alike", "same frame"])
def test_how_alike_two_are_is_what_a_stranger_to_the_numbers_finds(kind: str) -> None:
    """Python's difflib over the words as written, stock phrases and all: near the share that is told."""
    notes = invent(1000)
    written = {one.key: one.text.split() for one in notes.passages}
    for one in [one for one in notes.planted if one.kind == kind][:5]:
        a, b = written[one.original], written[one.made]
        blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        found = sum(block.size for block in blocks) / min(len(a), len(b))
        assert found < 0.75 if kind == "same frame" else abs(found - one.alike) < 0.2


def test_notes_that_come_one_by_one_are_all_different() -> None:
    assert len(set(texts(300))) == 300
