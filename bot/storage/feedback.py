"""Thumbs on answers: who, on which message, up or down. The last one of a person counts; no text is kept."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Engine, String, Table, delete, func, select

from bot.storage.database import metadata

_feedback = Table(
    "feedback",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("message_ts", String(32), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("value", String(16), nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
)


class FeedbackStore:
    """Slack sends no "unselect", so each press replaces the one before."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, practice: str, channel: str, message_ts: str, user: str, value: str) -> None:
        row = {"practice": practice, "channel": channel, "message_ts": message_ts, "user": user}
        with self._engine.begin() as connection:
            connection.execute(delete(_feedback).where(*(_feedback.c[name] == part for name, part in row.items())))
            connection.execute(_feedback.insert().values(**row, value=value, given_at=datetime.now(UTC)))

    def counts(self) -> dict[str, int]:
        """How many of each value stand."""
        query = select(_feedback.c.value, func.count().label("number")).group_by(_feedback.c.value)
        with self._engine.connect() as connection:
            return {row.value: row.number for row in connection.execute(query)}
