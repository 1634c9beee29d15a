"""A month's notes as they are read, and what could not be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Note:
    """One member's note of one session. `text` is that member's own; `session_text` what the whole group's says.

    `place` says where it stands ("month.csv, row 12"). `charge` is in dollars.
    """

    id: str
    member: str
    text: str
    served_on: date | None
    place: str
    group: str = ""
    clinician: str = ""
    payer: str = ""
    session_text: str = ""
    charge: float | None = None


@dataclass(frozen=True, slots=True)
class GroupNote:
    """One file that tells of a whole session, its members yet to be found in it."""

    id: str
    text: str
    served_on: date | None
    place: str
    group: str = ""
    clinician: str = ""
    payer: str = ""


_N = TypeVar("_N", Note, GroupNote)


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that could not be read, where it stands, and why. The reason is one line fit to show."""

    place: str
    reason: str
    note: str = ""


@dataclass
class Read:
    """All that was read of the input, in its order."""

    notes: list[Note] = field(default_factory=list)
    group_notes: list[GroupNote] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: "Read") -> None:
        self.notes += other.notes
        self.group_notes += other.group_notes
        self.failures += other.failures

    def without_twins(self) -> "Read":
        """The same with each note id once: the first stands, the others are failures."""
        seen: dict[str, str] = {}
        return Read(list(self._first(self.notes, seen)), list(self._first(self.group_notes, seen)), self.failures)

    def _first(self, notes: "list[_N]", seen: dict[str, str]) -> "Iterator[_N]":
        for note in notes:
            if note.id in seen:
                reason = f"The note id stands in {seen[note.id]} already: only the first was audited."
                self.failures.append(Failure(note.place, reason, note.id))
            else:
                seen[note.id] = note.place
                yield note
