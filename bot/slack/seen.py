"""Which deliveries were taken already: Slack retries events, and a mention arrives as two of them."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

# Slack's last retry comes about five minutes after the first delivery.
KEPT_FOR_SECONDS = 3600.0
LARGEST = 20_000


class Seen:
    """Remembers keys for an hour, the oldest forgotten first when there are too many."""

    def __init__(
        self, kept_for: float = KEPT_FOR_SECONDS, largest: int = LARGEST, now: Callable[[], float] = monotonic
    ) -> None:
        self._kept_for = kept_for
        self._largest = largest
        self._now = now
        self._taken: OrderedDict[tuple[str, ...], float] = OrderedDict()
        self._lock = Lock()

    def first(self, *key: str) -> bool:
        """True for one caller only, however many threads ask at once with the same key."""
        now = self._now()
        with self._lock:
            while self._taken:
                oldest, taken_at = next(iter(self._taken.items()))
                if now - taken_at < self._kept_for and len(self._taken) < self._largest:
                    break
                del self._taken[oldest]
            if key in self._taken:
                return False
            self._taken[key] = now
            return True

    def forget(self, *key: str) -> None:
        """Open a key again, where the work it stood for failed."""
        with self._lock:
            self._taken.pop(key, None)
