"""What a passage is known by: pairs of neighbouring words, less what stands in very many passages, as a MinHash.

A pair is of two words that tell something and stand next to each other or with one between, as the marks of earlier
notes are (bot/review/marks.py): a word exchanged spoils four pairs and leaves the rest.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from bot.audit.reading import END, Rows

_U64 = np.uint64
Shingles = npt.NDArray[np.uint64]

_COMMON_SHARE = 0.02
_COMMON_COUNT = 50
"""Pairs of words in more passages than this, and than that share of them, are a template's or everyone's phrases."""
_COUNTED = 20_000
"""Passages among which it is counted how common a pair is; more would tell the same."""
_NEARLY_ALL = 0.75
"""From this share of common pairs on, a sentence is common: one with its name or a word changed still is."""
_FEWEST_OWN = 8
"""A passage with fewer pairs of its own is made of a template and nothing else: it is known by all of it."""

BANDS = 100
_ROWS = 2
"""Bands of a MinHash and values in each. Copies 80 % alike share a third of all their pairs: they meet eleven times."""
_SEED = 90853


@dataclass(frozen=True, slots=True)
class Pairs:
    """The word pairs of passages, with the number of the passage and of the sentence each stands in.

    Sentences are numbered over all passages; `sentences` are how many each passage has.
    """

    shingles: Shingles
    passage: npt.NDArray[np.int64]
    sentence: npt.NDArray[np.int64]
    sentences: npt.NDArray[np.int64]


def pairs_of(rows: Rows) -> Pairs:
    """Two neighbours or next but one in a sentence, in either order."""
    count = len(rows.lengths)
    ends = rows.numbers == END
    of = np.repeat(np.arange(count), rows.lengths)
    sentences = np.bincount(of[ends], minlength=count) + 1
    # As many sentences are over as there were ends, and the last one of each passage before, which needs none.
    sentence = np.cumsum(ends) - ends + of
    words, of, sentence = rows.numbers[~ends].astype(_U64), of[~ends], sentence[~ends]
    found, passages, places = [], [], []
    for step in (1, 2):
        near = sentence[:-step] == sentence[step:]
        a, b = words[:-step][near], words[step:][near]
        found.append(_mixed((np.minimum(a, b) << _U64(32)) | np.maximum(a, b)))
        passages.append(of[:-step][near])
        places.append(sentence[:-step][near])
    passage = np.concatenate(passages)
    order = np.argsort(passage, kind="stable")
    return Pairs(np.concatenate(found)[order], passage[order], np.concatenate(places)[order], sentences)


def _mixed(value: Shingles) -> Shingles:
    """The finisher of splitmix64: near values end far apart."""
    value = (value ^ (value >> _U64(30))) * _U64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> _U64(27))) * _U64(0x94D049BB133111EB)
    return value ^ (value >> _U64(31))


def common_pairs(pairs: Pairs, distinct: int) -> Shingles:
    """The pairs of words that very many passages hold, sorted, as a sample of `distinct` passages tells it."""
    _, once = np.unique(pairs.shingles ^ _mixed(pairs.passage.astype(_U64) + _U64(1)), return_index=True)
    shingles, held = np.unique(pairs.shingles[once], return_counts=True)
    sampled = len(pairs.sentences)
    most = max(_COMMON_COUNT * sampled / max(1, distinct), _COMMON_SHARE * sampled)
    return shingles[held > most]


def sample(hashes: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], int]:
    """Places of passages with other words each, chosen by hash so that order plays no part; and how many there are."""
    distinct, first = np.unique(hashes, return_index=True)
    told = first[distinct != 0]
    return np.sort(told[:_COUNTED]), len(told)


def is_common(shingles: Shingles, common: Shingles) -> npt.NDArray[np.bool_]:
    if not len(common):
        return np.zeros(len(shingles), np.bool_)
    at = np.minimum(np.searchsorted(common, shingles), len(common) - 1)
    held: npt.NDArray[np.bool_] = common[at] == shingles
    return held


def common_sentences(pairs: Pairs, common: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """For each sentence whether nearly all of its word pairs are common; `common` tells it of each pair."""
    count = int(pairs.sentences.sum())
    held = np.bincount(pairs.sentence, minlength=count)
    of_all = np.bincount(pairs.sentence[common], minlength=count)
    return (held > 0) & (of_all >= _NEARLY_ALL * held)


def bands_of(rows: Rows, common: Shingles) -> npt.NDArray[np.uint32]:
    """Of each passage's MinHash two values at a time, by 16 bits each: passages alike have some of them in common.

    All 0 for a passage with no pair of words.
    """
    count = len(rows.lengths)
    pairs = pairs_of(rows)
    everybodys = is_common(pairs.shingles, common)
    own = ~(everybodys | common_sentences(pairs, everybodys)[pairs.sentence])
    few = np.bincount(pairs.passage, weights=own, minlength=count) < _FEWEST_OWN
    kept = own | few[pairs.passage]
    held = np.bincount(pairs.passage[kept], minlength=count)
    offsets = np.concatenate(([0], np.cumsum(held))).astype(np.uint64)
    tokens = np.ascontiguousarray(pairs.shingles[kept])
    digests = RMinHash.digest_matrix_from_flat_token_hashes(tokens, offsets, BANDS * _ROWS, _SEED).to_rows()
    parts = np.array(digests, dtype=np.uint32).reshape(count, BANDS, _ROWS) & np.uint32(0xFFFF)
    bands = (parts[:, :, 0] << np.uint32(16)) | parts[:, :, 1]
    bands[held == 0] = 0
    return bands


def likeness(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> npt.NDArray[np.float64]:
    """Row by row, the word pairs that two passages share over all that either has, as their bands tell it."""
    differ = a ^ b
    same = np.count_nonzero(differ & np.uint32(0xFFFF) == 0, axis=1) + np.count_nonzero(
        differ >> np.uint32(16) == 0, axis=1
    )
    estimated: npt.NDArray[np.float64] = same / (BANDS * _ROWS)
    return estimated
