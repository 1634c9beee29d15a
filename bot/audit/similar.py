"""Passages that read as one, over a whole month: a stand-in that compares every pair."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.review.copies import find_copies as find_in_note
from bot.review.models import CopySpan, Member, Segments, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A member's own words. `group` names the session, whose passages are compared there already."""

    key: str
    text: str
    group: str


class SharedSpan(NamedTuple):
    """Where a shared stretch stands in both passages, in characters of each."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True)
class CopiedPair:
    """Two passages that read as one."""

    a: str
    b: str
    similarity: float
    spans: tuple[SharedSpan, ...]


@dataclass(frozen=True, slots=True)
class CopyFindings:
    pairs: tuple[CopiedPair, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Passages that copies join, directly or through others."""

    keys: tuple[str, ...]


def find_copies(passages: Sequence[Passage], *, alike: float = 0.8, workers: int = 0) -> CopyFindings:  # noqa: ARG001
    """The pairs of passages that read as one."""
    text, members, starts = "", [], {}
    for passage in passages:
        starts[passage.key] = len(text)
        members.append(Member(label=passage.key, spans=(Span(start=len(text), end=len(text) + len(passage.text)),)))
        text += passage.text + "\n"
    found = find_in_note(text, Segments(session=(), members=tuple(members), sure=True, how=""))
    return CopyFindings(
        tuple(
            CopiedPair(
                one.a, one.b, one.similarity, tuple(_own(span, starts[one.a], starts[one.b]) for span in one.spans)
            )
            for one in found
            if one.similarity >= alike
        )
    )


def _own(span: CopySpan, a: int, b: int) -> SharedSpan:
    return SharedSpan(span.a_start - a, span.a_end - a, span.b_start - b, span.b_end - b)


def clusters(pairs: Iterable[CopiedPair]) -> tuple[Cluster, ...]:
    """The largest first."""
    joined: dict[str, set[str]] = {}
    for pair in pairs:
        together = joined.get(pair.a, {pair.a}) | joined.get(pair.b, {pair.b})
        joined.update(dict.fromkeys(together, together))
    once = {id(keys): keys for keys in joined.values()}
    return tuple(
        Cluster(tuple(sorted(keys))) for keys in sorted(once.values(), key=lambda keys: (-len(keys), min(keys)))
    )
