"""A group note never becomes a document; a policy text is never taken for a note."""

from pathlib import Path

import pytest

from bot.documents.note_like import reads_like_note
from tests.documents.files import MANUAL

NOTES = sorted(Path("knowledge/samples").glob("*.txt"))
MORE_NOTES = sorted(Path("tests/eval/sessions").glob("*.txt"))
# The page on the audit record tells what was done by whom, as notes do.
PAGES = [path for path in Path("docs").glob("*.md") if path.stem != "audit-record"]
POLICIES = sorted([*Path("knowledge/guide").glob("*.md"), *PAGES])


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_a_group_note_reads_like_one(path: Path) -> None:
    assert reads_like_note(path.read_text("utf-8"))


def test_of_strangers_notes_hardly_any_passes_for_a_document() -> None:
    """Those that do are lists of a word a person."""
    passing = [path for path in MORE_NOTES if not reads_like_note(path.read_text("utf-8"))]
    assert len(passing) * 50 <= len(MORE_NOTES)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_does_not(path: Path) -> None:
    assert not reads_like_note(path.read_text("utf-8"))


def test_a_manual_does_not() -> None:
    assert not reads_like_note(MANUAL)


@pytest.mark.parametrize("path", sorted(Path("knowledge/payers").glob("*.yaml")), ids=lambda path: path.stem)
def test_what_payers_files_state_does_not(path: Path) -> None:
    assert not reads_like_note(path.read_text("utf-8"))
