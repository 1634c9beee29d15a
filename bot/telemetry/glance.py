"""A look at something that may hang: on a thread of its own, one at a time, so that nobody waits longer than said."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")


class Glance(Generic[T]):
    """`look` must raise nothing; what it gave counts for `kept_for` seconds."""

    def __init__(self, look: Callable[[], T], kept_for: float) -> None:
        self._look = look
        self._kept_for = kept_for
        self._changed = threading.Condition()
        self._begun: float | None = None
        self._seen: tuple[float, T] | None = None

    def begin(self) -> None:
        """See to it that a look is being taken, unless the last one still counts."""
        with self._changed:
            if self._begun is not None or self.seen is not None:
                return
            self._begun = monotonic()
        threading.Thread(target=self._run, name="glance", daemon=True).start()

    @property
    def seen(self) -> T | None:
        """What was seen, while it counts."""
        seen = self._seen
        return seen[1] if seen and monotonic() - seen[0] < self._kept_for else None

    def hanging_for(self) -> float:
        """Seconds since the look that is being taken began; 0 where none is."""
        begun = self._begun
        return 0.0 if begun is None else monotonic() - begun

    def within(self, seconds: float) -> T | None:
        """What is seen, waiting `seconds` at most; None where that was not enough."""
        self.begin()
        with self._changed:
            self._changed.wait_for(lambda: self.seen is not None, seconds)
            return self.seen

    def _run(self) -> None:
        found = self._look()
        with self._changed:
            self._seen, self._begun = (monotonic(), found), None
            self._changed.notify_all()
