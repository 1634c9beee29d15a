"""Signatures of HTTP deliveries taken lately, so that none is taken twice. A signature tells nothing of its body."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, DateTime, Engine, String, Table, delete
from sqlalchemy.exc import IntegrityError

from bot.storage.database import metadata

# A timestamp may be five minutes off, either way: one from the future is good for ten.
KEPT_FOR = timedelta(minutes=11)
_EACH = timedelta(minutes=1)

_deliveries = Table(
    "deliveries",
    metadata,
    Column("signature", String(80), primary_key=True),
    Column("taken_at", DateTime(timezone=True), nullable=False, index=True),
)
_TAKE = _deliveries.insert()


def _now() -> datetime:
    return datetime.now(UTC)


class DeliveryStore:
    """Shared by replicas. Raises SQLAlchemy's errors: what cannot be remembered must not be taken.

    With a hurried connection a power cut may take what came just before; work that came with it is stored on its own.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self._now = now
        self._swept_at = now()

    def take(self, signature: str) -> bool:
        """Remember it; False where it was taken before."""
        now = self._now()
        try:
            with self._engine.begin() as connection:
                connection.execute(_TAKE, {"signature": signature, "taken_at": now})
                if now - self._swept_at >= _EACH:
                    connection.execute(delete(_deliveries).where(_deliveries.c.taken_at < now - KEPT_FOR))
                    self._swept_at = now
        except IntegrityError:
            return False
        return True

    def give_back(self, signature: str) -> None:
        """Forget it: what came with it failed, and may come again."""
        with self._engine.begin() as connection:
            connection.execute(delete(_deliveries).where(_deliveries.c.signature == signature))
