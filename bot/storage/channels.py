"""How the bot behaves in one channel, as its practice set it. Payers' names only; no message text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, ColumnElement, DateTime, Engine, String, Table, Text, select, update

from bot.storage.database import metadata, utc

_channels = Table(
    "channel_settings",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("mode", String(16), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("payers", Text, nullable=False),
    Column("outsiders", Boolean, nullable=False),
    Column("changed_by", String(32), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class StoredChannel:
    """One channel's row; `payers` is JSON, `outsiders` says that people of another company read along there."""

    channel: str
    mode: str
    audience: str
    payers: str
    outsiders: bool
    changed_by: str
    changed_at: datetime


class ChannelStore:
    """One row a channel of a practice: a channel shared by two companies has one id in both."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, practice: str, channel: str) -> StoredChannel | None:
        query = select(_channels).where(_at(practice, channel))
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return _read(dict(row)) if row else None

    def all(self, practice: str) -> Sequence[StoredChannel]:
        """Every channel of the practice that was set, by id."""
        query = select(_channels).where(_channels.c.practice == practice).order_by(_channels.c.channel)
        with self._engine.connect() as connection:
            return [_read(dict(row)) for row in connection.execute(query).mappings()]

    def put(self, practice: str, channel: str, mode: str, audience: str, payers: str, by: str) -> None:  # noqa: PLR0913, PLR0917  # a row
        """Set it; whether outsiders read along is a fact of the channel and stays."""
        row = {"mode": mode, "audience": audience, "payers": payers, "changed_by": by, "changed_at": datetime.now(UTC)}
        with self._engine.begin() as connection:
            if not connection.execute(update(_channels).where(_at(practice, channel)).values(row)).rowcount:
                connection.execute(
                    _channels.insert().values(practice=practice, channel=channel, outsiders=False, **row)
                )

    def note_outsiders(self, practice: str, channel: str) -> bool:
        """Remember that another company reads along; False where the channel has no row yet."""
        with self._engine.begin() as connection:
            done = connection.execute(update(_channels).where(_at(practice, channel)).values(outsiders=True))
        return bool(done.rowcount)


def _at(practice: str, channel: str) -> ColumnElement[bool]:
    return (_channels.c.practice == practice) & (_channels.c.channel == channel)


def _read(row: dict[str, object]) -> StoredChannel:
    kept = {name: value for name, value in row.items() if name != "practice"}
    assert isinstance(kept["changed_at"], datetime)
    return StoredChannel(**{**kept, "changed_at": utc(kept["changed_at"])})  # type: ignore[arg-type]  # a row of the table
