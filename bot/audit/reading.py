"""Passages as rows of numbers: what each word is compared as, with who and when it is about taken out.

The kinds are those of a review (bot/review/masking.py). What a written word stands for is looked up once a run, so
that a passage costs microseconds. A word that no English text holds and that begins with a capital is taken for a name.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import chain
from typing import TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.llm.identifying.names import NAME_WORDS
from bot.resources import KNOWLEDGE
from bot.review.masking import is_content, kind_of
from bot.review.segment_words import ABBREVIATIONS, GIVEN_NAMES, english_words

# Words as a review counts them, then what ends a sentence: a stop before a blank, and a line.
TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[.!?;|](?=\s|$)|\n")
_WRAPPED = re.compile(r"\n(?=[a-z])")
ENDS = frozenset(".!?;|\n")
_DAYS_AND_MONTHS = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
january february march april june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
"""
_DATES = frozenset(_DAYS_AND_MONTHS.split())
# Given names that are words before they are names, at the head of a sentence at least.
_RATHER_WORDS = NAME_WORDS | {"an", "so", "see", "did"}

_Found = TypeVar("_Found")

END = 0
_LEFT_OUT = -1


def unwrapped(text: str) -> str:
    """The text, as long as it was, with a blank where a line was broken in the middle of a sentence."""
    return _WRAPPED.sub(" ", text)


class Reader:
    """Reads the passages of one run; it remembers written words, so it goes when the run ends."""

    def __init__(self) -> None:
        self._content = _Known(_content_number)
        self._kinds = _Known(_kind_number)
        # What stands between two blanks, stops and all, comes again and again: a look-up takes less than the pattern.
        self._stretches = _Known(self._stretch)

    def content(self, text: str) -> list[int]:
        """The numbers of the words that carry what is told, in order, with END between sentences."""
        return list(chain.from_iterable(map(self._stretches.__getitem__, unwrapped(text).split(" "))))

    def _stretch(self, written: str) -> tuple[int, ...]:
        numbers = (self._content[token] for token in TOKEN.findall(written))
        return tuple(number for number in numbers if number != _LEFT_OUT)

    def kinds(self, written: Sequence[str]) -> list[int]:
        """The numbers that words, of whatever kind, are compared as."""
        return list(map(self._kinds.__getitem__, written))

    def telling(self, written: Sequence[str]) -> list[bool]:
        """Of each word whether it carries what is told."""
        return [number > END for number in map(self._content.__getitem__, written)]


class _Known(dict[str, _Found]):
    """What each written thing counts as, found out when it first comes."""

    def __init__(self, find: Callable[[str], _Found]) -> None:
        self._find = find

    def __missing__(self, written: str) -> _Found:
        found = self[written] = self._find(written)
        return found


@dataclass(frozen=True, slots=True)
class Rows:
    """Passages one behind the other: their numbers, how many each has, and a hash of each one's words."""

    numbers: npt.NDArray[np.uint32]
    lengths: npt.NDArray[np.int64]
    hashes: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, texts: Sequence[str], reader: Reader) -> "Rows":
        """Read passages; two have the same hash where nothing but names, dates, pronouns and little words differs."""
        read = [np.array(reader.content(text), dtype=np.uint32) for text in texts]
        told = zip(read, texts, strict=True)
        return cls(
            numbers=np.concatenate(read) if read else np.empty(0, np.uint32),
            lengths=np.array([len(row) for row in read], dtype=np.int64),
            hashes=np.array([_hash(row, text) for row, text in told], dtype=np.uint64),
        )

    @classmethod
    def joined(cls, several: Sequence["Rows"]) -> "Rows":
        """All of these, one behind the other."""
        return cls(
            numbers=np.concatenate([np.empty(0, np.uint32), *(rows.numbers for rows in several)]),
            lengths=np.concatenate([np.empty(0, np.int64), *(rows.lengths for rows in several)]),
            hashes=np.concatenate([np.empty(0, np.uint64), *(rows.hashes for rows in several)]),
        )

    def some(self, places: npt.NDArray[np.int64]) -> "Rows":
        """The passages at these places."""
        chosen = np.zeros(len(self.lengths), np.bool_)
        chosen[places] = True
        return Rows(self.numbers[np.repeat(chosen, self.lengths)], self.lengths[chosen], self.hashes[chosen])


def _hash(row: npt.NDArray[np.uint32], text: str) -> int:
    """A number for the words told; for the words as written where none of them tells anything; 0 for no word at all."""
    words = row[row != END].tobytes() or " ".join(re.findall(r"\w+", text.casefold())).encode(errors="surrogatepass")
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big") or 1 if words else 0


def _kind(written: str) -> str:
    word = written.casefold().replace("’", "'")
    if is_name(written):
        return "§person"
    if word in _DATES and written[0].isupper():
        return "§date"
    return kind_of(word)


def _kind_number(written: str) -> int:
    return END if written in ENDS else _number(_kind(written))


def _content_number(written: str) -> int:
    if written in ENDS:
        return END
    kind = _kind(written)
    return _number(kind) if is_content(kind) else _LEFT_OUT


def _number(kind: str) -> int:
    # Of 30,000 words, one pair in ten runs shares a number: one word in common that is none.
    return crc32(kind.encode(errors="surrogatepass")) or 1


def is_name(written: str) -> bool:
    """Whether a word as written is a person's name or initials, as far as the word alone tells."""
    if not written[0].isupper():
        return False
    bare = written.casefold().replace("’", "'").removesuffix("'s")
    if len(bare) == 1:
        return bare not in ("a", "i")
    if len(bare) == 2 and written[:2].isupper():
        return bare not in ABBREVIATIONS
    if bare in GIVEN_NAMES:
        return bare not in _RATHER_WORDS
    return not written.isupper() and bare not in ABBREVIATIONS and kind_of(bare) not in _known()


@cache
def _known() -> frozenset[str]:
    """The kinds of all words that an English text may hold."""
    words = english_words() | frozenset((KNOWLEDGE / "clinical_words.txt").read_text(encoding="utf-8").split())
    return frozenset(kind_of(word) for word in words)
