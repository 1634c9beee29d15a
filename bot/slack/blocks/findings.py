"""A verdict in words: its sign, its name, the words it rests on and the question. Shared by the review's cards."""

from collections.abc import Callable, Mapping, Sequence

from bot.review.disputing import CHECKS, judged
from bot.review.models import Element, Evidence, Item, ItemVerdict, PatientReport, Readiness, Report, Status, Verdict
from bot.review.wording import READINESS_WORDS, STATUS_WORDS
from bot.slack.blocks.split import Block
from bot.slack.blocks.text import clip, escape, one_line, quoted
from bot.slack.dispute_ref import DisputeRef
from bot.slack.noteref import NoteRef

_ICONS = {
    Status.MET: "✅",
    Status.PARTIAL: "🟠",
    Status.MISSING: "❌",
    Status.NEEDS_CONFIRMATION: "❔",
    Status.NOT_APPLICABLE: "⚪",
}
STATUS = {status: (icon, STATUS_WORDS[status]) for status, icon in _ICONS.items()}
READINESS = {
    Readiness.READY: ("✅", READINESS_WORDS[Readiness.READY]),
    Readiness.FIX: ("❌", READINESS_WORDS[Readiness.FIX]),
    Readiness.CONFIRM: ("❔", READINESS_WORDS[Readiness.CONFIRM]),
}
_SHORT_QUOTE = 90


Disagree = Callable[[Element | Item], Block]
"""Makes the button that disputes the verdict on a check."""


def disagree(report: Report, patient: PatientReport | None, note: NoteRef) -> Disagree:
    """How a card's buttons are made; with no patient, of the session's card."""
    verdicts = judged(report, patient)

    def button(check: Element | Item) -> Block:
        ref = DisputeRef(check=check.value, judged=verdicts, engine=report.engine.model or "offline", note=note)
        return {
            "type": "button",
            "action_id": "disagree",
            "text": {"type": "plain_text", "text": "Disagree"},
            "accessibility_label": f"Disagree on {CHECKS[check.value].lower()}",
            "value": ref.dumps(),
        }

    return button


def member_name(patient: PatientReport) -> str:
    """The label as written, inert and short enough for a line."""
    return escape(clip(one_line(patient.label), 80)) or "(no name)"


def row(name: str, verdict: Verdict | ItemVerdict, *, evidence: Sequence[Evidence] = ()) -> str:
    """A row that is not settled: status, reason, the words it rests on, the question."""
    icon, word = STATUS[verdict.status]
    lines = [f"{icon} *{name}* · {word}"]
    if verdict.reason:
        lines.append(escape(one_line(verdict.reason)))
    lines += [quoted(piece.quote) for piece in evidence[:2] if piece.quote.strip()]
    return "\n".join(lines + question(verdict.fix))


def question(fix: str) -> list[str]:
    """The question whose true answer mends a row."""
    asked = one_line(fix)
    return [f"✏️ {escape(asked)}"] if asked else []


def folded(name: str, status: Status, evidence: Sequence[Evidence], reason: str = "") -> str:
    """A settled row in one line: "✅ Medical necessity: “…”"."""
    words = [f"“{escape(quote)}”" for quote in short_quotes(evidence)]
    said = [escape(one_line(reason))] if reason and (not words or status is Status.NOT_APPLICABLE) else []
    return f"{STATUS[status][0]} {name}: {' · '.join([*said, *words]) or STATUS[status][1]}"


def short_quotes(evidence: Sequence[Evidence]) -> list[str]:
    """The quotes cut to a line's length, each once."""
    return list(dict.fromkeys(clip(one_line(piece.quote), _SHORT_QUOTE) for piece in evidence if piece.quote.strip()))


def carried_by(item: ItemVerdict, verdicts: Mapping[Element, Verdict]) -> bool:
    """Whether the elements say all that the item says, so that it need not be said beside them."""
    faulty = [verdict for verdict in verdicts.values() if verdict.status is not Status.MET]
    left = item.reason + item.fix
    for verdict in faulty:
        if verdict.reason not in left or verdict.fix not in left:
            return False
    return bool(faulty)
