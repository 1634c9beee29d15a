"""Verdicts of a review that a person disputes: which check, both verdicts and why. No words of a note, no member."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Engine, String, Table, delete, select

from bot.storage.database import metadata, utc
from bot.storage.feedback import feedback_id

_disputes = Table(
    "review_disputes",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("message_ts", String(32), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("check", String(40), primary_key=True),
    Column("practice", String(64), nullable=False, index=True),
    Column("judged", String(24), nullable=False),
    Column("proposed", String(24), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("comment", String(300), nullable=False),
    Column("engine", String(80), nullable=False),
    Column("version", String(24), nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class Dispute:
    """One verdict disputed: `engine` of `version` judged it so, and the person proposes another."""

    check: str
    judged: str
    proposed: str
    reason: str
    comment: str
    engine: str
    version: str


@dataclass(frozen=True)
class GivenDispute:
    """A dispute as it stands on the list, with who gave it and when (UTC); `id` is made of where it was given."""

    id: str
    dispute: Dispute
    practice: str
    user: str
    given_at: datetime


class DisputeStore:
    """The review list. A person's later word on a check of the same card replaces the one before."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, practice: str, channel: str, message_ts: str, user: str, dispute: Dispute) -> None:
        key = {"channel": channel, "message_ts": message_ts, "user": user, "check": dispute.check}
        row = {**key, **vars(dispute), "practice": practice, "given_at": datetime.now(UTC)}
        with self._engine.begin() as connection:
            connection.execute(
                delete(_disputes).where(
                    *(_disputes.c[name] == part for name, part in {**key, "practice": practice}.items())
                )
            )
            connection.execute(_disputes.insert().values(**row))

    def all(self, practice: str = "") -> Sequence[GivenDispute]:
        """What stands on the list, the newest first; of one practice where it is named."""
        query = select(_disputes).order_by(_disputes.c.given_at.desc())
        if practice:
            query = query.where(_disputes.c.practice == practice)
        with self._engine.connect() as connection:
            return [
                GivenDispute(
                    feedback_id(row.practice, row.channel, row.message_ts, row.user, row.check),
                    Dispute(row.check, row.judged, row.proposed, row.reason, row.comment, row.engine, row.version),
                    row.practice,
                    row.user,
                    utc(row.given_at),
                )
                for row in connection.execute(query)
            ]
