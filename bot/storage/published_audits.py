"""The audit that a practice published last: counts, and sealed what names clinicians or holds health information.

Beside it, who was told of their own notes in which month, so that nobody is told twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, DateTime, Engine, LargeBinary, String, Table, Text, delete, select, update
from sqlalchemy.exc import IntegrityError

from bot.storage.database import metadata, utc

REPORT_KEPT_FOR = timedelta(days=30)
KEPT_FOR = timedelta(days=90)
_TOLD_KEPT_FOR = timedelta(days=400)

_published = Table(
    "published_audits",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("month", String(7), nullable=False),
    Column("summary", Text, nullable=False),
    Column("coaching", LargeBinary, nullable=False),
    Column("report", LargeBinary),
    Column("published_at", DateTime(timezone=True), nullable=False),
)
_told = Table(
    "audit_coaching_told",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("person", String(32), primary_key=True),
    Column("told_at", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class StoredAudit:
    """One publication: `summary` is JSON of counts, `coaching` and `report` are sealed; `report` is None when gone."""

    month: str
    summary: str
    coaching: bytes
    report: bytes | None
    published_at: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class PublishedStore:
    """One row a practice: what was published last. A report is kept thirty days, the rest ninety."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self._now = now

    def put(self, practice: str, month: str, summary: str, coaching: bytes, report: bytes) -> None:
        """Keep this one in place of the one before."""
        row = {"month": month, "summary": summary, "coaching": coaching, "report": report, "published_at": self._now()}
        with self._engine.begin() as connection:
            connection.execute(delete(_published).where(_published.c.practice == practice))
            connection.execute(_published.insert().values(practice=practice, **row))

    def get(self, practice: str) -> StoredAudit | None:
        """The last one, as far as its time has not passed; what is past it may not be erased yet."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_published).where(_published.c.practice == practice)).first()
        if row is None:
            return None
        published_at, now = utc(row.published_at), self._now()
        if published_at < now - KEPT_FOR:
            return None
        report = row.report if published_at >= now - REPORT_KEPT_FOR else None
        return StoredAudit(row.month, row.summary, row.coaching, report, published_at)

    def forget_old(self) -> None:
        """Erase, of every practice, what is past its time."""
        now = self._now()
        with self._engine.begin() as connection:
            connection.execute(delete(_published).where(_published.c.published_at < now - KEPT_FOR))
            connection.execute(
                update(_published).where(_published.c.published_at < now - REPORT_KEPT_FOR).values(report=None)
            )
            connection.execute(delete(_told).where(_told.c.told_at < now - _TOLD_KEPT_FOR))

    def told(self, practice: str, month: str) -> frozenset[str]:
        """Who was told of that month."""
        query = select(_told.c.person).where(_told.c.practice == practice, _told.c.month == month)
        with self._engine.connect() as connection:
            return frozenset(connection.execute(query).scalars())

    def tell(self, practice: str, month: str, person: str) -> None:
        """Note that the person was told of that month."""
        try:
            with self._engine.begin() as connection:
                connection.execute(
                    _told.insert().values(practice=practice, month=month, person=person, told_at=self._now())
                )
        except IntegrityError:  # another process noted it
            return
