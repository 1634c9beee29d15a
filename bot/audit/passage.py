"""What is held against what, and what came of it."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Passage:
    """One member's part of one note. `key` is unique; `group` is its session."""

    key: str
    text: str
    group: str


class SharedSpan(NamedTuple):
    """Where a shared stretch stands in both texts, in characters of each."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True)
class CopiedPair:
    """Two passages that read as one, by their keys (a < b).

    `similarity` is the share of the shorter text that stands in the other, from 0 to 1, as in a review; `spans` are
    the shared stretches of the texts as given.
    """

    a: str
    b: str
    similarity: float
    spans: tuple[SharedSpan, ...]


@dataclass(frozen=True, slots=True)
class CopyFindings:
    """The copied pairs in order of their keys, how many pairs were looked at, and how many of those were none."""

    pairs: tuple[CopiedPair, ...]
    candidates: int
    false_candidates: int
