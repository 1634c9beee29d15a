"""Reviews that wait for a fix: whose, where their cards stand, and how many claims. No text, no member."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, ColumnElement, DateTime, Engine, Integer, String, Table, delete, select

from bot.storage.database import metadata, utc

KEPT_FOR = timedelta(days=90)

_waiting = Table(
    "reviews_waiting",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("thread_ts", String(32), primary_key=True),
    Column("user", String(32), nullable=False),
    Column("claims", Integer, nullable=False),
    Column("to_fix", Integer, nullable=False),
    Column("reviewed_at", DateTime(timezone=True), nullable=False, index=True),
)


@dataclass(frozen=True)
class WaitingReview:
    """One review: `to_fix` of its `claims` are not as they should be; its cards stand in the thread."""

    channel: str
    thread_ts: str
    claims: int
    to_fix: int
    reviewed_at: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class WaitingStore:
    """One row a thread: the last review in it. Forgotten after ninety days."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self._now = now

    def put(self, practice: str, user: str, channel: str, thread_ts: str, claims: int, to_fix: int) -> None:  # noqa: PLR0913, PLR0917  # a row
        """What the last review of a thread left to fix; nothing is kept where that is nothing."""
        row = {"practice": practice, "channel": channel, "thread_ts": thread_ts, "user": user}
        old = _waiting.c.reviewed_at < self._now() - KEPT_FOR
        with self._engine.begin() as connection:
            connection.execute(delete(_waiting).where(_at(practice, channel, thread_ts) | old))
            if to_fix:
                connection.execute(
                    _waiting.insert().values(**row, claims=claims, to_fix=to_fix, reviewed_at=self._now())
                )

    def drop(self, practice: str, channel: str, thread_ts: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(_waiting).where(_at(practice, channel, thread_ts)))

    def of(self, practice: str, user: str) -> Sequence[WaitingReview]:
        """A person's, the newest first."""
        query = (
            select(_waiting)
            .where(_waiting.c.practice == practice, _waiting.c.user == user)
            .where(_waiting.c.reviewed_at >= self._now() - KEPT_FOR)
            .order_by(_waiting.c.reviewed_at.desc())
        )
        with self._engine.connect() as connection:
            return [
                WaitingReview(row.channel, row.thread_ts, row.claims, row.to_fix, utc(row.reviewed_at))
                for row in connection.execute(query)
            ]


def _at(practice: str, channel: str, thread_ts: str) -> ColumnElement[bool]:
    return (_waiting.c.practice == practice) & (_waiting.c.channel == channel) & (_waiting.c.thread_ts == thread_ts)
