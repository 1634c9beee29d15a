"""Finds identifiers in a note: the members' labels, people named beside a title or heading, and things with a shape."""

import re
from collections.abc import Iterator, Sequence

from bot.llm.identifying.dates import telling_dates
from bot.llm.identifying.names import SurfaceForms, name_parts

# start, end, kind, and what makes two hits the same identifier
Hit = tuple[int, int, str, str]


def identifiers(text: str, labels: Sequence[str]) -> Iterator[Hit]:
    """Every identifier found, overlaps included. A member's key is its place among `labels`, from 1."""
    for number, label in enumerate(labels, start=1):
        for start, end in SurfaceForms(label).find(text):
            yield start, end, "MEMBER", str(number)
    yield from _people(text)
    shaped = [
        (hit.start(group), hit.end(group), kind, hit[group])
        for kind, pattern, group in _SHAPES
        for hit in pattern.finditer(text)
    ]
    yield from shaped
    yield from _written_again(text, shaped)
    yield from telling_dates(text, dict.fromkeys(key for _, _, kind, key in shaped if kind == "BIRTH"))


def _written_again(text: str, shaped: Sequence[Hit]) -> Iterator[Hit]:
    """What a label gave away once ("MRN 44829") stands elsewhere without one ("44829 was late")."""
    for kind, key in dict.fromkeys((kind, key) for _, _, kind, key in shaped if kind in _TOLD_BY_A_LABEL):
        if sum(char.isdigit() for char in key) >= _TELLING_DIGITS:
            for hit in re.finditer(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text):
                yield hit.start(), hit.end(), kind, key


_TOLD_BY_A_LABEL = frozenset({"RECORD", "SSN", "PHONE", "BIRTH"})
_TELLING_DIGITS = 4
# Bounded and anchored at a word's beginning, so that a megabyte of one letter takes no quadratic time.
_CAP = r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]{0,40}"
_NAME = rf"{_CAP}(?:[ \t]+(?:[A-Z]\.|{_CAP})){{0,3}}"
_TITLED = re.compile(rf"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Rev|Prof)\.?[ \t]+({_CAP}(?:[ \t]+{_CAP})?)")
_CREDENTIALS = "LCSW|LMSW|LICSW|LPC|LPCC|LMHC|LMFT|LCPC|LCADC|CADC|LADC|PsyD|PhD|MD|DO|NP|PMHNP|RN|MSW|MFT|BCBA|CSW"
_CREDENTIALED = re.compile(rf"({_CAP}(?:[ \t]+(?:[A-Z]\.|{_CAP})){{1,2}}),?[ \t]+(?:{_CREDENTIALS})\b")
_HEADINGS = (
    r"patient|client|member|participant|pt|guardian|parent|emergency[ ]contact|therapist|clinician|provider|"
    r"facilitator|co-?facilitator|co-?therapist|leader|co-?leader|"
    r"counselor|signed(?:[ ]by)?|supervisor|physician|employer|school"
)
# A name under a heading ends the line or stands before a sign: "Provider: Used Socratic questioning" is no name.
_HEADED = re.compile(
    rf"""(?imx)
    \b(?:(?:{_HEADINGS})(?:'s)?(?:[ \t]+name)?|(?<!group[ ])(?<!session[ ])(?<!program[ ])name)[ \t]*[:=][ \t]*
    (?-i:({_NAME}(?:,[ \t]*{_CAP})?)) (?=[ \t]*(?:$|[,;(|/#–-]|\.\s|\.$|d\.?o\.?b|mrn|id\b))
    """
)
_RELATIVES = (
    "wife|husband|spouse|partner|mother|mom|father|dad|sister|brother|son|daughter|boyfriend|girlfriend|friend|"
    "aunt|uncle|cousin|niece|nephew|grandmother|grandfather|roommate|boss|coworker|ex-wife|ex-husband|sponsor"
)
_RELATED = re.compile(rf"\b(?i:{_RELATIVES}),?[ \t]+(?:named[ \t]+)?({_CAP})")
_ROSTER = re.compile(
    r"(?im)^[ \t*#-]*(?:members?|participants?|attendees?|clients?|patients?|roster|attendance|present|absent)"
    r"(?:[ \t]+(?:present|absent|attending|in attendance))?[ \t]*(?:\([^)\n]*\))?[ \t]*[:=][ \t]*(.+)$"
)
_ROSTER_NAME = re.compile(rf"{_CAP}(?:[ \t]+(?:[A-Z]\.?|{_CAP})){{0,2}}|(?:[A-Z]\.[ \t]?){{2,3}}")
# Capitalised words that follow a title, a heading or a relative and are nobody's name.
_NO_NAMES = """
group session yes no none unknown not present absent active engaged met see date name adult adults veterans women men
teens adolescents cbt dbt act emdr the a an he she they his her their discussed reported dx diagnosis progress plan
goal goals response participation telehealth individual monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
"""
_NOT_NAMES = frozenset(_NO_NAMES.split())


def _people(text: str) -> Iterator[Hit]:
    """Names found by what stands beside them, and then each of their parts wherever it is written again."""
    found: dict[str, str] = {}
    for name in _names_beside(text):
        for part in name_parts(name):
            found.setdefault(part, name)
    for part, name in found.items():
        for hit in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text):
            yield hit.start(), hit.end(), "PERSON", name


