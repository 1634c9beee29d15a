"""SQLite under many threads: writers wait their turn, and what is taken stands on the disk before anybody is told."""

import errno
import os
import sqlite3
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

import bot.storage.sqlite
from bot.storage.database import connect, open_database
from bot.storage.sqlite import settle
from bot.storage.work import Part, StoredWork, WorkStore


def _hurried(folder: Path) -> Engine:
    """As the program opens its tables a second time."""
    open_database("", folder).dispose()
    return connect("", folder, hurried=True)


def test_forty_threads_that_write_at_once_all_get_their_turn(tmp_path: Path) -> None:
    store = WorkStore(_hurried(tmp_path))
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
    store = WorkStore(_hurried(tmp_path))
    synced: list[int] = []
    monkeypatch.setattr("os.fsync", synced.append)
    store.take(StoredWork("Ev1", "T1", "delivery", b"sealed", datetime.now(UTC)))
    assert len(synced) == 1


def test_what_a_practice_records_waits_for_the_disk_and_what_passes_with_a_message_does_not(tmp_path: Path) -> None:
    def level(hurried: bool) -> int:
        with connect("", tmp_path, hurried=hurried).connect() as connection:
            return int(connection.execute(text("PRAGMA synchronous")).scalar_one())

    assert (level(False), level(True)) == (2, 1)  # FULL, NORMAL
    assert sqlite3.connect(tmp_path / "copilot.sqlite3").execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_those_who_wait_for_the_disk_together_share_one_flush_that_began_after_they_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = _hurried(tmp_path)
    go, flushing = threading.Event(), threading.Semaphore(0)
    flushes: list[int] = []

    def slow_disk(file: int) -> None:
        flushes.append(file)
        flushing.release()
        go.wait(10)

    with engine.begin() as connection:
        connection.execute(text("DELETE FROM work"))
    monkeypatch.setattr(os, "fsync", slow_disk)
    first = threading.Thread(target=settle, args=(engine,))
    first.start()
    assert flushing.acquire(timeout=10)
    late = [threading.Thread(target=settle, args=(engine,)) for _ in range(8)]
    for thread in late:
        thread.start()
    time.sleep(0.2)
    go.set()
    for thread in (first, *late):
        thread.join(10)
    assert len(flushes) == 2  # the one under way, which may have missed them, and one for all of them


def test_a_disk_that_fails_is_told_to_everyone_who_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = _hurried(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM work"))

    def broken_disk(_: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken_disk)
    for _ in range(2):
        with pytest.raises(OSError, match="broken"):
            settle(engine)
