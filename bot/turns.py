"""Whose turn it is to compute: few pieces of work at once, however many are under way.

A process's Python runs on one core. Thirty threads that compute each have to give way thirty times before the thread
that acknowledges a delivery gets on; so work takes turns, and gives its turn up while it waits for somebody else's
computer. Outside of work nothing takes turns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore, local

_AT_ONCE = 2
# Whoever forgets to say that it waits slows the others down, and does not stop them.
_PATIENCE_SECONDS = 1.0

_free = Semaphore(_AT_ONCE)
_mine = local()


@contextmanager
def computing() -> Iterator[None]:
    """Compute in turns on this thread."""
    _take()
    try:
        yield
    finally:
        _leave()


@contextmanager
def waiting() -> Iterator[None]:
    """Let others compute meanwhile: this waits for a service, a process, or for time to pass."""
    held = _has_turn()
    if held:
        _leave()
    try:
        yield
    finally:
        if held:
            _take()


def _has_turn() -> bool:
    return getattr(_mine, "turn", None) is not None


def _take() -> None:
    # False: went ahead without one.
    _mine.turn = _free.acquire(timeout=_PATIENCE_SECONDS)


def _leave() -> None:
    if _mine.turn:
        _free.release()
    _mine.turn = None
