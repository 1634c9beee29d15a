"""Numbers with what they bound and count: "at least 45 minutes" is neither "45 minutes" nor "at most 45 minutes"."""

import re

from bot.llm.statements import COUNTS
from bot.llm.stems import stem

_LEAST = (
    r"at\s+least|(?:a\s+)?minimum(?:\s+of)?|no\s+(?:fewer|less)\s+than|not\s+less\s+than|more\s+than|over|above|exceed\w*"
    r"|beyond|after|from|since|starting|beginning|begins"
)
_MOST = (
    r"at\s+most|up\s+to|(?:a\s+)?maximum(?:\s+of)?|no\s+more\s+than|not\s+more\s+than|not\s+exceed(?:ing)?|fewer\s+than"
    r"|less\s+than|under|below|within|until|before|through|to|limit(?:ed)?\s+(?:of|to)|by"
)
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_BOUND = re.compile(
    rf"""(?ix)
    (?:\b(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))\s+)?
    (?:the\s+|every\s+)?(?:{_MONTH}\s+(?:\d{{1,2}},?\s+)?|\d{{1,2}}\s+{_MONTH}\s+)?
    (?<![\w.])(?P<figure>{_FIGURE})
    (?:\s*(?P<range>-|–|\bto\b|\bor\b)\s*(?P<second>{_FIGURE}))?
    (?:\s*-?\s*(?P<unit>[A-Za-z]+))?
    (?:\s+or\s+(?:(?P<up>more|greater|later|longer|above)|(?P<down>fewer|less|earlier|under)))?
    """
)
_UNIT_WORDS = """
minutes hours members units sessions visits weeks months years times percent dollars groups services leaders
facilitators
"""
_UNITS = frozenset(stem(word) for word in _UNIT_WORDS.split())
_RATE = re.compile(
    r"(?i)\b(?:per|an?|each|every)\s+(day|date|week|month|year|session|member|patient|claim|benefit)\b"
    r"|\b(daily|weekly|monthly|yearly|annually|twice|thrice|once)\b"
)
_NUMBERS = COUNTS | {"one": 1, "once": 1}
_SPELLED = re.compile(r"(?i)\b(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\b")


def bounds(text: str) -> dict[str, set[str]]:
    """For each figure, which way it bounds: "least", "most", or "" where it does not."""
    found: dict[str, set[str]] = {}
    for hit in _hits(text):
        way = "most" if hit["most"] or hit["down"] else "least" if hit["least"] or hit["up"] else ""
        span = bool(hit["second"]) and hit["range"].lower() != "or"
        found.setdefault(_plain(hit["figure"]), set()).add(way or ("least" if span else ""))
        if hit["second"]:
            found.setdefault(_plain(hit["second"]), set()).add("most" if span else way)
    return found


def counted(text: str) -> dict[str, set[str]]:
    """For each figure, what it counts, where the text says so."""
    found: dict[str, set[str]] = {}
    for hit in _hits(text):
        unit = stem(hit["unit"].lower()) if hit["unit"] else ""
        for figure in (hit["figure"], hit["second"]):
            if figure and unit in _UNITS:
                found.setdefault(_plain(figure), set()).add(unit)
    return found


def rates(text: str) -> set[str]:
    """Per day, weekly, twice: how often a figure holds. "Each session" beside no figure bounds nothing."""
    figures = _FIGURES.search(text) or any(word.lower() in COUNTS for word in re.findall(r"[A-Za-z-]+", text))
    return {stem((hit[1] or hit[2]).lower()) for hit in _RATE.finditer(text) if hit[2] or figures}


_CODE_LENGTH = 5
_FIGURES = re.compile(r"(?<![\w.])\d{1,3}(?![\w.])")


def _hits(text: str) -> "list[re.Match[str]]":
    """Codes are figures too and bound nothing: "not to 90853" is no upper bound."""
    return [hit for hit in _BOUND.finditer(_digits(text)) if len(hit["figure"]) < _CODE_LENGTH]


def _digits(text: str) -> str:
    return _SPELLED.sub(lambda hit: str(_NUMBERS[hit[0].lower()]), text)


def _plain(figure: str) -> str:
    return figure.replace(",", "").rstrip(".")
