"""Work is done once and to its end: over retries, failures, outages, stops and the death of the process."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.errors import NotTakenError, OperatorError
from bot.jobs.engine import Engine
from bot.jobs.jobs import MOST_BEGINNINGS, MOST_FAILURES, Jobs
from bot.jobs.seal import Seal
from bot.jobs.work import LaterError, Request, Work
from bot.storage.database import open_database
from bot.storage.work import StoredWork, WorkStore
from tests.leaks.marks import forms
from tests.slack.at_work import make_jobs

SECRET = b"Patient Q.Z. spoke of the invented lighthouse"


@pytest.fixture(autouse=True)
def _no_browsers_loop() -> Iterator[None]:
    """The browser of other tests leaves its loop running on this thread, where the program has none."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


def request(name: str = "Ev1", *also: str) -> Request:
    return Request(name, "T1", "delivery", SECRET, also)


class Desk:
    """Does work as a test tells it to, and writes down what it did."""

    def __init__(self, does: Callable[[Work], None] = lambda work: None) -> None:
        self.does = does
        self.done: list[str] = []
        self.given_up: list[str] = []

    def do(self, work: Work) -> None:
        self.does(work)
        self.done.append(work.id)

    def give_up(self, work: Work, error: Exception) -> None:
        self.given_up.append(type(error).__name__)


