"""Members' parts as they are compared: masked sentences, with what belongs to the session set aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.review.alike import SENTENCE_ALIKE, alike
from bot.review.masking import Masked, Masker
from bot.review.models import Segments, Span
from bot.review.shared_lines import shared_lines, without


@dataclass(frozen=True, slots=True)
class Part:
    """One member's sentences: `own` is what neither the session part nor the whole group explains."""

    label: str
    everything: tuple[Masked, ...]
    own: tuple[Masked, ...]


def parts_of(text: str, segments: Segments, masker: Masker) -> list[Part]:
    """The part of each member, in the order of the note."""
    # The session part of a note of one patient is the whole note, and would explain everything.
    session = masker.sentences(text, segments.session) if len(segments.members) > 1 else []
    parts = []
    for member, shared in zip(segments.members, shared_lines(text, segments.members), strict=True):
        everything = _sentences(text, masker, member.spans, shared)
        own = tuple(one for one in everything if not one.session and not _stands_in(one, session))
        parts.append(Part(member.label, everything, own))
    return parts


def _sentences(text: str, masker: Masker, spans: Sequence[Span], shared: Sequence[Span]) -> tuple[Masked, ...]:
    """A part's sentences in order; lines that tell of the session in other parts too are read apart from the rest."""
    found = [replace(one, session=True) for one in masker.sentences(text, shared)]
    found += masker.sentences(text, without(spans, shared))
    return tuple(sorted(found, key=lambda one: one.start))


def _stands_in(sentence: Masked, others: Iterable[Masked]) -> bool:
    return any(alike(sentence, other) >= SENTENCE_ALIKE for other in others)
