"""Thumbs on answers: who, on which message, up or down, why, and what was answered by ids. No text is kept.

The last word of a person on a message counts.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, DateTime, Engine, String, Table, Text, delete, func, select, update

from bot.storage.database import metadata, utc

_feedback = Table(
    "feedback",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("message_ts", String(32), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("value", String(16), nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("reason", String(32), nullable=False, server_default=""),
    Column("about", Text, nullable=False, server_default=""),
)


@dataclass(frozen=True)
class AnswerIds:
    """One answer of the message, by ids: its payer's (empty for none on file), topic, decision and facts cited."""

    payer: str
    topic: str
    decision: str
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class GivenThumb:
    """A thumb as it stands; `id` is made of where it was given and by whom."""

    id: str
    practice: str
    user: str
    value: str
    reason: str
    about: tuple[AnswerIds, ...]
    given_at: datetime


class FeedbackStore:
    """Slack sends no "unselect", so each press replaces the one before."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(  # noqa: PLR0913, PLR0917  # a row
        self, practice: str, channel: str, message_ts: str, user: str, value: str, about: Sequence[AnswerIds] = ()
    ) -> None:
        """A thumb; the reason of an earlier one goes with it."""
        row = {"practice": practice, "channel": channel, "message_ts": message_ts, "user": user}
        told = json.dumps([vars(one) for one in about]) if about else ""
        with self._engine.begin() as connection:
            connection.execute(delete(_feedback).where(*(_feedback.c[name] == part for name, part in row.items())))
            connection.execute(
                _feedback.insert().values(**row, value=value, given_at=datetime.now(UTC), reason="", about=told)
            )

    def explain(self, practice: str, channel: str, message_ts: str, user: str, reason: str) -> bool:  # likewise
        """Why a thumb points down; False where none of this person does."""
        row = {"practice": practice, "channel": channel, "message_ts": message_ts, "user": user, "value": "down"}
        with self._engine.begin() as connection:
            where = (_feedback.c[name] == part for name, part in row.items())
            return bool(connection.execute(update(_feedback).where(*where).values(reason=reason)).rowcount)

    def counts(self, practice: str = "") -> dict[str, int]:
        """How many of each value stand; of one practice where it is named."""
        query = select(_feedback.c.value, func.count().label("number")).group_by(_feedback.c.value)
        if practice:
            query = query.where(_feedback.c.practice == practice)
        with self._engine.connect() as connection:
            return {row.value: row.number for row in connection.execute(query)}

    def all(self, practice: str = "") -> Sequence[GivenThumb]:
        """Every thumb, the newest first; of one practice where it is named."""
        query = select(_feedback).order_by(_feedback.c.given_at.desc())
        if practice:
            query = query.where(_feedback.c.practice == practice)
        with self._engine.connect() as connection:
            return [
                GivenThumb(
                    feedback_id(row.practice, row.channel, row.message_ts, row.user),
                    row.practice,
                    row.user,
                    row.value,
                    row.reason,
                    tuple(_told(one) for one in json.loads(row.about or "[]")),
                    utc(row.given_at),
                )
                for row in connection.execute(query)
            ]


def _told(kept: dict[str, Any]) -> AnswerIds:
    return AnswerIds(**{**kept, "cites": tuple(kept.get("cites", ()))})


def feedback_id(*key: str) -> str:
    """Eight signs that name one piece of feedback at the command line."""
    return sha256("|".join(key).encode()).hexdigest()[:8]
