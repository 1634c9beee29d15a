"""What the copilot does, as whoever counts or traces it may know: kinds, outcomes and times, never a word of anybody's.

The rooms that do something say so to an `Observer` they were given. Who listens is `bot.telemetry`'s matter; the one
that stands where nobody does costs nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class DeliveryKind(StrEnum):
    EVENT = "event"
    COMMAND = "command"
    INTERACTION = "interaction"
    OTHER = "other"


class DeliveryOutcome(StrEnum):
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    """Not Slack's, or nothing that can be read."""
    NOT_ACKNOWLEDGED = "not_acknowledged"
    """It could not be stored: Slack sends it again."""


class WorkOutcome(StrEnum):
    DONE = "done"
    LATER = "later"
    """A service was away, or the program stopped: tried again."""
    FAILED = "failed"
    GIVEN_UP = "given_up"


class EngineName(StrEnum):
    OFFLINE = "offline"
    MODEL = "model"


@dataclass
class Delivery:
    """One delivery of Slack's, from its coming to its acknowledgement. `work` is the id of what it asks for, if any."""

    kind: DeliveryKind
    outcome: DeliveryOutcome = DeliveryOutcome.NOT_ACKNOWLEDGED
    work: str = ""


@dataclass
class WorkTried:
    """One try at a piece of work; `is_reminder` where the clock asked for it and no person."""

    id: str
    received_at: datetime
    is_reminder: bool = False
    outcome: WorkOutcome = WorkOutcome.LATER


@dataclass(frozen=True)
class Told:
    """One answer: what it was about, who worded it, and whether it was to be a model."""

    topic: str
    engine: str
    fell_back: bool


@dataclass
class Asked:
    """One question; `told` has an entry for each payer, and none where nothing could be answered."""

    told: Sequence[Told] = ()


@dataclass
class Reviewed:
    """One note; `engine` is empty where it could not be reviewed."""

    engine: str = ""
    fell_back: bool = False
    members: int = 0


@dataclass
class ModelTried:
    """One call to a model's provider; `failure` names why it gave nothing, empty where it did."""

    failure: str = ""


Act = Delivery | WorkTried | Asked | Reviewed | ModelTried


class Observer(Protocol):
    """Hears of every act; what it is told while the act goes on counts when the act ends. Must raise nothing."""

    def watch(self, act: Act) -> AbstractContextManager[object]: ...


class Nobody:
    """Hears nothing."""

    def watch(self, act: Act) -> AbstractContextManager[object]:  # noqa: ARG002  # the seam's
        return nullcontext()


NOBODY = Nobody()


@dataclass(frozen=True)
class Several:
    """Several observers in one."""

    observers: Sequence[Observer] = field(default=())

    @contextmanager
    def watch(self, act: Act) -> Iterator[None]:
        with ExitStack() as stack:
            for observer in self.observers:
                stack.enter_context(observer.watch(act))
            yield


_delivery: ContextVar[Delivery | None] = ContextVar("delivery", default=None)


def current_delivery() -> Delivery | None:
    """The delivery that this thread is taking, if any."""
    return _delivery.get()


@contextmanager
def taking(delivery: Delivery) -> Iterator[None]:
    token = _delivery.set(delivery)
    try:
        yield
    finally:
        _delivery.reset(token)
