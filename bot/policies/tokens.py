"""Words of a text with their places, folded so that "Blue-Cross", "blue cross" and "Blue Cross's" compare equal."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_BREAK = re.compile(r"[.;:!?,\n()\[\]]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `folded` for comparing, `text` as written."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def tokenize(text: str) -> list[Token]:
    """The words of a text, in order; punctuation is dropped, a possessive 's with it."""
    return [Token(m.group(), _fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def fold(name: str) -> tuple[str, ...]:
    """A name as the tuple of its folded words: the key by which names are looked up."""
    return tuple(_fold(m.group()) for m in _WORD.finditer(name))


def _fold(word: str) -> str:
    folded = word.casefold().replace("’", "'")
    return folded.removesuffix("'s").replace("'", "")


def adjoining(text: str, left: Token, right: Token) -> bool:
    """True when nothing that ends a name (comma, full stop, bracket, line end) stands between two words."""
    between = text[left.end : right.start]
    return len(between) <= 3 and not _BREAK.search(between.replace(". ", " ") if len(left.text) == 1 else between)
