"""A practice is erased whole, its neighbour stands untouched, and no table is forgotten."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, DateTime, Engine, Float, Integer, LargeBinary, Table, func, select

from bot.record.chain import Keys
from bot.storage.audit_record import AuditRecord
from bot.storage.database import open_database
from bot.storage.erasing import NOBODYS, OF_THE_APP, STAYS, erase, practices, rows_of
from bot.storage.tables import metadata

OURS = [table for table in metadata.sorted_tables if table.name not in (*STAYS, *NOBODYS, *OF_THE_APP)]
WORD = "Zebrasecret"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return open_database(
        "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url")), tmp_path / "data"
    )


def a_row(table: Table, practice: str) -> dict[str, Any]:
    """One row of that practice, every other column filled with something of its kind."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if isinstance(column.type, Integer | Float):
            row[column.name] = len(practice) if column.primary_key else 1
        elif isinstance(column.type, Boolean):
            row[column.name] = True
        elif isinstance(column.type, Date):
            row[column.name] = date(2026, 1, 1)
        elif isinstance(column.type, DateTime):
            row[column.name] = datetime(2026, 1, 1, tzinfo=UTC)
        elif isinstance(column.type, LargeBinary):
            row[column.name] = WORD.encode()
        else:
            row[column.name] = f"{practice}:{WORD}"[: getattr(column.type, "length", None) or 60]
    return row | ({"practice": practice} if "practice" in table.c else {})


@pytest.fixture
def two(engine: Engine) -> Engine:
    """A row of each of two practices in every table that tells of practices; one's id begins as the other's does."""
    with engine.begin() as connection:
        for table in OURS:
            for practice in ("T1", "T12"):
                connection.execute(table.insert().values(a_row(table, practice)))
    return engine


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {table.name: [tuple(row) for row in connection.execute(select(table))] for table in OURS}


def record_of(engine: Engine) -> AuditRecord:
    return AuditRecord(engine, lambda: Keys([b"k" * 32]), timedelta(days=1))


def test_every_row_of_the_practice_goes_and_every_row_of_the_other_stands(two: Engine) -> None:
    before = everything(two)
    assert rows_of(two, "T1") == dict.fromkeys((table.name for table in OURS), 1)
    assert everything(two) == before, "counting erases nothing"
    erase(two, "T1", None)
    after = everything(two)
    assert {name: len(rows) for name, rows in after.items()} == dict.fromkeys(after, 1)
    assert {name: [row for row in rows if row in before[name]] for name, rows in after.items()} == after
    assert not any(rows_of(two, "T1").values())
    assert practices(two) == ["T12"]


def test_a_table_that_tells_of_a_practice_is_erased_or_is_said_to_stay(engine: Engine) -> None:
    for table in metadata.sorted_tables:
        told = [name for name in ("practice", "team_id", "work_id") if name in table.c]
        if table.name in NOBODYS:
            assert not told, f"{table.name} tells of a practice"
        elif table.name not in (*STAYS, *OF_THE_APP):
            assert table.name in rows_of(engine, "T1")
            assert told, f"{table.name}: say in bot/storage/erasing.py whose its rows are"


def test_the_audit_record_keeps_that_it_was_done_and_holds_as_a_chain(two: Engine) -> None:
    record = record_of(two)
    rows = erase(two, "T1", record)
    (link,) = record.links("T1")
    assert link.kind == "erasure"
    assert f'"ledger_entries":{rows["ledger_entries"]}' in link.body
    assert WORD not in link.body
    assert record.check("T1").problem is None
    assert record.links("T12") == []


def test_an_erasure_that_cannot_be_put_on_record_erases_nothing(two: Engine) -> None:
    def no_keys() -> Keys:
        raise OSError("no key")

    before = everything(two)
    with pytest.raises(OSError, match="no key"):
        erase(two, "T1", AuditRecord(two, no_keys, timedelta(days=1)))
    assert everything(two) == before


def test_what_was_erased_is_not_left_in_the_file(tmp_path: Path) -> None:
    engine = open_database("", tmp_path)
    with engine.begin() as connection:
        for table in OURS:
            connection.execute(table.insert().values(a_row(table, "T1")))
    assert any(WORD.encode() in path.read_bytes() for path in tmp_path.iterdir())
    erase(engine, "T1", None)
    with engine.connect() as connection:
        assert [t.name for t in OURS if connection.execute(select(func.count()).select_from(t)).scalar_one()] == []
    engine.dispose()
    assert [path.name for path in tmp_path.iterdir() if WORD.encode() in path.read_bytes()] == []
