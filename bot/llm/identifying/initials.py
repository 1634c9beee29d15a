"""Initials with no label: dotted and bare, a single letter for somebody, and those of a roster."""

import re
from collections.abc import Iterator

from bot.llm.identifying.doing import ACTS, BEFORE_SOMEBODY, SOMEBODY, SPEAKS, TELLING, opens_sentence
from bot.llm.identifying.hits import Hit, just_before
from bot.llm.identifying.states import STATE_CODES
from bot.llm.identifying.vocabulary import is_word, terms

_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.[ ]?[A-Z]\.(?:[ ]?[A-Z]\.)?|[A-Z]\.[A-Z](?![\w.])|(?<!\d )[a-z]\.[a-z]\.)(?![\w])"
)
_SMALL = re.compile(r"(?<![\w.'’/-])[a-z]{2}(?![\w/.-])")
_ONE = re.compile(r"(?<![\w.’'/-])(?!I\b)[A-Z](?:\.(?=\s+[a-z]|['’]s|,)|(?=['’]s\b))")
_NO_INITIALS = re.compile(
    r"(?i)(?:p\.o\.|u\.\s?s\.|a\.m\.|p\.m\.|d\.c\.|m\.d\.|d\.o\.|r\.n\.|b\.a\.|m\.a\.|m\.s\.|b\.s\.|n\.p\.|p\.o\.|i\.v\.|a\.a\.|n\.a\.|e\.r\.|"
    r"i\.d\.|d\.b\.t\.|c\.b\.t\.|e\.g\.|i\.e\.|p\.a\.|d\.o\.b\.|d\.o\.s\.|s\.i\.|h\.i\.|q\.d\.|h\.s\.|b\.i\.d?\.?|p\.r\.|w\.k\.|c\.o\.|t\.v\.|n\.y\.|n\.j\.|l\.a\.|p\.s\.)"
)
_RARELY_A_TERM = frozenset(
    ["Q.D.", "B.S.", "M.S.", "B.A.", "M.A.", "P.A.", "R.N.", "L.A.", "W.K.", "C.O.", "P.R.", "D.B.", "H.S."]
)
_DOSE = re.compile(r"\d\s*(?:mg|mcg|ml|tabs?)?\s*$|\b(?:the|an?|at|pm|am)\s+$")
_BARE = re.compile(r"(?<![\w.'’/-])[A-Z]{2,3}(?![\w/-])(?!['’](?!s))")
# One of several: "AB, CD and EF paired up"; or the head of a line: "AB: tearful".
_AMONG = re.compile(r"(?:,\s+(?:and\s+)?|\s+(?:and|&)\s+|/)(?:[A-Z]{2,3}|(?:[A-Z]\.){2,3})(?![\w-])|\s*:\s|\s+-\s")
_AFTER_ONE = re.compile(r"(?<![\w-])(?:[A-Z]{2,3}|(?:[A-Z]\.){2,3})(?:,\s+(?:and\s+)?|\s+(?:and|&)\s+|/)$")
# What a roster says of one who is on it.
_OF_A_ROSTER = re.compile(
    r"\s+(?:is|was|are)\s+(?:\w+ing|out|absent|present|late|sick|excused|back|new|here|done|gone|quiet|tearful)\b|\s+(?:absent|present|excused|late|no[- ]?show\w*|ns|out)\b"
    r"|\s+(?:did|does|did\s+not|didn['’]t|won['’]t|wasn['’]t|isn['’]t|can['’]t|will)\b|\s+(?:P|A|L|E)\b(?![-&/])|\s*\((?:P|A|L|E|absent|present|late|peer|client|pt|no[- ]show)\b"
)
_ROSTER_LINE = re.compile(
    r"(?im)^.{0,20}?\b(?:roster|present|absent|attend(?:ed|ees|ance|ing)|members?|excused|no[- ]?shows?|late|grp|group|clients?|pts?)\b[^:\n]{0,30}:[ \t]*(?=[A-Za-z]{2,3}\b|[A-Z]\.)"
)
_ON_IT = re.compile(r"(?<![\w.'’/-])(?:[A-Z]\.?[A-Z]\.?(?:[A-Z]\.?)?|[a-z]{2})(?![\w/-])")
_LIST = re.compile(
    r"(?:(?:[A-Z]\.?[ ]?){2,3}|[a-z]{2})(?:\s*\([^)\n]{0,20}\))?(?:(?:\s*[,;/&+]\s*|\s+(?:and|&)\s+)(?:and\s+)?(?:(?:[A-Z]\.?){2,3}|[a-z]{2})(?![\w])(?:\s*\([^)\n]{0,20}\))?)+"
)
_ADDED = re.compile(
    r"(?:\b(?:add|added|drop|dropping|move|swap|remove|see|saw|w/|bill|for|pt|client|member|peer|pts|clients|peers|call|told|tell|ask|asked)\s+)$",
    re.IGNORECASE,
)
_WITH = re.compile(r"\b(?:with|to|and|by|from|about|w/)\s+$")
_TWO_LETTERS = re.compile(r"(?<![\w.’'/-])([A-HJ-Z]) and ([A-HJ-Z])(?![\w.’'/-])")
_OF_SOMEBODY = re.compile(r"['’]s\b|,?\s+who\b|\s+\((?:peer|member|client|pt)\)")


