"""Whose turn it is to compute: one piece of work at once, however many are under way.

A process's Python runs on one core. With thirty threads that compute, the one that acknowledges a delivery would queue
behind them all each time it comes back from the database. So work takes turns, and gives its turn up while it waits for
somebody else's computer. Outside of work nothing takes turns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, get_ident
from time import monotonic

_AT_ONCE = 1
LONG_SECONDS = 0.3
"""Who has computed for longer, or forgot to say that it waits, keeps nobody else waiting."""

_changed = Condition()
_since: dict[int, float] = {}


@contextmanager
def computing() -> Iterator[None]:
    """Compute when it is this thread's turn."""
    _take()
    try:
        yield
    finally:
        _leave()


@contextmanager
def waiting() -> Iterator[None]:
    """Let others compute meanwhile: this waits for a service, a process, the disk, or for time to pass."""
    held = _leave()
    try:
        yield
    finally:
        if held:
            _take()


def _take() -> None:
    with _changed:
        while sum(monotonic() - since < LONG_SECONDS for since in _since.values()) >= _AT_ONCE:
            _changed.wait(LONG_SECONDS)
        _since[get_ident()] = monotonic()


def _leave() -> bool:
    """Give this thread's turn up; False where it had none."""
    with _changed:
        if _since.pop(get_ident(), None) is None:
            return False
        _changed.notify()
        return True
