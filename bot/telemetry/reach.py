"""Whether Slack's Web API has answered of late, where no socket tells: asked now and then, never waited for."""

from collections.abc import Callable
from time import monotonic

from bot.errors import OperatorError
from bot.telemetry.glance import Glance

ASKED_EVERY_SECONDS = 30.0
LATE_AFTER_SECONDS = 300.0
"""Long: a bot that cannot reach Slack still stores what Slack sends it, and to turn that away would lose it."""


class Reach:
    """`call` asks Slack; it raises OperatorError for a refused token, anything else where Slack is out of reach."""

    def __init__(self, call: Callable[[], object], now: Callable[[], float] = monotonic) -> None:
        self._call = call
        self._now = now
        self._answered = now()  # the start has asked already
        self._refusal = ""
        self._asking = Glance(self._ask, ASKED_EVERY_SECONDS)

    def look(self) -> tuple[bool, str]:
        self._asking.begin()
        if self._refusal:
            return False, self._refusal
        silent = self._now() - self._answered
        return silent < LATE_AFTER_SECONDS, f"Slack answered {silent:.0f} s ago"

    def _ask(self) -> bool:
        try:
            self._call()
        except OperatorError as error:
            self._refusal = str(error)
            return False
        except Exception:  # out of reach, in whichever way: the time since it answered tells
            return False
        self._answered, self._refusal = self._now(), ""
        return True
