"""Dates in full, however a note writes them; and those that tell who somebody is: births, and days long past."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
"""For a pattern: a month in words, cut short or not. It takes any letters behind the first three."""
ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w{3,5}teenth|twentieth|"
    r"thirtieth|twenty[- ]\w+|thirty[- ]first)"
)
"""For a pattern: the day of a month in words."""
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?P<sign>[-/. ])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d|[-/]\d)",
        r"(?<![\d/.-])(?P<month>\d{1,2})(?P<sign>[-/. ])(?P<day>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d/.-])(?P<month>\d{1,2})(?P<sign>[-/. ])(?P<day>\d{1,2})(?P=sign)(?P<year>\d\d)(?!\d|[-/]\d)",
        rf"(?<![a-z]){_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:[- ]|\s+of\s+){_MONTH},?[- ](?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
    )
)
_TWO_DIGITS, _THIS_CENTURY = 100, 40
# A day this much older than the newest in the note is no date of service: a birth, a loss, the start of sobriety.
_LONG_BEFORE = 4 * 365
# And a day this old bills nothing, whatever else the text says.
_LONG_AGO = timedelta(days=10 * 365)


def dates_in(text: str) -> Iterator[tuple[int, int, date]]:
    """Every full date and where it stands; day before month is tried where month before day is none."""
    for form in _FORMS:
        for hit in form.finditer(text):
            if found := _as_date(hit):
                yield hit.start(), hit.end(), found


def _as_date(hit: re.Match[str]) -> date | None:
    written = hit["month"].lower()
    month = int(written) if written.isdigit() else _MONTHS.index(written[:3]) + 1
    day, year = int(hit["day"]), int(hit["year"])
    if year < _TWO_DIGITS:
        year += 2000 if year < _THIS_CENTURY else 1900
    for one, other in ((month, day), (day, month)):
        try:
            return date(year, one, other)
        except ValueError:
            continue
    return None


def telling_dates(text: str, births: Iterable[str]) -> Iterator[tuple[int, int, str, str]]:
    """Where the dates of `births` stand again in any writing, and where days long past stand: start, end, kind, key."""
    keys = {found: birth for birth in births for _, _, found in dates_in(birth)}
    found = list(dates_in(text))
    newest = max((day for _, _, day in found), default=None)
    long_ago = date.today() - _LONG_AGO
    for start, end, day in found:
        if day in keys:
            yield start, end, "BIRTH", keys[day]
        elif day <= long_ago or (newest and (newest - day).days >= _LONG_BEFORE):
            yield start, end, "DATE", day.isoformat()
