"""What a delivery asks for, as an act that needs a role. Pure, and the one table of every control of ours."""

import re
from collections.abc import Mapping
from typing import Any

from bot.slack.audit_command import OWN, read_audit_command
from bot.slack.blocks.run import RUN
from bot.slack.command import WORDS, read_command
from bot.slack.document_request import asks_to_keep
from bot.slack.intake import Kind, read_slack_text, sort_out
from bot.slack.payers_command import Wish, read_payers_command
from bot.slack.roles import Act

Body = Mapping[str, Any]

_ACTIONS = tuple(
    (re.compile(rf"(?:{pattern})\Z"), act)
    for pattern, act in (
        (r"(?:call_script|sources|more|verification)_\d+|feedback|table_(?:csv|row|all)", Act.ASK),
        (r"verification_history|read_as_question|share_answer|answer_menu|ask_person|feedback_reason", Act.ASK),
        (
            r"claim_facts|show_member|report_(?:pdf|menu)|read_as_note|correct_split|disagree|review_again",
            Act.REVIEW,
        ),
        (r"record_\d+|(?:change|withdraw|restore|renew)_verification|verification_topic", Act.VERIFY),
        (r"keep_document", Act.KNOWLEDGE),
        (r"(?:approve|edit|reject|withdraw)_fact|fact_topic", Act.APPROVE),
        (r"edit_payers", Act.SETTINGS),
        (r"audit_report", Act.AUDIT_REPORT),
        (r"audit_cards_(?:on|off)", Act.ASK),
        (r"learn_(?:path|answer|module)_\d+|learn_(?:resume|module|drills|choose|show|repeat)", Act.LEARN),
        (r"learn_(?:pause|unpause|certificate|why)", Act.LEARN),
    )
)
_FORMS = {
    "claim_facts": Act.REVIEW,
    "dispute": Act.REVIEW,
    "verification": Act.VERIFY,
    "keep_document": Act.KNOWLEDGE,
    "edit_fact": Act.APPROVE,
    "own_payers": Act.SETTINGS,
    "channel_settings": Act.SETTINGS,
}
_SHORTCUTS = {"review_note": Act.REVIEW, "ask_payer": Act.ASK}
_OF_NOTES = (Kind.NOTE, Kind.MEMBERS, Kind.HOW_TO_REVIEW)
_CHANGES = (Wish.ADD, Wish.REMOVE, Wish.CLEAR)


def act_of(body: Body) -> Act | None:
    """What is asked for; None for a control that nobody wrote down here, which nobody may use."""
    if body.get("event"):
        return _of_event(body["event"])
    if body.get("command"):
        return _of_command(read_slack_text(str(body.get("text") or "")))
    kind = body.get("type")
    if kind == "block_actions":
        action = body["actions"][0]
        if re.fullmatch(rf"{RUN}_(?:{'|'.join(WORDS)})", str(action.get("action_id", ""))):
            return _of_command(str(action.get("value") or ""))
        return _of_action(str(action.get("action_id", "")))
    if kind in ("view_submission", "view_closed"):
        return _FORMS.get(str(body["view"].get("callback_id", "")))
    return _SHORTCUTS.get(str(body.get("callback_id", "")))


def would_record(body: Body) -> bool:
    """Whether somebody pressed *Record what they said* under an answer."""
    return any(str(action.get("action_id", "")).startswith("record_") for action in body.get("actions") or ())


def _of_event(event: Body) -> Act:
    """In channels notes and files are refused to anybody, so that only questions are left."""
    if event.get("type") != "message" or event.get("channel_type") != "im":
        return Act.ASK
    text = read_slack_text(str(event.get("text") or ""))
    if event.get("files"):
        return Act.KNOWLEDGE if asks_to_keep(text) else Act.REVIEW
    return Act.REVIEW if sort_out(text) in _OF_NOTES else Act.ASK


def _of_command(text: str) -> Act:
    read = read_command(text)
    if read.word == "verify":
        return Act.VERIFY
    if read.word == "learn":
        return Act.LEAD if read.rest.strip().lower() == "progress" else Act.LEARN
    if read.word == "audit":
        return Act.ASK if read_audit_command(read.rest).wish in OWN else Act.AUDIT
    if read.word == "settings" or (read.word in ("remind", "due") and read.rest):
        return Act.SETTINGS
    if read.word == "payers" and read_payers_command(read.rest).wish in _CHANGES:
        return Act.SETTINGS
    return Act.ASK


def _of_action(action_id: str) -> Act | None:
    return next((act for pattern, act in _ACTIONS if pattern.match(action_id)), None)
