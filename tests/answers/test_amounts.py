"""A number in the question is held against the payer's limit, and only where it is that kind of number."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.amounts import find_amounts
from bot.answers.service import AnswerService
from bot.policies.catalog import load_catalog
from bot.policies.models import Counted, Topic
from bot.policies.resolve import Resolver

CATALOG = load_catalog()
SERVICE = AnswerService(CATALOG, Resolver(CATALOG), None, None, lambda: date(2026, 11, 24))


@pytest.mark.parametrize(
    ("question", "topic", "counts", "values"),
    [
        ("can I have 14 in a group for HUSKY?", Topic.GROUP_SIZE, Counted.PEOPLE, (14,)),
        ("Is nine over the line for a psychology group?", Topic.GROUP_SIZE, Counted.PEOPLE, (9,)),
        (
            "a dozen people on Tuesdays, nine of them HUSKY D, three private pay",
            Topic.GROUP_SIZE,
            Counted.PEOPLE,
            (12,),
        ),
        ("nine HUSKY members plus five private pay", Topic.GROUP_SIZE, Counted.PEOPLE, (14,)),
        ("8 enrolled but only one client shows", Topic.GROUP_SIZE, Counted.PEOPLE, (1,)),
        ("is the cap 10 or 12?", Topic.GROUP_SIZE, Counted.PEOPLE, (10, 12)),
        ("90853 for 14 year olds, 60 minutes, 2 therapists: max size?", Topic.GROUP_SIZE, Counted.PEOPLE, ()),
        ("How many can I have in a group on Nov 3 2025?", Topic.GROUP_SIZE, Counted.PEOPLE, ()),
        ("we had 11 enrolled, 9 attended", Topic.GROUP_SIZE, Counted.PEOPLE, (9,)),
        ("our groups run 45-60 minutes", Topic.SESSION_DURATION, Counted.MINUTES, (45, 60)),
        ("group ran an hour and a half", Topic.SESSION_DURATION, Counted.MINUTES, (90,)),
        ("the 60 minute group ended 20 minutes early", Topic.SESSION_DURATION, Counted.MINUTES, (40,)),
        ("patient attended four groups on Monday", Topic.UNITS, Counted.SESSIONS_A_DAY, (4,)),
        ("four groups a week", Topic.UNITS, Counted.SESSIONS_A_DAY, ()),
        ("we have three co-leading", Topic.PROVIDER_TYPES, Counted.LEADERS, (3,)),
        ("client has used 34 hrs this fiscal year", Topic.PRIOR_AUTH, Counted.HOURS, (34,)),
        ("visit number 23 coming up", Topic.PRIOR_AUTH, Counted.VISITS, (23,)),
    ],
)
def test_a_question_tells_its_own_number(
    question: str, topic: Topic, counts: Counted, values: tuple[float, ...]
) -> None:
    found = {amount.counts: amount.values for amount in find_amounts(question, topic)}
    assert found.get(counts, ()) == values


@settings(max_examples=60)
@given(st.text(max_size=120), st.sampled_from(list(Topic)))
def test_any_text_is_read_without_an_error(text: str, topic: Topic) -> None:
    assert all(amount.values for amount in find_amounts(text, topic))


@pytest.mark.parametrize(
    ("question", "decision", "said"),
    [
        ("can I have 14 in a group for HUSKY?", "not_allowed", "14 people is over the maximum of 12"),
        ("can I have 12 in a group for HUSKY?", "allowed_with_conditions", "12 people is within the maximum of 12"),
        ("husky group ran short today, 40 min. bill it?", "not_allowed", "40 minutes is under the minimum of 45"),
        ("husky intermediate care group of 40 minutes, long enough?", "allowed_with_conditions", ""),
        ("does HUSKY cap groups at 10 or 14 people?", "allowed_with_conditions", ""),
        ("only one client showed up to group, can I still bill HUSKY?", "unknown", "no minimum is on file"),
        ("is 12 still ok for an outpatient psychiatric clinic with PA Medicaid", "varies", "over the maximum of 10"),
        ("Alaska Medicaid client has used 34 hours this fiscal year, auth?", "required", "34 hours is over"),
        ("Alaska Medicaid: a 2 hour group every week, auth?", "varies", ""),
        ("ForwardHealth: we have three co-leaders in one group", "not_allowed", "over the maximum of 2"),
    ],
)
def test_a_number_is_held_against_the_limit_on_file(question: str, decision: str, said: str) -> None:
    (answer,) = SERVICE.ask(question).answers
    assert answer.decision == decision
    assert said in answer.answer
    assert said or not any(word in answer.answer for word in ("over the m", "under the m", "within the m"))


def test_a_fact_named_first_is_the_one_with_the_limit() -> None:
    (answer,) = SERVICE.ask("is sixteen people too many for a medicare group").answers
    assert "twelve" in answer.answer.split("\n- ")[1]
