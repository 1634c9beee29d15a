"""Copied pairs drawn together: who all reads as whom, without naming every two of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.audit.passage import CopiedPair


@dataclass(frozen=True, slots=True)
class Cluster:
    """Passages joined by copies, by their keys in order; `representative` is the one most others were held against.

    `least` and `most` are the similarities of the pairs that join it.
    """

    keys: tuple[str, ...]
    representative: str
    least: float
    most: float


def clusters(pairs: Iterable[CopiedPair]) -> tuple[Cluster, ...]:
    """The passages that the pairs join, the largest cluster first."""
    above: dict[str, str] = {}
    joined = list(pairs)
    for pair in joined:
        a, b = sorted((_top(above, pair.a), _top(above, pair.b)))
        above[b] = a
    members: defaultdict[str, set[str]] = defaultdict(set)
    found: defaultdict[str, list[float]] = defaultdict(list)
    held: defaultdict[str, int] = defaultdict(int)
    for pair in joined:
        top = _top(above, pair.a)
        members[top] |= {pair.a, pair.b}
        found[top].append(pair.similarity)
        held[pair.a] += 1
        held[pair.b] += 1
    drawn = [
        Cluster(
            keys=tuple(sorted(keys)),
            representative=min(keys, key=lambda key: (-held[key], key)),
            least=min(found[top]),
            most=max(found[top]),
        )
        for top, keys in members.items()
    ]
    return tuple(sorted(drawn, key=lambda one: (-len(one.keys), one.keys)))


def _top(above: dict[str, str], key: str) -> str:
    """The passage that stands for all that key is joined with; the way there is made short for the next time."""
    while (up := above.setdefault(key, key)) != key:
        above[key] = above.setdefault(up, up)
        key = up
    return key
