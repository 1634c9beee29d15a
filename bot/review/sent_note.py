"""A note as a model gets it: redacted, in parts that fit, and where in the original each answer may point."""

from collections.abc import Iterable

from bot.llm.grounding import sentences
from bot.llm.identifying.names import SurfaceForms
from bot.llm.redaction import redact
from bot.llm.structured import ModelUnavailable
from bot.review.models import Element, Segments, Span

Place = tuple[int, int]

# Characters. What is longer would be cut by the provider in a place that we do not know.
_LONGEST = 24_000
_LONGEST_AROUND = 8_000
# These may be told in the members' parts as well; the others are read from the session part where there is one.
_TOLD_ANYWHERE = {Element.SESSION_DATE, Element.MODALITY, Element.PROVIDER_INTERVENTIONS, Element.ACTIVE_PSYCHOTHERAPY}


class SentNote:
    """One note with its parts. `redacted` turns what the model quotes back into the note's own words."""

    def __init__(self, text: str, segments: Segments) -> None:
        self.text = text
        self.redacted = redact(text, [member.label for member in segments.members])
        self._segments = segments

    @property
    def members(self) -> int:
        return len(self._segments.members)

    def name_of(self, index: int) -> str:
        """What stands for this member's name in everything that is sent."""
        return self.redacted.member(index)

    def for_session(self) -> str:
        """The whole note; of one too long, the session part and as much of the members' as fits.

        Raises ModelUnavailable where the session part alone is too long.
        """
        if len(self.redacted.text) <= _LONGEST or not self._segments.session:
            return _fitting(self.redacted.text)
        shared = _fitting(self._parts(self._segments.session))
        theirs = "\n\n".join(self._parts(member.spans) for member in self._segments.members)
        return f"{shared}\n\n{theirs}"[:_LONGEST]

    def for_member(self, index: int) -> str:
        """This member's part; raises ModelUnavailable where it is too long."""
        return _fitting(self._parts(self._segments.members[index].spans))

    def around_member(self) -> str:
        """The session part, for what it says of a member and for what the members' parts refer to."""
        return self._parts(self._segments.session)[:_LONGEST_AROUND]

    def session_places(self, element: Element) -> list[Place]:
        """Where evidence for a session element may stand."""
        if element in _TOLD_ANYWHERE or not self._segments.session:
            return [(0, len(self.text))]
        return _places(self._segments.session)

    def member_places(self, index: int) -> list[Place]:
        """Where evidence for a member may stand: their own part, and the session's sentences that name them."""
        member = self._segments.members[index]
        forms = SurfaceForms(member.label)
        naming = [
            (span.start + start, span.start + end)
            for span in self._segments.session
            for start, end in sentences(self.text[span.start : span.end])
            if forms.named_in(self.text[span.start + start : span.start + end])
        ]
        return _places(member.spans) + naming

    def _parts(self, spans: Iterable[Span]) -> str:
        return "\n\n".join(self.redacted.part(span.start, span.end) for span in spans)


def _places(spans: Iterable[Span]) -> list[Place]:
    return [(span.start, span.end) for span in spans]


def _fitting(part: str) -> str:
    if len(part) > _LONGEST:
        raise ModelUnavailable(f"A part of the note is longer than the {_LONGEST} characters that a model gets.")
    return part
