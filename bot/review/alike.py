"""How much of one member's sentences stands in another's: the same, nearly the same, in runs, or in other words."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from bot.review.masking import Masked, speaks_of_one, speaks_of_session

SENTENCE_ALIKE = 0.7
_RUN = 4
"""Content words in a row that two parts share only where one was written from the other."""
_SENTENCE_COVERED = 0.6
_MOST_PLACES = 8
_WORTH_A_LOOK = 0.25
"""Parts whose left-over sentences have fewer of their words in common share no runs to speak of."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of one part and the stretch of the other that reads as it; `score` from 0 to 1.

    `ours` and `theirs` tell how many content words of each side it accounts for, `worth` what one of them weighs;
    `session` tells that they are of the group.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    score: float
    ours: float
    theirs: float
    stock: bool = False
    worth: float = 1.0
    session: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """What two parts share, and the sentences of both that found no counterpart."""

    matches: tuple[Match, ...]
    ours_left: tuple[Masked, ...]
    theirs_left: tuple[Masked, ...]


def compare(ours: Sequence[Masked], theirs: Sequence[Masked]) -> Matched:
    """Sentences paired off, then runs of words in those that are left: sentences joined, split or recast."""
    pairs, ours_left, theirs_left = _same(ours, theirs)
    near, ours_left, theirs_left = _nearest(ours_left, theirs_left)
    matches = [matched(a, b, score) for a, b, score in pairs + near]
    runs, ours_left, theirs_left = _runs(ours_left, theirs_left)
    return Matched((*matches, *runs), tuple(ours_left), tuple(theirs_left))


def matched(a: Masked, b: Masked, score: float) -> Match:
    return Match(a.start, a.end, b.start, b.end, score, a.weight, b.weight, a.stock, a.worth)


def alike(a: Masked, b: Masked) -> float:
    """From 0 to 1: the same words in the same order, or for longer sentences in any order."""
    shared = len(a.content & b.content)
    if shared * 2 < max(len(a.content), len(b.content)):
        return 0.0
    in_order = float(Indel.normalized_similarity(a.words, b.words))
    if len(a.content) < 5 or len(b.content) < 5:
        return in_order
    return max(in_order, 2 * shared / (len(a.content) + len(b.content)) - 0.05)


_Pairs = list[tuple[Masked, Masked, float]]


def _same(ours: Iterable[Masked], theirs: Iterable[Masked]) -> tuple[_Pairs, list[Masked], list[Masked]]:
    same: defaultdict[tuple[int, ...], deque[Masked]] = defaultdict(deque)
    for other in theirs:
        same[other.words].append(other)
    pairs, left = [], []
    for one in ours:
        if same[one.words]:
            pairs.append((one, same[one.words].popleft(), 1.0))
        else:
            left.append(one)
    return pairs, left, [other for others in same.values() for other in others]


def _nearest(ours: Sequence[Masked], theirs: Sequence[Masked]) -> tuple[_Pairs, list[Masked], list[Masked]]:
    """What is alike and not the same; only sentences that share half their content are compared word by word."""
    scored = [
        (score, i, j)
        for (i, j), shared in shared_words(ours, theirs).items()
        if shared * 2 >= max(len(ours[i].content), len(theirs[j].content))
        and (score := alike(ours[i], theirs[j])) >= SENTENCE_ALIKE
    ]
    chosen = best_of(scored)
    taken, taken_there = {i for _, i, _ in chosen}, {j for _, _, j in chosen}
    return (
        [(ours[i], theirs[j], score) for score, i, j in chosen],
        [one for i, one in enumerate(ours) if i not in taken],
        [one for j, one in enumerate(theirs) if j not in taken_there],
    )


def shared_words(ours: Sequence[Masked], theirs: Sequence[Masked]) -> Mapping[tuple[int, int], int]:
    """How many content words each two sentences share, by their places; those that share none are left out."""
    holding: defaultdict[int, list[int]] = defaultdict(list)
    for j, other in enumerate(theirs):
        for word in other.content:
            holding[word].append(j)
    return Counter((i, j) for i, one in enumerate(ours) for word in one.content for j in holding.get(word, ()))


def best_of(scored: Iterable[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """Pairs of places, the best score first, each place taken once."""
    taken: set[int] = set()
    taken_there: set[int] = set()
    chosen = []
    for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1:])):
        if i not in taken and j not in taken_there:
            taken.add(i)
            taken_there.add(j)
            chosen.append((score, i, j))
    return chosen


def _runs(ours: Sequence[Masked], theirs: Sequence[Masked]) -> tuple[list[Match], list[Masked], list[Masked]]:
    """The longest runs of content words that both hold, each word taken once."""
    held, theld = _content(ours), _content(theirs)
    if len(held & theld) < _WORTH_A_LOOK * min(len(held), len(theld)):
        return [], list(ours), list(theirs)
    first, second = list(_steps(ours)), list(_steps(theirs))
    taken, taken_there, matches = set[int](), set[int](), []
    for length, i, j in _common_runs([step.word for step in first], [step.word for step in second]):
        here, there = set(range(i, i + length)), set(range(j, j + length))
        if here & taken or there & taken_there:
            continue
        shorter = min(len(first[i].sentence.steps), len(second[j].sentence.steps))
        if length < _RUN and length < max(2, _SENTENCE_COVERED * shorter):
            continue
        taken |= here
        taken_there |= there
        sentence, start, end = first[i].sentence, first[i].start, first[i + length - 1].end
        matches.append(
            Match(
                a_start=start,
                a_end=end,
                b_start=second[j].start,
                b_end=second[j + length - 1].end,
                score=1.0,
                ours=length,
                theirs=length,
                worth=min(first[i].sentence.worth, second[j].sentence.worth),
                session=_of_session(sentence.said[start - sentence.start : end - sentence.start]),
            )
        )
    return matches, _uncovered(ours, first, taken), _uncovered(theirs, second, taken_there)


def _of_session(said: str) -> bool:
    return speaks_of_session(said) and not speaks_of_one(said)


def _content(sentences: Iterable[Masked]) -> frozenset[int]:
    return frozenset().union(*(one.content for one in sentences if not one.stock))


class _Step(NamedTuple):
    word: int
    start: int
    end: int
    sentence: Masked


def _steps(sentences: Iterable[Masked]) -> Iterator[_Step]:
    for sentence in sentences:
        if not sentence.stock:
            for step in sentence.steps:
                yield _Step(*step, sentence)


def _common_runs(first: Sequence[int], second: Sequence[int]) -> list[tuple[int, int, int]]:
    """Length and both starts of every longest common run of two words or more, the longest first."""
    places: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for j, pair in enumerate(pairwise(second)):
        places[pair].append(j)
    found = []
    for i, pair in enumerate(pairwise(first)):
        # What is said over and over is no trace of copying, and would cost the square of it.
        for j in places.get(pair, ())[:_MOST_PLACES]:
            if i and j and first[i - 1] == second[j - 1]:
                continue
            length = 2
            while i + length < len(first) and j + length < len(second) and first[i + length] == second[j + length]:
                length += 1
            found.append((length, i, j))
    return sorted(found, key=lambda row: (-row[0], row[1:]))


def _uncovered(sentences: Sequence[Masked], steps: Sequence[_Step], taken: set[int]) -> list[Masked]:
    covered = Counter(step.sentence.start for place, step in enumerate(steps) if place in taken)
    return [one for one in sentences if covered[one.start] * 2 < max(1, len(one.steps))]
