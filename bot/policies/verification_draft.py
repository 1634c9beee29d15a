"""What a person fills in about a payer's answer, and the verification it makes, or a line for each field at fault."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.errors import FieldsError
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import Decision, LineOfBusiness, Payer, Topic
from bot.policies.practice import payer_id_of
from bot.policies.verification import Verification

if TYPE_CHECKING:
    from bot.policies.resolve import Resolver

_ALLOWANCE = (Decision.ALLOWED, Decision.ALLOWED_WITH_CONDITIONS, Decision.NOT_ALLOWED, Decision.VARIES)
_DUTY = (Decision.REQUIRED, Decision.NOT_REQUIRED, Decision.VARIES)
_DUTIES = (Topic.PRIOR_AUTH, Topic.MODIFIERS, Topic.DOCUMENTATION, Topic.DIAGNOSIS)
ASKABLE = tuple(topic for topic in Topic if topic not in (Topic.CODING, Topic.DENIAL, Topic.REIMBURSEMENT))
"""The topics to which a payer can answer with a decision; the others have no yes or no."""

# A rule is good for its benefit year, and what a payer says of a second one is already a promise.
_MOST_DAYS_AHEAD = 731
_EARLIEST = 2000
_MOST_CONDITIONS = 6
_SHORT_LINE = 120
_MOST_NAMED = 3
_USUAL = (LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICAID, LineOfBusiness.MEDICARE)
_MODIFIER = re.compile(r"[A-Z0-9]{2}")


@dataclass(frozen=True)
class Draft:
    """As filled in: `payer` is a name or an id, and what was left empty is empty."""

    payer: str = ""
    state: str = ""
    line_of_business: LineOfBusiness | None = None
    topic: Topic | None = None
    aspect: str = ""
    decision: Decision | None = None
    conditions: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    answered_by: str = ""
    reference: str = ""
    verified_on: date | None = None
    applies_from: date | None = None
    valid_until: date | None = None


def decisions_for(topic: Topic) -> tuple[Decision, ...]:
    """What a payer can answer on a topic."""
    return _DUTY if topic in _DUTIES else _ALLOWANCE


def settle(
    draft: Draft, verification_id: str, today: date, resolver: "Resolver", payers: Mapping[str, Payer]
) -> Verification:
    """The verification that a draft makes; raises FieldsError, whose names are those of the draft's fields."""
    reading = _Reading(draft, today, payers)
    mention = reading.payer(resolver)
    reading.answer()
    reading.dates()
    if reading.errors or mention is None or draft.topic is None or draft.decision is None:
        raise FieldsError(reading.errors)
    payer = payers.get(mention.payer_id)
    name = payer.name if payer else _clipped(mention.name)
    return Verification(
        id=verification_id,
        payer_id=payer.id if payer else payer_id_of(name),
        payer_name=_clipped(name),
        line_of_business=draft.line_of_business
        or mention.line_of_business
        or _usual_line(payer, draft.payer, mention.state),
        jurisdiction=_where(payer, draft.state or mention.state),
        topic=draft.topic,
        aspect=draft.aspect,
        decision=draft.decision,
        conditions=draft.conditions,
        modifiers=draft.modifiers,
        answered_by=draft.answered_by,
        reference=draft.reference,
        verified_on=reading.verified_on,
        applies_from=reading.applies_from,
        valid_until=reading.valid_until,
    )


