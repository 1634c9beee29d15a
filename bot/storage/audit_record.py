"""The audit record, kept: entries are added, never changed, and erased only from the front when their time is over.

The database refuses anything else by triggers, which guard against mistakes; against a person with the database the
chain does (bot/record/chain.py).
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import structlog
from sqlalchemy import (
    DDL,
    BindParameter,
    Column,
    Connection,
    Engine,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    event,
    select,
    text,
)

from bot.record.acting import acting
from bot.record.chain import BEGINNING, Anchor, Checked, Keys, Link, check
from bot.record.entry import Entry
from bot.storage.database import metadata
from bot.storage.sqlite import settle

log = structlog.get_logger("bot.storage")

_record = Table(
    "audit_record",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("once", String(200)),
    Column("body", Text, nullable=False),
    Column("key", String(16), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("mark", String(64), nullable=False),
    UniqueConstraint("practice", "once"),
)
_anchors = Table(
    "audit_anchors",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("mark", String(64), nullable=False),
    Column("until", String(32), nullable=False),
    Column("key", String(16), nullable=False),
    Column("seal", String(64), nullable=False),
)

_OF: BindParameter[Any] = bindparam("of")
_NAME: BindParameter[Any] = bindparam("name")
_SAME = select(_record.c.number).where((_record.c.practice == _OF) & (_record.c.once == _NAME))
_LAST = select(_record.c.number, _record.c.mark).where(_record.c.practice == _OF)
_LAST = _LAST.order_by(_record.c.number.desc()).limit(1)
_ADD = _record.insert()

_WHY = "the audit record is only added to"
_COVERED = "EXISTS (SELECT 1 FROM audit_anchors WHERE practice = OLD.practice AND number >= OLD.number)"
TRIGGERS = {
    "sqlite": (
        f"CREATE TRIGGER audit_record_stands BEFORE UPDATE ON audit_record BEGIN SELECT RAISE(ABORT, '{_WHY}'); END",
        f"CREATE TRIGGER audit_record_stays BEFORE DELETE ON audit_record WHEN NOT {_COVERED} "
        f"BEGIN SELECT RAISE(ABORT, '{_WHY}'); END",
        f"CREATE TRIGGER audit_anchors_stand BEFORE UPDATE ON audit_anchors BEGIN SELECT RAISE(ABORT, '{_WHY}'); END",
        f"CREATE TRIGGER audit_anchors_stay BEFORE DELETE ON audit_anchors BEGIN SELECT RAISE(ABORT, '{_WHY}'); END",
    ),
    "postgresql": (
        f"CREATE OR REPLACE FUNCTION audit_record_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_WHY}'; END $$",
        f"CREATE OR REPLACE FUNCTION audit_record_erased() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NOT {_COVERED} THEN RAISE EXCEPTION '{_WHY}'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER audit_record_stands BEFORE UPDATE ON audit_record "
        "FOR EACH ROW EXECUTE FUNCTION audit_record_refuses()",
        "CREATE TRIGGER audit_record_stays BEFORE DELETE ON audit_record "
        "FOR EACH ROW EXECUTE FUNCTION audit_record_erased()",
        "CREATE TRIGGER audit_record_is_not_emptied BEFORE TRUNCATE ON audit_record "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_record_refuses()",
        "CREATE TRIGGER audit_anchors_stand BEFORE UPDATE OR DELETE ON audit_anchors "
        "FOR EACH ROW EXECUTE FUNCTION audit_record_refuses()",
    ),
}
"""What refuses changes, by dialect: made with the tables, once both are there."""

_record.add_is_dependent_on(_anchors)
for _dialect, _statements in TRIGGERS.items():
    for _statement in _statements:
        event.listen(_record, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]

_PRUNED_EVERY = timedelta(days=1)


def _now() -> datetime:
    return datetime.now(UTC)


class AuditRecord:
    """The entries of every practice, each practice's a chain of its own. Replicas may share it."""

    def __init__(
        self, engine: Engine, keys: Callable[[], Keys], kept_for: timedelta, now: Callable[[], datetime] = _now
    ) -> None:
        self._engine = engine
        self._make_keys = keys
        self._kept_for = kept_for
        self._now = now
        self._pruned_at = datetime.min.replace(tzinfo=UTC)

    @cached_property
    def _keys(self) -> Keys:
        return self._make_keys()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes to an SQLite file, from its first reading on."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def append(self, practice: str, entry: Entry, once: str | None = None) -> None:
        """Add an entry, on the disk when this returns; with `once` only the first of that name.

        Raises SQLAlchemy's errors, and OSError where the disk does not take it.
        """
        with self._writing() as connection:
            self.append_in(connection, practice, entry, once=once)
        settle(self._engine)
        self._prune_daily()

    def append_in(
        self, connection: Connection, practice: str, entry: Entry, *, once: str | None = None, who: str = ""
    ) -> None:
        """The same within a transaction that has written already, so that both stand or neither does."""
        if connection.dialect.name == "postgresql":
            # One at a time for a practice until this transaction ends; SQLite lets only one write anyhow.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"audit:{practice}"})
        if once and connection.execute(_SAME, {"of": practice, "name": once}).first():
            return
        number, mark = _last(connection, practice)
        link = Link(
            practice=practice,
            number=number + 1,
            at=self._now().astimezone(UTC).isoformat(timespec="microseconds"),
            who=who or acting().who,
            kind=entry.kind.value,
            once=once,
            body=json.dumps(entry.as_json(), sort_keys=True, separators=(",", ":")),
            key=self._keys.name,
            previous=mark,
        )
        made = self._keys.mark(link)
        assert made
        connection.execute(_ADD, {**vars(link), "mark": made})

    def try_out(self) -> None:
        """Raises what adding an entry would raise; nothing is added."""
        with self._writing() as connection:
            _last(connection, self._keys.name)

    def practices(self) -> Sequence[str]:
        with self._engine.connect() as connection:
            known = select(_record.c.practice).union(select(_anchors.c.practice))
            return sorted(connection.execute(known).scalars())

    def check(self, practice: str, head: str = "") -> Checked:
        """Whether a practice's record is as it was written."""
        with self._engine.connect() as connection:
            return check(practice, _links(connection, practice), _anchor(connection, practice), self._keys, head)

    def links(self, practice: str, since: str = "", before: str = "") -> list[Link]:
        """A practice's entries in order; `since` (with it) and `before` (without) are times as `at` has them."""
        with self._engine.connect() as connection:
            found = _links(connection, practice)
            return [link for link in found if link.at >= since and (not before or link.at < before)]

    def prune(self) -> int:
        """Erase what is past its time and seal where it ended; how many entries went. A broken record is left whole."""
        self._pruned_at = self._now()
        old = (self._now() - self._kept_for).astimezone(UTC).isoformat(timespec="microseconds")
        with self._engine.connect() as connection:
            query = select(_record.c.practice).where(_record.c.at < old).distinct()
            practices = list(connection.execute(query).scalars())
        return sum(self._prune(practice, old) for practice in practices)

    def _prune_daily(self) -> None:
        if self._now() - self._pruned_at >= _PRUNED_EVERY:
            self.prune()

    def _prune(self, practice: str, old: str) -> int:
        with self._writing() as connection:
            found = list(_links(connection, practice, old))
            # Clocks of replicas differ: what stands behind a younger entry waits for it.
            gone = [link for place, link in enumerate(found) if link.number == found[0].number + place]
            if not gone:
                return 0
            if check(practice, gone, _anchor(connection, practice), self._keys).problem:
                log.error("audit_record_broken", number=gone[0].number)
                return 0
            last = gone[-1]
            anchor = Anchor(practice, last.number, last.mark, last.at, self._keys.name)
            connection.execute(_anchors.insert().values(**vars(replace(anchor, seal=self._keys.seal(anchor) or ""))))
            where = (_record.c.practice == practice) & (_record.c.number <= last.number)
            connection.execute(delete(_record).where(where))
        return len(gone)


def _last(connection: Connection, practice: str) -> tuple[int, str]:
    """Number and mark of the entry that the next one follows."""
    row = connection.execute(_LAST, {"of": practice}).first()
    if row:
        return row.number, row.mark
    anchor = _anchor(connection, practice)
    return (anchor.number, anchor.mark) if anchor else (0, BEGINNING)


def _anchor(connection: Connection, practice: str) -> Anchor | None:
    query = select(_anchors).where(_anchors.c.practice == practice).order_by(_anchors.c.number.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return Anchor(**row) if row else None


def _links(connection: Connection, practice: str, before: str = "") -> Iterator[Link]:
    query = select(_record).where(_record.c.practice == practice).order_by(_record.c.number)
    if before:
        query = query.where(_record.c.at < before)
    query = query.execution_options(yield_per=1_000)
    return (Link(**row) for row in connection.execute(query).mappings())
