"""What is looked for daily and posted by nobody's asking: a thread of the running bot looks, durable work posts."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from typing import ClassVar

import structlog

from bot.jobs.jobs import Jobs
from bot.jobs.work import Work
from bot.slack.copilot import Copilot
from bot.slack.practices import Practices

log = structlog.get_logger("bot.slack")

A_DAY, AN_HOUR = 86_400.0, 3_600.0


class Daily(ABC):
    """One such matter, over every practice; `kinds` are those of the work that it hands on."""

    kinds: ClassVar[tuple[str, ...]]

    def __init__(self, copilot: Copilot, practices: Practices, jobs: Jobs, today: Callable[[], date]) -> None:
        self._copilot = copilot
        self._practices = practices
        self._jobs = jobs
        self._today = today

    def check(self) -> bool:
        """Hand on what is to be posted now; True where there was any."""
        return sum(self._check(practice) for practice in self._practices.ids()) > 0

    @abstractmethod
    def _check(self, practice: str) -> int:
        """The same for one practice, how many were handed on; of several replicas one does."""

    @abstractmethod
    def post(self, work: Work) -> None:
        """Post it; raises what Slack's or the database's outage raises."""

    def failed(self, work: Work) -> None:  # noqa: B027  # not every matter has something to remember
        """It was given up; nobody waits for it, and another day tells again."""

    def run(self, wait: Callable[[float], bool]) -> None:
        """Check daily, after a failure hourly, until `wait` (seconds) returns True."""
        while True:
            well = True
            try:
                self.check()
            except Exception as error:  # a locked database, say: the next check is in an hour
                log.warning("reminder_check_failed", error=type(error).__name__)
                well = False
            if wait(A_DAY if well else AN_HOUR):
                return


def start_daily(matter: Daily) -> Callable[[], None]:
    """Run it on a thread of its own; returns what stops it."""
    stopped = threading.Event()
    threading.Thread(target=matter.run, args=(stopped.wait,), name="reminding", daemon=True).start()
    return stopped.set