def until(found: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def rows(folder: Path) -> int:
    with create_engine(f"sqlite:///{folder / 'copilot.sqlite3'}").connect() as connection:
        return connection.execute(text("select count(*) from work")).scalar_one()


def workflows(folder: Path, status: str) -> int:
    query = text("select count(*) from workflow_status where status = :status")
    with create_engine(f"sqlite:///{folder / 'jobs.sqlite3'}").connect() as connection:
        return connection.execute(query, {"status": status}).scalar_one()


def leaks_of(word: str, folder: Path) -> list[str]:
    """The files with this word in any usual encoding: DBOS keeps errors as pickles in base64."""
    data = {file.name: file.read_bytes() for file in folder.iterdir()}
    return [name for name, content in data.items() if any(form in content for form in forms(word).values())]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def jobs(tmp_path: Path, desk: Desk) -> Iterator[Jobs]:
    made = make_jobs(tmp_path)
    made.launch(desk)
    yield made
    made.stop(5)


def test_a_retried_event_does_its_work_once(jobs: Jobs, desk: Desk, tmp_path: Path) -> None:
    assert jobs.take(request())
    until(lambda: not rows(tmp_path))
    assert not jobs.take(request())
    assert not jobs.take(request())
    time.sleep(0.3)
    assert desk.done == ["Ev1"]


def test_one_message_that_comes_as_two_events_does_its_work_once(jobs: Jobs, desk: Desk) -> None:
    assert jobs.take(request("Ev1", "message:C1:1.0"))
    assert not jobs.take(request("Ev2", "message:C1:1.0"))
    until(lambda: desk.done)
    time.sleep(0.3)
    assert desk.done == ["Ev1"]


def test_what_was_written_is_nowhere_readable_while_it_waits_and_gone_when_it_is_done(
    jobs: Jobs, desk: Desk, tmp_path: Path
) -> None:
    go = threading.Event()
    desk.does = lambda work: go.wait(10) and None
    jobs.take(request())
    until(lambda: rows(tmp_path))
    for file in tmp_path.iterdir():
        assert b"lighthouse" not in file.read_bytes(), file.name
    go.set()
    until(lambda: not rows(tmp_path))


def test_an_error_that_quotes_a_note_reaches_no_table(jobs: Jobs, desk: Desk, tmp_path: Path) -> None:
    def fail(work: Work) -> None:
        raise ValueError(work.payload.decode())

    desk.does = fail
    jobs.take(request())
    until(lambda: desk.given_up)
    until(lambda: not rows(tmp_path))
    for file in tmp_path.iterdir():
        assert b"lighthouse" not in file.read_bytes(), file.name


def test_an_error_while_a_failure_is_told_reaches_no_table_either(jobs: Jobs, desk: Desk, tmp_path: Path) -> None:
    def fail(work: Work) -> None:
        raise ValueError(work.payload.decode())

    def fail_again(work: Work, error: Exception) -> None:
        desk.given_up.append(type(error).__name__)
        raise KeyError(work.payload.decode())

    desk.does, desk.give_up = fail, fail_again
    jobs.take(request())
    until(lambda: desk.given_up)
    until(lambda: not rows(tmp_path))
    until(lambda: not workflows(tmp_path, "PENDING"))
    assert leaks_of("lighthouse", tmp_path) == []


def test_whatever_a_workflow_raises_its_words_reach_no_table(tmp_path: Path) -> None:
    def fail(work_id: str) -> None:
        raise ValueError(SECRET.decode())

    engine = Engine("", tmp_path, "test", 2)
    engine.launch(fail)
    engine.start("Ev1")
    until(lambda: workflows(tmp_path, "ERROR"))
    engine.stop()
    assert leaks_of("lighthouse", tmp_path) == []


def test_what_fails_is_tried_again_a_few_times_and_then_told(jobs: Jobs, desk: Desk, tmp_path: Path) -> None:
    tries: list[bool] = []

    def fail(work: Work) -> None:
        tries.append(work.resumed)
        raise ValueError

    desk.does = fail
    jobs.take(request())
    until(lambda: not rows(tmp_path))
    assert tries == [False, *[True] * (MOST_FAILURES - 1)]
    assert desk.given_up == ["ValueError"]


def test_an_outage_is_waited_for_beyond_the_number_of_tries(jobs: Jobs, desk: Desk) -> None:
    tries: list[int] = []

    def away(work: Work) -> None:
        tries.append(1)
        if len(tries) <= MOST_FAILURES + 1:
            raise LaterError

    desk.does = away
    jobs.take(request())
    until(lambda: desk.done)
    assert desk.given_up == []


def test_work_that_was_going_on_at_a_stop_is_done_by_the_next_start(tmp_path: Path) -> None:
    first = Desk()

    def away(work: Work) -> None:
        raise LaterError

    first.does = away
    jobs = make_jobs(tmp_path)
    jobs.launch(first)
    jobs.take(request())
    until(lambda: rows(tmp_path))
    began = time.monotonic()
    assert jobs.stop(5)
    assert time.monotonic() - began < 10
    with pytest.raises(NotTakenError, match="stopping"):
        jobs.take(request("Ev2"))
    assert first.done == []

    second = Desk()
    jobs = make_jobs(tmp_path)
    jobs.launch(second)
    until(lambda: second.done)
    assert jobs.stop(5)
    assert second.done == ["Ev1"]


def test_work_stored_by_a_process_that_died_before_it_began_is_begun_by_the_next(tmp_path: Path) -> None:
    store = WorkStore(open_database("", tmp_path))
    store.take(StoredWork("Ev1", "T1", "delivery", Seal(["k" * 32]).close(SECRET), datetime.now(UTC)))
    desk = Desk()
    jobs = make_jobs(tmp_path)
    jobs.launch(desk)
    until(lambda: desk.done)
    jobs.stop(5)
    assert desk.done == ["Ev1"]


def test_work_that_brings_the_process_down_again_and_again_is_given_up(tmp_path: Path) -> None:
    store = WorkStore(open_database("", tmp_path))
    sealed = Seal(["k" * 32]).close(SECRET)
    store.take(StoredWork("Ev1", "T1", "delivery", sealed, datetime.now(UTC), attempts=MOST_BEGINNINGS))
    desk = Desk()
    jobs = make_jobs(tmp_path)
    jobs.launch(desk)
    until(lambda: desk.given_up)
    jobs.stop(5)
    assert desk.done == []


def test_a_process_that_dies_while_it_warms_up_did_not_die_of_the_work_that_waited(tmp_path: Path) -> None:
    store = WorkStore(open_database("", tmp_path))
    sealed = Seal(["k" * 32]).close(SECRET)
    store.take(StoredWork("Ev1", "T1", "delivery", sealed, datetime.now(UTC), attempts=MOST_BEGINNINGS - 1))
    desk, waits, warm = Desk(), threading.Event(), threading.Event()
    for _ in range(2):
        jobs = make_jobs(tmp_path)
        waits.clear()
        warm.clear()
        jobs.launch(desk, lambda: waits.set() or warm.wait(20))
        assert waits.wait(20)
        jobs.stop(0)
        warm.set()
        assert jobs.stop(10)
    jobs = make_jobs(tmp_path)
    jobs.launch(desk)
    until(lambda: desk.done or desk.given_up)
    jobs.stop(5)
    assert (desk.done, desk.given_up) == (["Ev1"], [])


def test_work_past_its_time_is_not_done_and_erased(tmp_path: Path) -> None:
    desk = Desk()
    store = WorkStore(open_database("", tmp_path))
    jobs = Jobs(store, Seal(["k" * 32]), Engine("", tmp_path, "test", 8), timedelta())
    jobs.launch(desk)
    jobs.take(request())
    until(lambda: not rows(tmp_path))
    jobs.stop(5)
    assert desk.done == []


def test_two_processes_on_one_data_folder_are_refused_in_a_line(jobs: Jobs, tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(OperatorError, match="Another copilot runs with this DATA_DIR"):
        Engine("", tmp_path, "other", 8).launch(lambda _: None)
