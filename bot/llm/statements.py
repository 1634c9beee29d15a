"""What a sentence states beside the decision: values, names, links; and whether its sources state it too.

Every check compares a sentence with `sources`: the texts it may rest on.
"""

import re
from collections.abc import Sequence

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
_COUNT_WORDS = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty"""
_COUNTS = {
    word: number
    for number, word in enumerate(
        _COUNT_WORDS.split(),
        start=2,
    )
} | {"thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "half": 50, "double": 2}
_FIGURE = re.compile(r"(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z])")
_CODE = re.compile(r"(?<![A-Za-z\d])(?=[A-Za-z\d.-]*\d)(?=[A-Za-z\d.-]*[A-Za-z])[A-Za-z\d]+(?:[.-][A-Za-z\d]+)*")
_PAIR = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}(?![A-Za-z\d])")
_LINK = re.compile(
    r"(?i)(?:https?://|www\.|mailto:)[^\s<>|)\]]+|\b[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|org|net|gov|io|co|us|info)\b"
)
_CONTROL = re.compile(r"<[@#!]|<https?:|!\[|\]\(|```")
_PLAIN_PAIRS = {"US", "OK", "NO", "IF", "OR", "AN", "IS", "IT", "IN", "ON", "AS", "TO", "OF", "BY", "AT", "BE", "DO"}


def stated_values(text: str) -> set[str]:
    """Every number, code, modifier and month a text states, in one spelling ("07" is "7", "ten" is "10")."""
    values: set[str] = set()
    for figure in _FIGURE.findall(text):
        number = figure.replace(",", "")
        values.add(number.lstrip("0") or "0" if "." not in number else number)
    values |= {code.upper().replace(" ", "") for code in _CODE.findall(text)}
    values |= set(_PAIR.findall(text)) - _PLAIN_PAIRS
    for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)?", text):
        lower = word.lower()
        if lower in _COUNTS:
            values.add(str(_COUNTS[lower]))
        # "may" is a month only where a figure follows; else every modal verb would be one
        elif lower in _MONTHS and word[0].isupper() and (lower != "may" or re.search(r"May\s+\d", text)):
            values.add(f"month {_MONTHS[lower]}")
    for month in re.findall(r"\b\d{4}-(\d{2})(?:-\d{2})?\b", text):
        values.add(f"month {int(month)}")
    return values


def new_values(sentence: str, sources: Sequence[str]) -> set[str]:
    """What the sentence states and none of the sources does."""
    known = set().union(*(stated_values(source) for source in sources)) if sources else set()
    return stated_values(sentence) - known


def new_links(sentence: str, sources: Sequence[str]) -> bool:
    """True for a link, address or chat control sequence that the sources do not hold."""
    if _CONTROL.search(sentence):
        return True
    joined = " ".join(sources).lower()
    return any(link[0].rstrip(".,;:").lower() not in joined for link in _LINK.finditer(sentence))


_MODIFIER = re.compile(r"(?i)\bmodifiers?\b|\bappend\w*\b|\b(?:59|25|95|93|X[EPSU]|G[TQ]|H[A-Z])\b")
_PLACE = re.compile(
    r"(?i)(?P<not>\bnot\s+|\bnever\s+|n['’]t\s+)?\b(?:to|on|onto|with|by)\s+(?:the\s+)?(?:\w+\s+){0,2}?"
    r"(?:(?P<individual>individual|9083[2-8])|(?P<group>group|90853))\b"
)


def _placements(text: str) -> set[str]:
    """Which line a text puts a modifier on: the individual service's or the group's."""
    if not _MODIFIER.search(text):
        return set()
    return {"individual" if hit["individual"] else "group" for hit in _PLACE.finditer(text) if not hit["not"]}


def new_placements(sentence: str, sources: Sequence[str]) -> set[str]:
    """Lines that the sentence puts a modifier on and no source does: on the wrong line it is a denial."""
    return _placements(sentence) - set().union(*(_placements(source) for source in sources))


_STARTER_WORDS = """
a add after all also always although an and any append as ask at attach be because before bill billing both
but by call check claims confirm document documentation do each either ensure every for from group has have
here how however i if in include individual individually it its keep make medical modifier modifiers no not
note on once one only or otherwise per please prior provided psychotherapy record remember report same see
separate separately services since so some submit telehealth that the their then there these they this those
to two under unless until use verify we what when where whether while with without yes you your"""
_STARTERS = frozenset(_STARTER_WORDS.split())
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w’'-]*")


def new_names(sentence: str, sources: Sequence[str]) -> set[str]:
    """Capitalised words the sources do not use: another payer's name in this payer's answer."""
    known = {_bare(word) for source in sources for word in _WORD.findall(source)}
    names = {_bare(word) for word in _WORD.findall(sentence) if word[0].isupper()}
    return {name for name in names if name not in known and name not in _STARTERS and name not in _MONTHS}


def supported(sentence: str, sources: Sequence[str], least: float = 0.5) -> bool:
    """True where at least `least` of the sentence's content words stand in the sources, by their first five letters."""
    known = {stem for source in sources for stem in _stems(source)}
    said = _stems(sentence)
    return not said or sum(stem in known for stem in said) / len(said) >= least


def negated_anew(sentence: str, sources: Sequence[str]) -> bool:
    """True where the sentence denies something and none of its sources denies anything."""
    return bool(_DENIES.search(sentence)) and not any(_DENIES.search(source) for source in sources)


_DENIES = re.compile(
    r"(?i)\b(?:not|no|never|cannot|without|neither|nor|none|except|unless|den(?:y|ied|ies)|prohibit\w*|exclud\w+|"
    r"only|non\w+|bundl\w+|limit\w*|waive\w*|not_\w+)\b|n['’]t\b"
)
_COMMON_WORDS = """
bill billed billing claim claims code codes allowed permitted report reported paid pays
that this these those with from have been will would should could their there they your when where what which
while than then them also into only such each both must same does about under over more most other some very
just make made being because between after before for the and are can may not you use any all its has was"""
_COMMON = frozenset(_COMMON_WORDS.split())


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower())


def _stems(text: str) -> set[str]:
    words = (_bare(word) for word in _WORD.findall(text))
    return {word[:5] for word in words if len(word) > 3 and word not in _COMMON}
