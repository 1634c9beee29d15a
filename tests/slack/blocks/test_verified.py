"""Verifications as messages: within Slack's limits, inert, and with what can be done about them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.answers.models import Matter, Reply
from bot.policies.models import Decision, LineOfBusiness, Topic
from bot.policies.verification import Verification
from bot.policies.verification_history import Step
from bot.slack.blocks.answer import answer_messages, call_script, shown_script
from bot.slack.blocks.split import Message
from bot.slack.blocks.verified import (
    due_messages,
    history_messages,
    recorded_messages,
    reminder_message,
    verification_messages,
    withdrawn_messages,
)
from bot.workspace.limits import check_message
from tests.slack.fakes import TODAY, make_answer


def verified(number: int = 0, **changes: object) -> Verification:
    fields: dict[str, object] = {
        "id": f"v-{number:012x}",
        "payer_id": "zebra",
        "payer_name": "Zebra <!channel> & Co",
        "line_of_business": LineOfBusiness.COMMERCIAL,
        "topic": Topic.PRIOR_AUTH,
        "decision": Decision.REQUIRED,
        "answered_by": "Kim <@U1>",
        "verified_on": date(2026, 3, 2),
        "applies_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
    }
    return Verification.model_validate(fields | changes)


def sent(messages: list[Message]) -> str:
    """What Slack would take, and what it says."""
    for message in messages:
        check_message({"text": message.text, "blocks": list(message.blocks)})
    return "\n".join(message.text for message in messages)


def actions(messages: list[Message]) -> list[str]:
    return [e["action_id"] for m in messages for b in m.blocks if b["type"] == "actions" for e in b["elements"]]


def test_a_confirmation_says_who_what_for_when_and_how_the_answer_now_reads() -> None:
    shown = recorded_messages(verified(), "Recorded", "U9", make_answer(), TODAY)
    text = sent(shown)
    assert "Recorded by <@U9>" in text
    assert "from 2026-01-01 to 2026-12-31" in text
    assert "Allowed with conditions · Aetna" in text
    assert actions(shown) == ["change_verification", "withdraw_verification", "verification_history"]


def test_one_that_begins_later_shows_the_answer_of_its_first_day() -> None:
    later = verified(applies_from=date(2027, 1, 1), valid_until=date(2027, 12, 31))
    assert "for dates of service on 2027-01-01" in sent(
        recorded_messages(later, "Recorded", "U9", make_answer(), TODAY)
    )


def test_nothing_that_was_typed_pings_anybody() -> None:
    one = verified()
    texts = [
        sent(verification_messages(one)),
        sent(withdrawn_messages(one, "U9", None, TODAY)),
        sent(due_messages([one], TODAY, "No reminder.")),
        sent([reminder_message([one], TODAY)]),
        sent(history_messages([Step("U9", datetime(2026, 3, 2, tzinfo=UTC), "changed", ("Payer: <!here> → x",))])),
    ]
    for text in texts:
        assert "<!" not in text
        assert "<@U1>" not in text


@pytest.mark.parametrize("count", [0, 1, 2, 30, 31, 400])
def test_any_number_that_is_due_fits_one_commands_replies(count: int) -> None:
    due = [verified(number, valid_until=TODAY + timedelta(days=number - 20)) for number in range(count)]
    messages = due_messages(due, TODAY, "No monthly reminder is set.")
    text = sent(messages)
    assert len(messages) <= 5  # of a response_url
    assert ("more." in text) == (count > 30)
    if due:
        sent([reminder_message(due, TODAY)])


@pytest.mark.parametrize(("days", "words"), [(-1, "Ran out on"), (0, "today"), (1, "in 1 day"), (2, "in 2 days")])
def test_when_it_ends_is_said_in_days(days: int, words: str) -> None:
    assert words in sent(due_messages([verified(valid_until=TODAY + timedelta(days=days))], TODAY, "No reminder."))


def test_a_card_with_something_to_ask_offers_to_record_it_and_so_does_its_script() -> None:
    about = Matter(payer="aetna", topic=Topic.SAME_DAY)
    answer = make_answer(to_ask=about)
    (card,) = answer_messages(Reply(question="?", answers=(answer,)), TODAY)
    buttons = {e["action_id"]: e.get("value") for b in card.blocks if b["type"] == "actions" for e in b["elements"]}
    assert Matter.model_validate_json(buttons["record_0"]) == about
    script = shown_script(call_script(answer))
    assert actions(script) == ["record_0"]
    assert "1. Is 90853 payable" in script[0].text
    assert "{" not in script[0].text


@pytest.mark.parametrize("topic", [Topic.CODING, Topic.DENIAL, Topic.REIMBURSEMENT])
def test_what_has_no_yes_or_no_is_not_offered_to_be_recorded(topic: Topic) -> None:
    answer = make_answer(to_ask=Matter(payer="aetna", topic=topic))
    assert "record_0" not in actions(answer_messages(Reply(question="?", answers=(answer,)), TODAY))
    assert actions(shown_script(call_script(answer))) == []
