"""The sign that work goes on is there while it does, and never stays behind."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bot.jobs.work import Work, doing
from bot.slack.working import READING_QUESTION, working
from bot.storage.database import open_database
from bot.storage.work import WorkStore


@dataclass
class FakeSlack:
    """Takes the calls that show a sign, and writes them down."""

    statuses: list[str] = field(default_factory=list)

    def assistant_threads_setStatus(self, *, status: str, **_: Any) -> None:  # noqa: N802  # slack_sdk's name
        self.statuses.append(status)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    now = datetime.now(UTC)
    store = WorkStore(open_database("", tmp_path))
    return Work("Ev1", "T1", "delivery", b"", False, now, now + timedelta(hours=1), Event(), store)


def asked(slack: FakeSlack) -> Any:
    return working(slack, "D1", "1.0", "1.0", READING_QUESTION)  # type: ignore[arg-type]  # as much of a client as this needs


def test_in_a_direct_message_a_reply_ends_the_status_and_nothing_more_is_asked_of_slack(work: Work) -> None:
    slack = FakeSlack()
    with doing(work), asked(slack):
        work.said(work.number(), "2.0")
    assert slack.statuses == ["is working on it…"]


@pytest.mark.parametrize("ts", [None, ""], ids=["nothing", "a file"])
def test_the_status_is_taken_away_where_no_message_ended_it(work: Work, ts: str | None) -> None:
    slack = FakeSlack()
    with doing(work), asked(slack):
        if ts is not None:
            work.said(work.number(), ts)
    assert slack.statuses == ["is working on it…", ""]


def test_the_status_is_taken_away_where_the_work_fails(work: Work) -> None:
    slack = FakeSlack()
    with doing(work), pytest.raises(ValueError, match="nobody foresaw"), asked(slack):
        raise ValueError("nobody foresaw")
    assert slack.statuses == ["is working on it…", ""]
