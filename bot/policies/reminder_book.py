"""Where a practice wants its monthly reminder, and for which months it was posted: over restarts, once for all."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:
    from bot.storage.ledger import Ledger

SETTING, REMINDER = "setting", "reminder"
_CHANNEL = "reminder_channel"
_PROGRAM = "copilot"
# A process that died between taking a month and posting holds it no longer than this.
_HELD_FOR = timedelta(minutes=10)


class _Month(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    posted: bool = False
    failed: bool = False
    at: datetime


class ReminderBook:
    """One practice's. Several processes may share a ledger: of all that `take` a month one gets it."""

    def __init__(
        self, practice: str, ledger: "Ledger", now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._practice = practice
        self._ledger = ledger
        self._now = now

    @property
    def channel(self) -> str:
        """The id of the chosen channel; empty where none was."""
        entry = self._ledger.entry(self._practice, SETTING, _CHANNEL)
        return entry.body if entry else ""

    def choose(self, channel: str, by: str) -> None:
        self._ledger.put(self._practice, SETTING, _CHANNEL, channel, by)

    def stop(self, by: str) -> bool:
        """No more reminders; False where there were none."""
        return self._ledger.withdraw(self._practice, SETTING, _CHANNEL, by)

    def take(self, month: str) -> bool:
        """True for the one who is to post the reminder of a month ("2026-11"), until `done` or `failed` is said."""
        address = (self._practice, REMINDER, month)
        mine = _Month(at=self._now()).model_dump_json()
        entry = self._ledger.entry(*address)
        if entry is None:
            return self._ledger.add(*address, mine, _PROGRAM)
        held = _read(entry.body)
        if held and (held.posted or (not held.failed and self._now() - held.at < _HELD_FOR)):
            return False
        return self._ledger.replace(*address, mine, _PROGRAM, before=entry.body)

    def was_posted(self, month: str) -> bool:
        entry = self._ledger.entry(self._practice, REMINDER, month)
        month_read = _read(entry.body) if entry else None
        return bool(month_read and month_read.posted)

    def done(self, month: str) -> None:
        self._put(month, _Month(posted=True, at=self._now()))

    def failed(self, month: str) -> None:
        """Open the month again."""
        self._put(month, _Month(failed=True, at=self._now()))

    def last_failed(self, month: str) -> bool:
        """True where the month's reminder was tried and could not be posted."""
        entry = self._ledger.entry(self._practice, REMINDER, month)
        month_read = _read(entry.body) if entry else None
        return bool(month_read and month_read.failed)

    def _put(self, month: str, state: _Month) -> None:
        self._ledger.put(self._practice, REMINDER, month, state.model_dump_json(), _PROGRAM)


def _read(body: str) -> _Month | None:
    try:
        return _Month.model_validate_json(body)
    except ValidationError:
        return None
