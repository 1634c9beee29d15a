"""What a person filled into the verification form: its words, the draft they make, and what is no rule at all."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.policies.models import Decision, LineOfBusiness
from bot.policies.verification_draft import Draft
from bot.slack.blocks.text import one_line
from bot.slack.blocks.verification_form import Filled, decision_block, read_topic
from bot.slack.intake import note_signs
from bot.slack.screening import initials

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]

_WORDS = ("payer", "conditions", "answered_by", "reference")
_DAYS = ("verified_on", "applies_from", "valid_until")
_NOT_A_DAY = "This is not a day of the calendar: write it as 2026-03-14."
_OF_A_PATIENT = "That reads like part of a note: only the payer's rule belongs here, nothing of a patient."
# "Pt K.L.", "patient Kim Lee", "DOB 1/2/1980": someone rather than a rule. Who answered may well be a Ms. Lee.
_PATIENT = re.compile(
    r"\b(?:[Pp]t|[Pp]atient|[Cc]lient|[Mm]ember|[Mm]rs?|[Mm]s)\.? (?!Serv)(?:[A-Z]\.|[A-Z][a-z]+ [A-Z])"
    r"|\b(?:DOB|MRN|SSN)\b|\bborn (?:on )?\d"
)
_NOT_WHO = "Only who at the payer answered belongs here, nothing of a patient: write “Kim, provider services”."
# "Patient accounts" and "member services" are desks of a payer; a patient, a diagnosis or initials are no payer's.
_DESK = "serv|account|care|relation|support|advoca|engagement|financ|access|line|desk|team|portal"
_NO_PAYERS = re.compile(
    rf"\b(?:pts?|patients?|clients?|members?)\b(?!['’]?s?[ -](?:{_DESK}))"
    r"|\b(?:dob|mrn|ssn|dx|diagnos[ie]s|therapist|counselor)\b|\bF\d{2}(?:\.\d|\b)",
    re.IGNORECASE,
)


def read_filled(view: Mapping[str, Any]) -> dict[str, str]:
    """The form's words by field, whatever they are worth: nothing typed is lost."""
    values: Values = view["state"]["values"]
    found = {}
    # Only blocks that the form has now: of answers to a topic chosen before, a client may still tell.
    for block in (str(block.get("block_id")) for block in view["blocks"]):
        name = "decision" if block.startswith("decision_") else block
        for element in values.get(block, {}).values():
            option = element.get("selected_option") or {}
            found[name] = str(element.get("value") or option.get("value") or element.get("selected_date") or "").strip()
    return found


def read_draft(filled: Filled) -> tuple[Draft, dict[str, str]]:
    """The draft, and a line for each field whose words cannot be taken as what it asks for."""
    errors = {name: _OF_A_PATIENT for name in _WORDS if note_signs(filled.get(name, "")) >= 2}
    if _PATIENT.search(filled.get("conditions", "")):
        errors["conditions"] = _OF_A_PATIENT
    who = filled.get("answered_by", "")
    if "answered_by" in errors or _NO_PAYERS.search(who) or any(initials(who)):
        errors["answered_by"] = _NOT_WHO
    days = {}
    for name in _DAYS:
        try:
            days[name] = date.fromisoformat(filled[name]) if filled.get(name) else None
        except ValueError:
            errors[name] = _NOT_A_DAY
    topic, aspect = read_topic(filled.get("topic", ""))
    decision, plans = filled.get("decision", ""), filled.get("plans", "")
    draft = Draft(
        payer=one_line(filled.get("payer", "")),
        state=filled.get("state", ""),
        line_of_business=LineOfBusiness(plans) if plans in set(LineOfBusiness) else None,
        topic=topic,
        aspect=aspect,
        decision=Decision(decision) if decision in set(Decision) else None,
        conditions=tuple(one_line(line) for line in re.split(r"[\n;]", filled.get("conditions", "")) if line.strip()),
        modifiers=tuple(
            code.upper() for code in re.split(r"[\s,;/]+|\bor\b|\band\b", filled.get("modifiers", "")) if code
        ),
        answered_by=one_line(filled.get("answered_by", "")),
        reference=one_line(filled.get("reference", "")),
        **days,
    )
    return draft, errors


def by_block(lines: Mapping[str, str], draft: Draft) -> dict[str, str]:
    """Errors by the block they stand beside."""
    return {decision_block(draft.topic) if name == "decision" else name: line for name, line in lines.items()}