def initials(text: str) -> Iterator[Hit]:
    """Letters that stand for a person, by what is said of them."""
    for pattern, tells in _LETTERS:
        for hit in pattern.finditer(text):
            if tells(hit, text):
                yield hit.start(), hit.end(), "PERSON", hit[0].replace(".", "").replace(" ", "")
    yield from _rosters(text)
    for hit in _TWO_LETTERS.finditer(text):
        if TELLING.match(text, hit.end()):
            yield from ((hit.start(group), hit.end(group), "PERSON", hit[group]) for group in (1, 2))


def _rosters(text: str) -> Iterator[Hit]:
    """Initials in a list that a word of a roster heads: "present: sg, tk"."""
    for head in _ROSTER_LINE.finditer(text):
        if listed := _LIST.match(text, head.end()):
            for hit in _ON_IT.finditer(text, listed.start(), listed.end()):
                if hit[0].lower() not in terms() and (hit[0][0].isupper() or not is_word(hit[0])):
                    yield hit.start(), hit.end(), "PERSON", hit[0].replace(".", "").upper()


def _tells_initials(hit: re.Match[str], text: str) -> bool:
    if "." in hit[0]:
        said = hit[0].strip()
        term = _NO_INITIALS.fullmatch(said) and not _is_done(hit, text)
        return not term or (said in _RARELY_A_TERM and _is_met(hit, text))
    if hit[0].lower() in terms():
        return False
    if _is_listed(hit, text):
        return True
    if opens_sentence(text, hit.start()):
        return _is_done(hit, text)
    comes_after = just_before(BEFORE_SOMEBODY, text, hit.start(), 20)
    if not comes_after or text[hit.start() - 2 : hit.start()].strip() in (",", ";"):
        return False
    return len(hit[0]) == 2 or _is_done(hit, text)


def _is_listed(hit: re.Match[str], text: str) -> bool:
    """Whether bare letters stand in a list of people, or something is said of them as of one."""
    two, word = len(hit[0]) == 2, is_word(hit[0].lower())
    if not two or hit[0] in STATE_CODES:
        return False
    if just_before(_ADDED, text, hit.start(), 12) or _is_among(hit, text):
        return True
    return not word and bool(ACTS.match(text, hit.end()) or _OF_A_ROSTER.match(text, hit.end()))


def _is_done(hit: re.Match[str], text: str) -> bool:
    """Whether what stands behind is said of somebody: they spoke, something is theirs."""
    return bool(TELLING.match(text, hit.end()) or _OF_SOMEBODY.match(text, hit.end()))


def _is_met(hit: re.Match[str], text: str) -> bool:
    """Whether letters that are a degree or a dose elsewhere stand for somebody here: "peer Q.D.", "Q.D.: calm"."""
    if just_before(_DOSE, text, hit.start(), 8):
        return False
    head = re.match(r"\s*:", text[hit.end() : hit.end() + 3]) and opens_sentence(text, hit.start())
    named = just_before(_ADDED, text, hit.start(), 12) or just_before(BEFORE_SOMEBODY, text, hit.start(), 10)
    return bool(head or named or _OF_A_ROSTER.match(text, hit.end()))


def _is_among(hit: re.Match[str], text: str) -> bool:
    return bool(_AMONG.match(text, hit.end()) or just_before(_AFTER_ONE, text, hit.start(), 12))


def _tells_one(hit: re.Match[str], text: str) -> bool:
    """A single letter for somebody: "J. came late", "told T. so"."""
    if TELLING.match(text, hit.end()) or _OF_SOMEBODY.match(text, hit.end()):
        return True
    return bool(just_before(SOMEBODY, text, hit.start(), 25) or just_before(_WITH, text, hit.start(), 10))


def _tells_small(hit: re.Match[str], text: str) -> bool:
    """Initials in small letters at the head of a sentence: "kb said"."""
    return not is_word(hit[0]) and opens_sentence(text, hit.start()) and bool(SPEAKS.match(text, hit.end()))


_LETTERS = ((_INITIALS, _tells_initials), (_BARE, _tells_initials), (_ONE, _tells_one), (_SMALL, _tells_small))
