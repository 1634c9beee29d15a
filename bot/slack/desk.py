"""What every listener works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.slack.adding import Adding
from bot.slack.answering import Answering
from bot.slack.copilot import Office
from bot.slack.reviewing import Reviewing
from bot.slack.verifying import Verifying


@dataclass(frozen=True)
class Desk:
    """The services behind the listeners."""

    office: Office
    answering: Answering
    reviewing: Reviewing
    verifying: Verifying
    adding: Adding
    today: Callable[[], date]
