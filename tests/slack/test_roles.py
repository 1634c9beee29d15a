"""Who may do what, and that no control is left out of it."""

import re
from itertools import product

import pytest

from bot.slack.acts import act_of
from bot.slack.listeners import (
    actions,
    audit,
    channels,
    commands,
    course,
    disputes,
    documents,
    facts,
    payers,
    persons,
    shortcuts,
    splits,
    thumbs,
    verifications,
    views,
)
from bot.slack.roles import Act, Role, may, refusal
from tests.slack.fakes import make_note

NOTE = make_note(["A.B.", "C.D."])


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (Act.ASK, {Role.ADMIN, Role.BILLER, Role.CLINICIAN, Role.LEARNER}),
        (Act.REVIEW, {Role.ADMIN, Role.BILLER, Role.CLINICIAN}),
        (Act.VERIFY, {Role.ADMIN, Role.BILLER}),
        (Act.KNOWLEDGE, {Role.ADMIN, Role.BILLER}),
        (Act.SETTINGS, {Role.ADMIN, Role.BILLER}),
        (Act.APPROVE, {Role.ADMIN}),
        (Act.LEARN, {Role.ADMIN, Role.BILLER, Role.CLINICIAN, Role.LEARNER}),
        (Act.LEAD, {Role.ADMIN}),
        (Act.AUDIT, {Role.ADMIN}),
        (Act.AUDIT_REPORT, {Role.ADMIN, Role.BILLER}),
    ],
)
def test_each_act_is_for_these_roles_and_no_other(act: Act, allowed: set[Role]) -> None:
    assert {role for role in Role if may({role}, act)} == allowed


def test_a_wrong_role_gets_one_clear_line() -> None:
    assert refusal({Role.CLINICIAN}, Act.VERIFY) == (
        "Recording what a payer said is for admins and billers, and your role here is clinician: "
        "ask one of them, or an admin for another role."
    )


def test_a_learner_is_told_where_to_practise_instead() -> None:
    assert refusal({Role.LEARNER}, Act.REVIEW).endswith("Invented notes to practise on are in the course: say “learn”.")
    assert "practise" not in refusal({Role.LEARNER}, Act.VERIFY)


def test_who_may_not_review_is_told_so_before_a_note_is_sent() -> None:
    assert act_of(direct("review this note")) is Act.REVIEW
    assert act_of(direct("how do I send a note")) is Act.REVIEW


def direct(text: str, *files: str) -> dict:
    event = {"type": "message", "channel_type": "im", "text": text, "files": [{"name": name} for name in files]}
    return {"event": event}


@pytest.mark.parametrize(
    ("body", "act"),
    [
        (direct("Does Aetna cover 90853?"), Act.ASK),
        (direct(NOTE), Act.REVIEW),
        (direct("please review", "note.txt"), Act.REVIEW),
        (direct("members: A.B., C.D."), Act.REVIEW),
        (direct("add to knowledge for Aetna effective 2026-01-01", "m.pdf"), Act.KNOWLEDGE),
        ({"event": {"type": "app_mention", "text": NOTE}}, Act.ASK),
        ({"command": "/billing", "text": "Does Aetna cover groups?"}, Act.ASK),
        ({"command": "/billing", "text": "verify Aetna same day"}, Act.VERIFY),
        ({"command": "/billing", "text": "due"}, Act.ASK),
        ({"command": "/billing", "text": "remind"}, Act.ASK),
        ({"command": "/billing", "text": "remind here"}, Act.SETTINGS),
        ({"command": "/billing", "text": "remind off"}, Act.SETTINGS),
        ({"command": "/billing", "text": "due off"}, Act.SETTINGS),
        ({"command": "/billing", "text": "learn"}, Act.LEARN),
        ({"command": "/billing", "text": "learn biller"}, Act.LEARN),
        ({"command": "/billing", "text": "Learn progress"}, Act.LEAD),
        ({"command": "/billing", "text": "settings"}, Act.SETTINGS),
        ({"command": "/billing", "text": "audit"}, Act.AUDIT),
        ({"command": "/billing", "text": 'audit clinician "Dr. Lee" @sam'}, Act.AUDIT),
        ({"command": "/billing", "text": "audit cards off"}, Act.ASK),
        ({"type": "block_actions", "actions": [{"action_id": "audit_cards_off"}]}, Act.ASK),
        ({"command": "/billing", "text": "audit requirements for 90853?"}, Act.ASK),
        ({"type": "block_actions", "actions": [{"action_id": "audit_report"}]}, Act.AUDIT_REPORT),
        ({"command": "/billing", "text": "payers"}, Act.ASK),
        ({"command": "/billing", "text": "payers same_day"}, Act.ASK),
        ({"command": "/billing", "text": "payers add Aetna"}, Act.SETTINGS),
        ({"command": "/billing", "text": "payers +Aetna"}, Act.SETTINGS),
        ({"command": "/billing", "text": "payers clear"}, Act.SETTINGS),
        ({"type": "block_actions", "actions": [{"action_id": "more_1"}]}, Act.ASK),
        ({"type": "block_actions", "actions": [{"action_id": "run_command_help", "value": "help"}]}, Act.ASK),
        (
            {"type": "block_actions", "actions": [{"action_id": "run_command_help", "value": "payers clear"}]},
            Act.SETTINGS,
        ),
        ({"type": "block_actions", "actions": [{"action_id": "more_1; approve_fact"}]}, None),
        ({"type": "block_actions", "actions": [{"action_id": "made_up"}]}, None),
        ({"type": "view_submission", "view": {"callback_id": "made_up"}}, None),
    ],
)
def test_what_a_delivery_asks_for(body: dict, act: Act | None) -> None:
    assert act_of(body) is act


class Heard:
    """Stands where Bolt's app does, and writes down what is listened to."""

    def __init__(self) -> None:
        self.bodies: list[dict] = []

    def action(self, constraint: str | re.Pattern[str], **_: object):
        ids = [constraint] if isinstance(constraint, str) else examples(constraint.pattern)
        self.bodies += [{"type": "block_actions", "actions": [{"action_id": name}]} for name in ids]
        return lambda handler: handler

    def view(self, callback_id: str, **_: object):
        self.bodies.append({"type": "view_submission", "view": {"callback_id": callback_id}})
        return lambda handler: handler

    def shortcut(self, constraint: str | dict):
        name = constraint if isinstance(constraint, str) else constraint["callback_id"]
        self.bodies.append({"type": "shortcut", "callback_id": name})
        return lambda handler: handler

    def command(self, name: str):
        return lambda handler: handler


def examples(pattern: str) -> list[str]:
    """The words that a pattern of the kind we write stands for."""
    parts = re.split(r"\(([^)]*)\)", pattern.strip("^$").replace(r"\d+", "1"))
    return ["".join(chosen) for chosen in product(*(part.split("|") for part in parts))]


def test_every_control_the_bot_listens_to_needs_a_role() -> None:
    heard = Heard()
    rooms = (
        actions,
        audit,
        channels,
        commands,
        course,
        disputes,
        documents,
        facts,
        payers,
        persons,
        shortcuts,
        splits,
        thumbs,
    )
    for room in (*rooms, verifications, views):
        room.register(heard)
    assert len(heard.bodies) > 45
    assert [body for body in heard.bodies if act_of(body) is None] == []
