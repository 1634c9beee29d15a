"""What every listener works with, one for each practice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from bot.slack.adding import Adding
from bot.slack.answering import Answering
from bot.slack.copilot import Office
from bot.slack.reviewing import Reviewing
from bot.slack.screening import Screening
from bot.slack.teaching import Teaching
from bot.slack.verifying import Verifying


@dataclass(frozen=True)
class Desk:
    """The services behind the listeners, over one practice's own records."""

    office: Office
    screening: Screening
    answering: Answering
    reviewing: Reviewing
    verifying: Verifying
    adding: Adding
    teaching: Teaching
    today: Callable[[], date]
    lead: str = ""
    """The billing lead, a person or a user group by id; empty where none is set."""
    standing: tuple[str, ...] = ()
    """How the program is set up, a line each, for admins."""


class Desks:
    """The desk of each practice, made when it is first needed."""

    def __init__(self, make: Callable[[str], Desk]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: dict[str, Desk] = {}

    def at(self, practice: str) -> Desk:
        with self._lock:
            if practice not in self._made:
                self._made[practice] = self._make(practice)
            return self._made[practice]
