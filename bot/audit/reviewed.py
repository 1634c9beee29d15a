"""Sessions with their reviews, and each member's note in them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from bot.audit.notes import Note
from bot.audit.sessions import Session
from bot.audit.unit import Outcome
from bot.claims.labels import member_key
from bot.review.models import (
    PATIENT_ELEMENTS,
    Copy,
    CopySpan,
    Element,
    Evidence,
    PatientReport,
    Readiness,
    Report,
    Segments,
    Span,
    Status,
    Verdict,
)


@dataclass(frozen=True)
class ReviewedNote:
    """One member's note: what is known of it, where its words stand in the session's text, and its review."""

    session: "ReviewedSession"
    note: Note
    label: str
    spans: tuple[Span, ...]
    start: int
    patient: PatientReport

    @property
    def id(self) -> str:
        return self.note.id

    @property
    def member(self) -> str:
        """By which the same member is known in another session."""
        return member_key(self.note.member)

    @cached_property
    def verdicts(self) -> dict[Element, Verdict]:
        """All thirteen elements: the session's and this member's."""
        return {**self.session.report.session.elements, **self.patient.elements}

    @property
    def has_to_be_fixed(self) -> bool:
        return self.patient.readiness is Readiness.FIX

    @property
    def passage(self) -> str:
        """The member's own words, a line a span."""
        return "".join(self.session.session.text[span.start : span.end] + "\n" for span in self.spans)

    def in_session(self, at: int) -> int:
        """An offset in the passage as one in the session's text."""
        number = bisect_right(self._begins, at) - 1
        span = self.spans[number]
        return min(span.start + at - self._begins[number], span.end)

    @cached_property
    def _begins(self) -> tuple[int, ...]:
        """Where in the passage each span begins."""
        return tuple(accumulate((span.end - span.start + 1 for span in self.spans[:-1]), initial=0))

    def own(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the session's text as ones in the note's."""
        return max(0, start - self.start), max(0, end - self.start)


@dataclass(frozen=True)
class ReviewedSession:
    """One session that could be reviewed."""

    session: Session
    report: Report
    segments: Segments

    @property
    def id(self) -> str:
        return self.session.id

    @cached_property
    def notes(self) -> tuple[ReviewedNote, ...]:
        return tuple(self._notes())

    def _notes(self) -> Iterator[ReviewedNote]:
        session = self.session
        for place, (member, patient) in enumerate(zip(self.segments.members, self.report.patients, strict=True)):
            if session.notes:
                note, start = session.notes[place], session.starts[place]
                spans = tuple(span for span in member.spans if span.end > start)
            else:
                one = len(self.segments.members) == 1
                id_ = session.id if one else f"{session.id}#{member.label}"
                note = Note(
                    id_, member.label, "", session.served_on, session.place, session.group, session.clinician,
                    session.payer,
                )  # fmt: skip
                start, spans = 0, member.spans
            yield ReviewedNote(self, note, member.label, spans, start, patient)

    def note_of(self, label: str) -> ReviewedNote:
        return next(note for note in self.notes if note.label == label)

    def faulty(self) -> Iterator[tuple[Element, Verdict]]:
        """The session's own elements that are partial or missing."""
        for element, verdict in self.report.session.elements.items():
            if verdict.status in (Status.PARTIAL, Status.MISSING):
                yield element, verdict

    def copied(self, copy: Copy) -> tuple[ReviewedNote, ReviewedNote, tuple[CopySpan, ...]]:
        """The two notes of a copy in this session, and its spans as offsets in each note's own text."""
        a, b = self.note_of(copy.a), self.note_of(copy.b)
        spans = []
        for span in copy.spans:
            (a_start, a_end), (b_start, b_end) = a.own(span.a_start, span.a_end), b.own(span.b_start, span.b_end)
            spans.append(CopySpan(a_start=a_start, a_end=a_end, b_start=b_start, b_end=b_end))
        return a, b, tuple(spans)


def faulty(note: ReviewedNote) -> Iterator[tuple[Element, Verdict]]:
    """This member's own elements that are partial or missing."""
    for element in PATIENT_ELEMENTS:
        verdict = note.patient.elements[element]
        if verdict.status in (Status.PARTIAL, Status.MISSING):
            yield element, verdict


def own_quotes(note: ReviewedNote, verdict: Verdict) -> tuple[Evidence, ...]:
    """The words of a verdict that stand in the note itself, with offsets in it."""
    end = max((span.end for span in note.spans), default=0)
    return tuple(
        Evidence(quote=one.quote, start=one.start - note.start, end=one.end - note.start)
        for one in verdict.evidence
        if note.start <= one.start and one.end <= end
    )


def reviewed(session: Session, outcome: Outcome) -> ReviewedSession:
    """The session beside its outcome, which has a report."""
    assert outcome.report
    assert outcome.segments
    return ReviewedSession(session, outcome.report, outcome.segments)