def _names_beside(text: str) -> Iterator[str]:
    for pattern in (_TITLED, _CREDENTIALED, _HEADED, _RELATED):
        for hit in pattern.finditer(text):
            words = [word for word in re.findall(r"[\w’'.-]+", hit[1]) if word.lower().strip(".") not in _NOT_NAMES]
            if words:
                yield " ".join(words)
    for line in _ROSTER.finditer(text):
        items = [item.strip(" \t.;") for item in re.split(r"[,;/]|\band\b|&", line[1])]
        names = [item for item in items if _ROSTER_NAME.fullmatch(item) and item.lower() not in _NOT_NAMES]
        if len(names) >= 2:
            yield from names


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,4}}[-/.[ ]]\d{{1,2}}[-/.[ ]]\d{{1,4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{2,4}}"
    rf"|\d{{1,2}}\s+{_MONTH},?\s+\d{{2,4}}|\d{{8}})"
).replace("[-/.[ ]]", "[-/. ]")
# Not a record number: a procedure code (9 and four digits, a letter and four digits), an ICD code, a year, a date.
_NO_RECORD = rf"(?!{_DATE})(?!(?:9\d{{4}}|[A-Z]\d{{4}}|[A-Z]\d\d(?:\.\d+)?|(?:19|20)\d\d)(?![\w-]))"
_RECORD = r"(?-i:((?=(?:[A-Z#-]*\d){4})[A-Z]{0,5}[-#]?\d[\dA-Z-]{2,})(?![a-z]))"
_NUMBER = r"(?:\s*(?:no|number|num|id|\#)s?\b\.?|\s*\#)"
_STREETS = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|way|terrace|ter|circle|cir|"
    "highway|hwy|parkway|pkwy|square|sq|trail"
)


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


# (kind, pattern, group that is replaced). Procedure codes and dates of service keep their places.
_SHAPES: tuple[tuple[str, re.Pattern[str], int], ...] = (
    ("EMAIL", _shape(r"(?<![\w.+-])[\w.+-]{1,80}@[\w-]+(?:\.[\w-]+)+"), 0),
    ("URL", _shape(r"\b(?:https?://|www\.)[^\s<>\"]+"), 0),
    ("IP", _shape(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"), 0),
    ("IP", _shape(r"(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])"), 0),
    (
        "BIRTH",
        re.compile(
            rf"(?i)\b(?:d\.?o\.?b\.?|date\s+of\s+birth|birth\s?date|birthday|born(?:\s+on)?)\W{{0,4}}(?:is\s+)?({_DATE})"
        ),
        1,
    ),
    ("BIRTH", _shape(r"\bborn\s+in\s+(?:\w+\s+)?(\d{4})\b"), 1),
    ("AGE", _shape(r"(?<!\d)((?:9\d|1[0-2]\d)(?=[- ]?(?:years?|yrs?|y/?o|y\.o\.)))"), 1),
    ("AGE", _shape(r"\baged?:?\s+((?:9\d|1[0-2]\d))\b"), 1),
    ("SSN", _shape(r"(?<!\d)\d{3}[- ]\d{2}[- ]\d{4}(?!\d)"), 0),
    (
        "SSN",
        _shape(r"\b(?:ssn|social\s+security(?:\s+number)?)\W{0,4}(?:last\s+(?:four|4)\W{0,3})?([\d*xX-]*\d{4})\b"),
        1,
    ),
    ("PHONE", _shape(r"(?<![\w-])(?:\+?1[-. ]?)?(?:\(\d{3}\)[-. ]?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)"), 0),
    ("PHONE", _shape(r"\b(?:phone|tel|telephone|cell|mobile|fax|ph)\b\W{0,4}(\+?[\d(][\d(). -]{5,}\d)"), 1),
    ("PHONE", _shape(r"(?<![\w-])\d{3}[-.]\d{4}(?![\w-])"), 0),
    ("RECORD", re.compile(r"(?i)\bmrn\W{0,4}([A-Z]{0,5}[-#]?\d[\dA-Z-]*)"), 1),
    (
        "RECORD",
        re.compile(
            r"(?i)\b(?:medical\s+record|record|chart|subscriber|policy|certificate|licen[cs]e|npi|insurance|account|acct|"
            r"medicaid|medicare|beneficiary|vin|device|serial|member|auth(?:ori[sz]ation)?|claim|reference|ref|approval|"
            rf"id){_NUMBER}?\W{{0,4}}{_NO_RECORD}{_RECORD}"
        ),
        1,
    ),
    ("RECORD", re.compile(rf"(?i)\b(?:group|plan|case|patient|client){_NUMBER}\W{{0,4}}{_NO_RECORD}{_RECORD}"), 1),
    ("RECORD", _shape(r"(?<![\w.$-])(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\b)\d{7,}(?![\w-])"), 0),
    (
        "ADDRESS",
        _shape(
            rf"""
            \b\d{{1,6}}[A-Z]?\s+(?:[NSEW]\.?\s+)?(?-i:(?:[A-Z][\w'’.-]*|\d+(?:st|nd|rd|th))\s+){{1,3}}(?:{_STREETS})\b\.?
            (?:,?\s*(?:apt|unit|suite|ste|\#)\.?\s*[\w-]+)?
            (?-i:,\s*[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?(?-i:,?\s+[A-Z]{{2}}\s+\d{{5}}(?:-\d{{4}})?)?
            """
        ),
        0,
    ),
    ("ADDRESS", _shape(r"\bP\.?\s?O\.?\s+Box\s+\d+"), 0),
    ("ADDRESS", re.compile(r"(?:[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,\s*)?\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"), 0),
    ("ADDRESS", _shape(r"\bzip(?:\s+code)?\W{1,3}(\d{5}(?:-\d{4})?)\b"), 1),
    (
        "PLACE",
        re.compile(
            r"\b(?i:liv(?:es|ed|ing)|resid(?:es|ed|ing)|moved|moving|relocat(?:ed|ing)|works|worked)\s+(?:in|to|from|at)\s+"
            r"([A-Z][\w'’.-]+(?:\s[A-Z][\w'’.-]+){0,3})"
        ),
        1,
    ),
)
