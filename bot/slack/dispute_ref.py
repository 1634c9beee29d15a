"""What a "Disagree" button remembers: the check, every verdict of the card, who judged, and where the note stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import UserError
from bot.review.disputing import CHECKS
from bot.review.models import Status
from bot.slack.noteref import NoteRef

_LETTERS = {
    Status.MET: "m",
    Status.PARTIAL: "p",
    Status.MISSING: "x",
    Status.NEEDS_CONFIRMATION: "c",
    Status.NOT_APPLICABLE: "a",
}
_STATUSES = {letter: status for status, letter in _LETTERS.items()}
_NOT_JUDGED = "-"


@dataclass(frozen=True)
class DisputeRef:
    """Ids and verdicts only: no member and no word of a note. `card` is known once the button was pressed."""

    check: str
    judged: Mapping[str, Status]
    engine: str
    note: NoteRef
    card: NoteRef | None = None

    def dumps(self) -> str:
        """Some 250 characters: a card has several of these buttons."""
        letters = "".join(_LETTERS[self.judged[check]] if check in self.judged else _NOT_JUDGED for check in CHECKS)
        engine = "_".join(self.engine.split())[:80]
        parts = [self.check, letters, engine, self.note.dumps()]
        return " ".join([*parts, self.card.dumps()] if self.card else parts)

    @classmethod
    def loads(cls, value: str) -> "DisputeRef":
        parts = value.split(" ")
        if len(parts) not in (4, 5) or parts[0] not in CHECKS or len(parts[1]) != len(CHECKS):
            raise UserError("That button is from an older version of mine: send the note again.")
        check, letters, engine, note = parts[:4]
        judged = {name: _STATUSES[letter] for name, letter in zip(CHECKS, letters, strict=True) if letter in _STATUSES}
        return cls(check, judged, engine, NoteRef.loads(note), NoteRef.loads(parts[4]) if len(parts) == 5 else None)
