"""The tables' versions: made, adopted, upgraded once and whole, and never worked with when they do not fit."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from bot.errors import OperatorError
from bot.storage import schema
from bot.storage.database import connect, migrate_database, open_database
from bot.storage.feedback import FeedbackStore
from bot.storage.schema import alembic_config, newest_revision, revision_of
from bot.storage.tables import metadata

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{number}", "{before}", None, None


def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
    with op.batch_alter_table("feedback") as feedback:
        feedback.add_column(sa.Column("later", sa.String(8)))
    {more}
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'copilot.sqlite3'}"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
def add_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Gives the program, from then on, a migration more than it ships; returns its number."""

    def add(more: str = "") -> str:
        before = newest_revision()
        folder = tmp_path / "migrations"
        shutil.copytree(schema._MIGRATIONS, folder)
        number = f"{int(before) + 1:04}"
        (folder / "versions" / f"{number}_later.py").write_text(NEXT.format(number=number, before=before, more=more))
        monkeypatch.setattr(schema, "_MIGRATIONS", folder)
        return number

    return add


@pytest.fixture
def look(url: str, tmp_path: Path) -> Iterator[Engine]:
    engine = connect(url, tmp_path)
    yield engine
    engine.dispose()


def revision(engine: Engine) -> str:
    with engine.connect() as connection:
        return revision_of(connection)


def test_the_migrations_make_the_tables_that_the_program_works_with(url: str, tmp_path: Path, look: Engine) -> None:
    open_database(url, tmp_path).dispose()
    assert set(inspect(look).get_table_names()) == {*metadata.tables, "alembic_version"}
    with look.begin() as connection:
        command.check(alembic_config(connection))  # raises where columns, types or indexes differ


def test_the_migrations_are_one_row_of_numbers() -> None:
    with create_engine("sqlite://").begin() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
    assert scripts.get_heads() == [newest_revision()]
    numbers = [script.revision for script in scripts.walk_revisions()]
    assert numbers == [f"{number:04}" for number in range(len(numbers), 0, -1)]


def test_a_database_from_before_there_were_migrations_is_taken_over_with_all_it_holds(
    url: str, tmp_path: Path, look: Engine
) -> None:
    since = ("review_disputes", "work", "audit_", "course_")
    older = [table for name, table in metadata.tables.items() if not name.startswith(since)]
    metadata.create_all(look, older)
    FeedbackStore(look).put("T1", "D1", "1.0", "U1", "up")
    look.dispose()
    engine = open_database(url, tmp_path)
    assert FeedbackStore(engine).counts() == {"up": 1}
    assert revision(engine) == newest_revision()
    with engine.begin() as connection:
        command.check(alembic_config(connection))
    engine.dispose()


def test_thumbs_of_before_practices_stood_apart_are_kept(url: str, tmp_path: Path, look: Engine) -> None:
    with look.begin() as connection:
        command.upgrade(alembic_config(connection), "0003")
        connection.execute(text("INSERT INTO feedback VALUES ('C1', '1.0', 'U1', 'up', '2026-01-01 00:00:00')"))
        connection.execute(text("INSERT INTO threads VALUES ('C1', '1.0', '{}', '2026-01-01 00:00:00')"))
    engine = open_database(url, tmp_path)
    assert FeedbackStore(engine).counts() == {"up": 1}
    with engine.begin() as connection:
        command.check(alembic_config(connection))
        assert connection.execute(text("SELECT count(*) FROM threads")).scalar_one() == 0
    engine.dispose()


def test_a_newer_program_upgrades_the_tables_and_says_what_it_did(
    url: str, tmp_path: Path, look: Engine, add_migration: Callable[..., str]
) -> None:
    open_database(url, tmp_path).dispose()
    FeedbackStore(look).put("T1", "D1", "1.0", "U1", "up")
    before, number = newest_revision(), add_migration()
    done = migrate_database(url, tmp_path)
    assert (done.before, done.after, done.changed) == (before, number, True)
    assert revision(look) == number
    assert FeedbackStore(look).counts() == {"up": 1}
    assert not migrate_database(url, tmp_path).changed


