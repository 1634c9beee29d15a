"""Keyed marks of reviewed notes, so that a copied one is known again. No text, no label, and gone after their time.

Every value is an HMAC made outside (bot/review/marks.py); what stands here in clear is the practice and the date of
service. A part is found through its few smallest marks (a min-wise sketch) and then compared by all of them.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from secrets import randbits

import structlog
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Index,
    LargeBinary,
    String,
    Table,
    delete,
    select,
)
from sqlalchemy.exc import DatabaseError

from bot.storage.database import metadata

log = structlog.get_logger("bot.storage")

_parts = Table(
    "note_fingerprints",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("practice", String(64), nullable=False),
    Column("note", BigInteger, nullable=False),
    Column("member", BigInteger, nullable=False),
    Column("served_on", Date),
    Column("weight", Float, nullable=False),
    Column("marks", LargeBinary, nullable=False),
    Column("session", LargeBinary, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False, index=True),
    Index("note_fingerprints_of_note", "practice", "note"),
)
_sketch = Table(
    "note_fingerprint_marks",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("mark", BigInteger, primary_key=True),
    Column("part", BigInteger, primary_key=True, index=True),
)

_SKETCH = 16
_BYTES = 8
_AT_ONCE = 400
"""Values in one IN list; SQLite takes some thousands, older ones 999."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One member's part of one note: `note` and `member` are keyed hashes, `weight` what all its marks weigh.

    `session` holds marks of the session part, the same for every part of a note.
    """

    note: int
    member: int
    served_on: date | None
    weight: float
    marks: frozenset[int]
    session: frozenset[int] = frozenset()


def _now() -> datetime:
    return datetime.now(UTC)


class FingerprintStore:
    """Fingerprints by practice. A database that fails for a moment loses no review: the notes are not remembered."""

    def __init__(self, engine: Engine, kept_for: timedelta, now: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self._kept_for = kept_for
        self._now = now
        self.forget_old()

    def sharing(self, practice: str, marks: Collection[int]) -> list[Fingerprint]:
        """The parts that may share much with these marks, oldest first."""
        try:
            with self._engine.connect() as connection:
                ids: set[int] = set()
                for some in _chunks(sorted(marks)):
                    where = (_sketch.c.practice == practice) & _sketch.c.mark.in_(some)
                    ids.update(connection.execute(select(_sketch.c.part).where(where).distinct()).scalars())
                return [one for some in _chunks(sorted(ids)) for one in self._read(connection, some)]
        except DatabaseError as error:
            log.warning("fingerprints_not_read", error=type(error.orig).__name__)
            return []

    def members_of(self, practice: str, notes: Collection[int]) -> dict[int, set[int]]:
        """Who is in each note."""
        found: dict[int, set[int]] = {note: set() for note in notes}
        try:
            with self._engine.connect() as connection:
                for some in _chunks(sorted(notes)):
                    where = (_parts.c.practice == practice) & _parts.c.note.in_(some)
                    for row in connection.execute(select(_parts.c.note, _parts.c.member).where(where)):
                        found[row.note].add(row.member)
        except DatabaseError as error:
            log.warning("fingerprints_not_read", error=type(error.orig).__name__)
        return found

    def put(
        self, practice: str, parts: Sequence[Fingerprint], *, instead_of: Collection[int], members: Collection[int]
    ) -> None:
        """Remember a note's parts, in place of what these members had in the notes `instead_of`; forget old ones."""
        try:
            with self._engine.begin() as connection:
                self._forget_old(connection)
                for some in _chunks(sorted(instead_of)):
                    where = (_parts.c.practice == practice) & _parts.c.note.in_(some)
                    rows = connection.execute(select(_parts.c.id, _parts.c.member).where(where)).all()
                    _remove(connection, [row.id for row in rows if row.member in members])
                for part in parts:
                    _add(connection, practice, part, self._now())
        except DatabaseError as error:
            log.warning("fingerprints_not_kept", error=type(error.orig).__name__)

    def forget_old(self) -> None:
        """Erase what is past its time."""
        try:
            with self._engine.begin() as connection:
                self._forget_old(connection)
        except DatabaseError as error:
            log.warning("old_fingerprints_not_erased", error=type(error.orig).__name__)

    def _forget_old(self, connection: Connection) -> None:
        old = _parts.c.kept_at < self._now() - self._kept_for
        _remove(connection, list(connection.execute(select(_parts.c.id).where(old)).scalars()))

    def _read(self, connection: Connection, ids: Sequence[int]) -> Iterable[Fingerprint]:
        fresh = _parts.c.kept_at >= self._now() - self._kept_for
        query = select(_parts).where(_parts.c.id.in_(ids) & fresh).order_by(_parts.c.kept_at)
        for row in connection.execute(query):
            marks, session = _unpacked(row.marks), _unpacked(row.session)
            yield Fingerprint(row.note, row.member, row.served_on, row.weight, marks, session)


def _add(connection: Connection, practice: str, part: Fingerprint, now: datetime) -> None:
    number = randbits(63)
    connection.execute(
        _parts.insert().values(
            id=number,
            practice=practice,
            note=part.note,
            member=part.member,
            served_on=part.served_on,
            weight=part.weight,
            marks=_packed(part.marks),
            session=_packed(part.session),
            kept_at=now,
        )
    )
    smallest = sorted(part.marks)[:_SKETCH]
    connection.execute(_sketch.insert(), [{"practice": practice, "mark": mark, "part": number} for mark in smallest])


def _remove(connection: Connection, ids: Sequence[int]) -> None:
    for some in _chunks(ids):
        connection.execute(delete(_sketch).where(_sketch.c.part.in_(some)))
        connection.execute(delete(_parts).where(_parts.c.id.in_(some)))


def _packed(marks: Iterable[int]) -> bytes:
    return b"".join(mark.to_bytes(_BYTES, "big", signed=True) for mark in sorted(marks))


def _unpacked(data: bytes) -> frozenset[int]:
    starts = range(0, len(data), _BYTES)
    return frozenset(int.from_bytes(data[at : at + _BYTES], "big", signed=True) for at in starts)


def _chunks(values: Sequence[int]) -> Iterable[Sequence[int]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
