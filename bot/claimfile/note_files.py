"""The note files that a claims file is held against: one file, or those of a folder and of the folders in it."""

from collections.abc import Callable
from pathlib import Path

from bot.claimfile.models import Finding, Kind, Verdict
from bot.claimfile.notes import Notes
from bot.documents.note_file import read_note
from bot.errors import UserError
from bot.review.models import Report

_ENDINGS = frozenset({".txt", ".md", ".docx", ".pdf"})


def read_notes(path: Path, review: Callable[[str], Report]) -> Notes:
    """Every note reviewed; one that cannot be read is said. Raises UserError where there is none at all."""
    notes = Notes()
    for file in _files(path):
        try:
            notes.add(file.name, review(read_note(file.read_bytes(), file.name)))
        except UserError as error:
            notes.unread.append(_unread(file, str(error)))
        except OSError as error:
            notes.unread.append(_unread(file, f"cannot be read: {error.strerror}."))
    return notes


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise UserError(f"{path}: there is no such file or folder of notes.")
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.rglob("*") if one.suffix.lower() in _ENDINGS and _is_shown(one, path))
    if not found:
        raise UserError(f"{path} holds no notes ({', '.join(sorted(_ENDINGS))}).")
    return found


def _is_shown(file: Path, folder: Path) -> bool:
    return file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)


def _unread(file: Path, why: str) -> Finding:
    what = why if file.name in why else f"{file.name}: {why}"
    return Finding(verdict=Verdict.NOT_READ, kind=Kind.NOTE, place=0, what=what)
