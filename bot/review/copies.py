"""Members' parts that read as one: which, how much alike, and the shared stretches of both.

Sentences are compared after masking (bot/review/masking.py). What the session part itself says, and what both parts
say of the whole group, is no copy where individual words stand beside it; short stock phrases weigh little; a part made
of nothing else is compared whole; a part that only points at another's is a copy of it (rubric: `individualized`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.embedder import Vectors
from bot.review.alike import Match, Matched, best_of, compare, matched, shared_words
from bot.review.masking import Masked, Masker, speaks_of_programme
from bot.review.models import Copy, CopySpan, Segments
from bot.review.parts import Part, parts_of
from bot.review.references import points_at

COPY_FROM = 0.5
"""From this similarity on, two parts are copies. Set on the tuning half of tests/eval/sessions."""
_LITTLE_OF_THEIR_OWN = 4

_OPEN_FROM = 0.15
"""Pairs that share less than this by their words are not looked at for their meaning."""
_SAME_MEANING = 0.7
_MOST_EMBEDDED = 128
"""Sentences of one note, some 2 ms each."""

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(slots=True)
class Compared:
    """Two parts side by side, with what was set aside as the session's already gone."""

    a: Part
    b: Part
    ours: Sequence[Masked]
    theirs: Sequence[Masked]
    found: Matched
    only_stock: bool

    @property
    def similarity(self) -> float:
        """Matched content over the shorter part's, where the longer one is not much longer."""
        return self._share(0)

    @property
    def spans(self) -> tuple[CopySpan, ...]:
        """What stands in both, neighbours drawn together; short stock phrases only where there is nothing else."""
        shown: Sequence[Match] = [match for match in self.found.matches if not match.session]
        if not self.only_stock:
            shown = [match for match in shown if not match.stock] or shown
        return tuple(_spans(shown))

    def at_most(self, candidates: Sequence[tuple[int, int]]) -> float:
        """The similarity if each candidate pair of the sentences left over said the same."""
        ours = self._weight(self.found.ours_left[i] for i in {i for i, _ in candidates})
        theirs = self._weight(self.found.theirs_left[j] for j in {j for _, j in candidates})
        return self._share(min(ours, theirs))

    def _share(self, more: float) -> float:
        """`more` is content that counts as matched beside what is."""
        found = [one for one in self.found.matches if not one.session]
        shared = more + sum(one.score * (one.ours + one.theirs) / 2 * self._worth(one) for one in found)
        of_session = sum(one.ours for one in self.found.matches if one.session)
        first, second = self._weight(self.ours) - of_session, self._weight(self.theirs) - of_session
        whole = max(min(first, second), 0.7 * max(first, second))
        return min(1.0, shared / whole) if whole > 0 else 0.0

    def _weight(self, sentences: Iterable[Masked]) -> float:
        return sum(one.weight * self._worth(one) for one in sentences)

    def _worth(self, one: Masked | Match) -> float:
        return 1.0 if self.only_stock else one.worth


def find_copies(text: str, segments: Segments, embed: Embed | None = None) -> tuple[Copy, ...]:
    """The pairs of members whose parts are copies, most alike first.

    With `embed`, sentences that the words leave open are compared by their meaning too.
    """
    # A note of one patient has nothing to compare with; its session part is the whole note.
    if len(segments.members) < 2:
        return ()
    masker = Masker(segments.members)
    parts = parts_of(text, segments, masker)
    pointing = {(copy.a, copy.b): copy for copy in _pointers(text, segments, masker)}
    compared = [
        one for a, b in combinations(parts, 2) if (a.label, b.label) not in pointing and (one := compare_parts(a, b))
    ]
    if embed:
        _compare_meaning(compared, embed)
    copies = [_copy(one) for one in compared if one.similarity >= COPY_FROM]
    return tuple(sorted([*pointing.values(), *copies], key=lambda copy: -copy.similarity))


def compare_parts(a: Part, b: Part) -> Compared | None:
    """Both parts by their words; None where one says something of its own and the other does not."""
    shared = _opening(a.everything, b.everything)
    ours = [one for one in a.own if one.start not in shared]
    theirs = [one for one in b.own if one.start not in shared]
    if min(_own_weight(ours), _own_weight(theirs)) < _LITTLE_OF_THEIR_OWN:
        # Nothing individual on one side: then the shared words are all there is.
        if max(_own_weight(ours), _own_weight(theirs)) >= _LITTLE_OF_THEIR_OWN:
            return None
        ours, theirs = list(a.everything), list(b.everything)
    only_stock = all(one.stock for one in ours) or all(one.stock for one in theirs)
    return Compared(a, b, ours, theirs, compare(ours, theirs), only_stock)


