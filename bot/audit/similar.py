"""Passages that read as one, among very many: verbatim ones by their hash, others by a MinHash and then word by word.

No step holds all passages against all: the same words are told by one hash, so that of five thousand equal notes one is
compared further; those that share enough word pairs meet in a band (bot/audit/fingerprints.py, candidates.py); only
those are held against each other word by word (bot/audit/aligning.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.audit.aligning import judge, tell
from bot.audit.candidates import candidates
from bot.audit.clusters import Cluster, clusters
from bot.audit.crew import Crew
from bot.audit.executor import cores
from bot.audit.fingerprints import Shingles, bands_of, common_pairs, pairs_of, sample
from bot.audit.passage import CopiedPair, CopyFindings, Passage, SharedSpan
from bot.audit.reading import Reader, Rows

__all__ = [
    "Cluster",
    "CopiedPair",
    "CopyFindings",
    "Fingerprints",
    "Passage",
    "clusters",
    "find_copies",
    "fingerprint",
]

_WORTH_PROCESSES = 4000
"""With fewer passages, starting processes takes longer than the work."""
_AT_ONCE = 2000
_PAIRS_AT_ONCE = 4000

_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What passages are known by, in their order: a hash of the words, the bands, and what is common to very many."""

    hashes: npt.NDArray[np.uint64]
    bands: npt.NDArray[np.uint32]
    common: Shingles


def find_copies(passages: Iterable[Passage], *, alike: float = 0.8, workers: int = 0) -> CopyFindings:
    """The pairs whose similarity is `alike` or more, the same whatever the order of the passages.

    Of passages with the same words each is paired with the first of its group and each group's first with the first of
    all (by key), not each with each; of crowds that are nearly the same, each with a few. `clusters` joins them.
    `workers` are processes; 0 takes the cores there are where it is worth it. Tried for `alike` of 0.8 and more: lower,
    ever more pairs that are less alike than 0.8 do not meet in a band and are not found.
    """
    known = sorted(passages, key=lambda one: one.key)
    texts = [one.text for one in known]
    with Crew(_workers(workers, len(known))) as crew:
        prints = _fingerprints(texts, crew)
        equal, first = _equal(known, prints.hashes)
        near = first[candidates(prints.bands[first], alike)]
        places = np.unique(np.concatenate((equal, near)), axis=0) if len(equal) or len(near) else equal
        pieces = (_piece(texts, some, prints.common, alike) for some in _some(places, _PAIRS_AT_ONCE))
        pairs = [
            CopiedPair(known[a].key, known[b].key, round(similarity, 3), spans)
            for found in crew.map(_judged, pieces)
            for a, b, similarity, spans in found
        ]
    return CopyFindings(tuple(pairs), len(places), len(places) - len(pairs))


def fingerprint(texts: Iterable[str], *, workers: int = 0, expected: int = 0) -> Fingerprints:
    """The fingerprints of texts that may come one by one; of `expected` many it depends whether processes help."""
    with Crew(_workers(workers, expected)) as crew:
        return _fingerprints(texts, crew)


def _workers(asked: int, passages: int) -> int:
    return asked or (cores() if passages >= _WORTH_PROCESSES else 1)


def _fingerprints(texts: Iterable[str], crew: Crew) -> Fingerprints:
    read = list(crew.map(_read, _some(texts, _AT_ONCE)))
    hashes = np.concatenate([rows.hashes for rows in read]) if read else np.empty(0, np.uint64)
    common = _common(read, hashes)
    made = list(crew.map(_bands, ((rows, common) for rows in read)))
    return Fingerprints(hashes, np.concatenate(made) if made else np.empty((0, 1), np.uint32), common)


def _common(read: Sequence[Rows], hashes: npt.NDArray[np.uint64]) -> Shingles:
    """What is common, as a sample of the distinct passages tells it."""
    chosen, distinct = sample(hashes)
    before = np.concatenate(([0], np.cumsum([len(rows.hashes) for rows in read]))) if read else np.zeros(1, np.int64)
    counted = [
        rows.some(chosen[(chosen >= start) & (chosen < start + len(rows.hashes))] - start)
        for rows, start in zip(read, before, strict=False)
    ]
    return common_pairs(pairs_of(Rows.joined(counted)), distinct)


def _equal(
    known: Sequence[Passage], hashes: npt.NDArray[np.uint64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs of places that join all with the same words, and the place that stands for each such lot."""
    first_of_all: dict[int, int] = {}
    first_of_group: dict[tuple[int, str], int] = {}
    pairs = []
    for place, (one, told) in enumerate(zip(known, hashes.tolist(), strict=True)):
        if not told:
            continue
        other = first_of_group.setdefault((told, one.group), place)
        if other == place:
            other = first_of_all.setdefault(told, place)
        if other != place:
            pairs.append((other, place))
    first = np.array(list(first_of_all.values()), dtype=np.int64)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), first


_Piece = tuple[list[int], list[str], list[tuple[int, int]], Shingles, float]
_Judged = tuple[int, int, float, tuple[SharedSpan, ...]]


def _piece(texts: Sequence[str], pairs: Sequence[npt.NDArray[np.int64]], common: Shingles, alike: float) -> _Piece:
    """Some pairs with the texts they need, by places of their own."""
    places, here = np.unique(np.array(pairs), return_inverse=True)
    local = here.reshape(-1, 2).tolist()
    return places.tolist(), [texts[place] for place in places], [(a, b) for a, b in local], common, alike


def _read(reader: Reader, texts: Sequence[str]) -> Rows:
    return Rows.of(texts, reader)


def _bands(_: Reader, piece: tuple[Rows, Shingles]) -> npt.NDArray[np.uint32]:
    return bands_of(*piece)


def _judged(reader: Reader, piece: _Piece) -> list[_Judged]:
    places, texts, pairs, common, alike = piece
    told = tell(texts, common, reader)
    found = ((a, b, judge(told[a], told[b], alike)) for a, b in pairs)
    return [(places[a], places[b], *one) for a, b, one in found if one]


def _some(things: Iterable[_One], count: int) -> Iterator[list[_One]]:
    rest = iter(things)
    while some := list(islice(rest, count)):
        yield some
