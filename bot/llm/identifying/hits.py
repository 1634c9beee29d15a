"""What a rule finds, and where words of a text stand."""

import re
from collections import defaultdict
from collections.abc import Iterator

# start, end, kind, and what makes two hits the same identifier
Hit = tuple[int, int, str, str]

_WORD = re.compile(r"[^\W_]+")


# Dashes and spaces that look like the plain ones, one sign for one.
_PLAIN_SIGNS = str.maketrans({**dict.fromkeys("‐‑‒–—−﹣－", "-"), **dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")})


def plain_signs(text: str) -> str:
    """The text as the rules read it, as long as it was: a number keeps its place whatever dash it is written with."""
    return text.translate(_PLAIN_SIGNS)


def just_before(pattern: re.Pattern[str], text: str, at: int, within: int) -> re.Match[str] | None:
    """What of `pattern` lies in the last `within` signs before a place; a lookbehind in it sees further back."""
    return pattern.search(text, max(0, at - within), at)


class Places:
    """Finds many short strings in one text, in time that does not grow with their number."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at: dict[str, list[int]] = defaultdict(list)
        for word in _WORD.finditer(text):
            self._at[word[0]].append(word.start())

    def of(self, part: str) -> Iterator[tuple[int, int]]:
        """Where `part` stands between things that are neither letters nor digits."""
        first = _WORD.search(part)
        if first is None:
            return
        for at in self._at.get(first[0], ()):
            start = at - first.start()
            end = start + len(part)
            if start >= 0 and self._text.startswith(part, start) and not self._text[end : end + 1].isalnum():
                yield start, end
