"""What each thread has been about, so that a follow-up needs no repeating. Sealed by whoever puts it here.

A channel shared by two companies has one id in both: the practice is part of the key.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, ColumnElement, DateTime, Engine, String, Table, delete, select

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


def _now() -> datetime:
    return datetime.now(UTC)


class ThreadStore:
    """Remembers a context a practice's thread for ninety days after its last message."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self._now = now

    def get(self, practice: str, channel: str, thread_ts: str) -> str | None:
        """The context last put for this thread, or None."""
        query = select(_threads.c.context).where(
            _same(practice, channel, thread_ts), _threads.c.touched_at >= self._oldest()
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def put(self, practice: str, channel: str, thread_ts: str, context: str) -> None:
        """Remember a thread's context, and forget threads past their time."""
        same = _same(practice, channel, thread_ts)
        with self._engine.begin() as connection:
            connection.execute(delete(_threads).where(same | (_threads.c.touched_at < self._oldest())))
            connection.execute(
                _threads.insert().values(
                    practice=practice, channel=channel, thread_ts=thread_ts, context=context, touched_at=self._now()
                )
            )

    def _oldest(self) -> datetime:
        return self._now() - KEPT_FOR


def _same(practice: str, channel: str, thread_ts: str) -> ColumnElement[bool]:
    return (_threads.c.practice == practice) & (_threads.c.channel == channel) & (_threads.c.thread_ts == thread_ts)
