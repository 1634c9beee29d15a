"""What a practice recorded, with its history: who, when, what stood before. Bodies are JSON, never a note's text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.record.entry import Entry as RecordEntry
from bot.storage.audit_record import AuditRecord
from bot.storage.database import metadata, utc

_entries = Table(
    "ledger_entries",
    metadata,
    Column("practice", String(64), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("body", Text, nullable=False),
    Column("withdrawn_at", DateTime(timezone=True)),
)
_changes = Table(
    "ledger_changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("practice", String(64), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("entry_id", String(64), nullable=False),
    Column("action", String(16), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("before", Text, nullable=False),
)
_VERSION = select(func.max(_changes.c.number)).where(_changes.c.practice == bindparam("of"))
RECORDED, CHANGED, WITHDRAWN = "recorded", "changed", "withdrawn"


@dataclass(frozen=True)
class Entry:
    """One thing that stands on record; `body` is its JSON."""

    id: str
    body: str


@dataclass(frozen=True)
class Change:
    """What happened to an entry: `action` by whom and when (UTC), and the JSON that stood before (empty at first)."""

    entry_id: str
    action: str
    by: str
    at: datetime
    before: str


@dataclass(frozen=True)
class _Row:
    """An entry as it was read: its body, and the same in `standing` unless it was withdrawn."""

    body: str
    standing: str | None


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """Entries by practice and kind. Nothing is ever deleted: a withdrawn entry keeps its body and its history."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = _now, record: AuditRecord | None = None) -> None:
        self._engine = engine
        self._now = now
        self._record = record

    def put(self, practice: str, kind: str, entry_id: str, body: str, by: str) -> None:
        """Record an entry, change the one of that id, or bring a withdrawn one back; the same again is no change."""
        while not self.add(practice, kind, entry_id, body, by):
            row = self._row(practice, kind, entry_id)
            if row and (row.standing == body or self._swap((practice, kind, entry_id), row, body, by)):
                return

    def add(self, practice: str, kind: str, entry_id: str, body: str, by: str) -> bool:
        """Record an entry of a new id; False where there is or was one of that id. One caller of several wins."""
        if self._row(practice, kind, entry_id):
            return False
        try:
            with self._engine.begin() as connection:
                connection.execute(_entries.insert().values(practice=practice, kind=kind, id=entry_id, body=body))
                self._note(connection, (practice, kind, entry_id), RECORDED, by, "")
        except IntegrityError:
            return False
        return True

    def replace(self, practice: str, kind: str, entry_id: str, body: str, by: str, *, before: str) -> bool:  # noqa: PLR0913  # an address, and what to put there
        """Change an entry only while `before` stands there, so that nobody's change is covered over unseen."""
        row = self._row(practice, kind, entry_id)
        if row is None or row.standing != before:
            return False
        return body == before or self._swap((practice, kind, entry_id), row, body, by)

    def withdraw(self, practice: str, kind: str, entry_id: str, by: str) -> bool:
        """Take an entry out of force; False where none of that id stands."""
        while True:
            row = self._row(practice, kind, entry_id)
            if row is None or row.standing is None:
                return False
            if self._swap((practice, kind, entry_id), row, None, by):
                return True

    def restore(self, practice: str, kind: str, entry_id: str, by: str) -> bool:
        """Bring a withdrawn entry back as it was; False where it was not withdrawn."""
        row = self._row(practice, kind, entry_id)
        if row is None or row.standing is not None:
            return False
        return self._swap((practice, kind, entry_id), row, row.body, by)

    def entries(self, practice: str, kind: str) -> list[Entry]:
        """What stands, in the order of its ids."""
        where = (_entries.c.practice == practice) & (_entries.c.kind == kind) & _entries.c.withdrawn_at.is_(None)
        with self._engine.connect() as connection:
            rows = connection.execute(select(_entries.c.id, _entries.c.body).where(where).order_by(_entries.c.id))
            return [Entry(row.id, row.body) for row in rows]

    def entry(self, practice: str, kind: str, entry_id: str) -> Entry | None:
        """The entry of that id where it stands."""
        where = _at(practice, kind, entry_id) & _entries.c.withdrawn_at.is_(None)
        with self._engine.connect() as connection:
            row = connection.execute(select(_entries.c.id, _entries.c.body).where(where)).first()
        return Entry(row.id, row.body) if row else None

    def history(self, practice: str, kind: str, entry_id: str) -> list[Change]:
        """Every change of one entry, oldest first."""
        where = (_changes.c.practice == practice) & (_changes.c.kind == kind) & (_changes.c.entry_id == entry_id)
        with self._engine.connect() as connection:
            rows = connection.execute(select(_changes).where(where).order_by(_changes.c.number))
            return [Change(row.entry_id, row.action, row.by, utc(row.at), row.before) for row in rows]

    def version(self, practice: str) -> int:
        """Grows with every change of a practice's entries; 0 where it has none."""
        return self.versions(practice)[0]

    def versions(self, *practices: str) -> tuple[int, ...]:
        """The version of each, read at once."""
        with self._engine.connect() as connection:
            return tuple(connection.execute(_VERSION, {"of": one}).scalar_one_or_none() or 0 for one in practices)

    def practices(self) -> list[str]:
        """Every practice that has recorded anything."""
        with self._engine.connect() as connection:
            return list(
                connection.execute(select(_changes.c.practice).distinct().order_by(_changes.c.practice)).scalars()
            )

    def _row(self, practice: str, kind: str, entry_id: str) -> "_Row | None":
        with self._engine.connect() as connection:
            row = connection.execute(select(_entries).where(_at(practice, kind, entry_id))).first()
        return _Row(row.body, row.body if row.withdrawn_at is None else None) if row else None

    def _swap(self, of: tuple[str, str, str], seen: "_Row", body: str | None, by: str) -> bool:
        """Put `body` (None: withdraw) where `seen` still stands; False when somebody else was quicker."""
        unchanged = _at(*of) & (_entries.c.body == seen.body)
        withdrawn = _entries.c.withdrawn_at.is_not(None) if seen.standing is None else _entries.c.withdrawn_at.is_(None)
        values = {"withdrawn_at": self._now()} if body is None else {"body": body, "withdrawn_at": None}
        with self._engine.begin() as connection:
            done = connection.execute(update(_entries).where(unchanged & withdrawn).values(**values)).rowcount == 1
            if done:
                self._note(connection, of, WITHDRAWN if body is None else CHANGED, by, seen.body)
        return done

    def _note(self, connection: Connection, of: tuple[str, str, str], action: str, by: str, before: str) -> None:
        practice, kind, entry_id = of
        connection.execute(
            _changes.insert().values(
                practice=practice, kind=kind, entry_id=entry_id, action=action, by=by, at=self._now(), before=before
            )
        )
        if self._record:  # in this transaction: a change and its entry stand together or not at all
            self._record.append_in(connection, practice, RecordEntry.of_change(kind, entry_id, action))


def _at(practice: str, kind: str, entry_id: str) -> ColumnElement[bool]:
    return (_entries.c.practice == practice) & (_entries.c.kind == kind) & (_entries.c.id == entry_id)
