"""Trigger ids: each interaction's right to open one view, for three seconds, once."""

import time
from dataclasses import dataclass

from bot.workspace.errors import ApiError
from bot.workspace.ids import new_id

TRIGGER_SECONDS = 3.0  # "Handling user interaction", trigger_id


@dataclass
class Trigger:
    """Whose interaction it was, and in which modal, if it was in one."""

    user: str
    view_id: str | None
    expires: float
    used: bool = False


class Triggers:
    """Issues and redeems trigger ids."""

    def __init__(self, seconds: float = TRIGGER_SECONDS) -> None:
        self._seconds = seconds
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str | None = None) -> str:
        now = time.monotonic()
        stale = [key for key, trigger in self._issued.items() if trigger.expires < now - 60]
        for key in stale:
            del self._issued[key]
        trigger_id = f"{new_id('')}.{new_id('')}"
        self._issued[trigger_id] = Trigger(user, view_id, now + self._seconds)
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        """Use it up; raises ApiError with the code Slack gives for unknown, late and used ones."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if time.monotonic() > trigger.expires:
            raise ApiError("expired_trigger_id")
        trigger.used = True
        return trigger