class _Reading:
    """One draft on its way: its days with their defaults, and what was wrong."""

    def __init__(self, draft: Draft, today: date, payers: Mapping[str, Payer]) -> None:
        self.draft = draft
        self._payers = payers
        self.today = today
        self.errors: dict[str, str] = {}
        self.verified_on = draft.verified_on or today
        # A rule asked during a benefit year is the rule of that year: its earlier claims are billed on it too.
        self.applies_from = draft.applies_from or date(self.verified_on.year, 1, 1)
        self.valid_until = draft.valid_until or end_of_benefit_year(max(self.verified_on, self.applies_from))

    def payer(self, resolver: "Resolver") -> Mention | None:
        name, state = self.draft.payer.strip(), self.draft.state
        if sum(map(str.isalnum, name)) < 2:
            self.errors["payer"] = "Which payer answered? Write its name."
            return None
        exact = next((one for one in self._payers.values() if one.name.casefold() == name.casefold()), None)
        if exact and not exact.background:  # as an earlier form shows it
            return Mention(kind=MentionKind.KNOWN, name=exact.name, start=0, end=len(name), payer_id=exact.id)
        named = {mention.payer_id for mention in resolver.mentions(name, state) if mention.payer_id}
        mention = resolver.named(name, state)
        if mention.kind is MentionKind.AMBIGUOUS:
            self.errors["payer"] = self._several(mention)
        elif mention.no_such_state:
            self.errors["payer"] = "There is no US state of that name: check the payer's name."
        elif len(named) > 1:
            self.errors["payer"] = "These are two payers: record what each of them said on its own."
        return mention

    def _several(self, mention: Mention) -> str:
        shown = [self._payers[one].name for one in mention.candidates if one in self._payers]
        names = "; ".join(shown[:_MOST_NAMED]) + ("; …" if len(shown) > _MOST_NAMED else "")
        return f"That fits several on file ({names}): choose the state below, or write the full name."

    def answer(self) -> None:
        draft = self.draft
        if draft.topic not in ASKABLE:
            self.errors["topic"] = "Choose what you asked about."
        elif draft.decision not in decisions_for(draft.topic):
            self.errors["decision"] = "Choose what they answered to this."
        if not draft.answered_by.strip():
            self.errors["answered_by"] = "Who answered? A name, or a line such as “provider services”."
        if len(draft.conditions) > _MOST_CONDITIONS or any(len(line) > _SHORT_LINE for line in draft.conditions):
            self.errors["conditions"] = (
                f"At most {_MOST_CONDITIONS} conditions, each a short line of {_SHORT_LINE} characters."
            )
        if draft.decision is Decision.ALLOWED_WITH_CONDITIONS and not (draft.conditions or draft.modifiers):
            self.errors["conditions"] = "Which conditions? Write them here, or the modifiers below."
        if any(not _MODIFIER.fullmatch(code) for code in draft.modifiers):
            self.errors["modifiers"] = "A modifier has two characters: write them with commas, such as 59, XE."
        for name, value in (("payer", draft.payer), ("answered_by", draft.answered_by), ("reference", draft.reference)):
            if len(value) > 80:
                self.errors.setdefault(name, "At most 80 characters.")

    def dates(self) -> None:
        draft = self.draft
        for name in ("verified_on", "applies_from", "valid_until"):
            given = getattr(draft, name)
            if given and given.year < _EARLIEST:
                self.errors[name] = "This year is too long ago: check it."
        if draft.verified_on is None:
            self.errors["verified_on"] = "On which day did they answer?"
        elif self.verified_on > self.today:
            self.errors["verified_on"] = "This day is still to come: when did they answer?"
        if "verified_on" in self.errors:
            return
        if (self.valid_until - self.verified_on).days > _MOST_DAYS_AHEAD:
            self.errors.setdefault(
                "valid_until", "At most two years after they answered: rules change by the benefit year."
            )
        elif self.valid_until < self.applies_from and (draft.applies_from or draft.valid_until):
            self.errors.setdefault(
                "valid_until", f"It would end before it begins ({self.applies_from}): check both days."
            )
        elif self.valid_until < self.verified_on and draft.valid_until and not draft.applies_from:
            self.errors.setdefault(
                "valid_until", "It would have ended before they answered. For a rule of the past, say from when too."
            )


def end_of_benefit_year(day: date) -> date:
    """The benefit year is the calendar year, as everywhere in the file."""
    return date(day.year, 12, 31)


def _clipped(name: str) -> str:
    return " ".join(name.split())[:80]


def _usual_line(payer: Payer | None, name: str, state: str) -> LineOfBusiness:
    """The line that a question without one is answered for."""
    if payer:
        return next((line for line in _USUAL if line in payer.lines_of_business), payer.lines_of_business[0])
    if "medicaid" in name.casefold():
        return LineOfBusiness.MEDICAID if state else LineOfBusiness.MEDICAID_MANAGED_CARE
    return LineOfBusiness.MEDICARE_ADVANTAGE if "medicare" in name.casefold() else LineOfBusiness.COMMERCIAL


def _where(payer: Payer | None, state: str) -> tuple[str, ...]:
    """The state an answer is for; a payer of that one state needs none said."""
    return (state,) if state and not (payer and payer.jurisdiction == (state,)) else ()
