"""The drill-down: each session with its notes, and the words that findings rest on marked in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from bot.audit.models import Finding
from bot.audit.reviewed import ReviewedNote, ReviewedSession
from bot.audit.run import AuditRun
from bot.review.models import Status
from bot.review.wording import STATUS_WORDS, counted, element_name

MOST_SESSIONS = 300
"""Shown with their words, those with most findings first: a page of more is slow to open."""
FINDING_NAMES = {"individualized": "Words of their own", "diagnosis_code": "Diagnosis code", "split": "Who was there"}


class Anchors:
    """Where in the page each session, note and finding stands; empty for what is not shown."""

    def __init__(self, done: AuditRun) -> None:
        self.findings = done.audit.findings
        counts: dict[str, int] = {}
        for one in self.findings:
            counts[one.session] = counts.get(one.session, 0) + 1
        worst = sorted(done.sessions, key=lambda session: -counts.get(session.id, 0))[:MOST_SESSIONS]
        chosen = {id(session) for session in worst}
        self.sessions = [session for session in done.sessions if id(session) in chosen]
        self.left_out = len(done.sessions) - len(self.sessions)
        self._of_session = {session.id: f"s{at}" for at, session in enumerate(self.sessions)}
        shown = [note for session in self.sessions for note in session.notes]
        self._of_note = {note.id: f"n{at}" for at, note in enumerate(shown)}
        self.labels = {
            note.id: f"{note.label} {str(note.note.served_on or '')[5:]}".strip()
            for session in done.sessions
            for note in session.notes
        }

    def session(self, id_: str) -> str:
        return self._of_session.get(id_, "")

    def note(self, id_: str) -> str:
        return self._of_note.get(id_, "")

    def link(self, one: Finding) -> str:
        """The finding's note in the drill-down; for the session's own, the session."""
        id_ = self.note(one.note) if one.note else self.session(one.session)
        return f"#{id_}" if id_ else ""


@dataclass(frozen=True, slots=True)
class _Marked:
    start: int
    end: int
    kind: str
    finding: int
    told: str


def finding_name(one: Finding) -> str:
    return FINDING_NAMES.get(one.name) or one.name.replace("_", " ").capitalize()


def badge(status: str) -> str:
    return f'<span class="badge {status}">{STATUS_WORDS[Status(status)]}</span>'


def sessions_section(anchors: Anchors) -> str:
    """Every session shown, closed until it is opened or a link leads into it."""
    if not anchors.sessions:
        return ""
    of: dict[str, list[tuple[int, Finding]]] = {}
    for number, one in enumerate(anchors.findings):
        of.setdefault(one.session, []).append((number, one))
    risky = {one.note for one in anchors.findings if one.note}
    told = "<p><small>Open a session to read its notes; the words that a finding rests on are marked.</small></p>"
    if anchors.left_out:
        told += f"<p>{anchors.left_out} sessions with the fewest findings are left out here; audit.json has them.</p>"
    return told + "".join(_session(session, of.get(session.id, ()), risky, anchors) for session in anchors.sessions)


def _session(
    session: ReviewedSession, findings: Sequence[tuple[int, Finding]], risky: set[str], anchors: Anchors
) -> str:
    one = session.session
    named = " · ".join(
        part for part in (str(one.served_on or "no date"), one.group or one.place, one.clinician) if part
    )
    own = [(number, finding) for number, finding in findings if not finding.note]
    notes = "".join(
        _note(
            note,
            [(number, finding) for number, finding in findings if finding.note == note.id],
            note.id in risky,
            anchors,
        )
        for note in session.notes
    )
    told = f"{counted(len(session.notes), 'note')}, {counted(len(findings), 'finding')}"
    return (
        f'<details class="session" id="{anchors.session(session.id)}"><summary><b>{escape(named)}</b>'
        f'<span class="muted">{told}</span></summary>'
        f"{_of_session(session, own)}{notes}</details>"
    )


def _of_session(session: ReviewedSession, findings: Sequence[tuple[int, Finding]]) -> str:
    """The session's own elements, and its own part of the text."""
    verdicts = session.report.session.elements
    chips = " ".join(f"{element_name(element)} {badge(one.status.value)}" for element, one in verdicts.items())
    marks = [
        _Marked(quote.start, quote.end, "partial", number, finding_name(one))
        for number, one in findings
        for quote in one.quotes
    ]
    text = session.session.text
    parts = "".join(_text(text, span.start, span.end, marks) for span in session.segments.session)
    return f"<p>{chips}</p>{_listed(findings)}{parts}"


def _note(note: ReviewedNote, findings: Sequence[tuple[int, Finding]], risky: bool, anchors: Anchors) -> str:
    marks = [
        _Marked(
            note.start + quote.start,
            note.start + quote.end,
            "copy" if "copy" in one.kind else "partial",
            number,
            finding_name(one),
        )
        for number, one in findings
        for quote in one.quotes
    ]
    text = note.session.session.text
    parts = "".join(_text(text, span.start, span.end, marks) for span in note.spans)
    about = " · ".join(escape(part) for part in (note.id, note.note.payer, note.note.place) if part)
    return (
        f'<article class="note{" risk" if risky else ""}" id="{anchors.note(note.id)}"><h3>{escape(note.label)}</h3>'
        f'<div class="muted">{about}</div>{parts}{_listed(findings)}</article>'
    )


def _listed(findings: Sequence[tuple[int, Finding]]) -> str:
    if not findings:
        return ""
    items = "".join(
        f'<li id="f{number}" data-f="{number}"><b>{finding_name(one)}</b> {badge(one.status)} {escape(one.reason)}'
        f"{f' <i>{escape(one.question)}</i>' if one.question else ''}</li>"
        for number, one in findings
    )
    return f'<ul class="found">{items}</ul>'


def _text(text: str, start: int, end: int, marks: Iterable[_Marked]) -> str:
    return f'<div class="text">{"".join(_runs(text, start, end, list(marks)))}</div>'


def _runs(text: str, start: int, end: int, marks: Sequence[_Marked]) -> Iterator[str]:
    """The stretch cut wherever a mark begins or ends, so that marks may overlap."""
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = {start, end, *(min(max(at, start), end) for mark in inside for at in (mark.start, mark.end))}
    places = sorted(cuts)
    for one, other in pairwise(places):
        words = escape(text[one:other])
        over = [mark for mark in inside if mark.start <= one and other <= mark.end]
        if not over:
            yield words
            continue
        kind = "copy" if any(mark.kind == "copy" for mark in over) else "partial"
        numbers = " ".join(str(mark.finding) for mark in over)
        told = escape(", ".join(dict.fromkeys(mark.told for mark in over)))
        yield f'<mark class="{kind}" data-f="{numbers}" title="{told}">{words}</mark>'
