"""Which passages are worth holding against each other: those that meet in a band, never all of a crowd with all.

Five thousand notes of one template meet in every band. Each of a crowd is then held against a few others only; what is
found there joins them all (bot/audit/clusters.py).
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

_CROWD = 16
"""In a band where more meet, each is held against the first and the next alone."""
_OF_CROWDS = 6
"""At most so many others that one passage is held against for having met in crowds."""

Places = npt.NDArray[np.int64]


def candidates(bands: npt.NDArray[np.uint32]) -> Places:
    """Pairs of places (first < second), each once and in order, one a row."""
    few, crowded = [np.empty(0, np.uint64)], [np.empty(0, np.uint64)]
    for column in bands.T:
        order = np.argsort(column, kind="stable")
        order = order[np.searchsorted(column[order], 1) :]
        for crowd, pairs in _meeting(column[order], order):
            (crowded if crowd else few).append(pairs)
    close = np.unique(np.concatenate(few))
    more = np.setdiff1d(np.unique(np.concatenate(crowded)), close, assume_unique=True)
    both = np.unique(np.concatenate((close, _thinned(more))))
    return np.stack((both >> np.uint64(32), both & np.uint64(0xFFFFFFFF)), axis=1).astype(np.int64)


def _meeting(keys: npt.NDArray[np.uint32], places: Places) -> Iterator[tuple[bool, npt.NDArray[np.uint64]]]:
    """Whether they met in a crowd, and the pairs of places whose keys are the same; `keys` are sorted."""
    if len(keys) < 2:
        return
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(keys)])))
    first = np.repeat(starts, sizes)
    size = np.repeat(sizes, sizes)
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
    ordered = later[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(ordered)])))
    rank = np.arange(len(ordered)) - np.repeat(starts, sizes)
    return pairs[order[rank < _OF_CROWDS]]
