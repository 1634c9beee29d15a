"""A piece of work while it is done: what it is, and the parts of its reply, each said once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from bot.storage.work import Part, WorkStore

# Parts said after the work was given up: numbered apart from those that it would have said.
GIVEN_UP = 900


class LaterError(Exception):
    """A service is away (Slack, the database): the work is to be tried again until its time has passed."""


class Parked(BaseException):  # no error: the work stays stored, for the next start
    """The program is stopping. Not an Exception, so that no handler on the way takes it for a failure."""


@dataclass(frozen=True)
class Request:
    """What is to be done: `payload` is JSON. `also` are further keys by which the same work may come again."""

    id: str
    practice: str
    kind: str
    payload: bytes
    also: tuple[str, ...] = ()


@dataclass
class Work:
    """One attempt at a piece of work. `resumed`: an attempt before this one may have said some of its parts."""

    id: str
    practice: str
    kind: str
    payload: bytes
    resumed: bool
    received_at: datetime
    ends_at: datetime
    stopping: Event
    store: WorkStore
    error: Exception | None = None
    """Set by whoever finds that this attempt failed and is worth another."""
    reopens: bool = False
    """Set where the work failed for good and the same may be asked again."""
    messages: int = 0
    """How many messages of its reply this attempt brought to Slack: not files, nor what has no place there."""
    _next: int = field(default=0)

    @property
    def next_number(self) -> int:
        """The number of the next part: the same for the same part at every attempt."""
        return self._next

    def number(self) -> int:
        """Use the next number up."""
        self._next += 1
        return self._next - 1

    def give_up(self) -> None:
        """From here on parts tell of the failure."""
        self._next = GIVEN_UP

    def part(self, number: int) -> Part | None:
        """What an earlier attempt recorded for this part."""
        return self.store.part(self.id, number)

    def said(self, number: int, ts: str, *, finished: bool = True) -> None:
        self.messages += bool(ts)
        self.store.put_part(self.id, number, Part(ts, finished))

    def unsaid(self, number: int) -> None:
        self.store.drop_part(self.id, number)


_current: ContextVar[Work | None] = ContextVar("work", default=None)


def current_work() -> Work | None:
    """The work that this thread is doing, if any."""
    return _current.get()


@contextmanager
def doing(work: Work) -> Iterator[None]:
    token = _current.set(work)
    try:
        yield
    finally:
        _current.reset(token)
