"""Rows carried from an SQLite file into PostgreSQL, for a practice that outgrows one machine."""

from pathlib import Path

from sqlalchemy import Connection, DateTime, Table, create_engine, func, select, text
from sqlalchemy.pool import NullPool

from bot.storage.database import utc
from bot.storage.schema import upgrade
from bot.storage.tables import metadata

_AT_ONCE = 500


def carry(source: Path, target: Connection) -> None:
    """Copy every row of the file, brought up to date first, into tables that are empty and up to date."""
    engine = create_engine(f"sqlite:///{source}", poolclass=NullPool)
    upgrade(engine)
    with engine.connect() as rows:
        for table in metadata.sorted_tables:
            # Slack's library keeps times without a zone, in UTC.
            times = [column.name for column in table.c if isinstance(column.type, DateTime) and column.type.timezone]
            for some in rows.execute(select(table)).mappings().partitions(_AT_ONCE):
                zoned = [{**row, **{name: utc(row[name]) for name in times if row[name]}} for row in some]
                target.execute(table.insert(), zoned)
            _count_on(table, target)


def _count_on(table: Table, target: Connection) -> None:
    """Rows that bring their numbers do not move PostgreSQL's own count of them."""
    column = table.autoincrement_column
    if column is None:
        return
    highest = target.execute(select(func.max(column))).scalar_one_or_none()
    if highest is not None:
        sequence = text("select setval(pg_get_serial_sequence(:table, :column), :highest)")
        target.execute(sequence, {"table": table.name, "column": column.name, "highest": highest})
