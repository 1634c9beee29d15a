"""A case that breaks a condition of the rule is told so, and is not permitted."""

from datetime import date

import pytest

from bot.answers.service import AnswerService
from bot.answers.topic_model import TopicModel
from bot.embedder import Embedder
from bot.policies.catalog import load_catalog
from bot.policies.models import Decision
from bot.policies.resolve import Resolver

CATALOG = load_catalog()
SERVICE = AnswerService(CATALOG, Resolver(CATALOG), None, None, lambda: date(2026, 11, 24), TopicModel(Embedder()))


def ask(question: str):
    return SERVICE.ask(question).answers[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Medicare: group and 90834 the same day, one combined note for both. ok with 59?", "share one note"),
        ("Medicare same day group and individual without a separate note", "share one note"),
        ("Medicare same day group and individual, they overlap by ten minutes", "overlap in time"),
        ("BCBSTX trainee group, the supervisor works from home that day. can we bill under her?", "elsewhere"),
    ],
)
def test_a_broken_condition_refuses_what_the_rule_permits(question: str, said: str) -> None:
    answer = ask(question)
    assert answer.decision is Decision.NOT_ALLOWED
    assert said in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Medicare: group and 90834 the same day, each with its own note. ok with 59?",
        "Medicare same day group and individual, separate notes, separate times",
        "BCBSTX trainee group, the supervisor is in the office. can we bill under her?",
    ],
)
def test_a_case_that_meets_the_conditions_is_permitted_with_them(question: str) -> None:
    assert ask(question).decision is Decision.ALLOWED_WITH_CONDITIONS


def test_a_rule_that_frees_outpatient_care_frees_no_intensive_program() -> None:
    assert ask("Does Univera need prior auth for group?").decision is Decision.NOT_REQUIRED
    assert ask("Does Univera need prior auth for group in our IOP?").decision is Decision.REQUIRED


def test_a_rule_of_another_part_than_the_one_named_does_not_decide() -> None:
    answer = ask("NY Medicaid Part 588 clinic, group ran 2:05 to 2:55: enough minutes?")
    assert answer.decision in {Decision.NOT_ALLOWED, Decision.VARIES}
    assert "50 minutes" in answer.answer


def test_services_of_both_kinds_are_counted_together_against_a_daily_limit() -> None:
    answer = ask("NJ FamilyCare independent clinic: 2 groups and 2 individuals the same day, all payable?")
    assert answer.decision is Decision.NOT_ALLOWED
    assert "4 sessions" in answer.answer
