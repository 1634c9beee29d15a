"""Durable work, from being taken to being done."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from time import monotonic
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import NotTakenError
from bot.jobs.engine import Engine
from bot.jobs.insist import insist
from bot.jobs.seal import Seal, SealBrokenError
from bot.jobs.starting import Starting
from bot.jobs.work import LaterError, Parked, Request, Work, doing
from bot.logs import where
from bot.storage.database import DATABASE_AWAY
from bot.storage.work import StoredWork, WorkStore
from bot.turns import computing, waiting

log = structlog.get_logger("bot.jobs")

MOST_FAILURES = 3
# Work that was begun this often and neither ended nor failed brings the process down.
MOST_BEGINNINGS = 20
# Slack may deliver an event again for a day: "Events API", delayed events.
KEYS_KEPT_FOR = timedelta(hours=48)
_BEAT_SECONDS = 10.0
_SILENT_FOR = timedelta(seconds=60)
_UNSTARTED_FOR = timedelta(seconds=30)
_BEATS_A_SWEEP = 60


class Worker(Protocol):
    """Knows what work means."""

    def do(self, work: Work) -> None:
        """Do it; raises LaterError while a service is away, anything else for a failure that was told to nobody."""

    def give_up(self, work: Work, error: Exception) -> None:
        """Tell whoever waits that it failed; raises LaterError while nobody can be told."""


class Jobs:
    """Takes work, and sees to it that it is done once, however often the process dies meanwhile."""

    def __init__(self, store: WorkStore, seal: Seal, engine: Engine, kept_for: timedelta) -> None:
        self._store = store
        self._seal = seal
        self._engine = engine
        self._kept_for = kept_for
        self._worker: Worker | None = None
        self._warm: Callable[[], object] = lambda: None
        self._stopping = threading.Event()
        self._starting = Starting(self._start)
        self._idle = threading.Condition()
        self._busy = 0
        self._turned: float | None = None

    def launch(self, worker: Worker, warm: Callable[[], object] = lambda: None) -> None:
        """Begin, with what was left by the process before once `warm` returns; raises OperatorError.

        A heap of old work that begins on many threads at once would import the program's parts on all of them, and
        Python lets some threads see a module half made then.
        """
        self._worker = worker
        self._warm = warm
        self._engine.launch(self._perform)
        self._store.beat(self._engine.executor)
        self._look_after(timedelta())
        self._starting.launch()
        self._turned = monotonic()
        threading.Thread(target=self._keep_house, name="jobs", daemon=True).start()

    def silent_for(self) -> float | None:
        """Seconds since the thread that looks after the work last turned; None before the launch."""
        return None if self._turned is None else monotonic() - self._turned

    def take(self, request: Request) -> bool:
        """Store work, to be begun soon; False where it was taken before.

        Raises NotTakenError: it is not stored, or not surely, and the same request may come again.
        """
        if self._stopping.is_set():
            raise NotTakenError("The copilot is stopping: send that again in a minute.")
        now = datetime.now(UTC)
        payload = self._seal.close(request.payload)
        stored = StoredWork(request.id, request.practice, request.kind, payload, now)
        try:
            new = self._store.take(stored, request.also)
        except (SQLAlchemyError, OSError) as error:
            log.error("not_taken", kind=request.kind, error=type(error).__name__)
            raise NotTakenError("The database cannot be written: nothing was done. Send that again later.") from None
        if new:
            self._starting.soon(request.id)
        return new

    def work_of(self, key: str) -> str:
        """The id of the work that was taken by one of its keys, within the time keys are kept; else empty.

        Raises NotTakenError where that cannot be read.
        """
        try:
            return self._store.work_of(key)
        except (SQLAlchemyError, OSError):
            raise NotTakenError("The database cannot be read: nothing was done. Send that again later.") from None

    def stop(self, seconds: float) -> bool:
        """Take no more, let what runs end within `seconds`, and park the rest; False where some still runs."""
        self._stopping.set()
        until = monotonic() + seconds
        self._starting.stop(seconds)
        with self._idle:
            idle = self._idle.wait_for(lambda: not self._busy, max(0.0, until - monotonic()))
        with suppress(SQLAlchemyError):
            self._store.leave(self._engine.executor)
        if idle:
            self._engine.stop()
        return idle

    # -- doing

    def _start(self, work_id: str) -> None:
        if not self._stopping.is_set():
            self._engine.start(work_id)

    def _perform(self, work_id: str) -> None:
        """The workflow: returns when the work has ended, raises Parked to leave it for the next start."""
        with self._counted(), computing():
            tries = count()
            until = datetime.now(UTC) + self._kept_for
            try:
                insist(lambda: self._attempt(work_id, next(tries)), _is_away, self._stopping, until)
            except LaterError:
                log.error("work_expired", id=work_id)
                self._store.end(work_id)
            except Exception as error:  # not even the failure could be told
                log.error("work_failed", id=work_id, error=type(error).__name__, where=where(error))
                self._store.end(work_id)

    def _attempt(self, work_id: str, before: int) -> None:
        """Do it once; `before` is how often this process tried already."""
        assert self._worker
        if self._stopping.is_set():
            raise Parked
        resumed = bool(before) or self._store.was_begun(work_id)
        if resumed:
            with waiting():
                self._warm()
            if self._stopping.is_set():
                raise Parked
        # Counted only now: a process that died while it warmed up did not die of this work.
        stored = self._store.begin(work_id, count=not before)
        if stored is None:
            return
        work = self._opened(stored, resumed=resumed)
        if work is None:
            self._store.end(work_id)
            return
        with doing(work):
            try:
                if stored.attempts > MOST_BEGINNINGS:
                    raise RuntimeError
                self._worker.do(work)
            except (LaterError, *DATABASE_AWAY):
                raise LaterError from None
            except Exception as error:
                if stored.attempts <= MOST_BEGINNINGS and self._store.failed(work_id) < MOST_FAILURES:
                    raise LaterError from None
                work.give_up()
                self._worker.give_up(work, error)
        self._store.end(work_id, reopen=work.reopens)

    def _opened(self, stored: StoredWork, *, resumed: bool) -> Work | None:
        ends_at = stored.received_at + self._kept_for
        if ends_at <= datetime.now(UTC):
            log.error("work_expired", id=stored.id)
            return None
        try:
            payload = self._seal.open(stored.payload)
        except SealBrokenError:
            log.error("work_unreadable", id=stored.id)  # its key is not in WORK_KEY any more
            return None
        return Work(
            id=stored.id,
            practice=stored.practice,
            kind=stored.kind,
            payload=payload,
            resumed=resumed,
            received_at=stored.received_at,
            ends_at=ends_at,
            stopping=self._stopping,
            store=self._store,
        )

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._idle:
            self._busy += 1
        try:
            yield
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    # -- looking after what others left

    def _keep_house(self) -> None:
        beats = 0
        while not self._stopping.wait(_BEAT_SECONDS):
            self._turned = monotonic()
            try:
                self._store.beat(self._engine.executor)
                self._look_after(_UNSTARTED_FOR)
                if beats % _BEATS_A_SWEEP == 0:
                    self._sweep()
                beats += 1
            except Exception as error:  # a database that is away, say: the next beat is in ten seconds
                log.warning("no_beat", error=type(error).__name__)

    def _look_after(self, older_than: timedelta) -> None:
        """Start what was stored and never started, and take over what a dead replica left."""
        for work_id in self._engine.unknown(self._store.waiting(older_than)):
            self._engine.start(work_id)
        if self._engine.is_shared:
            for executor in self._engine.recover(self._store.living(_SILENT_FOR)):
                log.warning("work_taken_over", replica=executor)

    def _sweep(self) -> None:
        keys_kept_for = max(self._kept_for, KEYS_KEPT_FOR)
        gone = self._store.forget_old(self._kept_for, keys_kept_for)
        if gone:
            log.error("work_expired", number=gone)
        self._engine.forget(keys_kept_for)


def _is_away(error: BaseException) -> bool:
    return isinstance(error, (LaterError, *DATABASE_AWAY))
