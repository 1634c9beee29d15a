"""US states and territories: their codes, their names, and where a text names one."""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts",
    "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
    "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "PR": "Puerto Rico", "GU": "Guam",
    "VI": "US Virgin Islands", "AS": "American Samoa", "MP": "Northern Mariana Islands",
}  # fmt: skip

_SHORT = {
    "mass": "MA", "minn": "MN", "penn": "PA", "penna": "PA", "calif": "CA", "cali": "CA", "conn": "CT", "wash": "WA",
    "tenn": "TN", "mich": "MI", "wisc": "WI", "ill": "IL", "tex": "TX", "fla": "FL", "ariz": "AZ", "colo": "CO",
    "okla": "OK", "miss": "MS", "neb": "NE", "nev": "NV", "mont": "MT", "jersey": "NJ", "washington dc": "DC",
    "d c": "DC", "n carolina": "NC", "s carolina": "SC", "no carolina": "NC", "so carolina": "SC", "n dakota": "ND",
    "s dakota": "SD", "w virginia": "WV", "washington state": "WA", "new york state": "NY", "nys": "NY",
    "virgin islands": "VI", "jersey state": "NJ",
}  # fmt: skip

# Words that are abbreviations only where something beside them says so.
_ALSO_WORDS = frozenset(
    {"in", "or", "me", "hi", "ok", "oh", "id", "as", "pa", "ma", "co", "la", "de", "al", "va", "ms"}
)
_ALSO_ENGLISH = frozenset({"mass", "miss", "ill", "wash", "mont", "cali"})
_WORD = re.compile(r"[A-Za-z]+")
_BEFORE_CODE = frozenset({"in", "of", "for", "from", "state"})


@dataclass(frozen=True, slots=True)
class StateSpan:
    """A state named in a text: `sure` is False for a bare two-letter word that may be English ("or", "me")."""

    code: str
    start: int
    end: int
    sure: bool = True


@cache
def _names() -> dict[tuple[str, ...], str]:
    names = {tuple(name.casefold().split()): code for code, name in STATES.items()}
    names |= {tuple(short.split()): code for short, code in _SHORT.items()}
    return names


@cache
def _long_single_names() -> tuple[tuple[str, str], ...]:
    return tuple((name.casefold(), code) for code, name in STATES.items() if " " not in name and len(name) >= 7)


_ALSO_CREDENTIALS = frozenset({"MD", "PA", "OR"})


def state_code(text: str) -> str:
    """The code of a state given alone, as a code or a name in any case; empty when there is no such state."""
    cleaned = " ".join(_WORD.findall(text))
    if cleaned.upper().replace(" ", "") in STATES and len(cleaned) <= 3:
        return cleaned.upper().replace(" ", "")
    return _names().get(tuple(cleaned.casefold().split()), "")


def _misspelt(word: str) -> str:
    if len(word) < 7:
        return ""
    allowed = 1 if len(word) < 9 else 2
    hits = [code for name, code in _long_single_names() if OSA.distance(word, name, score_cutoff=allowed) <= allowed]
    return hits[0] if len(hits) == 1 else ""


def find_states(text: str) -> list[StateSpan]:
    """States a text names, in order: names, common short forms, light misspellings and two-letter codes."""
    words = list(_WORD.finditer(text))
    shouting = text.isupper()
    found: list[StateSpan] = []
    at = 0
    while at < len(words):
        span = _name_at(words, at) or _code_at(text, words, at, shouting)
        if span:
            found.append(span[0])
            at += span[1]
        else:
            at += 1
    return found


def _name_at(words: list[re.Match[str]], at: int) -> tuple[StateSpan, int] | None:
    for size in (3, 2, 1):
        part = words[at : at + size]
        if len(part) < size:
            continue
        key = tuple(word.group().casefold() for word in part)
        code = _names().get(key, "") or (_misspelt(key[0]) if size == 1 else "")
        if code and not (size == 1 and key[0] in _ALSO_ENGLISH and not _introduced(words, at)):
            return StateSpan(code, part[0].start(), part[-1].end()), size
    return None


def _introduced(words: list[re.Match[str]], at: int) -> bool:
    return at > 0 and words[at - 1].group().casefold() in _BEFORE_CODE


def _code_at(text: str, words: list[re.Match[str]], at: int, shouting: bool) -> tuple[StateSpan, int] | None:
    word = words[at]
    code = word.group().upper()
    if len(code) != 2 or code not in STATES:
        return None
    if code in _ALSO_CREDENTIALS and text[max(0, word.start() - 1) : word.start()] == "/":
        return None  # "psych/MD"
    upper = word.group().isupper() and not shouting
    english = word.group().casefold() in _ALSO_WORDS
    # "(MN)", ", MN" and "in MN" name a state whatever the case; elsewhere only capitals that are no English word do.
    marked = text[max(0, word.start() - 2) : word.start()].strip() in {",", "("}
    sure = (upper and (not english or marked or _introduced(words, at))) or (
        not english and (marked or _introduced(words, at))
    )
    return StateSpan(code, word.start(), word.end(), sure), 1
