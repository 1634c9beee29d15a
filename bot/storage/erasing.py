"""All that stands of one practice, counted and erased, but for the audit record: that is what shows it was done."""

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, func, or_, select, union

from bot.record.entry import Entry, Kind
from bot.storage.audit_record import AuditRecord
from bot.storage.tables import metadata

STAYS = ("audit_record", "audit_anchors")
"""Kept for AUDIT_DAYS whoever leaves, 45 CFR 164.316(b)(2)(i); nothing in them is content."""

NOBODYS = ("deliveries", "work_replicas", "slack_oauth_states")
"""Tables that tell of no practice."""

OF_THE_APP = ("slack_bots", "slack_installations")
"""Erased when the workspace removes the app; till then a workspace without them would have the app and get no word."""


def rows_of(engine: Engine, practice: str) -> dict[str, int]:
    """How many rows each table holds that `erase` would erase."""
    with engine.connect() as connection:
        return {table.name: _count(connection, table, _of(table, practice)) for table in _erased()}


def erase(engine: Engine, practice: str, record: AuditRecord | None) -> dict[str, int]:
    """Erase them, all or none, and put that on record with how many they were; the rows of each table.

    In an SQLite file their place is written over; what backups and other copies hold is not reached.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        rows = {}
        for table in _erased():
            rows[table.name] = connection.execute(delete(table).where(_of(table, practice))).rowcount
        if record is not None:
            record.append_in(connection, practice, Entry(kind=Kind.ERASURE, rows=rows))
        connection.commit()
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return rows


def is_installed(engine: Engine, practice: str) -> bool:
    """Whether its workspace has the app, as far as the database knows: of a bot token in the settings it does not."""
    bots = metadata.tables["slack_bots"]
    with engine.connect() as connection:
        return _count(connection, bots, bots.c.team_id == practice) > 0


def practices(engine: Engine) -> list[str]:
    """The ids of all practices of whom something stands that `erase` would erase."""
    named = [select(table.c.practice) for table in _erased() if "practice" in table.c]
    with engine.connect() as connection:
        return sorted(name for name in connection.execute(union(*named)).scalars() if name)


def _erased() -> list[Table]:
    """In an order in which what points at a row goes before it."""
    tables = [t for t in metadata.sorted_tables if t.name not in (*STAYS, *NOBODYS, *OF_THE_APP)]
    return sorted(tables, key=lambda table: table.name == "work")


def _of(table: Table, practice: str) -> ColumnElement[bool]:
    """Which rows of a table are the practice's: by its column, or by the piece of work that they belong to."""
    if "practice" in table.c:
        return table.c.practice == practice
    work = metadata.tables["work"]
    mine = table.c.work_id.in_(select(work.c.id).where(work.c.practice == practice))
    # What was taken is remembered beyond its work, by a key that begins with the practice.
    return or_(mine, table.c.key.startswith(f"{practice}:", autoescape=True)) if "key" in table.c else mine


def _count(connection: Connection, table: Table, where: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()