def _own_weight(sentences: Iterable[Masked]) -> float:
    return sum(one.weight * one.worth for one in sentences)


def _opening(ours: Sequence[Masked], theirs: Sequence[Masked]) -> set[int]:
    """Where the sentences begin that open both parts to the letter and tell of the session, not of a patient."""
    block: list[tuple[Masked, Masked]] = []
    for a, b in zip(ours, theirs, strict=False):
        if a.of_one or a.said.casefold() != b.said.casefold():
            break
        block.append((a, b))
    if not any(speaks_of_programme(a.said) for a, _ in block[:2]):
        return set()
    return {one.start for pair in block for one in pair}


def _pointers(text: str, segments: Segments, masker: Masker) -> Iterator[Copy]:
    """Parts that say no more than whose part they repeat."""
    labels = [member.label for member in segments.members]
    seen: dict[str, str] = {}
    for place, member in enumerate(segments.members):
        sentences = masker.sentences(text, member.spans, bare=True)
        pointed = points_at(member.label, sentences, labels, labels[place - 1] if place else "")
        if not pointed:
            continue
        target, said = pointed
        seen[member.label] = target
        for meant in dict.fromkeys((target, seen.get(target, target))):
            other = labels.index(meant)
            first, last = segments.members[other].spans[0], segments.members[other].spans[-1]
            ahead = other < place
            start = first.start
            end = start + len(text[start : max(first.end, last.end)].rstrip())
            span = (
                CopySpan(a_start=start, a_end=end, b_start=said.start, b_end=said.end)
                if ahead
                else CopySpan(a_start=said.start, a_end=said.end, b_start=start, b_end=end)
            )
            pair = (meant, member.label) if ahead else (member.label, meant)
            yield Copy(a=pair[0], b=pair[1], similarity=1.0, spans=(span,), points=member.label)


_Opened = tuple[Compared, list[tuple[int, int]]]


def _compare_meaning(compared: Iterable[Compared], embed: Embed) -> None:
    """Add the sentences that say the same in other words, to pairs that the words alone leave open."""
    opened = list(_opened(compared))
    # The pairs most alike first, as far as the time goes.
    opened.sort(key=lambda row: -row[0].similarity)
    texts = dict.fromkeys(said for row in opened for said in _left_over(row))
    chosen = list(texts)[:_MOST_EMBEDDED]
    if not chosen:
        return
    vectors = dict(zip(chosen, embed(chosen), strict=True))
    for one, candidates in opened:
        ours, theirs = one.found.ours_left, one.found.theirs_left
        scored = []
        for i, j in candidates:
            first, second = vectors.get(ours[i].said), vectors.get(theirs[j].said)
            if first is not None and second is not None and (score := float(first @ second)) >= _SAME_MEANING:
                scored.append((score, i, j))
        more = [matched(ours[i], theirs[j], score) for score, i, j in best_of(scored)]
        one.found = Matched((*one.found.matches, *more), ours, theirs)


def _opened(compared: Iterable[Compared]) -> Iterator[_Opened]:
    """The pairs whose meaning could yet make them copies, and the sentences to look at."""
    for one in compared:
        if _OPEN_FROM <= one.similarity < COPY_FROM:
            candidates = list(_candidates(one))
            if one.at_most(candidates) >= COPY_FROM:
                yield one, candidates


def _left_over(opened: _Opened) -> Iterator[str]:
    one, candidates = opened
    for i, j in candidates:
        yield one.found.ours_left[i].said
        yield one.found.theirs_left[j].said


def _candidates(one: Compared) -> Iterator[tuple[int, int]]:
    """Places of sentences left over on both sides that share some of their words."""
    ours, theirs = one.found.ours_left, one.found.theirs_left
    for (i, j), shared in shared_words(ours, theirs).items():
        a, b = ours[i], theirs[j]
        if not a.stock and not b.stock and shared * 4 >= min(a.weight, b.weight) and min(a.weight, b.weight) >= 2:
            yield i, j


def _copy(one: Compared) -> Copy:
    return Copy(a=one.a.label, b=one.b.label, similarity=round(one.similarity, 3), spans=one.spans)


def _spans(matches: Iterable[Match]) -> Iterator[CopySpan]:
    """The matched stretches in the order of the first part, neighbours on both sides drawn together."""
    last: CopySpan | None = None
    for match in sorted(matches, key=lambda one: one.a_start):
        if last and 0 <= match.a_start - last.a_end <= 3 and 0 <= match.b_start - last.b_end <= 3:
            last = last.model_copy(update={"a_end": match.a_end, "b_end": match.b_end})
            continue
        if last:
            yield last
        last = CopySpan(a_start=match.a_start, a_end=match.a_end, b_start=match.b_start, b_end=match.b_end)
    if last:
        yield last
