"""What each thread has been about, so that a follow-up needs no repeating. Sealed by whoever puts it here.

A channel shared by two companies has one id in both: the practice is part of the key.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, DateTime, Engine, String, Table, bindparam, delete, select

from bot.storage.database import metadata

KEPT_FOR = timedelta(days=90)

_threads = Table(
    "threads",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("thread_ts", String(32), primary_key=True),
    Column("context", String, nullable=False),
    Column("touched_at", DateTime(timezone=True), nullable=False, index=True),
)
_THESE = (
    (_threads.c.practice == bindparam("of"))
    & (_threads.c.channel == bindparam("there"))
    & _threads.c.thread_ts.in_(bindparam("these", expanding=True))
)
_GET = select(_threads.c.context).where(_THESE, _threads.c.touched_at >= bindparam("oldest"))
_DROP = delete(_threads).where(_THESE | (_threads.c.touched_at < bindparam("oldest")))
_PUT = _threads.insert()


def _now() -> datetime:
    return datetime.now(UTC)


class ThreadStore:
    """Remembers a context a practice's thread for ninety days after its last message."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self._now = now

    def get(self, practice: str, channel: str, thread_ts: str) -> str | None:
        """The context last put for this thread, or None."""
        asked = {"of": practice, "there": channel, "these": [thread_ts], "oldest": self._oldest()}
        with self._engine.connect() as connection:
            return connection.execute(_GET, asked).scalar_one_or_none()

    def put(self, practice: str, channel: str, threads: Sequence[str], context: str) -> None:
        """Remember a context for each of these threads of a channel, and forget threads past their time."""
        touched = {"practice": practice, "channel": channel, "context": context, "touched_at": self._now()}
        with self._engine.begin() as connection:
            connection.execute(
                _DROP, {"of": practice, "there": channel, "these": list(threads), "oldest": self._oldest()}
            )
            connection.execute(_PUT, [touched | {"thread_ts": thread_ts} for thread_ts in threads])

    def _oldest(self) -> datetime:
        return self._now() - KEPT_FOR
