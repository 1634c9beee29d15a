"""Identifiers out of a text before a model sees it, and back into what the model quotes.

What is found, and how, is `identifiers`' matter. Dates of service stay, since the session's date has to be judged.
This lowers what a provider sees; it does not make a note de-identified: docs/models.md says how much is found.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.llm.identifying.hits import Hit
from bot.llm.identifying.identifiers import identifiers

# What is left of a hit beside an earlier one and may tell something: not a space, a sign or the "s" of a possessive.
_TELLS = re.compile(r"(?<!['’])[^\W_]")
_HOLDER = re.compile(r"\[[A-Z]+_(\d+)[A-Z]*\]")


@dataclass(frozen=True)
class Redacted:
    """A text with placeholders. Each placeholder stands for one exact spelling, so that nothing is lost.

    `[MEMBER_2]` is the second member; `[MEMBER_2B]` is another spelling of the same person's name.
    """

    text: str = field(repr=False)
    originals: dict[str, str] = field(repr=False)
    _cuts: tuple[tuple[int, int, str], ...] = field(repr=False)
    _source: str = field(repr=False)
    _first_member: int = 1

    def restore(self, said: str) -> str:
        """Put the identifiers back into any words that use the placeholders: `restore(redact(x).text) == x`."""
        return _HOLDER.sub(lambda hit: self.originals.get(hit[0], hit[0]), said)

    def member(self, index: int) -> str:
        """The placeholder of the label at `index`, whether or not the text writes it out."""
        return f"[MEMBER_{self._first_member + index}]"

    def part(self, start: int, end: int) -> str:
        """The redacted words of `source[start:end]`; a placeholder that the border cuts stands whole."""
        pieces, at = [], start
        for first, last, holder in self._cuts:
            if last <= start or first >= end:
                continue
            pieces += [self._source[at:first] if first > at else "", holder]
            at = last
        pieces.append(self._source[at:end] if at < end else "")
        return "".join(pieces)


def redact(text: str, labels: Sequence[str] = (), *, keep: Collection[str] = ()) -> Redacted:
    """Replace identifiers by stable placeholders. `labels` are the members as the note heads them, in order.

    `keep` are words that name nobody here though they look so, such as the payer's.

    Over-redaction is preferred to a leak: a name that is also a word is replaced wherever it is written as a name.
    """
    numbers = _Numbering(text)
    cuts: list[tuple[int, int, str]] = []
    for start, end, kind, key in chosen(_but(keep, identifiers(text, labels), text), text):
        cuts.append((start, end, numbers.holder(kind, key, text[start:end])))
    pieces, at = [], 0
    for start, end, holder in cuts:
        pieces += [text[at:start], holder]
        at = end
    pieces.append(text[at:])
    return Redacted("".join(pieces), numbers.originals, tuple(cuts), text, numbers.first + 1)


class _Numbering:
    """Hands out placeholders; never one that the text already holds."""

    def __init__(self, text: str) -> None:
        self.first = max((int(number) for number in _HOLDER.findall(text)), default=0)
        self._keys: dict[tuple[str, str], int] = {}
        self._by_spelling: dict[tuple[str, str, str], str] = {}
        self._spellings: dict[tuple[str, str], int] = {}
        self.originals: dict[str, str] = {}

    def holder(self, kind: str, key: str, spelling: str) -> str:
        known = self._by_spelling.get((kind, key, spelling))
        if known:
            return known
        if kind == "MEMBER":
            number = self.first + int(key)
        else:
            taken = sum(other == kind for other, _ in self._keys)
            number = self._keys.setdefault((kind, key), self.first + taken + 1)
        count = self._spellings.get((kind, key), 0)
        self._spellings[kind, key] = count + 1
        holder = f"[{kind}_{number}{_letters(count)}]"
        self._by_spelling[kind, key, spelling] = holder
        self.originals[holder] = spelling
        return holder


def _letters(count: int) -> str:
    """The mark of a further spelling: none for the first, then B, C ... Z, BA ..."""
    if count == 0:
        return ""
    letters = ""
    while count:
        count, rest = divmod(count, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _but(keep: Collection[str], hits: Iterable[Hit], text: str) -> Iterator[Hit]:
    """The hits without those that say nothing but words to keep."""
    kept = {word.casefold() for word in keep}
    for hit in hits:
        said = {word.casefold() for word in re.findall(r"[^\W_]+", text[hit[0] : hit[1]])}
        if not said or not said <= kept:
            yield hit


def chosen(hits: Iterable[Hit], text: str) -> list[Hit]:
    """The hits without overlaps: the earlier and then the longer one, members before everybody else."""
    taken: list[Hit] = []
    ranked = sorted(hits, key=lambda hit: (hit[0], hit[2] != "MEMBER", -(hit[1] - hit[0])))
    for start, end, kind, key in ranked:
        free = max(start, taken[-1][1]) if taken else start  # the rest of an overlapping hit goes too
        if _TELLS.search(text, free, end):
            taken.append((free, end, kind, key))
    return taken
