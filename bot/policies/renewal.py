"""Which verifications are to be asked again, and the draft that a renewal begins with."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.policies.verification import Verification, in_succession
from bot.policies.verification_draft import Draft, end_of_benefit_year

# Benefit years end together: two months are the time to ask every payer once before January's claims.
DUE_WITHIN_DAYS = 60


def due(verifications: Iterable[Verification], today: date, within_days: int = DUE_WITHIN_DAYS) -> list[Verification]:
    """Those that have run out or soon will, with none of the same matter to follow; the longest over first.

    One that had ended before it was asked was about the past, and comes up for nothing.
    """
    last: dict[object, Verification] = {}
    for one in in_succession(list(verifications)):
        follows = last.get(one.matter)
        if follows is None or one.valid_until > follows.valid_until:
            last[one.matter] = one
    until = today + timedelta(days=within_days)
    found = [one for one in last.values() if one.verified_on <= one.valid_until <= until]
    return sorted(found, key=lambda one: (one.valid_until, one.payer_name.casefold(), one.id))


def draft_of(one: Verification) -> Draft:
    """A verification as a form shows it to be changed."""
    return Draft(
        payer=one.payer_name,
        state=one.jurisdiction[0] if one.jurisdiction else "",
        line_of_business=one.line_of_business,
        topic=one.topic,
        aspect=one.aspect,
        decision=one.decision,
        conditions=one.conditions,
        modifiers=one.modifiers,
        answered_by=one.answered_by,
        reference=one.reference,
        verified_on=one.verified_on,
        applies_from=one.applies_from,
        valid_until=one.valid_until,
    )


def renewal_of(one: Verification, today: date) -> Draft:
    """What to ask again: the matter and the answer so far, for the time after it; who answered is new."""
    begins = max(one.valid_until + timedelta(days=1), date(today.year, 1, 1))
    return replace(
        draft_of(one),
        answered_by="",
        reference="",
        verified_on=today,
        applies_from=begins,
        valid_until=end_of_benefit_year(begins),
    )
