"""SQLite for a process of many threads: a write-ahead log, and writers that wait their turn.

With the log readers and a writer do not wait for each other. Writers of one process queue for a lock of ours, since
SQLite's own way of waiting is to sleep up to a tenth of a second and look again, whoever came first.

A hurried connection does not wait for the disk: what it committed survives the process, but not the machine. `settle`
makes up for it where something has to stand before anybody is told.
"""

import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Engine

from bot.turns import waiting

T = TypeVar("T")

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "BEGIN IMMEDIATE", "CREATE")
# As long as SQLite itself waits, unless told otherwise.
_PATIENCE_SECONDS = 5.0
_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class Logged(sqlite3.Connection):
    """A commit waits for the disk. Raises sqlite3.OperationalError where its turn does not come, as SQLite does."""

    synchronous = "FULL"

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(database, *args, **kwargs)
        self._turn = _turns[str(database)]
        self._has_turn = False
        super().execute("PRAGMA journal_mode=WAL")
        super().execute(f"PRAGMA synchronous={self.synchronous}")
        # Half a megabyte and not two: there are dozens of connections, and the system keeps the file's pages anyhow.
        super().execute("PRAGMA cache_size=-500")

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or _Cursor)

    def commit(self) -> None:
        self._and_leave(super().commit)

    def rollback(self) -> None:
        self._and_leave(super().rollback)

    def close(self) -> None:
        self._and_leave(super().close, at_all_events=True)

    def in_turn(self, sql: str, run: Callable[[], T]) -> T:
        """Run a statement, the first that writes once it is this connection's turn."""
        if not self._has_turn and sql.lstrip().upper().startswith(_WRITES):
            if not self._turn.acquire(timeout=_PATIENCE_SECONDS):
                raise sqlite3.OperationalError("database is locked")
            self._has_turn = True
        try:
            return run()
        finally:
            if not self.in_transaction:
                self._leave()

    def _and_leave(self, end: Callable[[], None], *, at_all_events: bool = False) -> None:
        try:
            end()
        finally:
            if at_all_events or not self.in_transaction:
                self._leave()

    def _leave(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turn.release()


class Hurried(Logged):
    """A commit does not."""

    synchronous = "NORMAL"


class _Cursor(sqlite3.Cursor):
    connection: Logged

    def execute(self, sql: str, parameters: Any = ()) -> "_Cursor":
        return self.connection.in_turn(sql, lambda: super(_Cursor, self).execute(sql, parameters))

    def executemany(self, sql: str, parameters: Any) -> "_Cursor":
        return self.connection.in_turn(sql, lambda: super(_Cursor, self).executemany(sql, parameters))


def settle(engine: Engine) -> None:
    """Wait until the disk has what was committed; raises OSError. Other databases have seen to it themselves."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        with waiting():
            _flushes[engine.url.database].since_now()


class _Flush:
    """Writes one database's log to the disk; those who wait together share the one that begins after they came."""

    def __init__(self, database: str) -> None:
        self._log = f"{database}-wal"
        self._one_at_a_time = threading.Lock()
        self._begun = self._done = 0

    def since_now(self) -> None:
        wanted = self._begun + 1  # the one under way may have begun before the commit
        with self._one_at_a_time:
            if self._done >= wanted:
                return
            self._begun += 1
            with suppress(FileNotFoundError):  # no log: all of it stands in the file itself
                log = os.open(self._log, os.O_RDONLY)
                try:
                    os.fsync(log)
                finally:
                    os.close(log)
            self._done = self._begun


class _Flushes(dict[str, _Flush]):
    def __missing__(self, database: str) -> _Flush:
        return self.setdefault(database, _Flush(database))


_flushes = _Flushes()
