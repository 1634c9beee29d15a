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
COUNTS = {
    word: number
    for number, word in enumerate(
        _COUNT_WORDS.split(),
        start=2,
    )
} | {
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "half": 50,
    "double": 2,
    "twice": 2,
    "dozen": 12,
    "hundred": 100,
}
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
        if lower in COUNTS:
            values.add(str(COUNTS[lower]))
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
# "90853-59" and "90853 with modifier 59" say the place too.
_CARRIES = re.compile(
    r"(?i)\b(?:(?P<individual>9083[2-8])|90853|group code)(?:\s*-\s*|\s+with\s+(?:the\s+)?(?:modifiers?\s+)?)"
    r"(?:59|25|95|93|X[EPSU]|G[TQ])\b"
)


def names_modifier(text: str) -> bool:
    """True where the text speaks of a modifier."""
    return bool(_MODIFIER.search(text))


def placements(text: str) -> set[str]:
    """Which line a text puts a modifier on: the individual service's or the group's."""
    if not _MODIFIER.search(text):
        return set()
    found = {"individual" if hit["individual"] else "group" for hit in _PLACE.finditer(text) if not hit["not"]}
    return found | {"individual" if hit["individual"] else "group" for hit in _CARRIES.finditer(text)}


def new_placements(sentence: str, sources: Sequence[str]) -> set[str]:
    """Lines that the sentence puts a modifier on and no source does: on the wrong line it is a denial."""
    return placements(sentence) - set().union(*(placements(source) for source in sources))


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


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower())
