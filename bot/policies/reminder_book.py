"""Where a practice wants what comes monthly, and for which months it was posted: over restarts, once for all."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:
    from bot.storage.ledger import Ledger

SETTING, REMINDER = "setting", "reminder"
_CHANNEL = "reminder_channel"
_PROGRAM = "copilot"


class _Month(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    posted: bool = False
    failed: bool = False
    at: datetime


class ReminderBook:
    """One practice's; several processes may share a ledger. `kind` and `setting` are what comes, and its channel."""

    def __init__(
        self,
        practice: str,
        ledger: "Ledger",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        kind: str = REMINDER,
        setting: str = _CHANNEL,
    ) -> None:
        self._practice = practice
        self._ledger = ledger
        self._now = now
        self._kind = kind
        self._setting = setting

    @property
    def channel(self) -> str:
        """The id of the chosen channel; empty where none was."""
        entry = self._ledger.entry(self._practice, SETTING, self._setting)
        return entry.body if entry else ""

    def choose(self, channel: str, by: str) -> None:
        self._ledger.put(self._practice, SETTING, self._setting, channel, by)

    def stop(self, by: str) -> bool:
        """No more of them; False where none came."""
        return self._ledger.withdraw(self._practice, SETTING, self._setting, by)

    def was_posted(self, month: str) -> bool:
        entry = self._ledger.entry(self._practice, self._kind, month)
        month_read = _read(entry.body) if entry else None
        return bool(month_read and month_read.posted)

    def done(self, month: str) -> None:
        self._put(month, _Month(posted=True, at=self._now()))

    def failed(self, month: str) -> None:
        """Remember that it could not be posted; it is not done."""
        self._put(month, _Month(failed=True, at=self._now()))

    def last_failed(self, month: str) -> bool:
        """True where the month's reminder was tried and could not be posted."""
        entry = self._ledger.entry(self._practice, self._kind, month)
        month_read = _read(entry.body) if entry else None
        return bool(month_read and month_read.failed)

    def _put(self, month: str, state: _Month) -> None:
        self._ledger.put(self._practice, self._kind, month, state.model_dump_json(), _PROGRAM)


def _read(body: str) -> _Month | None:
    try:
        return _Month.model_validate_json(body)
    except ValidationError:
        return None
