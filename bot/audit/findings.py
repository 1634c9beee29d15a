"""What is to be mended, one finding a row: elements, diagnosis codes, copies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.audit.models import CopiedNotes, CopyKind, Finding
from bot.audit.reviewed import ReviewedNote, ReviewedSession, faulty, own_quotes
from bot.review.models import EarlierCopy, Evidence, Item, Status

COPY_WORDS = {
    CopyKind.SAME_SESSION: "in the same session",
    CopyKind.SAME_MEMBER: "of the same member on another date",
    CopyKind.OTHER_SESSION: "of another member in another session",
}
_MOST_NAMED = 3
_ASK = "What did this member say or do in this session that was theirs alone?"
Earlier = Mapping[str, Sequence[EarlierCopy]]
"""Copies of notes from before this audit, by the note's id."""


def findings_of(
    sessions: Sequence[ReviewedSession], copies: Iterable[CopiedNotes], earlier: Earlier
) -> tuple[Finding, ...]:
    """All findings in the order of sessions and their notes."""
    of: dict[str, list[tuple[str, CopiedNotes]]] = defaultdict(list)
    for pair in copies:
        of[pair.a].append((pair.b, pair))
        of[pair.b].append((pair.a, pair))
    found: list[Finding] = []
    for session in sessions:
        found += _of_session(session)
        for note in session.notes:
            found += _of_note(note)
            if others := of.get(note.id):
                found.append(_copy(note, others))
            found += [_earlier(note, one) for one in earlier.get(note.id, ())]
    return tuple(found)


def _of_session(session: ReviewedSession) -> Iterator[Finding]:
    if not session.segments.sure:
        found = len(session.segments.members)
        yield _session_finding(
            session,
            kind="split",
            name="split",
            status=Status.NEEDS_CONFIRMATION.value,
            reason=f"Who was there is a guess ({session.segments.how}): a member may be missing, or be two.",
            question=f"Were there {found} members? If not: put each one's name on a line of its own above their part.",
        )
    for element, verdict in session.faulty():
        yield _session_finding(
            session,
            kind="element",
            name=element.value,
            status=verdict.status.value,
            reason=verdict.reason,
            question=verdict.fix,
            quotes=verdict.evidence,
        )


def _session_finding(session: ReviewedSession, **what: Any) -> Finding:
    told = session.session
    return Finding(
        session=told.id,
        date=told.served_on,
        group=told.group,
        clinician=told.clinician,
        payer=told.payer,
        place=told.place,
        **what,
    )


def _of_note(note: ReviewedNote) -> Iterator[Finding]:
    for element, verdict in faulty(note):
        yield _finding(
            note,
            kind="element",
            name=element.value,
            status=verdict.status.value,
            reason=verdict.reason,
            question=verdict.fix,
            quotes=own_quotes(note, verdict),
        )
    code = note.patient.checklist[Item.DIAGNOSIS_CODE]
    if code.status is Status.MISSING:
        yield _finding(
            note,
            kind="diagnosis_code",
            name="diagnosis_code",
            status=code.status.value,
            reason=code.reason,
            question=code.fix,
        )


def _copy(note: ReviewedNote, others: Sequence[tuple[str, CopiedNotes]]) -> Finding:
    alike = sorted(others, key=lambda one: -one[1].similarity)
    named = [f"{other} ({pair.similarity:.0%} alike, {COPY_WORDS[pair.kind]})" for other, pair in alike[:_MOST_NAMED]]
    more = f" and {len(alike) - _MOST_NAMED} more" if len(alike) > _MOST_NAMED else ""
    other, closest = alike[0]
    ours = [(s.a_start, s.a_end) if closest.b == other else (s.b_start, s.b_end) for s in closest.spans]
    text = note.session.session.text
    quotes = tuple(
        Evidence(quote=text[note.start + start : note.start + end], start=start, end=end) for start, end in ours
    )
    return _finding(
        note,
        kind="copy",
        name="individualized",
        status="missing",
        reason=f"Reads as {', '.join(named)}{more}.",
        question=_ASK,
        quotes=quotes,
    )


def _earlier(note: ReviewedNote, copy: EarlierCopy) -> Finding:
    whose = "this member's note" if copy.same_member else "another member's note"
    when = f" of {copy.date}" if copy.date else " of an earlier audit or review"
    text = note.session.session.text
    quotes = []
    for span in copy.spans:
        start, end = note.own(span.start, span.end)
        quotes.append(Evidence(quote=text[note.start + start : note.start + end], start=start, end=end))
    return _finding(
        note,
        kind="earlier_copy",
        name="individualized",
        status="missing",
        reason=f"Reads as {whose}{when} ({copy.similarity:.0%} alike).",
        question=_ASK,
        quotes=tuple(quotes),
    )


def _finding(  # noqa: PLR0913  # a finding's own parts, each by name
    note: ReviewedNote,
    *,
    kind: str,
    name: str,
    status: str,
    reason: str,
    question: str,
    quotes: tuple[Evidence, ...] = (),
) -> Finding:
    told = note.note
    return Finding(
        kind=kind,
        session=note.session.id,
        note=note.id,
        member=note.label,
        date=told.served_on,
        group=told.group,
        clinician=told.clinician,
        payer=told.payer,
        place=told.place,
        name=name,
        status=status,
        reason=reason,
        question=question,
        quotes=quotes,
    )
