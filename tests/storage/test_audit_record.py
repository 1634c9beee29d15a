"""An auditor's questions: is every entry as it was written, is one missing, and what could it ever say."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from bot.errors import OperatorError
from bot.record.acting import act_as
from bot.record.chain import Keys
from bot.record.entry import Entry, Kind
from bot.storage.audit_record import AuditRecord
from bot.storage.database import open_database
from bot.storage.ledger import Ledger
from tests.e2e.postgres import running_postgres

KEYS = Keys([b"k" * 32])
SIX_YEARS = timedelta(days=2190)
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
ANSWER = Entry(kind=Kind.ANSWER, about=("aetna",), decisions={"allowed": 1})


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database("", tmp_path)
    yield opened
    opened.dispose()


@pytest.fixture
def record(engine: Engine) -> AuditRecord:
    return make(engine)


def make(engine: Engine, at: Callable[[], datetime] = lambda: NOW, keys: Keys = KEYS) -> AuditRecord:
    return AuditRecord(engine, lambda: keys, SIX_YEARS, at)


def filled(record: AuditRecord, number: int = 5) -> AuditRecord:
    for count in range(number):
        record.append("T1", ANSWER.model_copy(update={"copies": count}))
    return record


def tamper(folder: Path, *statements: str) -> None:
    """As a person with the database does who knows of the triggers."""
    with closing(sqlite3.connect(folder / "copilot.sqlite3", isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def test_what_was_added_holds_and_its_last_mark_is_given_to_keep(record: AuditRecord) -> None:
    checked = filled(record).check("T1")
    assert (checked.entries, checked.first, checked.last, checked.problem) == (5, 1, 5, None)
    assert record.check("T1", head=checked.head).problem is None
    record.append("T1", ANSWER)
    assert record.check("T1", head=checked.head).problem is None, "a mark kept elsewhere stays good as the record grows"


@pytest.mark.parametrize(
    ("statement", "number", "what"),
    [
        ("UPDATE audit_record SET who = 'U666' WHERE number = 3", 3, "changed"),
        ("UPDATE audit_record SET at = '2020-01-01' WHERE number = 3", 3, "changed"),
        ("UPDATE audit_record SET body = '{}' WHERE number = 2", 2, "changed"),
        ("UPDATE audit_record SET practice = 'T2' WHERE number = 3", 3, "removed"),
        ("DELETE FROM audit_record WHERE number = 3", 3, "removed"),
        ("DELETE FROM audit_record WHERE number = 1", 1, "removed"),
        (
            "UPDATE audit_record SET number = CASE number WHEN 2 THEN -3 WHEN 3 THEN -2 END WHERE number IN (2, 3);"
            "UPDATE audit_record SET number = -number WHERE number < 0",
            2,
            "reordered",
        ),
        ("INSERT INTO audit_record SELECT practice, 6, at, who, kind, 'x', body, key, mark, mark FROM audit_record "
         "WHERE number = 5", 6, "changed"),
    ],
)  # fmt: skip
def test_the_first_entry_that_is_not_as_written_is_named(
    record: AuditRecord, tmp_path: Path, statement: str, number: int, what: str
) -> None:
    filled(record)
    tamper(tmp_path, *statement.split(";"))
    problem = record.check("T1").problem
    assert problem
    assert (problem.number, problem.what.partition(":")[0]) == (number, what)


def test_a_record_cut_off_at_its_end_is_found_by_the_mark_kept_elsewhere_alone(
    record: AuditRecord, tmp_path: Path
) -> None:
    head = filled(record).check("T1").head
    tamper(tmp_path, "DELETE FROM audit_record WHERE number > 3")
    assert record.check("T1").problem is None
    problem = record.check("T1", head=head).problem
    assert problem
    assert problem.what.startswith("cut off")


def test_who_has_the_database_and_not_the_key_cannot_make_entries(record: AuditRecord, engine: Engine) -> None:
    filled(record, 2)
    make(engine, keys=Keys([b"x" * 32])).append("T1", ANSWER)
    problem = record.check("T1").problem
    assert problem
    assert problem.number == 3


def test_after_a_change_of_keys_old_entries_are_checked_with_the_old_one(engine: Engine) -> None:
    filled(make(engine), 2)
    both = make(engine, keys=Keys([b"n" * 32, b"k" * 32]))
    filled(both, 2)
    assert both.check("T1").problem is None
    assert both.check("T1").entries == 4


def test_the_database_itself_refuses_to_change_or_erase(record: AuditRecord, engine: Engine) -> None:
    filled(record)
    for statement in ("UPDATE audit_record SET who = 'U2'", "DELETE FROM audit_record"):
        with pytest.raises(DatabaseError, match="only added to"), engine.begin() as connection:
            connection.execute(text(statement))
    assert record.check("T1").entries == 5


def test_old_entries_are_erased_and_what_follows_still_holds(engine: Engine) -> None:
    filled(make(engine, lambda: NOW - SIX_YEARS - timedelta(days=1)), 3)
    record = make(engine)
    record.append("T1", ANSWER)
    record.append("T1", ANSWER)
    checked = record.check("T1")
    assert (checked.entries, checked.first, checked.last, checked.problem) == (2, 4, 5, None)


def test_an_erasure_that_the_copilot_did_not_make_is_found(record: AuditRecord, tmp_path: Path) -> None:
    filled(record)
    tamper(
        tmp_path,
        "INSERT INTO audit_anchors SELECT practice, number, mark, at, key, mark FROM audit_record WHERE number = 3",
        "DELETE FROM audit_record WHERE number <= 3",
    )
    problem = record.check("T1").problem
    assert problem
    assert "seal" in problem.what


def test_a_record_that_is_broken_is_not_erased_so_that_nothing_is_covered_up(engine: Engine, tmp_path: Path) -> None:
    filled(make(engine, lambda: NOW - SIX_YEARS - timedelta(days=1)), 3)
    tamper(tmp_path, "UPDATE audit_record SET who = 'U666' WHERE number = 2")
    record = make(engine)
    assert record.prune() == 0
    assert record.check("T1").problem


def test_work_done_again_is_on_record_once(record: AuditRecord) -> None:
    record.append("T1", ANSWER, once="Ev1:answer:1")
    record.append("T1", ANSWER, once="Ev1:answer:1")
    record.append("T1", ANSWER, once="Ev1:answer:2")
    assert record.check("T1").entries == 2


def test_practices_have_chains_of_their_own(record: AuditRecord) -> None:
    filled(record, 2)
    record.append("T2", ANSWER)
    assert record.practices() == ["T1", "T2"]
    assert [record.check(name).last for name in ("T1", "T2")] == [2, 1]


def fill_at_once(url: str, folder: Path, threads: int = 4) -> None:
    """Ten entries by each of several connections that know nothing of each other."""

    def add() -> None:
        engine = open_database(url, folder)
        filled(make(engine), 10)
        engine.dispose()

    running = [threading.Thread(target=add) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def test_several_processes_at_once_make_one_chain(engine: Engine, tmp_path: Path) -> None:
    fill_at_once("", tmp_path)
    checked = make(engine).check("T1")
    assert (checked.entries, checked.problem) == (40, None)


def test_replicas_on_postgresql_make_one_chain_which_the_database_guards() -> None:
    with running_postgres() as url:
        engine = open_database(url, Path())
        fill_at_once(url, Path())
        record = make(engine)
        assert (record.check("T1").entries, record.check("T1").problem) == (40, None)
        for statement in ("UPDATE audit_record SET who = 'U2'", "DELETE FROM audit_record", "TRUNCATE audit_record"):
            with pytest.raises(DatabaseError, match="only added to"), engine.begin() as connection:
                connection.execute(text(statement))
        assert make(engine, lambda: NOW + SIX_YEARS + timedelta(days=1)).prune() == 40
        assert record.check("T1").problem is None
        engine.dispose()


def test_a_change_of_the_practices_own_file_is_on_record_with_it(engine: Engine, record: AuditRecord) -> None:
    ledger = Ledger(engine, record=record)
    act_as("U123", channel="D1", thread="1.5")
    ledger.put("T1", "verification", "v-01", '{"note": "words"}', "U123")
    ledger.put("T1", "verification", "v-01", '{"note": "other words"}', "U123")
    ledger.withdraw("T1", "verification", "v-01", "U123")
    links = record.links("T1")
    assert [(link.who, link.kind) for link in links] == [("U123", "verification")] * 3
    assert [action in link.body for action, link in zip(("recorded", "changed", "withdrawn"), links, strict=True)]
    assert "words" not in str(links)
    assert record.check("T1").problem is None


def test_a_change_that_cannot_be_put_on_record_is_not_made(engine: Engine, tmp_path: Path) -> None:
    def no_keys() -> Keys:
        raise OperatorError("audit.key is damaged")

    ledger = Ledger(engine, record=AuditRecord(engine, no_keys, SIX_YEARS))
    with pytest.raises(OperatorError):
        ledger.put("T1", "verification", "v-01", "{}", "U123")
    assert ledger.entries("T1", "verification") == []


@pytest.mark.parametrize(
    "said",
    [
        {"about": ("Mabel wept",)},
        {"channel": "Mabel"},
        {"thread": "wept"},
        {"work": "Mabel wept"},
        {"decisions": {"Mabel": 1}},
        {"verdicts": {"met": -1}},
        {"engine": "Mabel wept"},
        {"model": "says: Mabel wept"},
        {"note": "Mabel"},
    ],
)
def test_an_entry_has_no_place_for_words(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Entry.model_validate({"kind": "answer", **said})


def test_who_is_no_id_is_put_down_as_unnamed(record: AuditRecord) -> None:
    act_as("Mabel wept")
    record.append("T1", ANSWER)
    assert record.links("T1")[0].who == "unnamed"
