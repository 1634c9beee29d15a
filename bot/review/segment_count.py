"""How many members a note says there were: what helps to tell their headings from others."""

import re

_WORDS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 2)}
_NUMBER = rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_PEOPLE = (
    r"(?:(?:adult|adults|teen|young|bereaved|active|enrolled|group)\s+)?(?:members?|patients?|clients?|participants?|pts?"
    r"|people|persons|adults|women|men|teens|youth|adolescents|veterans|parents|individuals|residents|consumers|present"
    r"|attended|attending|in attendance|seen|came)"
)
_STATED = (
    re.compile(rf"(?<![\w./-]){_NUMBER}\s+(?:\w+\s+)?{_PEOPLE}\b", re.IGNORECASE),
    re.compile(
        r"\b(?:census|attendance|attendees|present|members|number (?:present|of members)|group of|group size|n)\s*[:=]?"
        rf"\s*(?:x\s?)?{_NUMBER}\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:pts|patients|clients|members|participants)\.?\s\#?1\s?(?:-|–|to|through)\s?(?P<n>\d{1,2})\b",
        re.IGNORECASE,
    ),
    # "6 here", "six of eight here today" as words of their own; not "step 6 here" nor "two here for the first time".
    re.compile(
        rf"(?:^|[,;:.(|–—-][ \t]+|/\d{{1,4}}[ \t]+|\b(?:with|all|only|just|were|had|today|tonight)[ \t]+){_NUMBER}"
        rf"(?:\s?(?:/|of|out of)\s?(?:\d{{1,2}}|{'|'.join(_NUMBERS)}))?\s+(?:(?:were|are)\s+)?"
        r"(?:here|in the (?:room|circle))(?=\s*(?:$|[.,;:()|–—]|today|tonight|this (?:week|time|morning|evening)))",
        re.IGNORECASE | re.MULTILINE,
    ),
)


_ONE = re.compile(
    r"\b(?:only|just)\s(?:one|1)\s(?:(?:member|patient|client|person|participant|pt)\s)?"
    r"(?:came|attended|showed|present|was (?:here|there|present)|made it)\b",
    re.IGNORECASE,
)


def only_one_came(text: str) -> bool:
    """Whether the note says that a single member was there."""
    return bool(_ONE.search(text[:6_000]))


def stated_counts(text: str) -> frozenset[int]:
    """Every count of people that the note states near its beginning or end."""
    head = text if len(text) < 6_000 else f"{text[:3_000]}\n{text[-3_000:]}"
    found = (match["n"].lower() for pattern in _STATED for match in pattern.finditer(head))
    return frozenset(_NUMBERS.get(word) or int(word) for word in found) - {0, 1}
