"""SQLite under many threads: writers wait their turn, and what is taken stands on the disk before anybody is told."""

import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

import bot.storage.sqlite
from bot.storage.database import open_database
from bot.storage.work import Part, StoredWork, WorkStore


def test_forty_threads_that_write_at_once_all_get_their_turn(tmp_path: Path) -> None:
    store = WorkStore(open_database("", tmp_path, hurried=True))
    failed: list[Exception] = []

    def take(thread: int) -> None:
        try:
            for number in range(20):
                work = StoredWork(f"Ev{thread}.{number}", "T1", "delivery", b"sealed", datetime.now(UTC))
                assert store.take(work, (f"message:{thread}:{number}",))
                store.put_part(work.id, 0, Part("1.0", True))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=take, args=(thread,)) for thread in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert store.depth()[0] == 800


def test_a_write_that_fails_gives_its_turn_to_the_next(tmp_path: Path) -> None:
    store = WorkStore(open_database("", tmp_path))
    work = StoredWork("Ev1", "T1", "delivery", b"sealed", datetime.now(UTC))
    assert store.take(work)
    assert not store.take(work)  # refused by the table, within a transaction
    store.put_part("Ev1", 0, Part("1.0", True))


def test_a_writer_in_another_process_is_waited_for_as_sqlite_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.storage.sqlite, "_PATIENCE_SECONDS", 0.1)
    engine = open_database("", tmp_path)
    with engine.begin() as first:
        first.execute(text("DELETE FROM work"))
        with pytest.raises(Exception, match="locked"), engine.begin() as second:
            second.execute(text("DELETE FROM work"))
    with engine.begin() as third:
        third.execute(text("DELETE FROM work"))


def test_an_open_reader_holds_no_writer_up(tmp_path: Path) -> None:
    engine = open_database("", tmp_path)
    with engine.connect() as reader:
        reader.execute(text("SELECT * FROM work")).all()
        WorkStore(engine).take(StoredWork("Ev1", "T1", "delivery", b"sealed", datetime.now(UTC)))


def test_work_is_on_the_disk_before_it_counts_as_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = WorkStore(open_database("", tmp_path, hurried=True))
    synced: list[int] = []
    monkeypatch.setattr("os.fsync", synced.append)
    store.take(StoredWork("Ev1", "T1", "delivery", b"sealed", datetime.now(UTC)))
    assert len(synced) == 1


def test_what_a_practice_records_waits_for_the_disk_and_what_passes_with_a_message_does_not(tmp_path: Path) -> None:
    def level(hurried: bool) -> int:
        with open_database("", tmp_path, hurried=hurried).connect() as connection:
            return int(connection.execute(text("PRAGMA synchronous")).scalar_one())

    assert (level(False), level(True)) == (2, 1)  # FULL, NORMAL
    assert sqlite3.connect(tmp_path / "copilot.sqlite3").execute("PRAGMA journal_mode").fetchone() == ("wal",)
