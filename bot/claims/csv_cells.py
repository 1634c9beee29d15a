"""One cell of a claims CSV, read as an office writes it: each reader gives None for what it cannot read."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

_FORMATS = (
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%m-%d-%Y",
    "%m-%d-%y",
    "%m.%d.%Y",
    "%Y/%m/%d",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b %d %Y",
    "%d %B %Y",
    "%B %d %Y",
    "%Y%m%d",
)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?Z?$", re.IGNORECASE)
# What spreadsheets write for a day when a column was never formatted: days since this one.
_SERIAL = re.compile(r"(?:3[6-9]|[4-6]\d)\d{3}(?:\.0+)?")
_SERIAL_START = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_YES = frozenset({"y", "yes", "true", "1", "x", "t", "✓", "✔"})
_NO = frozenset({"n", "no", "false", "0", "f"})
_NONE = frozenset({"", "-", "none", "no", "n/a", "na", "0", "nothing"})
_CODE = re.compile(r"[0-9A-Z][0-9A-Z]{3}[0-9A-Z](?:-[0-9A-Z]{2}){0,4}")
_ICD = re.compile(r"[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?")


def read_date(written: str) -> date | None:
    """A calendar date of this century in the forms a US office and its spreadsheets write; None for anything else.

    Stricter than the reading of a note: a column with the day before the month would be misread in some rows, so that
    the rows that show it are refused.
    """
    bare = _CLOCK.sub("", " ".join(written.split()))
    if _SERIAL.fullmatch(bare):
        return _SERIAL_START + timedelta(days=int(float(bare)))
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,|(?<=[A-Za-z])\.", "", bare)
    for form in _FORMATS:
        try:
            found = datetime.strptime(bare, form).date()
        except ValueError:
            continue
        return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None
    return None


def month_and_day(written: str) -> str | None:
    """When a benefit year starts, as "07-01": from a date, a month and day, or a month alone."""
    bare = " ".join(written.replace(",", " ").split())
    if found := read_date(bare):
        return f"{found:%m-%d}"
    for form in ("%m-%d", "%m/%d", "%B %d", "%b %d", "%d %B", "%d %b", "%B", "%b"):
        try:
            # A leap year, so that 29 February is a day.
            found = datetime.strptime(f"2000 {bare}", f"%Y {form}").date()
        except ValueError:
            continue
        return f"{found:%m-%d}"
    return None


def yes_or_no(written: str) -> bool | None:
    word = written.lower()
    return True if word in _YES else False if word in _NO else None


def covers_group(written: str) -> bool | None:
    """Yes or no, or what the authorization names: group, 90853, both; individual alone is no."""
    word = written.lower()
    if (said := yes_or_no(word)) is not None:
        return said
    if re.search(r"\bnot?\b|\bexcl", word):
        return None
    if re.search(r"\bgroup\b|90853|\bboth\b|\ball\b", word):
        return True
    return False if re.search(r"\bindividual\b|\bfamily\b|908[34]\d|\bOT\b|\btesting\b", word) else None


def telehealth(written: str) -> bool | None:
    word = written.lower()
    if (said := yes_or_no(word)) is not None:
        return said
    if re.search(r"in[ -]?person|office|on[ -]?site|face", word):
        return False
    return True if re.search(r"tele|video|virtual|zoom|audio|phone|remote|online", word) else None


def is_audio(written: str) -> bool:
    """Whether a telehealth cell says that there was no picture."""
    return bool(re.search(r"audio|phone", written.lower())) and "video" not in written.lower()


def place(written: str) -> str | None:
    """A place-of-service code; spreadsheets drop its leading zero."""
    found = re.fullmatch(r"(?:POS\s*)?(\d{1,2})(?:\.0)?(?:\s*[-–:(/ ].*)?", written, re.IGNORECASE)
    return found[1].zfill(2) if found else None


def whole(written: str) -> int | None:
    found = re.fullmatch(
        r"(\d{1,6})(?:\.0+)?(?: ?(?:units?|visits?|sessions?|left))*", written.replace(",", ""), re.IGNORECASE
    )
    return int(found[1]) if found else None


def codes(written: str) -> tuple[str, ...] | None:
    """CPT and HCPCS codes with their modifiers, or none."""
    if written.lower() in _NONE:
        return ()
    joined = re.sub(r"(?<=[0-9A-Za-z]{5})\s*[-–:^]\s*(?=[0-9A-Za-z]{2}\b)", "-", written)
    found = tuple(code.upper() for code in re.split(r"[\s;,+/&|]+|\band\b", joined) if code)
    return found if all(_CODE.fullmatch(code) for code in found) else None


def modifiers(written: str) -> tuple[str, ...] | None:
    if written.lower() in _NONE:
        return ()
    found = tuple(code.upper() for code in re.split(r"[\s;,+/&|-]+", written) if code)
    return found if all(re.fullmatch(r"[0-9A-Z]{2}", code) for code in found) else None


def diagnosis(written: str) -> str | None:
    """The codes in a cell, in order; words beside them ("F41.1 GAD") are left."""
    pieces = [piece.strip("().:") for piece in re.split(r"[\s;,|/&+]+", written.upper())]
    found = [piece for piece in pieces if _ICD.fullmatch(piece)]
    return ", ".join(dict.fromkeys(found)) or None


READERS: dict[str, Callable[[str], Any]] = {
    "date_of_service": read_date,
    "diagnosis_code": diagnosis,
    "starts_on": read_date,
    "ends_on": read_date,
    "eligibility_verified_on": read_date,
    "benefit_year_starts": month_and_day,
    "units_left": whole,
    "units_authorized": whole,
    "units_used": whole,
    "covers_group": covers_group,
    "telehealth": telehealth,
    "same_day_codes": codes,
    "modifiers": modifiers,
    "place_of_service": place,
}
_DATE = "not a date from 2000 on; write YYYY-MM-DD or MM/DD/YYYY."
EXPECTED = {
    "date_of_service": _DATE,
    "diagnosis_code": "not an ICD-10-CM code; write one such as F41.1.",
    "starts_on": _DATE,
    "ends_on": _DATE,
    "eligibility_verified_on": _DATE,
    "benefit_year_starts": "not a month and day; write 07-01 or July 1.",
    "units_left": "not a whole number.",
    "units_authorized": "not a whole number.",
    "units_used": "not a whole number.",
    "covers_group": "write yes or no.",
    "telehealth": "write yes, no or audio only.",
    "same_day_codes": "write CPT codes such as 90834, or none.",
    "modifiers": "write modifiers such as 95, or none.",
    "place_of_service": "write a two-digit code such as 11, 02 or 10.",
}
