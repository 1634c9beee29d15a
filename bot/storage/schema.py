"""The version of the tables: where a database stands, and bringing it up to date by the files in `migrations`.

Revisions are numbers, one after the other. A database that was made before there were any is taken as it is: the
first one makes only what is missing.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, text

from bot.errors import OperatorError

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 90853
"""Key of the advisory lock: one process at a time changes the tables of a PostgreSQL database."""
_LOCK_WAIT_SECONDS = 60
_COPY_KEPT_SECONDS = 7 * 24 * 3600
"""A copy holds fingerprints, and those have an end."""


@dataclass(frozen=True)
class Upgrade:
    """What was done to a database: its revisions (empty: it had none), and where the copy made before lies."""

    before: str
    after: str
    copy: Path | None = None

    @property
    def changed(self) -> bool:
        return self.before != self.after


def newest_revision() -> str:
    """The revision that this version of the program works with."""
    return max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def revision_of(connection: Connection) -> str:
    """Where a database stands; empty where it has never been migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("select version_num from alembic_version")).scalar_one_or_none() or ""


def refuse_another_schema(engine: Engine) -> None:
    """Raises OperatorError where a database is not at the newest revision."""
    with engine.connect() as connection:
        standing = revision_of(connection)
    refuse_newer(standing)
    if standing != newest_revision():
        raise OperatorError(
            f"The database stands at revision {standing or 'none'} and this version works with {newest_revision()}: "
            "run billing-copilot migrate first."
        )


def refuse_newer(revision: str) -> None:
    """Raises OperatorError where a later version of the program has changed the tables."""
    if revision > newest_revision():
        raise OperatorError(
            f"The database stands at revision {revision}, made by a later version of the copilot: "
            "run that version, or restore a backup from before."
        )


def upgrade(engine: Engine) -> Upgrade:
    """Bring the tables up to date; of several processes at once, one does and the others wait. All or nothing."""
    newest = newest_revision()
    with engine.connect() as connection:
        standing = revision_of(connection)
    refuse_newer(standing)
    _remove_old_copies(engine)
    if standing == newest:
        return Upgrade(standing, newest)
    with _alone(engine) as connection:
        standing = revision_of(connection)
        if standing == newest:
            return Upgrade(standing, newest)
        copy = _copied(connection, newest)
        make_tables(connection)
    return Upgrade(standing, newest, copy)


def make_tables(connection: Connection) -> None:
    """Bring the tables up to date within the transaction that the connection is in."""
    from alembic import command  # slow to import, and seldom needed

    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> "Config":
    """What Alembic's commands want to know, to work over this connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody else changes the tables."""
    if engine.dialect.name == "sqlite":
        # With None, Python begins no transaction of its own: the one below holds the changes of tables too.
        arguments = {"isolation_level": None, "timeout": _LOCK_WAIT_SECONDS}
        engine = create_engine(engine.url, poolclass=NullPool, connect_args=arguments)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


def _copied(connection: Connection, revision: str) -> Path | None:
    """Copy an SQLite file before its tables change, for whoever has to go back; nothing to copy in a new one."""
    path = sqlite_file(connection.engine)
    if path is None or not inspect(connection).get_table_names():
        return None
    copy = path.with_name(f"{path.stem}.before-{revision}{path.suffix}")
    copy_file(path, copy)
    return copy


def _remove_old_copies(engine: Engine) -> None:
    path = sqlite_file(engine)
    if path is None:
        return
    for copy in path.parent.glob(f"{path.stem}.before-*{path.suffix}"):
        if copy.stat().st_mtime < time.time() - _COPY_KEPT_SECONDS:
            copy.unlink(missing_ok=True)


def copy_file(path: Path, copy: Path) -> None:
    """Copy an SQLite file while it may be in use, for its owner alone, in place of an earlier copy."""
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def sqlite_file(engine: Engine) -> Path | None:
    """Where the database lies; None where it is none of SQLite's, or in memory."""
    if engine.dialect.name != "sqlite" or engine.url.database in {None, "", ":memory:"}:
        return None
    return Path(str(engine.url.database))
