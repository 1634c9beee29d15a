"""How many deliveries are taken in a second: a bucket of tokens for each sender."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

_MOST_SENDERS = 10_000


@dataclass(frozen=True)
class Rate:
    """So many a second in the long run, and so many at once."""

    per_second: float
    burst: int


class Buckets:
    """One bucket a sender. A sender not heard of for long has a full one, and so is forgotten."""

    def __init__(self, rate: Rate, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._now = now
        self._lock = Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, sender: str) -> float:
        """Take a token: 0 where there was one, else the seconds until there is."""
        with self._lock:
            now = self._now()
            if len(self._left) >= _MOST_SENDERS:
                self._forget(now)
            left, at = self._left.get(sender, (float(self._rate.burst), now))
            left = min(self._rate.burst, left + (now - at) * self._rate.per_second)
            if left < 1:
                self._left[sender] = left, now
                return (1 - left) / self._rate.per_second
            self._left[sender] = left - 1, now
            return 0.0

    def _forget(self, now: float) -> None:
        """Those whose buckets are full again; all of them where that is not enough, so that memory has an end."""
        refilled = self._rate.burst / self._rate.per_second
        self._left = {name: bucket for name, bucket in self._left.items() if now - bucket[1] < refilled}
        if len(self._left) >= _MOST_SENDERS:
            self._left.clear()
