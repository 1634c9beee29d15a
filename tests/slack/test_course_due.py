"""Drills to repeat are told in the person's own direct message, once a day at most."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.jobs.work import Request
from bot.onboarding.course import shipped_course
from bot.onboarding.learning import Learning
from bot.onboarding.models import Path
from bot.slack.course_due import CourseDue
from bot.slack.practices import OnePractice
from bot.storage.course import CourseStore
from tests.slack.fakes import FakeCopilot, in_memory_database


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


class Office:
    """A practice with two learners, a clock, and jobs that do their work at once and each once."""

    def __init__(self) -> None:
        self.today = date(2026, 3, 2)
        self.client = Client()
        self.copilot = FakeCopilot()
        store = CourseStore(in_memory_database())
        grader = self.copilot.learning.grader
        self.learning = Learning("T1", shipped_course(), grader, store, lambda: self.today)
        self.copilot.learning = self.learning
        for person in ("U1", "U2"):
            self.learning.choose_path(person, Path.NEWCOMER)
        self.learning.give_up("U1", "same-day-2")
        self.taken: set[str] = set()
        self.due = CourseDue(self.copilot, OnePractice("T1", self.client), self, lambda: self.today)

    def take(self, request: Request) -> bool:
        if request.id in self.taken:
            return False
        self.taken.add(request.id)
        self.due.post(SimpleNamespace(practice=request.practice, payload=request.payload))
        return True

    def told_after(self, days: int) -> list[str]:
        """To whom messages went when the clock had moved on and the bot looked twice."""
        self.today += timedelta(days=days)
        before = len(self.client.posted)
        self.due.check()
        self.due.check()
        return [message["channel"] for message in self.client.posted[before:]]


@pytest.fixture
def office() -> Office:
    return Office()


def test_only_who_has_something_due_is_told_and_once_a_day(office: Office) -> None:
    assert office.told_after(0) == []
    assert office.told_after(2) == ["DU1"]
    assert "1 drill to repeat" in office.client.posted[0]["text"]
    assert office.told_after(0) == []
    assert office.told_after(1) == ["DU1"]


def test_who_paused_is_left_alone(office: Office) -> None:
    office.learning.pause("U1", paused=True)
    assert office.told_after(2) == []
    office.learning.pause("U1", paused=False)
    assert office.told_after(0) == ["DU1"]


def test_a_person_who_left_slack_stops_nobody_else(office: Office) -> None:
    office.client.refuses = "user_disabled"
    assert office.told_after(2) == []
    office.client.refuses = ""
    office.learning.give_up("U2", "same-day-2")
    assert office.told_after(0) == []
    assert office.told_after(2) == ["DU1", "DU2"]
