"""Which passages are worth holding against each other: those that meet in a band, never all of a crowd with all.

Five thousand notes of one template meet in every band. Each of a crowd is then held against a few others only; what is
found there joins them all (bot/audit/clusters.py).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.audit.fingerprints import likeness

_CROWD = 16
"""In a band where more meet, each is held against the first and the next alone."""
_MEETINGS = 2
"""In one band two passages may meet by chance."""
_LEAST_SHARED = 0.14
"""Copies 80 % alike share more of their word pairs than this, 99 of 100 times more than 0.2."""
_OF_CROWDS = 6
"""At most so many others that one passage is held against for having met in crowds."""

_AT_ONCE = 100_000

Places = npt.NDArray[np.int64]


def candidates(bands: npt.NDArray[np.uint32], alike: float) -> Places:
    """Pairs of places (first < second) that may be `alike`, each once and in order, one a row."""
    few, crowded = [np.empty(0, np.uint64)], [np.empty(0, np.uint64)]
    for column in bands.T:
        order = np.argsort(column, kind="stable")
        order = order[np.searchsorted(column[order], 1) :]
        for crowd, pairs in _meeting(column[order], order):
            (crowded if crowd else few).append(pairs)
    close = _alike(bands, _often(np.concatenate(few)), alike)
    more = _alike(bands, np.setdiff1d(_often(np.concatenate(crowded)), close, assume_unique=True), alike)
    both = np.unique(np.concatenate((close, _thinned(more))))
    return np.stack(_places(both), axis=1)


def _alike(bands: npt.NDArray[np.uint32], pairs: npt.NDArray[np.uint64], alike: float) -> npt.NDArray[np.uint64]:
    """Those whose whole MinHash leaves it open that they are alike."""
    least = _LEAST_SHARED * (alike / 0.8) ** 3
    first, second = _places(pairs)
    kept = [
        likeness(bands[first[at : at + _AT_ONCE]], bands[second[at : at + _AT_ONCE]]) >= least
        for at in range(0, len(pairs), _AT_ONCE)
    ]
    return pairs[np.concatenate(kept)] if kept else pairs


def _places(pairs: npt.NDArray[np.uint64]) -> tuple[Places, Places]:
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _meeting(keys: npt.NDArray[np.uint32], places: Places) -> Iterator[tuple[bool, npt.NDArray[np.uint64]]]:
    """Whether they met in a crowd, and the pairs of places whose keys are the same; `keys` are sorted."""
    if len(keys) < 2:
        return
    first, size = _lots(keys)
    at = np.arange(len(keys))
    alone = (size > 1) & (size <= _CROWD)
    for step in range(1, _CROWD):
        here = np.flatnonzero(alone & (at - first + step < size))
        if not len(here):
            break
        yield False, _packed(places[here], places[here + step])
    crowd = size > _CROWD
    after = np.flatnonzero(crowd & (at > first))
    yield True, _packed(places[first[after]], places[after])
    yield True, _packed(places[after - 1], places[after])


def _lots(keys: npt.NDArray[np.unsignedinteger[Any]]) -> tuple[Places, Places]:
    """Of each of some sorted keys where the lot of equal ones begins that it stands in, and how many that has."""
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(keys)])))
    return np.repeat(starts, sizes), np.repeat(sizes, sizes)


def _often(pairs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Those that come more than once."""
    distinct, times = np.unique(pairs, return_counts=True)
    return distinct[times >= _MEETINGS]


def _packed(a: Places, b: Places) -> npt.NDArray[np.uint64]:
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    return (low << np.uint64(32)) | high


def _thinned(pairs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """For each later place a few of its pairs, as if by chance and always the same."""
    if not len(pairs):
        return pairs
    later = pairs & np.uint64(0xFFFFFFFF)
    chance = (pairs * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(16)
    order = np.lexsort((chance, later))
    first, _ = _lots(later[order])
    rank = np.arange(len(first)) - first
    return pairs[order[rank < _OF_CROWDS]]
