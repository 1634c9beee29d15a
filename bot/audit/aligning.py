"""Two passages word by word: how much of the shorter one stands in the other, and where.

The share of words that both have in the same order, over the words of their own; where that is too little, a review's
comparison (bot/review/copies.py), which also finds sentences put in another order, joined or split. Stock phrases,
what tells of the session and sentences that very many passages hold are set aside while something else is left.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from rapidfuzz.distance import LCSseq

from bot.audit.fingerprints import Shingles, common_sentences, is_common, pairs_of
from bot.audit.passage import SharedSpan
from bot.audit.reading import ENDS, TOKEN, Reader, Rows, is_name, unwrapped
from bot.review.copies import compare_parts
from bot.review.masking import Masked, Masker, reads_as_stock, speaks_of_one, speaks_of_session
from bot.review.models import Member
from bot.review.parts import Part

_LITTLE_OF_THEIR_OWN = 4
"""Content words. With fewer, a passage is made of stock phrases and compared whole, as in a review."""
_LABEL = re.compile(r"[\s*•-]*([A-Z][\w /&-]{1,40}):(?=\s)")
_ROUNDING = 1e-9
_GAP = 3
"""So many words left out or put in do not end a shared stretch."""
_BESIDE = 2
"""Words between two words that still stand beside each other."""
_SHORTEST = 4
"""Words of a stretch worth showing, where there is a longer one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence behind its label. `common`: very many passages hold it; `own`: it tells something of one member."""

    start: int
    end: int
    label: str
    common: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A passage as it is compared: its sentences, and of each word what it counts as and where it stands.

    `telling` marks the words that carry what is told, `own` those of its own sentences; `bag` counts the words that are
    both, or all that carry something where a passage tells too little of its own (`has_own`).
    """

    text: str
    sentences: tuple[Sentence, ...]
    numbers: list[int]
    places: list[tuple[int, int]]
    sentence: list[int]
    telling: list[bool]
    own: list[bool]
    own_words: int
    has_own: bool
    bag: Counter[int]


def tell(texts: Sequence[str], common: Shingles, reader: Reader) -> list[Told]:
    """The passages taken apart."""
    pairs = pairs_of(Rows.of(texts, reader))
    flags = iter(common_sentences(pairs, is_common(pairs.shingles, common)).tolist())
    return [
        _told(text, [next(flags) for _ in range(count)], reader)
        for text, count in zip(texts, pairs.sentences.tolist(), strict=True)
    ]


def _told(text: str, common: Sequence[bool], reader: Reader) -> Told:
    numbers, places, sentence, telling, own = (
        list[int](),
        list[tuple[int, int]](),
        list[int](),
        list[bool](),
        list[bool](),
    )
    sentences: list[Sentence] = []
    for (start, end, tokens), everybodys in zip(_split(text), common, strict=True):
        label = _LABEL.match(text, start, end)
        begin = label.end() if label else start
        here = [token for token in tokens if token.start() >= begin] if label else tokens
        written = [token[0] for token in here]
        tells = reader.telling(written)
        name = label[1] if label else ""
        is_own = not everybodys and _is_own(text[begin:end], name, sum(tells))
        numbers += reader.kinds(written)
        places += [token.span() for token in here]
        sentence += [len(sentences)] * len(here)
        own += [is_own] * len(here)
        telling += tells
        sentences.append(Sentence(begin, end, name, everybodys, is_own))
    counted = [number for number, tells, mine in zip(numbers, telling, own, strict=True) if tells and mine]
    has_own = len(counted) >= _LITTLE_OF_THEIR_OWN
    if not has_own:
        counted = [number for number, tells in zip(numbers, telling, strict=True) if tells]
    return Told(text, tuple(sentences), numbers, places, sentence, telling, own, sum(own), has_own, Counter(counted))


def _split(text: str) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
    """The stretches between what ends a sentence, as the fingerprints have them, with their words."""
    start, tokens = 0, list[re.Match[str]]()
    for token in TOKEN.finditer(unwrapped(text)):
        if token[0] in ENDS:
            yield start, token.start(), tokens
            start, tokens = token.end(), []
        else:
            tokens.append(token)
    yield start, len(text), tokens


def _is_own(said: str, label: str, content: int) -> bool:
    if reads_as_stock(said, label, content):
        return False
    return speaks_of_one(said) or not speaks_of_session(said)


