"""Work taken and not yet done: its sealed payload, the parts of its reply already said, and who works on it.

A payload is bytes that only `bot.jobs` can open. Nothing else here holds a word of anybody's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.storage.database import metadata, utc
from bot.storage.sqlite import settle

_work = Table(
    "work",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("practice", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
)
_taken = Table(
    "work_taken",
    metadata,
    Column("key", String(192), primary_key=True),
    Column("work_id", String(128), nullable=False, index=True),
    Column("taken_at", DateTime(timezone=True), nullable=False, index=True),
)
_parts = Table(
    "work_parts",
    metadata,
    Column("work_id", String(128), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("ts", String(32), nullable=False),
    Column("finished", Boolean, nullable=False),
)
_replicas = Table(
    "work_replicas",
    metadata,
    Column("executor", String(128), primary_key=True),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

# Made once: SQLAlchemy takes longer to make and to look up a statement of a few columns than SQLite to run it.
_OF: BindParameter[Any] = bindparam("of")
_PART: BindParameter[Any] = bindparam("part")
_TAKE_KEYS, _TAKE, _FIND = _taken.insert(), _work.insert(), select(_work).where(_work.c.id == _OF)
_ATTEMPTS = select(_work.c.attempts).where(_work.c.id == _OF)
_COUNT_ATTEMPT = update(_work).where(_work.c.id == _OF).values(attempts=_work.c.attempts + 1)
_COUNT_ANEW = update(_work).where(_work.c.id == _OF).values(attempts=1)
_END, _END_PARTS = delete(_work).where(_work.c.id == _OF), delete(_parts).where(_parts.c.work_id == _OF)
_DROP_PART = delete(_parts).where((_parts.c.work_id == _OF) & (_parts.c.number == _PART))
_PUT_PART = _parts.insert()


@dataclass(frozen=True)
class StoredWork:
    """One piece of work: how often it was begun since a part of it was said, and how often it failed by itself."""

    id: str
    practice: str
    kind: str
    payload: bytes
    received_at: datetime
    attempts: int = 0
    failures: int = 0


@dataclass(frozen=True)
class Part:
    """A part of a reply that Slack has: its ts (empty where Slack gives none), and whether it is whole."""

    ts: str
    finished: bool


def _now() -> datetime:
    return datetime.now(UTC)


class WorkStore:
    """All methods raise SQLAlchemy's errors: a caller that cannot store must not acknowledge."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self._now = now

    # -- work

    def take(self, work: StoredWork, also: Iterable[str] = ()) -> bool:
        """Store it; False where its id or one of the keys in `also` was taken before, also by work long done."""
        keys = dict.fromkeys((work.id, *also))
        rows = [{"key": key, "work_id": work.id, "taken_at": work.received_at} for key in keys]
        try:
            with self._engine.begin() as connection:
                connection.execute(_TAKE_KEYS, rows)
                connection.execute(_TAKE, vars(work))
        except IntegrityError:
            return False
        settle(self._engine)
        return True

    def begin(self, work_id: str, *, count: bool = True) -> StoredWork | None:
        """Give the work, and count that it was begun; None where it is done or past its time."""
        with self._engine.begin() as connection:
            if count:
                connection.execute(_COUNT_ATTEMPT, {"of": work_id})
            return _read(connection, work_id)

    def was_begun(self, work_id: str) -> bool:
        """Whether `begin` counted it before, in this process or another."""
        with self._engine.connect() as connection:
            return bool(connection.execute(_ATTEMPTS, {"of": work_id}).scalar_one_or_none())

    def failed(self, work_id: str) -> int:
        """Count a failure; how many it has now, 0 where it is gone."""
        with self._engine.begin() as connection:
            connection.execute(update(_work).where(_work.c.id == work_id).values(failures=_work.c.failures + 1))
            found = _read(connection, work_id)
        return found.failures if found else 0

    def end(self, work_id: str, *, reopen: bool = False) -> None:
        """Erase the payload and the parts; with `reopen`, the keys beside its id may be taken anew."""
        with self._engine.begin() as connection:
            connection.execute(_END, {"of": work_id})
            connection.execute(_END_PARTS, {"of": work_id})
            if reopen:
                connection.execute(delete(_taken).where((_taken.c.work_id == work_id) & (_taken.c.key != work_id)))

    def is_waiting(self, work_id: str) -> bool:
        with self._engine.connect() as connection:
            return _read(connection, work_id) is not None

    def work_of(self, key: str) -> str:
        """The id of the work that was taken by a key, done or not; empty where none was."""
        with self._engine.connect() as connection:
            return connection.execute(select(_taken.c.work_id).where(_taken.c.key == key)).scalar_one_or_none() or ""

    def waiting(self, older_than: timedelta = timedelta()) -> Sequence[str]:
        """The ids of all work not done, the oldest first."""
        query = select(_work.c.id).where(_work.c.received_at <= self._now() - older_than).order_by(_work.c.received_at)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def forget_old(self, payloads: timedelta, keys: timedelta) -> int:
        """Erase work past its time, and what was taken longer ago than `keys`; how much work that was."""
        now = self._now()
        old = _work.c.received_at < now - payloads
        with self._engine.begin() as connection:
            connection.execute(delete(_parts).where(_parts.c.work_id.in_(select(_work.c.id).where(old))))
            gone = connection.execute(delete(_work).where(old)).rowcount
            connection.execute(delete(_taken).where(_taken.c.taken_at < now - keys))
        return gone

    def depth(self) -> tuple[int, float]:
        """How much work is not done, and for how many seconds the oldest has waited."""
        with self._engine.connect() as connection:
            count, oldest = connection.execute(select(func.count(), func.min(_work.c.received_at))).one()
        return count, (self._now() - utc(oldest)).total_seconds() if oldest else 0.0

    def probe(self) -> None:
        """Raise what storing work would raise: a real write, which changes nothing."""
        with self._engine.begin() as connection:
            connection.execute(update(_replicas).values(seen_at=_replicas.c.seen_at))

    # -- parts of a reply

    def part(self, work_id: str, number: int) -> Part | None:
        query = select(_parts).where((_parts.c.work_id == work_id) & (_parts.c.number == number))
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return Part(row.ts, row.finished) if row else None

    def put_part(self, work_id: str, number: int, part: Part) -> None:
        """Record a part; work that gets on is not what brings the process down, so its beginnings count anew."""
        with self._engine.begin() as connection:
            connection.execute(_COUNT_ANEW, {"of": work_id})
            _drop_part(connection, work_id, number)
            connection.execute(_PUT_PART, {"work_id": work_id, "number": number, **vars(part)})

    def drop_part(self, work_id: str, number: int) -> None:
        with self._engine.begin() as connection:
            _drop_part(connection, work_id, number)

    def is_part(self, ts: str) -> bool:
        """Whether a message is a part of some work not done."""
        with self._engine.connect() as connection:
            return connection.execute(select(_parts.c.ts).where(_parts.c.ts == ts)).first() is not None

    # -- replicas

    def beat(self, executor: str) -> None:
        """Say that this replica lives."""
        mine = _replicas.c.executor == executor
        with self._engine.begin() as connection:
            if not connection.execute(update(_replicas).where(mine).values(seen_at=self._now())).rowcount:
                connection.execute(_replicas.insert().values(executor=executor, seen_at=self._now()))

    def leave(self, executor: str) -> None:
        """Let the others take over at once."""
        with self._engine.begin() as connection:
            long_ago = datetime(2000, 1, 1, tzinfo=UTC)
            connection.execute(update(_replicas).where(_replicas.c.executor == executor).values(seen_at=long_ago))

    def living(self, within: timedelta) -> set[str]:
        """The replicas heard of lately."""
        query = select(_replicas.c.executor).where(_replicas.c.seen_at >= self._now() - within)
        with self._engine.connect() as connection:
            return set(connection.execute(query).scalars())


def _read(connection: Connection, work_id: str) -> StoredWork | None:
    row = connection.execute(_FIND, {"of": work_id}).mappings().first()
    if row is None:
        return None
    return StoredWork(**{**row, "received_at": utc(row["received_at"])})


def _drop_part(connection: Connection, work_id: str, number: int) -> None:
    connection.execute(_DROP_PART, {"of": work_id, "part": number})
