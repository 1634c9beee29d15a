"""One database for what must outlive a restart: SQLite in the data folder, or whatever DATABASE_URL names."""

from pathlib import Path

from sqlalchemy import Engine, MetaData, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError, TimeoutError

from bot.errors import OperatorError

metadata = MetaData()
# What SQLAlchemy raises while the database is not there, locked, or out of room; its other errors are ours.
DATABASE_AWAY = (OperationalError, InterfaceError, TimeoutError)


def open_database(url: str, data_dir: Path) -> Engine:
    """Connect and make missing tables; raises OperatorError when the address or the folder is unusable."""
    # Tables register themselves in `metadata` on import.
    from bot.storage import (  # noqa: F401  # imported for their tables
        deliveries,
        disputes,
        documents,
        feedback,
        fingerprints,
        ledger,
        threads,
        work,
    )

    if not url:
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OperatorError(
                f"The data folder {data_dir} cannot be written ({error.strerror}): set DATA_DIR."
            ) from None
        url = f"sqlite:///{data_dir / 'copilot.sqlite3'}"
    try:
        engine = create_engine(_with_driver(make_url(url)), pool_pre_ping=True)
        metadata.create_all(engine)
        _take_over_old_tables(engine)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise OperatorError(f"DATABASE_URL is not usable ({type(error).__name__}): see docs/settings.md.") from None
    except OperationalError:
        where = "the database in DATA_DIR" if url.startswith("sqlite") else "the database at DATABASE_URL"
        raise OperatorError(f"Cannot open {where}: check that it exists and may be written.") from None
    return engine


def _with_driver(url: URL) -> URL:
    """PostgreSQL by the driver that is installed, whichever of its names the address has."""
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


_KEEP_THUMBS = """
INSERT INTO answer_feedback (practice, channel, message_ts, "user", value, given_at)
SELECT '', channel, message_ts, "user", value, given_at FROM feedback
"""


def _take_over_old_tables(engine: Engine) -> None:
    """Tables of before, in which practices did not stand apart: thumbs are kept, threads' contexts are not."""
    old = {"threads", "feedback"} & set(inspect(engine).get_table_names())
    with engine.begin() as connection:
        if "feedback" in old:
            connection.execute(text(_KEEP_THUMBS))
        for name in sorted(old):
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
