"""What of a member's part is remembered: keyed marks of its word pairs, from which nobody reads a word back.

A mark is an HMAC of two masked content words that stand near each other. Swapping a word spoils the few marks it is
in and leaves the rest, so that a lightly edited copy is still known. Names, dates, numbers, stock phrases and what
belongs to the session are in no mark.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from bot.review.masking import Masked, Masker
from bot.review.models import Segments, Span
from bot.review.parts import Part, parts_of

_NEAR = 2
"""How many content words further the second word of a pair may stand."""
_GOAL_WEIGHT = 0.25
"""The same goal stands in a patient's every note, and rightly."""
_FEWEST_WORDS = 8
_BYTES = 8
_SESSION_MARKS = 32


@dataclass(frozen=True, slots=True)
class Marks:
    """One part's marks with what each weighs. Empty where the part says too little of its own to know it by."""

    label: str
    weights: Mapping[int, float]
    sentences: tuple[tuple[Span, frozenset[int]], ...]

    @property
    def weight(self) -> float:
        return sum(self.weights.values())

    def stretches(self, shared: Set[int]) -> tuple[Span, ...]:
        """The sentences most of whose marks are shared, neighbours drawn together."""
        drawn: list[Span] = []
        for span, marks in self.sentences:
            if not marks or len(marks & shared) * 2 < len(marks):
                continue
            if drawn and span.start - drawn[-1].end <= 3:
                drawn[-1] = Span(start=drawn[-1].start, end=span.end)
            else:
                drawn.append(span)
        return tuple(drawn)


class Marker:
    """Makes marks with the installation's secret, apart for each practice."""

    def __init__(self, key: bytes, practice: str) -> None:
        self._key = key
        self._practice = practice

    def keyed(self, kind: str, words: str) -> int:
        """A number of 64 bits that stands for the words and cannot be traced back to them without the key."""
        message = "\x1f".join((self._practice, kind, words)).encode("utf-8", "surrogatepass")
        return int.from_bytes(hmac.digest(self._key, message, "sha256")[:_BYTES], "big", signed=True)

    def marks(self, text: str, segments: Segments) -> list[Marks]:
        """The marks of each member's part, in the order of the note."""
        masker = Masker(segments.members)
        return [self._of_part(part, masker) for part in parts_of(text, segments, masker)]

    def session(self, text: str, segments: Segments) -> frozenset[int]:
        """The smallest marks of the session part, by which a session is known again; none for a note of one patient."""
        if len(segments.members) < 2:
            return frozenset()
        masker = Masker(segments.members)
        found = {mark for one in masker.sentences(text, segments.session) for mark in self._of_sentence(one, masker)}
        return frozenset(sorted(found)[:_SESSION_MARKS])

    def _of_part(self, part: Part, masker: Masker) -> Marks:
        own = [one for one in part.own if not one.stock]
        if sum(one.weight for one in own) < _FEWEST_WORDS:
            return Marks(part.label, {}, ())
        weights: dict[int, float] = {}
        sentences = []
        for one in own:
            found = frozenset(self._of_sentence(one, masker))
            for mark in found:
                weights[mark] = max(weights.get(mark, 0), _GOAL_WEIGHT if one.goal else 1)
            sentences.append((Span(start=one.start, end=one.end), found))
        return Marks(part.label, weights, tuple(sentences))

    def _of_sentence(self, one: Masked, masker: Masker) -> Iterator[int]:
        words = [masker.word(number) for number, _, _ in one.steps]
        for first, second in _pairs(words):
            yield self.keyed("words", "\x1f".join(sorted((first, second))))


def _pairs(words: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((word, other) for at, word in enumerate(words) for other in words[at + 1 : at + 1 + _NEAR])
