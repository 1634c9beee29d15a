"""Which of the notes an audit looks at."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.audit.notes import GroupNote, Note, Read
from bot.audit.sessions import Session


@dataclass(frozen=True, slots=True)
class Scope:
    """What the options leave of a month. Both days count; names are compared without case, in full."""

    since: date | None = None
    until: date | None = None
    clinician: str = ""
    payer: str = ""
    sample: int = 0
    seed: int = 0

    def __str__(self) -> str:
        """What narrows it beside its days, so that like is set beside like."""
        said = (("clinician", self.clinician), ("payer", self.payer))
        return ", ".join(f"{name} {' '.join(value.casefold().split())}" for name, value in said if value)

    def of(self, read: Read) -> Read:
        """The notes within; one without a date is outside as soon as a day is asked for."""
        return Read(
            [note for note in read.notes if self._has(note)],
            [note for note in read.group_notes if self._has(note)],
            read.failures,
        )

    def _has(self, note: Note | GroupNote) -> bool:
        day = note.served_on
        if (self.since or self.until) and day is None:
            return False
        if day and ((self.since and day < self.since) or (self.until and day > self.until)):
            return False
        return _same(self.clinician, note.clinician) and _same(self.payer, note.payer)

    def sampled(self, sessions: Sequence[Session]) -> list[Session]:
        """So many sessions chosen by the seed, in their order; all where no fewer were asked for."""
        if not 0 < self.sample < len(sessions):
            return list(sessions)
        chosen = random.Random(self.seed).sample(range(len(sessions)), self.sample)  # noqa: S311  # a sample, no secret
        return [sessions[at] for at in sorted(chosen)]


def _same(asked: str, written: str) -> bool:
    return not asked or " ".join(asked.casefold().split()) == " ".join(written.casefold().split())
