"""ICD-10-CM diagnosis codes: which stand in a text, whether they are in the set and billable on a date of service.

The set is `knowledge/codes/icd10cm.tsv.gz` (CMS and NCHS, public domain), one release for each federal fiscal year:
codes change every 1 October, so the releases on file say nothing certain of dates outside their years.
"""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.resources import KNOWLEDGE

_DOTTED = r"[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}"
_PLAIN = r"[A-Z]\d[0-9A-Z]{1,5}"
_CODE = re.compile(rf"(?<![\w.-])(?:{_DOTTED}|{_PLAIN})(?![\w-]|\.\w)", re.IGNORECASE)
_LABEL = re.compile(r"(?:icd|dx|diagnos[ei]s|code)\W{0,12}(?:cm|10|code|s)?\W{0,12}$", re.IGNORECASE)
# H0004, T1015, G0410: service codes of HCPCS, never a diagnosis unless a label says so.
_SERVICE_CODE = re.compile(r"[A-EG-Y]\d{4}", re.IGNORECASE)
# Codes as they are dictated: "F thirty two point one", "F three two point one".
_ZERO = ("zero", "oh", "o")
_UNITS = (*_ZERO, "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SAID = (
    dict.fromkeys(_ZERO, "0")
    | {word: str(number) for number, word in enumerate(_UNITS[3:], 1)}
    | {word: str(number) for number, word in enumerate(_TEENS, 10)}
    | {word: f"{number}0" for number, word in enumerate(_TENS, 2)}
)
_WORD = rf"(?:{'|'.join(sorted(_SAID, key=len, reverse=True))}|\d{{1,2}})"
_SPOKEN = re.compile(
    rf"(?<!\w)(?P<letter>[A-Za-z])[\s-](?P<before>{_WORD}(?:[\s-]{_WORD})?)\s(?:point|dot)\s"
    rf"(?P<after>{_WORD}(?:[\s-]{_WORD}){{0,3}})(?!\w)",
    re.IGNORECASE,
)
_AGE = re.compile(r"\s*(?:y/?o\b|yrs?\b|years?\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One entry of the set. A category with finer codes beneath it is valid and not billable."""

    code: str
    billable: bool
    description: str


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A diagnosis code as it stands in a text; `diagnosis` is None when the set does not know it."""

    code: str
    start: int
    end: int
    diagnosis: Diagnosis | None


@dataclass(frozen=True, slots=True)
class Release:
    """One federal fiscal year's codes: 2026 runs from 1 October 2025 to 30 September 2026."""

    year: int
    name: str
    source: str = ""

    @property
    def valid_from(self) -> date:
        return date(self.year - 1, 10, 1)

    @property
    def valid_to(self) -> date:
        return date(self.year, 9, 30)

    @property
    def fiscal_year(self) -> str:
        """As a biller reads it: a release is named after its last update, which is later than many of its days."""
        return f"ICD-10-CM fiscal year {self.year} (1 Oct {self.year - 1} – 30 Sep {self.year})"

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


class CodeSet:
    """The releases on file. Each row tells of each release whether the code is billable, a category, or not there."""

    def __init__(self, table: bytes) -> None:
        header, self._table = table.split(b"\n", 1)
        self._table = b"\n" + self._table
        _, *released = header.decode().split("\t")
        self.releases = tuple(_release(told) for told in released)
        # A search through the table takes half a millisecond, and a practice bills few codes.
        self._row = lru_cache(maxsize=2048)(self._found)

    def _found(self, key: str) -> tuple[str, str] | None:
        """The marks and the description of a code without its dot."""
        at = self._table.find(b"\n" + key.encode() + b"\t")
        if at < 0:
            return None
        _, marks, description = self._table[at + 1 : self._table.index(b"\n", at + 1)].decode().split("\t", 2)
        return marks, description

    @property
    def newest(self) -> Release:
        return self.releases[-1]

    def in_force(self, day: date | None) -> Release | None:
        """The release of a date of service, the newest where the date is not known; None outside all of them."""
        if day is None:
            return self.newest
        return next((release for release in self.releases if release.covers(day)), None)

    def look_up(self, code: str, release: Release | None = None) -> Diagnosis | None:
        """The entry for a code written with or without its dot, in any case; None when the release has none.

        With no release, the newest one that has the code.
        """
        key = code.replace(".", "").strip().upper()
        if not key.isalnum() or not key.isascii():
            return None
        row = self._row(key)
        if row is None:
            return None
        marks, description = row
        mark = marks.strip("-")[-1] if release is None else marks[self.releases.index(release)]
        return None if mark == "-" else Diagnosis(with_dot(key), mark == "1", description)

    def years_of(self, code: str) -> tuple[Release, ...]:
        """The releases in which the code could be billed, oldest first."""
        return tuple(one for one in self.releases if (found := self.look_up(code, one)) and found.billable)


def _release(told: str) -> Release:
    """From "2026 April 2026 (simple-icd-10-cm 1.5.0)", as the table's first line has it."""
    year, _, rest = told.partition(" ")
    name, _, source = rest.partition(" (")
    return Release(int(year), name, source.removesuffix(")"))


@lru_cache(maxsize=1)
def code_set() -> CodeSet:
    """The releases that ship with the program, read once."""
    return CodeSet(gzip.decompress((KNOWLEDGE / "codes" / "icd10cm.tsv.gz").read_bytes()))


def with_dot(code: str) -> str:
    """F411 as F41.1; a category of three characters has no dot."""
    plain = code.replace(".", "").strip().upper()
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"


def find_codes(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundCode]:
    """The diagnosis codes written in `text[start:end]`, in order, with offsets into `text`.

    A code with its dot counts whether the set knows it or not. One without counts only when the set knows it
    and it is no service code, no "B12" and no "F34 y/o". A dictated one is spoken with its point.
    """
    end = len(text) if end is None else end
    spoken = [_spoken(match) for match in _SPOKEN.finditer(text, start, end)]
    yield from sorted([*_written(text, start, end), *spoken], key=lambda one: one.start)


def _spoken(match: re.Match[str]) -> FoundCode:
    """A code as it was dictated: "F thirty two point one" is F32.1."""
    before, after = (_digits(words) for words in (match["before"], match["after"]))
    code = f"{match['letter'].upper()}{before}.{after}"
    return FoundCode(code, match.start(), match.end(), code_set().look_up(code))


def _digits(words: str) -> str:
    """The digits of spoken numbers: "thirty two" is 32, "eight one" 81, "twenty" 20."""
    said = re.findall(r"[a-z]+|\d+", words.lower())
    return "".join(
        _SAID[word][0]
        if word in _TENS and at + 1 < len(said) and said[at + 1] in _UNITS and said[at + 1] not in _ZERO
        else _SAID.get(word, word)
        for at, word in enumerate(said)
    )


def _written(text: str, start: int, end: int) -> Iterator[FoundCode]:
    for match in _CODE.finditer(text, start, end):
        written = match[0]
        diagnosis = code_set().look_up(written)
        if "." in written or _is_code_without_dot(text, match, diagnosis):
            yield FoundCode(diagnosis.code if diagnosis else written.upper(), match.start(), match.end(), diagnosis)


def _is_code_without_dot(text: str, match: re.Match[str], diagnosis: Diagnosis | None) -> bool:
    if diagnosis is None:
        return False
    if _LABEL.search(text, max(0, match.start() - 40), match.start()):
        return True
    if _SERVICE_CODE.fullmatch(match[0]):
        return False
    if len(match[0]) == 3:
        return match[0].startswith("F") and not _AGE.match(text, match.end())
    return match[0][0].upper() in "FZR"
