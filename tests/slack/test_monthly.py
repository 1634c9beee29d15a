"""The published audit is posted once a month where an admin chose, and each clinician is told of their own notes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.app import Copilot
from bot.jobs.work import Request
from bot.settings import Settings
from bot.slack.monthly import Monthly
from bot.slack.practices import OnePractice
from tests.audit.month import GOOD, THIN, audited, row

MONTH = [row("a", "K.L.", GOOD), row("c", "M.P.", THIN, clinician="Dr. Lee", group="Tuesday")]


class Client:
    """Takes messages, or refuses them."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.refuses = ""

    def conversations_open(self, users: str) -> dict[str, dict[str, str]]:
        return {"channel": {"id": f"D{users}"}}

    def chat_postMessage(self, **message: Any) -> dict[str, str]:  # noqa: N802  # Slack's name
        if self.refuses:
            raise SlackApiError("no", {"ok": False, "error": self.refuses})
        self.posted.append(message)
        return {"ts": "1.0", "channel": message["channel"]}


class Bot:
    """A practice, a clock, and jobs that do their work at once: each request once, by all of its keys."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.today, self.client = folder, date(2026, 11, 3), Client()
        self.taken: set[str] = set()
        self.monthly = self.started()
        self.audits = Copilot(Settings(data_dir=folder / "data")).at("T1").audits

    def started(self) -> Monthly:
        """Another process on the same database."""
        self.copilot = Copilot(Settings(data_dir=self.folder / "data"))
        return Monthly(self.copilot, OnePractice("T1", self.client), self, lambda: self.today)

    def take(self, request: Request) -> bool:
        if {request.id, *request.also} & self.taken:
            return False
        self.taken |= {request.id, *request.also}
        work = SimpleNamespace(kind=request.kind, practice=request.practice, payload=request.payload, reopens=False)
        self.monthly.post(work)
        if work.reopens:
            self.taken -= set(request.also)
        return True

    def publish(self, **changes: str) -> None:
        rows = [{**one, **changes} for one in MONTH]
        self.audits.publish(audited(self.folder, rows).audit, b"%PDF")

    def posts(self, *days: date) -> list[tuple[str, str]]:
        """Channel and first line of what is posted when the bot looks on these days."""
        before = len(self.client.posted)
        for day in days:
            self.today = day
            self.monthly.check()
        return [(one["channel"], one["text"].splitlines()[0]) for one in self.client.posted[before:]]


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    return Bot(tmp_path)


OCTOBER = ("C1", "Group note audit, October 2026")
DAYS = (date(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 4), date(2026, 12, 1))


def test_a_published_audit_is_posted_once_and_the_next_months_once(bot: Bot) -> None:
    bot.audits.posts.choose("C1", "U1")
    assert bot.posts(date(2026, 11, 2)) == []
    bot.publish()
    assert bot.posts(*DAYS) == [OCTOBER]
    bot.publish()
    assert bot.posts(*DAYS) == [], "published anew, the month is not posted anew"
    bot.publish(date_of_service="2026-11-09")
    assert bot.posts(date(2026, 12, 2), date(2026, 12, 3)) == [("C1", "Group note audit, November 2026")]


def test_a_restart_posts_nothing_twice(bot: Bot) -> None:
    bot.audits.posts.choose("C1", "U1")
    bot.publish()
    assert bot.posts(date(2026, 11, 3)) == [OCTOBER]
    bot.taken.clear()
    bot.monthly = bot.started()
    assert bot.posts(date(2026, 11, 3), date(2026, 11, 4)) == []


def test_with_no_channel_nothing_is_posted(bot: Bot) -> None:
    bot.publish()
    bot.audits.posts.choose("C1", "U1")
    bot.audits.posts.stop("U1")
    assert bot.posts(*DAYS) == []


def test_a_refused_summary_is_tried_the_next_day(bot: Bot) -> None:
    bot.audits.posts.choose("C1", "U1")
    bot.publish()
    bot.client.refuses = "is_archived"
    assert bot.posts(date(2026, 11, 3)) == []
    assert bot.audits.posts.last_failed("2026-10")
    bot.client.refuses = ""
    assert bot.posts(date(2026, 11, 4), date(2026, 11, 5)) == [OCTOBER]


def test_it_is_not_posted_where_another_company_reads_along(bot: Bot) -> None:
    bot.audits.posts.choose("C1", "U1")
    bot.copilot.at("T1").channels.note_outsiders("C1")
    bot.publish()
    assert bot.posts(*DAYS) == []
    assert bot.audits.posts.last_failed("2026-10")


def test_a_clinician_is_told_of_their_own_notes_once_and_of_nobody_elses(bot: Bot) -> None:
    bot.audits.name("Dr. Lee", "ULEE", "U1")
    bot.publish()
    assert bot.posts(*DAYS) == [], "no admin turned coaching on"
    bot.audits.coach("U1", on=True)
    assert bot.posts(*DAYS) == [("DULEE", "Your group notes, October 2026")]
    said = bot.client.posted[0]["text"]
    assert "not fully there in 1 of 1" in said
    for secret in ("Lindqvist", "M.P.", "K.L.", "attended"):
        assert secret not in said
    bot.taken.clear()
    bot.publish()
    assert bot.posts(*DAYS) == []


@pytest.mark.parametrize("stop", [lambda one: one.coach("U1", on=False), lambda one: one.name("Dr. Lee", "", "U1")])
def test_what_was_handed_on_before_coaching_ended_tells_nobody(bot: Bot, stop: Callable[[Any], object]) -> None:
    bot.audits.name("Dr. Lee", "ULEE", "U1")
    bot.audits.coach("U1", on=True)
    bot.publish()
    stop(bot.audits)
    bot.monthly.post(SimpleNamespace(kind="audit_coaching", practice="T1", payload=b"2026-10 ULEE"))
    assert bot.client.posted == []


def test_a_clinician_who_left_slack_stops_nobody_else(bot: Bot) -> None:
    bot.audits.name("Dr. Lee", "ULEE", "U1")
    bot.audits.coach("U1", on=True)
    bot.publish()
    bot.client.refuses = "user_disabled"
    assert bot.posts(date(2026, 11, 3)) == []
    bot.client.refuses = ""
    bot.audits.name("Rosa Lindqvist", "UROSA", "U1")
    assert bot.posts(*DAYS) == [("DUROSA", "Your group notes, October 2026")]


def test_a_clinician_who_wants_no_card_gets_none_until_they_want_it_again(bot: Bot) -> None:
    bot.audits.name("Dr. Lee", "ULEE", "U1")
    bot.audits.name("Rosa Lindqvist", "UROSA", "U1")
    bot.audits.coach("U1", on=True)
    bot.audits.want_card("ULEE", wanted=False)
    bot.publish()
    assert bot.posts(*DAYS) == [("DUROSA", "Your group notes, October 2026")]
    bot.audits.want_card("ULEE", wanted=True)
    assert bot.posts(date(2026, 12, 2)) == [("DULEE", "Your group notes, October 2026")]


def test_no_card_comes_that_was_handed_on_before_its_clinician_declined(bot: Bot) -> None:
    bot.audits.name("Dr. Lee", "ULEE", "U1")
    bot.audits.coach("U1", on=True)
    bot.publish()
    bot.audits.want_card("ULEE", wanted=False)
    bot.monthly.post(SimpleNamespace(kind="audit_coaching", practice="T1", payload=b"2026-10 ULEE"))
    assert bot.client.posted == []
