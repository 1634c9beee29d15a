"""What a person filled into the claim facts modal, as claim facts, or an error beside each field that cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.claims.csv_cells import modifiers
from bot.claims.models import Authorization, ClaimFacts
from bot.slack.blocks.claim_form import EVERYONE, YES

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]

_ONE_MEMBERS_OWN = {"diagnosis_code": "A diagnosis", "number": "An authorization number"}
_TELLING = ("date_of_service", "eligibility", "number", "starts_on", "ends_on")
_CODE = re.compile(r"^(?:\d{5}|[A-Z]\d{4})(?:-[A-Z0-9]{2})*$")
_NONE = ("none", "no", "0", "nothing", "n/a", "na", "-")
_DIAGNOSIS = re.compile(r"^[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?$")


@dataclass(frozen=True)
class ClaimAnswers:
    """Facts without a name: `member` is the number on the review's card, 0 for every member."""

    member: int
    facts: ClaimFacts
    errors: Mapping[str, str]


def read_answers(values: Values, today: date, members: int = 1) -> ClaimAnswers:
    """Read the modal; impossible dates, codes and numbers become one line beside their field.

    `members` is how many the note has: what belongs to one patient is not taken for all of several.
    """
    form = _Form(values)
    member = int(form.words("member") or EVERYONE)
    if not member and members > 1:
        for name, what in _ONE_MEMBERS_OWN.items():
            if form.words(name):
                form.errors[name] = f"{what} is one member's own: choose the member above, or send a CSV for all."
    day = form.day("date_of_service")
    if day and day > today:
        form.errors["date_of_service"] = "This day is still to come: a claim needs a session that was held."
    verified = form.day("eligibility")
    if verified and verified > today:
        form.errors["eligibility"] = "This day is still to come: when was it verified?"
    payer, held = form.words("payer"), form.words("held")
    facts = {
        "payer": payer,
        "state": form.words("state"),
        "date_of_service": day,
        "diagnosis_code": _diagnosis(form),
        "authorization": _authorization(form),
        "eligibility_verified_on": verified,
        "eligibility_payer": payer if verified else "",
        "benefit_year_starts": form.words("benefit_year"),
        "same_day_codes": _codes(form),
        "modifiers": _modifiers(form),
        "telehealth": held != "in_person" if held else None,
        "audio_only": held == "audio" if held in {"audio", "video"} else None,
        "place_of_service": form.words("place_of_service"),
    }
    # Only what was said is set: facts of an earlier modal stay where this one is silent.
    said = {name: value for name, value in facts.items() if value not in ("", None)}
    return ClaimAnswers(member, ClaimFacts(**said), form.errors)


def telling(values: Values) -> Mapping[str, str]:
    """A line beside each field that, without a BAA, would tell of one person: days and numbers of theirs."""
    form = _Form(values)
    return {name: "No BAA with Slack is on record: leave this out." for name in _TELLING if form.words(name)}


class _Form:
    """The fields by name, and what was wrong with them."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.errors: dict[str, str] = {}

    def words(self, name: str) -> str:
        field = self._values.get(name, {}).get("value", {})
        option = field.get("selected_option") or {}
        return str(field.get("value") or option.get("value") or field.get("selected_date") or "").strip()

    def day(self, name: str) -> date | None:
        written = self.words(name)
        if not written:
            return None
        try:
            found = date.fromisoformat(written)
        except ValueError:
            self.errors[name] = "This is not a day of the calendar: write it as 2026-03-14."
            return None
        if found.year < 2000:
            self.errors[name] = "This year is too long ago: check it."
        return found


def _diagnosis(form: _Form) -> str:
    codes = [code for code in re.split(r"[\s,;]+", form.words("diagnosis_code").upper()) if code]
    if not all(_DIAGNOSIS.match(code) for code in codes):
        form.errors["diagnosis_code"] = "This is not formed like an ICD-10-CM code, such as F41.1."
    return ", ".join(codes)


def _modifiers(form: _Form) -> tuple[str, ...] | None:
    written = form.words("modifiers")
    found = modifiers(written) if written else None
    if written and found is None:
        form.errors["modifiers"] = "Write two-character modifiers with commas, such as 95, HQ, or none."
    return found


def _codes(form: _Form) -> tuple[str, ...] | None:
    written = form.words("same_day_codes")
    if not written:
        return None
    if written.lower() in _NONE:
        return ()
    codes = tuple(code.upper() for code in re.split(r"[\s,;/+]+|\band\b", written) if code)
    wrong = [code for code in codes if not _CODE.match(code)]
    if wrong:
        form.errors["same_day_codes"] = "Write five-character codes with commas, such as 90837, 99214, or none."
    return codes


def _authorization(form: _Form) -> Authorization | None:
    starts, ends = form.day("starts_on"), form.day("ends_on")
    if starts and ends and ends < starts:
        form.errors["ends_on"] = "The authorization ends before it starts: check both days."
    units = form.words("units")
    if units and not units.isdigit():
        form.errors["units"] = "Write a whole number, 0 or more."
    answer = form.words("covers_group")
    said: dict[str, Any] = {
        "number": form.words("number"),
        "starts_on": starts,
        "ends_on": ends,
        "units_left": int(units) if units.isdigit() else None,
        "covers_group": answer == YES if answer else None,
    }
    said = {name: value for name, value in said.items() if value not in ("", None)}
    return Authorization(**said) if said else None