def judge(a: Told, b: Told, alike: float) -> tuple[float, tuple[SharedSpan, ...]] | None:
    """The similarity and the shared stretches of two passages that are alike; None where they are less than that."""
    if a.text.strip() == b.text.strip():
        return 1.0, (SharedSpan(*_whole(a.text), *_whole(b.text)),)
    by_own = a.has_own and b.has_own
    ours, theirs = (a.own_words, b.own_words) if by_own else (len(a.numbers), len(b.numbers))
    least = max(1, ceil(alike * _of_which(ours, theirs) - _ROUNDING))
    if LCSseq.similarity(a.numbers, b.numbers, score_cutoff=least) >= least:
        blocks = _blocks(a, b)
        similarity = _in_order(a, b, blocks) if by_own else sum(size for _, _, size in blocks) / _of_which(ours, theirs)
        if similarity >= alike - _ROUNDING:
            return min(1.0, similarity), tuple(_stretches(a, b, blocks))
    if (a.bag & b.bag).total() < alike * _of_which(a.bag.total(), b.bag.total()):
        return None
    return _reviewed(a, b, alike)


def _of_which(ours: float, theirs: float) -> float:
    """What a share is of: the shorter one's words, where the longer one is not much longer."""
    return max(min(ours, theirs), 0.7 * max(ours, theirs))


_Blocks = Sequence[tuple[int, int, int]]
"""Words that stand in both in the same order: the place of the first in either, and how many."""


def _blocks(a: Told, b: Told) -> _Blocks:
    """Little words alone count beside others only: any two texts have many an "and" and "the" in one order."""
    found = [
        (block.a, block.b, block.size)
        for block in LCSseq.editops(a.numbers, b.numbers).as_matching_blocks()
        if block.size
    ]
    tells = [any(a.telling[i : i + size]) for i, _, size in found]
    near = [_near(one, other) for one, other in pairwise(found)]
    beside = zip((False, *tells), (False, *near), (*tells[1:], False), (*near, False), strict=False)
    return [
        block
        for block, tell, (before, near_it, after, near_that) in zip(found, tells, beside, strict=False)
        if tell or (before and near_it) or (after and near_that)
    ]


def _near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    (i, j, size), (next_i, next_j, _) = one, other
    return next_i - i - size <= _BESIDE and next_j - j - size <= _BESIDE


def _in_order(a: Told, b: Told, blocks: _Blocks) -> float:
    """The share of the words of their own that stand in the other in the same order.

    A word that is one's own only on one side counts on both: an edited phrase is no stock phrase any more.
    """
    shared, ours, theirs = 0, a.own_words, b.own_words
    for i, j, size in blocks:
        for here, there in zip(a.own[i : i + size], b.own[j : j + size], strict=True):
            shared += here or there
            ours += there and not here
            theirs += here and not there
    return shared / _of_which(ours, theirs)


def _whole(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _stretches(a: Told, b: Told, blocks: _Blocks) -> Iterator[SharedSpan]:
    """Where the words in the same order stand, small gaps bridged, scattered single words left out."""
    drawn: list[tuple[int, int, int, int, int]] = []
    for i, j, size in blocks:
        if drawn and _goes_on(a, drawn[-1][1], i) and _goes_on(b, drawn[-1][3], j):
            first, _, second, _, words = drawn[-1]
            drawn[-1] = (first, i + size, second, j + size, words + size)
        else:
            drawn.append((i, i + size, j, j + size, size))
    for i, i_end, j, j_end, _ in [one for one in drawn if one[4] >= _SHORTEST] or drawn:
        yield SharedSpan(a.places[i][0], a.places[i_end - 1][1], b.places[j][0], b.places[j_end - 1][1])


def _goes_on(told: Told, end: int, start: int) -> bool:
    return start - end <= _GAP and told.sentence[start] - told.sentence[end - 1] <= 1


def _reviewed(a: Told, b: Told, alike: float) -> tuple[float, tuple[SharedSpan, ...]] | None:
    names = {word[0] for one in (a, b) for word in TOKEN.finditer(one.text) if word[0] not in ENDS and is_name(word[0])}
    masker = Masker(Member(label=name, spans=()) for name in sorted(names))
    compared = compare_parts(_part(a, masker), _part(b, masker))
    if not compared or compared.similarity < alike:
        return None
    spans = tuple(SharedSpan(one.a_start, one.a_end, one.b_start, one.b_end) for one in compared.spans)
    return compared.similarity, spans


def _part(told: Told, masker: Masker) -> Part:
    sentences = tuple(masked for one in told.sentences if (masked := _masked(told.text, one, masker)).weight)
    return Part("", sentences, tuple(one for one in sentences if not one.session))


def _masked(text: str, sentence: Sentence, masker: Masker) -> Masked:
    masked = masker.mask(text, sentence.start, sentence.end, sentence.label)
    return replace(masked, stock=True) if sentence.common else masked
