"""Invented notes of many hands: the members are found, and each one's words lie in their part and nobody else's.

The marks in `split_notes.txt` are those of `tests/eval/run_splits.py`.
"""

import re
from pathlib import Path

import pytest

from tests.eval.run_splits import Skeleton, disagreements, parsed

WHOLE = (Path(__file__).parent / "split_notes.txt").read_text(encoding="utf-8")
NOTES = [parsed(*part.split("\n", 1)) for part in re.split(r"(?m)^%%% (?=\d)", WHOLE)[1:]]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.name)
def test_each_word_of_a_note_goes_to_whom_it_speaks_of(note: Skeleton) -> None:
    assert disagreements(note) == []
