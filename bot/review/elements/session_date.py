"""session_date: the calendar date of service."""

import re
from collections.abc import Iterator
from datetime import date

from bot.review.elements.passages import Reading
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lacking import asked, question
from bot.review.models import Element, Evidence, Status, Verdict

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
_ORDINAL = "|".join(re.escape(word).replace(r"\-", r"[\s-]") for word in sorted(_ORDINALS, key=len, reverse=True))
_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{_ORDINAL})"
_TENS = "twenty|thirty|forty|fifty"
_YEAR_WORDS = (
    rf"(?:two thousand(?: and)?|twenty)[\s-](?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    rf"seventeen|eighteen|nineteen|"
    rf"(?:{_TENS})(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_YEAR = rf"(?P<year>(?:19|20)\d\d|['’]?\d\d(?![\d:])|{_YEAR_WORDS})"
_FULL = (
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)[-/.](?P<mon>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d/])"),
    re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<year>(?:19|20)\d\d|\d\d)(?![\d/])"),
    re.compile(rf"\b{_MONTH}\s*(?:the\s+)?{_DAY}\b,?\s*(?:of\s+)?{_YEAR}(?!\w)", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s*[-\s/](?:day\s+)?(?:of\s+)?{_MONTH},?[-\s/]*(?:in\s+)?{_YEAR}(?!\w)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<mon>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
)
_PART = (
    re.compile(rf"\b{_MONTH}\s*(?:the\s+)?{_DAY}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}", re.IGNORECASE),
    re.compile(
        r"(?<![\d/.:-])(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|[12]\d|3[01])(?![\d/%-])(?!\s*(?:members|present|pts|"
        r"clients|of|attended|min|x))"
    ),
    re.compile(
        r"(?i:\b(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:s)?\b)|\b(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat)\b"
    ),
    re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", re.IGNORECASE),
    re.compile(
        r"\b(?:session|meeting|group|week|wk|sess)\s*(?:no\.?|number|#)?\s*:?\s*#?\d{1,3}\b(?!\s*(?:members|"
        r"min|:|hrs?\b|pts|clients|adults|people))",
        re.IGNORECASE,
    ),
)
_NOT_SERVICE = re.compile(
    r"(?:\bdob\b|d\.o\.b|birth|\bborn\b|\bauth\b|authori[sz]|\bvalid\b|expir|\bexp\b|eligib|effective|"
    r"\bnext(?:\s+(?:session|group|meeting|appt|appointment|visit|class|date))*\b|return|follow[\s-]?up|"
    r"\bf/u\b|\brtc\b|upcoming|last (?:session|seen|group|appointment)|previous|prior (?:session|group)|"
    r"\bsince\b|admit|admission|intake|"
    r"sign(?:ed|ature)|co-?sign|printed|late entry|entered|dictated|transcribed|created|completed on|"
    r"submitted|amended|\bsober\b|sobriety|"
    r"relapse|through|thru|until|\bdue\b|discharge|review date|plan (?:date|dated|review)|updated|hearing|"
    r"court|anniversary|started|"
    r"\bend(?:s|ing)?\b|\bplan\b|scheduled|clean\b|policy|\brev\b|version|form\b|consent|onset|died|death|"
    r"passed|referr)",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:date of service|service date|session date|group date|dos|d\.o\.s|date of (?:session|group|"
    r"contact|encounter)|encounter|"
    r"session|group|grp|met|held|seen|date|attended|meeting|ran|class|conducted|convened|took place|note)\b",
    re.IGNORECASE,
)
REASON = "The note gives no date of service."
FIX = question(Element.SESSION_DATE)


def judge_session_date(reading: Reading) -> Verdict:
    """Met by a full calendar date that is not some other date: birth, authorization, signature, next session."""
    weak: list[Evidence] = []
    for passage in reading.session:
        if "order" in passage.hits:
            continue
        region_start = passage.label_start if passage.label_start >= 0 else passage.start
        for start, end in _full_dates(reading.note, region_start, passage.end):
            before = reading.note[max(region_start, start - 48) : start]
            clue = _last(before)
            context = passage.label if clue == "" and passage.label else clue
            if _is_another_days(context):
                continue
            if _stands_for_session(reading, passage.start, passage.label, passage.text, start - passage.start):
                return met(Evidence(quote=reading.note[start:end], start=start, end=end))
            weak.append(Evidence(quote=reading.note[start:end], start=start, end=end))
    part = _partial_date(reading)
    if part:
        return partial([part], *asked(Element.SESSION_DATE, Status.PARTIAL))
    if weak:
        return partial(
            weak[:1], "A date stands in the note, but nothing says that it is the date of this session.", FIX
        )
    return missing(REASON, FIX)


def _full_dates(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    found = sorted(
        (match.start(), match.end())
        for pattern in _FULL
        for match in pattern.finditer(text, start, end)
        if _is_calendar_date(match)
    )
    return iter(found)


def _is_calendar_date(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    year = parts["year"].lstrip("'’")
    number = int(year) if year.isdigit() else 2020
    number += 2000 if number < 100 else 0
    pairs = (
        [(parts["a"], parts["b"]), (parts["b"], parts["a"])] if "a" in parts else [(_month(parts), _day(parts["day"]))]
    )
    for month, day in pairs:
        try:
            date(number, int(month), int(day))
        except ValueError:
            continue
        return True
    return False


def _month(parts: dict[str, str]) -> str:
    return parts["mon"] if "mon" in parts else str(_MONTHS.index(parts["month"][:3].lower()) + 1)


def _day(word: str) -> str:
    digits = re.match(r"\d+", word)
    return digits.group() if digits else str(_ORDINALS.index(re.sub(r"\s", "-", word.lower())) + 1)


def is_of_service(before: str) -> bool:
    """Whether the words before a date leave it one of service: none of a birth, of writing or signing, or to come."""
    return not _is_another_days(_last(before))


def _is_another_days(context: str) -> bool:
    return bool(_NOT_SERVICE.search(context)) and not _SERVICE.search(_after_last(_NOT_SERVICE, context))


def _last(before: str) -> str:
    """What stands directly before a date: the words since the last sentence end, bar or line."""
    return re.split(r"[\n|;]|(?<=[a-z]{3})\.\s|\s{3,}", before)[-1]


def _after_last(pattern: re.Pattern[str], text: str) -> str:
    last = None
    for last in pattern.finditer(text):  # noqa: B007 (the last match is wanted)
        pass
    return text[last.end() :] if last else text


def _stands_for_session(reading: Reading, start: int, label: str, text: str, _offset: int) -> bool:
    """A label or word of the session beside the date, a sentence that is little more than it, or the note's head."""
    if _SERVICE.search(label) or _SERVICE.search(text) or len(text.split()) <= 6:
        return True
    return reading.note[:start].count("\n") <= 3 and start < 300


def _partial_date(reading: Reading) -> Evidence | None:
    for pattern in _PART:
        for passage in reading.session:
            region_start = passage.label_start if passage.label_start >= 0 else passage.start
            for match in pattern.finditer(reading.note, region_start, passage.end):
                before = reading.note[max(region_start, match.start() - 40) : match.start()]
                context = _last(before) + " " + passage.label
                if _NOT_SERVICE.search(context):
                    continue
                whole = any(s <= match.start() < e for s, e in _full_dates(reading.note, region_start, passage.end))
                if whole:
                    continue
                return Evidence(quote=match.group(), start=match.start(), end=match.end())
    return None
