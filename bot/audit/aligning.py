"""Two passages word by word: how much of the shorter one stands in the other, and where.

The share of words that both have in the same order, over the words of their own; where that is too little, a review's
comparison (bot/review/copies.py), which also finds sentences put in another order, joined or split. Stock phrases,
what tells of the session and sentences that very many passages hold are set aside while something else is left.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from bot.audit.fingerprints import Shingles, common_sentences, pairs_of
from bot.audit.passage import SharedSpan
from bot.audit.reading import ENDS, TOKEN, Reader, Rows, is_name
from bot.review.copies import compare_parts
from bot.review.masking import Masked, Masker, reads_as_stock, speaks_of_one, speaks_of_session
from bot.review.models import Member
from bot.review.parts import Part

_LITTLE_OF_THEIR_OWN = 4
"""Content words. With fewer, a passage is made of stock phrases and compared whole, as in a review."""
_LABEL = re.compile(r"[\s*•-]*([A-Z][\w /&-]{1,40}):(?=\s)")
_GAP = 3
"""So many words left out or put in do not end a shared stretch."""
_SHORTEST = 4
"""Words of a stretch worth showing, where there is a longer one."""


class _Word(NamedTuple):
    number: int
    start: int
    end: int
    sentence: int


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
    """A passage as it is compared: its sentences, all of its words, and those of its own."""

    text: str
    sentences: tuple[Sentence, ...]
    words: tuple[_Word, ...]
    own: tuple[_Word, ...]
    has_own: bool


def tell(texts: Sequence[str], common: Shingles, reader: Reader) -> list[Told]:
    """The passages taken apart."""
    pairs = pairs_of(Rows.of(texts, reader))
    flags = iter(common_sentences(pairs, common).tolist())
    return [
        _told(text, [next(flags) for _ in range(count)], reader)
        for text, count in zip(texts, pairs.sentences, strict=True)
    ]


def _told(text: str, common: Sequence[bool], reader: Reader) -> Told:
    words: list[_Word] = []
    sentences: list[Sentence] = []
    own_content = 0
    for (start, end, tokens), everybodys in zip(_split(text), common, strict=True):
        label = _LABEL.match(text, start, end)
        begin = label.end() if label else start
        here = [
            _Word(reader.kind(one[0]), one.start(), one.end(), len(sentences)) for one in tokens if one.start() >= begin
        ]
        content = sum(reader.tells(text[word.start : word.end]) for word in here)
        name = label[1] if label else ""
        own = not everybodys and _is_own(text[begin:end], name, content)
        own_content += content if own else 0
        words += here
        sentences.append(Sentence(begin, end, name, everybodys, own))
    own_words = tuple(word for word in words if sentences[word.sentence].own)
    return Told(text, tuple(sentences), tuple(words), own_words, own_content >= _LITTLE_OF_THEIR_OWN)


def _split(text: str) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
    """The stretches between what ends a sentence, as the fingerprints have them, with their words."""
    start, tokens = 0, list[re.Match[str]]()
    for token in TOKEN.finditer(text):
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
        return 1.0, ((*_whole(a.text), *_whole(b.text)),)
    ours, theirs = (a.own, b.own) if a.has_own and b.has_own else (a.words, b.words)
    whole = max(min(len(ours), len(theirs)), 0.7 * max(len(ours), len(theirs)))
    least = max(1, ceil(alike * whole - 1e-9))
    first, second = [word.number for word in ours], [word.number for word in theirs]
    in_order = LCSseq.similarity(first, second, score_cutoff=least)
    if in_order >= least:
        return min(1.0, in_order / whole), tuple(_stretches(ours, theirs, first, second))
    if (Counter(first) & Counter(second)).total() < least:
        return None
    return _reviewed(a, b, alike)


def _whole(text: str) -> tuple[int, int]:
    start = len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _stretches(
    ours: Sequence[_Word], theirs: Sequence[_Word], first: Sequence[int], second: Sequence[int]
) -> Iterator[SharedSpan]:
    """Where the words in the same order stand, small gaps bridged, scattered single words left out."""
    drawn: list[tuple[int, int, int, int, int]] = []
    for i, j, size in LCSseq.editops(first, second).as_matching_blocks():
        if not size:
            continue
        if drawn and _goes_on(ours, drawn[-1][1], i) and _goes_on(theirs, drawn[-1][3], j):
            a, _, b, _, words = drawn[-1]
            drawn[-1] = (a, i + size, b, j + size, words + size)
        else:
            drawn.append((i, i + size, j, j + size, size))
    long = [one for one in drawn if one[4] >= _SHORTEST] or drawn
    for i, i_end, j, j_end, _ in long:
        yield ours[i].start, ours[i_end - 1].end, theirs[j].start, theirs[j_end - 1].end


def _goes_on(words: Sequence[_Word], end: int, start: int) -> bool:
    return start - end <= _GAP and words[start].sentence - words[end - 1].sentence <= 1


def _reviewed(a: Told, b: Told, alike: float) -> tuple[float, tuple[SharedSpan, ...]] | None:
    names = {word[0] for one in (a, b) for word in TOKEN.finditer(one.text) if word[0] not in ENDS and is_name(word[0])}
    masker = Masker(Member(label=name, spans=()) for name in sorted(names))
    compared = compare_parts(_part(a, masker), _part(b, masker))
    if not compared or compared.similarity < alike:
        return None
    spans = tuple((one.a_start, one.a_end, one.b_start, one.b_end) for one in compared.spans)
    return compared.similarity, spans


def _part(told: Told, masker: Masker) -> Part:
    sentences = tuple(masked for one in told.sentences if (masked := _masked(told.text, one, masker)).weight)
    return Part("", sentences, tuple(one for one in sentences if not one.session))


def _masked(text: str, sentence: Sentence, masker: Masker) -> Masked:
    masked = masker.mask(text, sentence.start, sentence.end, sentence.label)
    return replace(masked, stock=True) if sentence.common else masked
