"""Trying again while a service is away, with jitter, until it is back, the time has passed or the program stops."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from typing import TypeVar

# Already there with langchain-core; unlike a loop of our own it is tried and tested, and its sleep wakes for a stop.
from tenacity import RetryCallState, Retrying, retry_if_exception, sleep_using_event, stop_when_event_set
from tenacity.wait import wait_random_exponential

from bot.jobs.work import Parked
from bot.turns import waiting

T = TypeVar("T")

_LONGEST_WAIT_SECONDS = 30.0


def insist(attempt: Callable[[], T], is_away: Callable[[BaseException], bool], stopping: Event, until: datetime) -> T:
    """What `attempt` returns in the end; raises its error where no try helps or `until` has passed, else Parked."""

    def is_late(_: RetryCallState) -> bool:
        return datetime.now(UTC) >= until

    def wait(seconds: float) -> None:
        with waiting():
            sleep_using_event(stopping)(seconds)

    retrying = Retrying(
        retry=retry_if_exception(is_away),
        wait=wait_random_exponential(multiplier=0.5, max=_LONGEST_WAIT_SECONDS),
        stop=lambda state: stop_when_event_set(stopping)(state) or is_late(state),
        sleep=wait,
        reraise=True,
    )
    try:
        return retrying(attempt)
    except Exception as error:
        if stopping.is_set() and is_away(error):
            raise Parked from None
        raise
