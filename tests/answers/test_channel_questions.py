"""What a channel that takes questions answers, and whom a channel that is about a payer means."""

from pathlib import Path

import pytest

from bot.app import Copilot
from bot.office import Office
from bot.policies.models import Decision, Topic
from bot.settings import Settings
from bot.slack.answering import about
from bot.slack.intake import Kind, sort_out, speaks_to_us
from bot.slack.prompts import PROMPTS, prompts_for
from bot.slack.roles import Role


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder: Path = tmp_path_factory.mktemp("channel")
    return Copilot(Settings(data_dir=folder)).at("T1")


def is_answered(office: Office, said: str) -> bool:
    """What a channel's message goes through where payer questions are answered unasked."""
    return sort_out(said) is Kind.QUESTION and speaks_to_us(said) and office.is_ours(said)


@pytest.mark.parametrize(
    "asked",
    [
        "Does Aetna require prior authorization for 90853?",
        "Can we bill group and individual therapy on the same day for Medicare?",
        "How many members can a group have for Minnesota Medicaid?",
        "Which modifier goes on 90853 by video?",
        "Is group therapy covered by video?",
        "anyone know if Aetna pays 90853 by telehealth",
        "which of our payers allow same-day?",
        "Which of our payers need prior auth?",
    ],
)
def test_a_payer_question_about_groups_is_ours(office: Office, asked: str) -> None:
    assert is_answered(office, asked)


@pytest.mark.parametrize(
    "said",
    [
        "Can somebody cover the group at 3 pm?",
        "Does Aetna have a new phone number?",
        "Is the group room free tomorrow?",
        "Who is bringing lunch for the group meeting?",
        "Did the claim for yesterday get paid?",
        "Has anyone seen my keys?",
        "How do I reset my Medicare portal password?",
        "Can we meet at noon to talk about the Cigna contract?",
        "anyone know where the Aetna folder is",
        "anyone know where the Aetna 90853 folder is",
        "thanks Aetna rep was nice",
        "which of our payers still owe us for same-day appointments?",
        "Which of our payers are closed on the same day as Thanksgiving?",
        "which of our payers pay on the same day?",
        "which of our payers allow portal access on the phone?",
        "",
    ],
)
def test_what_only_sounds_like_one_is_left_alone(office: Office, said: str) -> None:
    assert not is_answered(office, said)


def test_a_question_that_names_nobody_is_about_the_channels_payer_and_one_that_does_is_not(office: Office) -> None:
    payers, _ = office.named_payers("Aetna")
    context = about(office.ask("What does CPT 90853 cover?").context, payers)
    (answer,) = office.ask("Is prior authorization needed for 90853?", context, ours=payers).answers
    assert answer.payer is not None
    assert answer.payer.id == "aetna"
    (answer,) = office.ask("Is prior authorization needed for 90853 for Minnesota Medicaid?", context).answers
    assert answer.payer is not None
    assert answer.payer.id != "aetna"


def test_our_payers_are_the_channels_alone_in_its_tables(office: Office) -> None:
    office.payer_list.add("Aetna, Cigna, HUSKY", "U1")
    payers, _ = office.named_payers("HUSKY")
    reply = office.ask("Which of our payers allow group and individual on the same day?", ours=payers)
    assert reply.table is not None
    assert [row.name for row in reply.table.rows] == ["HUSKY Health (Connecticut Medicaid)"]


@pytest.mark.parametrize("message", sorted({message for role in Role for _, message in prompts_for({role})}))
def test_each_question_that_is_offered_has_an_answer_of_its_matter(office: Office, message: str) -> None:
    if message in (PROMPTS[-1][1], "help"):
        return  # these are answered by the guide
    reply = office.ask(message)
    assert all(answer.topic is not Topic.GENERAL for answer in reply.answers)


def test_the_questions_offered_first_have_a_rule_on_file_but_one_that_shows_what_unknown_looks_like(
    office: Office,
) -> None:
    elsewhere = {PROMPTS[-1][1], "help", prompts_for({Role.ADMIN})[0][1]}  # the guide's, and the practice's own list
    offered = {message for role in Role for _, message in prompts_for({role})} - elsewhere
    answers = {message: answer for message in offered for answer in office.ask(message).answers}
    assert {message for message, one in answers.items() if one.decision is Decision.UNKNOWN} == {PROMPTS[1][1]}
    assert [message for message, one in answers.items() if one.decision is Decision.NOT_APPLICABLE] == []
