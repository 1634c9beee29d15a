"""The search itself: whatever is planted is found, so that finding nothing means something."""

import base64
import gzip
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.leaks.marks import DOCUMENT, MARKS, NOTE, in_bytes, leaks

TEXT = f"In group she told of {NOTE} and of the café."
ENCODED = {
    "plain": TEXT.encode(),
    "upper case": TEXT.upper().encode(),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16 big-endian": TEXT.encode("utf-16-be"),
    "url": quote(TEXT).encode(),
    "hex": TEXT.encode().hex().encode(),
    "base64": base64.b64encode(TEXT.encode()),
    "base64, moved by one": base64.b64encode(b"." + TEXT.encode()),
    "base64, moved by two": base64.b64encode(b".." + TEXT.encode()),
    "zlib": b"head" + zlib.compress(TEXT.encode()) + b"tail",
    "gzip": gzip.compress(TEXT.encode()),
    "base64 in zlib": zlib.compress(base64.b64encode(TEXT.encode())),
    "zlib in gzip": gzip.compress(zlib.compress(TEXT.encode())),
}


@pytest.mark.parametrize("way", ENCODED)
def test_a_word_is_found_however_it_is_encoded(way: str) -> None:
    assert NOTE in {mark for mark, _ in in_bytes(b"\x00\xff" * 40 + ENCODED[way] + b"\x00" * 9)}


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_is_found_in_what_was_printed_in_a_file_and_in_its_name(mark: str, tmp_path: Path) -> None:
    assert leaks(said=[("stderr", f"level=error {mark}")])
    (tmp_path / mark).touch()
    (tmp_path / "core").write_bytes(b"\x7fELF" + mark.encode())
    assert len(leaks(tmp_path)) == 2


def test_a_row_is_found_and_one_that_was_deleted_without_being_erased_too(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "copilot.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (?)", (TEXT,))
        assert leaks(tmp_path)
        database.execute("DELETE FROM t")
    assert leaks(tmp_path)


def test_a_row_that_only_the_journal_has_yet_is_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "jobs.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (?)", (TEXT,))
        assert any("wal" in leak for leak in leaks(tmp_path))


def test_what_a_practice_keeps_may_stand_in_the_database_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "copilot.sqlite3").write_text(DOCUMENT)
    assert leaks(tmp_path) == []
    (tmp_path / "jobs.sqlite3").write_text(DOCUMENT)
    assert len(leaks(tmp_path)) == 1


def test_where_nothing_was_planted_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "random").write_bytes(bytes(range(256)) * 2_000)
    assert leaks(tmp_path, Path("knowledge/payers"), said=[("stderr", "all is well")]) == []
