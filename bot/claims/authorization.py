"""Whether a group authorization was active on the date of service (rubric: `group_authorization_active`)."""

import re
from datetime import date

from bot.claims.check import Check
from bot.claims.models import Authorization

_ASK = "What are the group authorization's number, first and last day, units left, and does it cover group therapy?"


def is_number(written: str) -> bool:
    """Whether this is an authorization's number; offices also write "none", "pending" or zeros in its place."""
    return bool(re.search(r"\d", written) and re.search(r"[^\W0_]", written))


def check_authorization(
    authorization: Authorization | None, date_of_service: date | None, *, not_needed: str = ""
) -> Check:
    """Judge what the biller has on file; `not_needed` says, with its source, that the payer asks for none.

    The first and the last day of an authorization both count. Expired, not yet begun, used up or for another
    service: missing. Anything not known: needs confirmation. Where the payer asks for none, one that falls short
    harms nothing.
    """
    fault = _fault(authorization, date_of_service) if authorization else ""
    unknown = _unknown(authorization, date_of_service) if authorization else []
    if not_needed and (authorization is None or fault or unknown):
        return Check("met", not_needed)
    if authorization is None:
        return Check("needs_confirmation", "No authorization was given, and none is known to be unnecessary.", _ASK)
    if fault:
        return Check("missing", fault, "Is there another authorization that covers group therapy on this date?")
    if unknown:
        return Check("needs_confirmation", f"Not known: {', '.join(unknown)}.", _ASK)
    left = f"{authorization.units_left} unit{'' if authorization.units_left == 1 else 's'} left before this session"
    days = f"{authorization.starts_on} to {authorization.ends_on}, both days included"
    return Check("met", f"Covers group therapy and the date of service ({days}), with {left}.")


def _fault(authorization: Authorization, day: date | None) -> str:
    if authorization.covers_group is False:
        return "The authorization is for another service, not for group therapy."
    if authorization.units_left is not None and authorization.units_left <= 0:
        return "The authorization had no units left before this session."
    if authorization.starts_on and authorization.ends_on and authorization.starts_on > authorization.ends_on:
        return f"The authorization would end on {authorization.ends_on}, before it begins: one of its days is wrong."
    if day and authorization.ends_on and day > authorization.ends_on:
        return f"The authorization ended on {authorization.ends_on}, before the date of service, {day}."
    if day and authorization.starts_on and day < authorization.starts_on:
        return f"The authorization begins on {authorization.starts_on}, after the date of service, {day}."
    return ""


def _unknown(authorization: Authorization, day: date | None) -> list[str]:
    known = {
        "its number": authorization.number,
        "its first day": authorization.starts_on,
        "its last day": authorization.ends_on,
        "the units left": authorization.units_left is not None,
        "whether it covers group therapy": authorization.covers_group is not None,
        "the date of service": day,
    }
    return [name for name, value in known.items() if not value]
