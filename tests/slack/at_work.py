"""A bot that does its work as the program does: stored, sealed, and run by DBOS."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from slack_bolt import App

from bot.jobs.engine import Engine
from bot.jobs.jobs import Jobs
from bot.jobs.seal import Seal
from bot.settings import Settings
from bot.slack.app import build_app
from bot.slack.connection import Socket, join_socket
from bot.slack.copilot import Copilot
from bot.slack.course_due import CourseDue
from bot.slack.http_door import A_WORKSPACE, Doorkeeper
from bot.slack.monthly import Monthly
from bot.slack.rate import Rate
from bot.slack.reminding import Reminding
from bot.slack.worker import SlackWorker
from bot.storage.database import open_database
from bot.storage.deliveries import DeliveryStore
from bot.storage.work import WorkStore


def make_jobs(folder: Path, database_url: str = "", threads: int = 32) -> Jobs:
    """Not begun yet: what is only built takes no work."""
    store = WorkStore(open_database(database_url, folder))
    return Jobs(store, Seal(["k" * 32]), Engine(database_url, folder, "test", threads), timedelta(hours=1))


@contextmanager
def at_work(
    copilot: Copilot, settings: Settings, today: Callable[[], date] = date.today, at: Path | None = None, **how: Any
) -> Iterator[App]:
    """The app, its work begun and kept in the folder `at`; a process has one of these at a time."""
    with nullcontext(at) if at else TemporaryDirectory() as folder:
        jobs = make_jobs(Path(folder))
        bot = build_app(copilot, settings, jobs, today=today, **how)
        daily = [made(copilot, bot.practices, jobs, today) for made in (Reminding, CourseDue, Monthly)]
        jobs.launch(SlackWorker(bot.app, bot.practices, daily))
        try:
            yield bot.app
        finally:
            assert jobs.stop(10)


@contextmanager
def joined(copilot: Copilot, settings: Settings, today: Callable[[], date] = date.today) -> Iterator[Socket]:
    """The same over a socket."""
    with at_work(copilot, settings, today) as app:
        socket = join_socket(app, settings)
        try:
            yield socket
        finally:
            socket.close()


@contextmanager
def keeping(rate: Rate = A_WORKSPACE) -> Iterator[Doorkeeper]:
    """A doorkeeper with a memory of its own."""
    with TemporaryDirectory() as folder:
        yield Doorkeeper(DeliveryStore(open_database("", Path(folder))), rate)
