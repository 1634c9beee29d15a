"""Members' parts that read as one: which, how much alike, and the shared stretches of both.

Sentences are compared after masking (bot/review/masking.py). What the session part itself says, and sentences about
the whole group, are no copy where individual words stand beside them; short stock phrases weigh little; a part made
of nothing else is compared whole (rubric: `individualized`).
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz.distance import Indel

from bot.review.masking import Masked, Masker
from bot.review.models import Copy, CopySpan, Segments

COPY_FROM = 0.5
"""From this similarity on, two parts are copies. Set on the tuning half of tests/eval/sessions."""
SENTENCE_ALIKE = 0.7
_STOCK_WEIGHT = 0.2
_LITTLE_OF_THEIR_OWN = 4


@dataclass(slots=True)
class _Part:
    """One member's sentences: `own` is what neither the session part nor the whole group explains."""

    label: str
    everything: list[Masked]
    own: list[Masked] = field(default_factory=list)


def find_copies(text: str, segments: Segments) -> tuple[Copy, ...]:
    """The pairs of members whose parts are copies, most alike first."""
    masker = Masker(segments.members)
    # A note of one patient has nothing to compare with; its session part is the whole note.
    if len(segments.members) < 2:
        return ()
    session = masker.sentences(text, segments.session)
    parts = [_Part(member.label, masker.sentences(text, member.spans)) for member in segments.members]
    for part in parts:
        part.own = [one for one in part.everything if not one.session and not _stands_in(one, session)]
    found = (_compare(a, b) for a, b in combinations(parts, 2))
    return tuple(sorted((copy for copy in found if copy), key=lambda copy: -copy.similarity))


def _compare(a: _Part, b: _Part) -> Copy | None:
    ours, theirs = a.own, b.own
    if min(_weight(ours), _weight(theirs)) < _LITTLE_OF_THEIR_OWN:
        # Nothing individual on one side: then the shared words are all there is.
        if max(_weight(ours), _weight(theirs)) >= _LITTLE_OF_THEIR_OWN:
            return None
        ours, theirs = a.everything, b.everything
    only_stock = all(one.stock for one in ours) or all(one.stock for one in theirs)
    pairs = _matches(ours, theirs)
    score = _similarity(ours, theirs, pairs, only_stock=only_stock)
    if score < COPY_FROM:
        return None
    shown = pairs if only_stock else [pair for pair in pairs if not pair[0].stock] or pairs
    return Copy(a=a.label, b=b.label, similarity=round(score, 3), spans=tuple(_spans(shown)))


def _stands_in(sentence: Masked, others: Iterable[Masked]) -> bool:
    return any(_alike(sentence, other) >= SENTENCE_ALIKE for other in others)


def _alike(a: Masked, b: Masked) -> float:
    """From 0 to 1: the same words in the same order, or for longer sentences in any order."""
    shared = len(a.content & b.content)
    if shared * 2 < max(len(a.content), len(b.content)):
        return 0.0
    in_order = float(Indel.normalized_similarity(a.words, b.words))
    if len(a.content) < 5 or len(b.content) < 5:
        return in_order
    return max(in_order, 2 * shared / (len(a.content) + len(b.content)) - 0.05)


def _matches(ours: Sequence[Masked], theirs: Sequence[Masked]) -> list[tuple[Masked, Masked, float]]:
    """Sentences paired off, most alike first, each taken once."""
    same: defaultdict[tuple[int, ...], deque[Masked]] = defaultdict(deque)
    for other in theirs:
        same[other.words].append(other)
    pairs = []
    left = []
    for one in ours:
        if same[one.words]:
            pairs.append((one, same[one.words].popleft(), 1.0))
        else:
            left.append(one)
    return pairs + _nearest(left, [other for others in same.values() for other in others])


def _nearest(ours: Sequence[Masked], theirs: Sequence[Masked]) -> list[tuple[Masked, Masked, float]]:
    """What is alike and not the same; only sentences that share half their content are compared word by word."""
    holding: defaultdict[int, list[int]] = defaultdict(list)
    for j, other in enumerate(theirs):
        for word in other.content:
            holding[word].append(j)
    scored = []
    for i, one in enumerate(ours):
        shared = Counter(j for word in one.content for j in holding.get(word, ()))
        near = (j for j, count in shared.items() if count * 2 >= max(len(one.content), len(theirs[j].content)))
        scored += [(score, i, j) for j in near if (score := _alike(one, theirs[j])) >= SENTENCE_ALIKE]
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    pairs = []
    for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1:])):
        if i not in taken_ours and j not in taken_theirs:
            taken_ours.add(i)
            taken_theirs.add(j)
            pairs.append((ours[i], theirs[j], score))
    return pairs


def _weight(sentences: Iterable[Masked], *, stock_counts: bool = False) -> float:
    return sum(one.weight * (_STOCK_WEIGHT if one.stock and not stock_counts else 1) for one in sentences)


def _similarity(
    ours: Sequence[Masked],
    theirs: Sequence[Masked],
    pairs: Iterable[tuple[Masked, Masked, float]],
    *,
    only_stock: bool,
) -> float:
    """Matched content over the shorter part's, where the longer one is not much longer."""
    shared = sum(
        score * (_weight([a], stock_counts=only_stock) + _weight([b], stock_counts=only_stock)) / 2
        for a, b, score in pairs
    )
    first, second = _weight(ours, stock_counts=only_stock), _weight(theirs, stock_counts=only_stock)
    whole = max(min(first, second), 0.7 * max(first, second))
    return min(1.0, shared / whole) if whole else 0.0


def _spans(pairs: Iterable[tuple[Masked, Masked, float]]) -> Iterable[CopySpan]:
    """The matched stretches in the order of the first part, neighbours on both sides drawn together."""
    last: CopySpan | None = None
    for a, b, _ in sorted(pairs, key=lambda pair: pair[0].start):
        if last and 0 <= a.start - last.a_end <= 3 and 0 <= b.start - last.b_end <= 3:
            last = last.model_copy(update={"a_end": a.end, "b_end": b.end})
            continue
        if last:
            yield last
        last = CopySpan(a_start=a.start, a_end=a.end, b_start=b.start, b_end=b.end)
    if last:
        yield last
