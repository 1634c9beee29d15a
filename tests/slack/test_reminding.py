"""The monthly reminder: posted once a month where the practice chose, when something is due."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.app import Copilot
from bot.errors import UserError
from bot.jobs.work import Request
from bot.policies.models import Decision, Topic
from bot.policies.verification_draft import Draft
from bot.settings import Settings
from bot.slack.daily import A_DAY, AN_HOUR, start_daily
from bot.slack.practices import OnePractice
from bot.slack.reminding import Reminding, choose_channel, where_reminders_go

SAID = Draft(
    payer="Zebra Mutual",
    topic=Topic.PRIOR_AUTH,
    decision=Decision.REQUIRED,
    answered_by="Kim",
    verified_on=date(2026, 3, 2),
)


class Client:
    """Takes messages, or refuses them."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.refuses = ""

    def chat_postMessage(self, **message: Any) -> dict[str, str]:  # noqa: N802  # Slack's name
        if self.refuses:
            raise SlackApiError("no", {"ok": False, "error": self.refuses})
        self.posted.append(message)
        return {"ts": "1.0", "channel": "C1"}


@pytest.fixture
def client() -> Client:
    return Client()


class Days:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.today = date(2026, 10, 1)

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def days() -> Days:
    return Days()


class OneByOne:
    """Takes work as `bot.jobs` does, and does it at once: each request once, by all of its keys."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.reminding: Reminding | None = None

    def take(self, request: Request) -> bool:
        if {request.id, *request.also} & self.taken:
            return False
        self.taken |= {request.id, *request.also}
        work = SimpleNamespace(practice=request.practice, payload=request.payload, reopens=False)
        self.reminding.post(work)
        if work.reopens:
            self.taken -= set(request.also)
        return True


@pytest.fixture
def jobs() -> OneByOne:
    return OneByOne()


@pytest.fixture
def reminding(tmp_path: Path, client: Client, days: Days, jobs: OneByOne) -> Reminding:
    copilot = Copilot(Settings(data_dir=tmp_path))
    office = copilot.at("T1")
    office.verifications.record(SAID, "U1", date(2026, 3, 2))
    office.reminders.choose("C1", "U1")
    jobs.reminding = Reminding(copilot, OnePractice("T1", client), jobs, days)
    return jobs.reminding


def test_it_is_posted_on_the_first_check_of_a_month_in_which_something_is_due_and_once(
    reminding: Reminding, client: Client, days: Days
) -> None:
    for day in (date(2026, 10, 1), date(2026, 10, 31)):
        days.today = day
        assert not reminding.check()
    assert client.posted == []
    said = []
    for day in (date(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 29), date(2026, 12, 1), date(2026, 12, 2)):
        days.today = day
        said.append(reminding.check())
    assert said == [True, False, False, True, False]
    assert len(client.posted) == 2
    assert "1 verification to ask again" in client.posted[0]["text"]
    assert "Ends on 2026-12-31, in 58 days" in client.posted[0]["text"]


def test_a_restart_posts_it_once(
    reminding: Reminding, client: Client, days: Days, tmp_path: Path, jobs: OneByOne
) -> None:
    days.today = date(2026, 11, 3)
    other = Reminding(Copilot(Settings(data_dir=tmp_path)), OnePractice("T1", client), jobs, days)
    assert reminding.check()
    assert not other.check()
    assert len(client.posted) == 1


def test_with_no_channel_chosen_or_none_any_more_nothing_is_posted(
    reminding: Reminding, client: Client, days: Days
) -> None:
    days.today = date(2026, 11, 3)
    reminding._copilot.at("T1").reminders.stop("U1")
    assert not reminding.check()
    assert client.posted == []


def test_a_refused_post_is_tried_again_the_next_day_told_in_due_and_logged_without_a_word_of_it(
    reminding: Reminding, client: Client, days: Days, capsys: pytest.CaptureFixture[str]
) -> None:
    days.today = date(2026, 11, 3)
    client.refuses = "is_archived"
    assert reminding.check()
    assert "could not be posted" in where_reminders_go(reminding._copilot.at("T1"), days.today)
    client.refuses = ""
    assert not reminding.check()
    days.today = date(2026, 11, 4)
    assert reminding.check()
    assert len(client.posted) == 1
    logged = "".join(capsys.readouterr())
    assert "is_archived" in logged
    assert "Zebra" not in logged


def test_it_checks_daily_and_hourly_after_a_failure_until_it_is_stopped(
    reminding: Reminding, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def check() -> bool:
        if not waited:
            raise RuntimeError("locked")
        return False

    monkeypatch.setattr(reminding, "check", check)
    reminding.run(lambda seconds: waited.append(seconds) is None and len(waited) == 3)
    assert waited == [AN_HOUR, A_DAY, A_DAY]


def test_the_thread_posts_at_start_and_stops_when_told(reminding: Reminding, client: Client, days: Days) -> None:
    import time

    days.today = date(2026, 11, 3)
    stop = start_daily(reminding)
    until = time.monotonic() + 5
    while not client.posted and time.monotonic() < until:
        time.sleep(0.01)
    stop()
    assert len(client.posted) == 1


def test_many_that_are_due_are_one_message(reminding: Reminding, client: Client, days: Days) -> None:
    days.today = date(2026, 11, 3)
    for number in range(60):
        reminding._copilot.at("T1").verifications.record(replace(SAID, payer=f"Payer Number{number}"), "U1", days.today)
    assert reminding.check()
    assert len(client.posted) == 1
    assert "And 49 more." in client.posted[0]["text"]


@pytest.mark.parametrize("refusal", ["channel_not_found", "not_in_channel", "is_archived"])
def test_a_channel_we_cannot_write_in_is_not_chosen(reminding: Reminding, client: Client, refusal: str) -> None:
    reminding._copilot.at("T1").reminders.stop("U1")
    client.refuses = refusal
    with pytest.raises(UserError, match="invite"):
        choose_channel(reminding._copilot.at("T1"), client, "#elsewhere", "U1")
    assert reminding._copilot.at("T1").reminders.channel == ""
