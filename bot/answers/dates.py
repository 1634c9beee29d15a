"""The date of service a question speaks of, in figures or words."""

import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2}

_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)?\d\d)\b")
_MONTH_DAY_YEAR = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b")
_DAY_MONTH_YEAR = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH})\.?,? ((?:19|20)\d\d)\b")
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?,? (?:of )?((?:19|20)\d\d)\b")
_LAST_MONTH_NAMED = re.compile(rf"\b(?:last|this past|back in|in|since) ({_MONTH})\b(?! \d)")
_MONTH_DAY = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b")
_SHORT_DATE = re.compile(r"\b(?:dos|on|date of service|from) (\d{1,2})/(\d{1,2})\b")
_AGO = re.compile(r"\b(couple of|a|one|two|three|four|five|six|\d{1,2}) (day|week|month|year)s? ago\b")
_YEAR_ALONE = re.compile(
    r"\b(?:in|for|during|from|since|back in|dos|year|of) (20[0-3]\d)\b"
    r"|\b(20[0-3]\d) (?:dos|dates? of service|claims?)\b|\b(20[0-2]\d)\b(?! (?:rule|policy|manual|guide))"
)


def find_date(text: str, today: date) -> date | None:
    """The date of service named in `text`; None when there is none.

    A month stands for its middle and a year for its middle, so that a rule which began or ended inside is not
    decided by the first day. A month or day without a year is the latest one not after today.
    """
    lower = text.casefold()
    if _ISO.search(lower) or _SLASHED.search(lower):
        return _full(lower, today)  # a date in full that does not exist is no date
    for reader in (_full, _month_only, _relative, _year_only):
        found = reader(lower, today)
        if found:
            return found
    return None


def no_such_date(text: str) -> str:
    """A date written in full that is not in the calendar ("13/45/2026"), as it was written; else nothing."""
    lower = text.casefold()
    for pattern, parts in (
        (_ISO, (1, 2, 3)),
        (_SLASHED, (3, 1, 2)),
    ):
        match = pattern.search(lower)
        if match:
            year, month, day = (int(match[part]) for part in parts)
            return "" if _make(year + 2000 if year < 100 else year, month, day) else match[0]
    return ""


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full(text: str, today: date) -> date | None:
    if match := _ISO.search(text):
        return _make(int(match[1]), int(match[2]), int(match[3]))
    if match := _SLASHED.search(text):
        year = int(match[3])
        return _make(year + 2000 if year < 100 else year, int(match[1]), int(match[2]))
    if match := _MONTH_DAY_YEAR.search(text):
        return _make(int(match[3]), _MONTHS[match[1]], int(match[2]))
    if match := _DAY_MONTH_YEAR.search(text):
        return _make(int(match[3]), _MONTHS[match[2]], int(match[1]))
    if match := _SHORT_DATE.search(text):
        return _latest(int(match[1]), int(match[2]), today)
    return None


def _month_only(text: str, today: date) -> date | None:
    if match := _MONTH_YEAR.search(text):
        return _make(int(match[2]), _MONTHS[match[1]], 15)
    if (match := _MONTH_DAY.search(text)) and match[1] != "may":
        return _latest(_MONTHS[match[1]], int(match[2]), today)
    if match := _LAST_MONTH_NAMED.search(text):
        return _latest(_MONTHS[match[1]], 15, today)
    return None


def _latest(month: int, day: int, today: date) -> date | None:
    this_year = _make(today.year, month, day)
    return this_year if this_year is None or this_year <= today else _make(today.year - 1, month, day)


def _relative(text: str, today: date) -> date | None:
    if "yesterday" in text:
        return today - timedelta(days=1)
    if match := _AGO.search(text):
        days = {"day": 1, "week": 7, "month": 30, "year": 365}[match[2]]
        count = _NUMBERS.get(match[1]) or int(match[1])
        return today - timedelta(days=days * count)
    for words, back in (("last week", 7), ("last month", 30)):
        if words in text:
            return today - timedelta(days=back)
    return date(today.year - 1, 7, 1) if re.search(r"\blast year\b", text) else None


def _year_only(text: str, today: date) -> date | None:
    match = _YEAR_ALONE.search(text)
    if not match:
        return None
    year = int(match[1] or match[2] or match[3])
    return today if year == today.year else date(year, 7, 1)