def test_an_upgrade_that_fails_leaves_everything_as_it_was(
    url: str, tmp_path: Path, look: Engine, add_migration: Callable[..., str]
) -> None:
    open_database(url, tmp_path).dispose()
    before = newest_revision()
    add_migration('op.execute("select broken from nowhere")')
    with pytest.raises(OperatorError) as caught:
        open_database(url, tmp_path)
    assert "\n" not in str(caught.value)
    assert revision(look) == before
    assert "later" not in inspect(look).get_table_names()
    assert "later" not in {column["name"] for column in inspect(look).get_columns("feedback")}


def test_of_several_that_start_at_once_one_upgrades_and_all_run(
    url: str, tmp_path: Path, look: Engine, add_migration: Callable[..., str]
) -> None:
    open_database(url, tmp_path).dispose()
    number = add_migration()
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: migrate_database(url, tmp_path), range(4)))
    assert [one.after for one in done] == [number] * 4
    assert sum(one.changed for one in done) == 1
    assert revision(look) == number


def test_with_migration_at_start_off_older_tables_are_refused_in_a_line_that_says_what_to_run(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(OperatorError, match="billing-copilot migrate"):
        open_database(url, tmp_path, migrate=False)
    migrate_database(url, tmp_path)
    open_database(url, tmp_path, migrate=False).dispose()


def test_the_embedded_database_upgrades_itself_whatever_the_setting_says(tmp_path: Path) -> None:
    open_database("", tmp_path, migrate=False).dispose()


@pytest.mark.parametrize("migrate", [True, False])
def test_tables_of_a_later_version_are_not_touched(url: str, tmp_path: Path, look: Engine, migrate: bool) -> None:
    open_database(url, tmp_path).dispose()
    with look.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9000'"))
    with pytest.raises(OperatorError, match="later version"):
        open_database(url, tmp_path, migrate=migrate)
    assert revision(look) == "9000"


def test_a_copy_of_the_file_is_made_before_its_tables_change_and_goes_after_a_week(
    tmp_path: Path, add_migration: Callable[..., str]
) -> None:
    engine = open_database("", tmp_path)
    FeedbackStore(engine).put("T1", "D1", "1.0", "U1", "up")
    engine.dispose()
    number = add_migration()
    copy = migrate_database("", tmp_path).copy
    assert copy == tmp_path / f"copilot.before-{number}.sqlite3"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    rows = sqlite3.connect(copy).execute("select value from feedback").fetchall()
    assert rows == [("up",)]
    open_database("", tmp_path).dispose()
    assert copy.exists()
    week = time.time() - 8 * 24 * 3600
    os.utime(copy, (week, week))
    open_database("", tmp_path).dispose()
    assert not copy.exists()


def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    assert migrate_database("", tmp_path).copy is None
    assert [path.name for path in tmp_path.iterdir()] == ["copilot.sqlite3"]


def test_an_account_that_may_make_no_tables_is_one_clear_line(postgres_url: str, tmp_path: Path) -> None:
    engine = connect(postgres_url, tmp_path)
    with engine.begin() as connection:
        connection.execute(text("drop role if exists guest"))
        connection.execute(text("create role guest login"))
    engine.dispose()
    with pytest.raises(OperatorError, match="DATABASE_URL") as caught:
        open_database(postgres_url.replace("copilot@", "guest:hunter2@"), tmp_path)
    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_the_older_word_for_postgresql_is_understood_too(postgres_url: str, tmp_path: Path) -> None:
    engine = open_database(postgres_url.replace("postgresql://", "postgres://"), tmp_path)
    assert engine.dialect.driver == "psycopg"
    engine.dispose()


def test_without_its_driver_postgresql_is_one_line_that_says_what_to_install() -> None:
    hidden = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from pathlib import Path\n"
        "from bot.storage.database import open_database\n"
        "try:\n    open_database('postgresql://u:hunter2@localhost/db', Path('.'))\n"
        "except Exception as error:\n    print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", hidden], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("OperatorError")
    assert "billing-copilot[postgres]" in done.stdout
    assert "hunter2" not in done.stdout
