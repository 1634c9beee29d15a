"""All that a practice's copilot has to keep, in one file, and back from it.

That is the database: verifications, documents with their vectors, feedback, fingerprints. The shared search index is
made from the knowledge files and is made again. The key is never in a backup: whoever holds both could tell whether
a given note was reviewed (`key_backup`).
"""

import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, text

from bot import __version__
from bot.errors import OperatorError, UserError
from bot.storage.archive import Manifest, unpack, write_archive
from bot.storage.carry import carry
from bot.storage.database import connect, migrate_database, one_line
from bot.storage.postgres_dump import dump, load
from bot.storage.schema import copy_file, make_tables, refuse_newer, revision_of, sqlite_file
from bot.storage.tables import metadata

_MAIN = "copilot.sqlite3"
_DUMP = "database.dump"
_NOT_OURS = {"lost+found"}
_BUSY_SECONDS = 10


@dataclass(frozen=True)
class Backup:
    """A backup as it was written."""

    file: Path
    manifest: Manifest


def back_up(url: str, data_dir: Path, target: Path) -> Backup:
    """Write a backup to the file, or into the folder under a name with the time; the bot may go on meanwhile.

    Raises UserError where the file stands already, OperatorError where the database or a tool fails.
    """
    now = datetime.now(UTC)
    file = target / f"copilot-{now:%Y%m%dT%H%M%SZ}.zip" if target.is_dir() else target
    if file.exists():
        raise UserError(f"{file} stands already: name another file, or a folder to put it in.")
    if not file.parent.is_dir():
        raise UserError(f"{file.parent}: there is no such folder.")
    with _engine(url, data_dir) as engine, _room(file.parent) as room:
        if not _rows_of(engine):
            raise UserError("There is nothing to back up yet: the database is empty.")
        if engine.dialect.name == "sqlite":
            parts = _copied_files(engine, data_dir, room)
            with _disposed_of(create_engine(f"sqlite:///{parts[_MAIN]}")) as copy, copy.connect() as connection:
                manifest = _manifest(connection, now)
        else:
            parts = {_DUMP: room / _DUMP}
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
                snapshot = connection.execute(text("select pg_export_snapshot()")).scalar_one()
                manifest = _manifest(connection, now)
                dump(engine.url, parts[_DUMP], snapshot)
        write_archive(file, manifest, parts)
    return Backup(file, manifest)


def restore(url: str, data_dir: Path, file: Path, *, force: bool = False) -> Manifest:
    """Put a backup in the place of what stands, and bring it up to date; the bot has to be stopped.

    A backup of SQLite goes into PostgreSQL too. What stood in an SQLite file is kept beside it for a week. Raises
    UserError where the file is no whole backup, or where something stands and `force` is off; OperatorError where the
    database or a tool fails.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with _engine(url, data_dir) as engine, _room(data_dir) as room:
        manifest = unpack(file, room)
        if (manifest.database, engine.dialect.name) == ("postgresql", "sqlite"):
            raise UserError(f"{file} is a backup of PostgreSQL: set DATABASE_URL to such a database.")
        refuse_newer(manifest.revision)
        if engine.dialect.name == "sqlite":
            if not force and not _is_empty(data_dir, room):
                raise UserError(f"The data folder {data_dir} is not empty: --force puts the backup over what is there.")
            _lay_files(engine, data_dir, room, manifest)
        else:
            if not force and any(_rows_of(engine).values()):
                raise UserError(
                    "The database at DATABASE_URL is not empty: --force puts the backup over what is there."
                )
            if manifest.database == "sqlite":
                with engine.begin() as connection:
                    _drop_tables(connection)
                    make_tables(connection)
                    carry(room / _MAIN, connection)
            else:
                load(engine.url, room / _DUMP)
                with engine.begin() as connection:
                    _drop_tables(connection, but=manifest.rows)
        restored = _rows_of(engine)
        if any(restored.get(name, number) != number for name, number in manifest.rows.items()):
            raise OperatorError("The restored database does not hold what was backed up: restore it once more.")
    migrate_database(url, data_dir)
    return manifest


@contextmanager
def _engine(url: str, data_dir: Path) -> Iterator[Engine]:
    with _disposed_of(connect(url, data_dir)) as engine, one_line(engine):
        if engine.dialect.name not in {"sqlite", "postgresql"}:
            raise OperatorError(f"A backup knows SQLite and PostgreSQL: use the tools of {engine.dialect.name}.")
        yield engine


@contextmanager
def _disposed_of(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _room(folder: Path) -> Iterator[Path]:
    """A private folder to work in, on the disk that has the space: in a container /tmp is small, and in memory."""
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as room:
            yield Path(room)
    except PermissionError:
        raise OperatorError(f"{folder} cannot be written.") from None


def _manifest(connection: Connection, now: datetime) -> Manifest:
    kind: Literal["sqlite", "postgresql"] = "sqlite" if connection.dialect.name == "sqlite" else "postgresql"
    return Manifest(
        made_at=now, program=__version__, database=kind, revision=revision_of(connection), rows=_rows(connection)
    )


def _rows(connection: Connection) -> dict[str, int]:
    standing = set(inspect(connection).get_table_names())
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in metadata.tables.items()
        if name in standing
    }


def _rows_of(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return _rows(connection)


def _copied_files(engine: Engine, data_dir: Path, room: Path) -> dict[str, Path]:
    """The database's file and whatever else the program keeps in SQLite beside it."""
    main = sqlite_file(engine)
    if main is None:
        raise UserError("The database is in memory: there is nothing to back up.")
    others = [path for path in data_dir.glob("*.sqlite3") if path != main and ".before-" not in path.name]
    parts = {}
    for name, path in [(_MAIN, main), *((path.name, path) for path in others)]:
        try:
            copy_file(path, room / name)
        except sqlite3.Error as error:
            raise OperatorError(f"{path} cannot be read as a database ({type(error).__name__}).") from None
        parts[name] = room / name
    return parts


def _is_empty(data_dir: Path, room: Path) -> bool:
    return not [path for path in data_dir.iterdir() if path != room and path.name not in _NOT_OURS]


def _lay_files(engine: Engine, data_dir: Path, room: Path, manifest: Manifest) -> None:
    main = sqlite_file(engine)
    assert main is not None, "connect() makes no database in memory of its own accord"
    for name in manifest.parts:
        place = main if name == _MAIN else data_dir / name
        if place.exists():
            _put_aside(place)
        try:
            # SQLite writes it page by page under its own locks, so that a reader never sees half of each.
            waiting = sqlite3.connect(place, timeout=_BUSY_SECONDS)
            with closing(sqlite3.connect(room / name)) as source, closing(waiting) as target:
                source.backup(target)
        except sqlite3.Error:
            raise OperatorError(f"{place} cannot be written: stop the bot, then restore again.") from None


def _put_aside(place: Path) -> None:
    """Keep what stands; a file that SQLite cannot read goes aside as it is, its journals with it."""
    aside = place.with_name(f"{place.stem}.before-restore{place.suffix}")
    try:
        copy_file(place, aside)
    except sqlite3.Error:
        place.replace(aside)
        for ending in ("-journal", "-wal", "-shm"):
            place.with_name(place.name + ending).unlink(missing_ok=True)


def _drop_tables(connection: Connection, *, but: Collection[str] = ()) -> None:
    """Our tables, but those: what a later version made beside the restored ones would stop its own upgrade."""
    metadata.drop_all(connection, [table for name, table in metadata.tables.items() if name not in but])
    if not but:
        connection.execute(text("drop table if exists alembic_version"))
