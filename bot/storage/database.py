"""One database for what must outlive a restart: SQLite in the data folder, or whatever DATABASE_URL names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Engine, MetaData, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    TimeoutError,
)

from bot.errors import OperatorError
from bot.storage.schema import Upgrade, refuse_another_schema, upgrade
from bot.storage.sqlite import Hurried, Logged

metadata = MetaData()
# What SQLAlchemy raises while the database is not there, locked, or out of room; its other errors are ours.
DATABASE_AWAY = (OperationalError, InterfaceError, TimeoutError)
_EMBEDDED = "copilot.sqlite3"
_CONNECT_SECONDS = "10"


def open_database(url: str, data_dir: Path, *, migrate: bool = True) -> Engine:
    """Connect, and bring the tables up to date; raises OperatorError when the address or the folder is unusable.

    With `migrate` off, a database at DATABASE_URL that is not up to date is refused; the embedded one always
    upgrades itself.
    """
    engine = connect(url, data_dir)
    try:
        with one_line(engine):
            if migrate or not url:
                upgrade(engine)
            else:
                refuse_another_schema(engine)
    except OperatorError:
        engine.dispose()
        raise
    return engine


def migrate_database(url: str, data_dir: Path) -> Upgrade:
    """Bring the tables up to date and tell what was done; raises OperatorError as `open_database` does."""
    engine = connect(url, data_dir)
    try:
        with one_line(engine):
            return upgrade(engine)
    finally:
        engine.dispose()


def connect(url: str, data_dir: Path, *, hurried: bool = False) -> Engine:
    """An engine for the address, its tables not looked at; raises OperatorError where it has no usable form.

    With `hurried` SQLite does not wait for the disk at each commit (`bot.storage.sqlite`).
    """
    try:
        address = _with_driver(make_url(url)) if url else URL.create("sqlite", database=str(embedded(data_dir)))
        return _engine(address, hurried=hurried)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("psycopg"):
            raise OperatorError(
                "DATABASE_URL names PostgreSQL, and its driver is not installed: "
                "pip install 'billing-copilot[postgres]', or make run EXTRAS=postgres."
            ) from None
        raise _unusable(error) from None
    except (ArgumentError, NoSuchModuleError) as error:
        raise _unusable(error) from None


def _engine(address: URL, *, hurried: bool) -> Engine:
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return create_engine(address, pool_pre_ping=True)
    # Threads of work and of acknowledgement each hold a connection for some milliseconds. The last one used goes first:
    # in turn they would fill a cache of pages each.
    factory = Hurried if hurried else Logged
    return create_engine(address, connect_args={"factory": factory}, pool_size=16, max_overflow=64, pool_use_lifo=True)


def embedded(data_dir: Path) -> Path:
    """The file of the database in the data folder, which is made; raises OperatorError where it cannot be."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(f"The data folder {data_dir} cannot be written ({error.strerror}): set DATA_DIR.") from None
    return data_dir / _EMBEDDED


def _with_driver(address: URL) -> URL:
    """`postgresql://`, or the older `postgres://`, means psycopg; a dead server is not waited for long."""
    if address.drivername in {"postgres", "postgresql"}:
        address = address.set(drivername="postgresql+psycopg")
    if address.drivername == "postgresql+psycopg" and "connect_timeout" not in address.query:
        address = address.update_query_dict({"connect_timeout": _CONNECT_SECONDS})
    return address


def _unusable(error: Exception) -> OperatorError:
    return OperatorError(f"DATABASE_URL is not usable ({type(error).__name__}): see docs/settings.md.")


def utc(at: datetime) -> datetime:
    """A time as it was stored, in UTC: SQLite forgets the zone, PostgreSQL tells it in its own."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


@contextmanager
def one_line(engine: Engine) -> Iterator[None]:
    """What a database says goes no further than its kind: the text may name the account."""
    try:
        yield
    except DatabaseError as error:
        where = "the database in DATA_DIR" if engine.dialect.name == "sqlite" else "the database at DATABASE_URL"
        kind = type(error.orig).__name__
        raise OperatorError(
            f"Cannot open {where} ({kind}): check that it exists and that its tables may be made and written."
        ) from None
