"""A number in a question held against the limit that a deciding fact sets: over it, under it, or within."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.policies.age import is_replaced
from bot.policies.models import Counted, Decision, Fact, Limit
from bot.policies.ruling import Ruling

_PERIODS = (("week", r"\bweek|\bweekly\b"), ("month", r"\bmonth(ly)?\b|\b30 days\b"), ("year", r"\byear|\b12 months\b"))
_USED = re.compile(
    r"\b(used|so far|already|total|is at|are at|has had|up to|coming up|reached|year to date|ytd|past)\b"
)
_NAMES = {
    Counted.PEOPLE: ("person", "people"),
    Counted.LEADERS: ("leader", "leaders"),
    Counted.MINUTES: ("minute", "minutes"),
    Counted.SESSIONS_A_DAY: ("session a day", "sessions a day"),
    Counted.UNITS_A_SESSION: ("unit a session", "units a session"),
    Counted.HOURS: ("hour", "hours"),
    Counted.VISITS: ("visit", "visits"),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """What a question counts; `values` are all it says, `text` its words in lower case, shorthand spelled out.

    `past` says that the number itself was left behind: "more than 30 hours".
    """

    counts: Counted
    values: tuple[float, ...]
    text: str
    past: bool = False


def hold_against(ruling: Ruling, amounts: Sequence[Amount]) -> Ruling:
    """The ruling with the number asked held against the deciding facts' limits; unchanged where nothing compares.

    Beyond every limit that applies: the limit's own decision, or `varies` where only a replaced document sets it.
    Beyond some and within others: `varies`. One person alone is no answer to a maximum: `unknown`.
    """
    found = [
        (fact, amount)
        for fact in ruling.deciding
        for amount in amounts
        if fact.limit and fact.limit.counts is amount.counts and _applies(fact.limit, amount.text)
    ]
    if not found:
        return ruling
    told = [(fact, amount, _beyond(fact.limit, amount)) for fact, amount in found if fact.limit]
    if any(beyond is None for _, _, beyond in told):
        return ruling  # "10 or 12?": the limit itself is asked
    facts = [fact for fact, _, _ in told]
    ordered = tuple(dict.fromkeys((*facts, *ruling.deciding)))
    over = [(fact, amount) for fact, amount, beyond in told if beyond]
    if over and len(over) < len(told):
        return replace(ruling, decision=Decision.VARIES, deciding=ordered)
    fact, amount = over[0] if over else (told[0][0], told[0][1])
    limit = fact.limit
    if limit is None:
        return ruling
    if over:
        decision = Decision.VARIES if _given_up(fact, stale=ruling.stale) else limit.beyond
    elif limit.counts is Counted.PEOPLE and limit.least is None and max(amount.values) < 2:  # alone
        return replace(ruling, decision=Decision.UNKNOWN, deciding=ordered, measured="no minimum is on file")
    else:
        decision = limit.within or ruling.decision
    return replace(ruling, decision=decision, deciding=ordered, measured=_said(limit, amount, beyond=bool(over)))


def _given_up(fact: Fact, *, stale: bool) -> bool:
    """True where another document replaced the one that sets the limit; one that decides for its own dates stands."""
    return stale and is_replaced(fact) and fact.effective_to is None


def _applies(limit: Limit, text: str) -> bool:
    if any(re.search(rf"\b{re.escape(word)}", text) for word in limit.unless):
        return False
    if limit.given and not any(re.search(rf"\b{re.escape(word)}", text) for word in limit.given):
        return False
    if limit.counts not in {Counted.HOURS, Counted.VISITS}:
        return True
    own = next((name for name, words in _PERIODS if re.search(words, limit.period)), "")
    asked = {name for name, words in _PERIODS if re.search(words, text)}
    if asked and own:
        return own in asked
    return own == "week" or bool(_USED.search(text)) or limit.counts is Counted.VISITS


def _beyond(limit: Limit, amount: Amount) -> bool | None:
    """Whether the amount lies outside the limit; None where the values asked lie on both sides."""
    if limit.counts in {Counted.HOURS, Counted.VISITS}:
        return _outside(limit, max(amount.values), past=amount.past)
    verdicts = {_outside(limit, value, past=amount.past) for value in amount.values}
    return verdicts.pop() if len(verdicts) == 1 else None


def _outside(limit: Limit, value: float, *, past: bool) -> bool:
    under = limit.least is not None and value < limit.least
    return under or (limit.most is not None and (value > limit.most or (past and value == limit.most)))


def _said(limit: Limit, amount: Amount, *, beyond: bool) -> str:
    """ "14 people is over the maximum of 12"."""
    value = max(amount.values)
    low = limit.least is not None and value < limit.least
    bound = limit.least if low or limit.most is None else limit.most
    name = "minimum" if bound == limit.least and bound is not None and (low or limit.most is None) else "maximum"
    place = ("under" if low else "over") if beyond else "within"
    period = f" {limit.period}" if limit.period else ""
    told = f"{'more than ' if amount.past else ''}{_counted(value, limit.counts)}"
    return f"{told} is {place} the {name} of {bound or 0:g}{period}"


def _counted(value: float, counts: Counted) -> str:
    one, many = _NAMES[counts]
    return f"{value:g} {one if value == 1 else many}"
