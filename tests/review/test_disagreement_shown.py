"""Where model and rules differ, a person sees both on the page and in Slack, and which one stands."""

from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from bot.resources import KNOWLEDGE
from bot.review.model_judge import ModelJudge
from bot.review.model_reading import MemberReadings, SessionReadings
from bot.review.models import Report
from bot.review.offline import OfflineJudge
from bot.review.service import ReviewService
from bot.slack.blocks.review import review_cards
from bot.slack.noteref import NoteRef
from bot.terminal import show_report
from tests.llm.fake_model import FakeModel, Sent

NOTE = (KNOWLEDGE / "samples" / "eight-ready.txt").read_text(encoding="utf-8")
BOTH = "The model says missing, the rules say met: the stricter stands until a person decides."


def stern(sent: Sent) -> SessionReadings | MemberReadings | str:
    """Finds no necessity in the first member's part, and is out of reach for the second."""
    if sent.prompt == "judge_session":
        return SessionReadings(readings=[])
    if "called [MEMBER_2]" in sent.user:
        return "The model fake:model did not answer in time."
    reading = {"element": "medical_necessity", "status": "missing", "quotes": [], "reason": "", "fix": "Why?"}
    return MemberReadings.model_validate({"readings": [reading] if "called [MEMBER_1]" in sent.user else []})


@pytest.fixture(scope="module")
def report() -> Report:
    catalog = load_catalog()
    judge = ModelJudge(FakeModel(stern), OfflineJudge())
    service = ReviewService(judge, catalog=catalog, resolver=Resolver(catalog), today=lambda: date(2026, 5, 20))
    return service.review(NOTE)


def test_the_page_shows_both_readings_the_model_and_its_prompts(report: Report) -> None:
    page = StringIO()
    show_report(report, Console(file=page, width=400))
    shown = " ".join(page.getvalue().split())
    assert BOTH in shown
    assert "Read by fake:model beside the rules: prompts judge_session v1, judge_member v1" in shown
    assert "model and rules disagree once: the stricter stands" in shown
    assert "the offline verdicts stand for member 2: The model fake:model did not answer in time." in shown


def test_slack_shows_the_same(report: Report) -> None:
    cards = review_cards(report, NOTE, "{}", NoteRef(channel="D1", ts="1"))
    said = "\n".join(message.text for message in (*cards.summary, *cards.session, *cards.members))
    assert said.count(BOTH) == 1
    assert "judged with fake:model, every quote checked against the note" in said
    assert "prompts judge_session v1, judge_member v1" in said
    assert "the offline verdicts stand for member 2" in said
