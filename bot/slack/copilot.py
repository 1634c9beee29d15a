"""What the Slack room asks of the rest of the program; `bot.app.Copilot` is one, tests hand in another."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.answers.listener import Listener
from bot.answers.models import Context, Reply
from bot.claims.models import ClaimFacts
from bot.review.models import Report


class Contexts(Protocol):
    """What each thread has been about. Holds no message text."""

    def get(self, channel: str, thread_ts: str) -> Context | None: ...

    def put(self, channel: str, thread_ts: str, context: Context) -> None: ...


class Feedback(Protocol):
    """Thumbs on answers; the last one of a person counts."""

    def put(self, channel: str, message_ts: str, user: str, value: str) -> None: ...


class Office(Protocol):
    """Two questions, as one practice asks them: what does the payer say, and would this note hold up."""

    def ask(  # noqa: PLR0913  # one question and what stands in for its words, each by name
        self,
        question: str,
        context: Context = ...,
        *,
        payer: str = "",
        state: str = "",
        date_of_service: date | None = None,
        listener: Listener | None = None,
    ) -> Reply: ...

    def review(self, text: str, claims: Sequence[ClaimFacts] = (), *, payer: str = "", state: str = "") -> Report: ...

    def payers(self) -> Sequence[tuple[str, str]]: ...

    @property
    def contexts(self) -> Contexts: ...

    @property
    def feedback(self) -> Feedback: ...


class Copilot(Protocol):
    """The program; `at` gives it as one practice (a Slack workspace, by its team id) sees it."""

    def at(self, practice: str) -> Office: ...
