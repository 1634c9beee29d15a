"""The whole report as a text file, for a group too large for cards: nothing clipped, nothing to be read by Slack."""

from collections.abc import Sequence

from bot.review.models import CopySpan, Evidence, Report, Status
from bot.review.wording import ITEMS, absent_line, copy_line, element_name
from bot.slack.blocks.findings import READINESS, STATUS
from bot.slack.blocks.text import one_line


def report_text(report: Report, text: str, heading: str) -> str:
    """Every verdict of every claim, with all its words."""
    lines = [heading, *([absent_line(report.absent)] if report.absent else []), ""]
    for copy in report.copies:
        lines.append(f"COPY: {copy_line(copy)}")
        lines += [f'  "{one_line(words)}"' for span in copy.spans[:3] for words in sides(span, text)]
    lines += ["", "THE SESSION"]
    for element, verdict in report.session.elements.items():
        lines += _lines(element_name(element), verdict.status, verdict.reason, verdict.fix, verdict.evidence)
    for number, patient in enumerate(report.patients, 1):
        lines += ["", f"{number}. {patient.label}: {READINESS[patient.readiness][1].upper()}"]
        for item, check in patient.checklist.items():
            lines += _lines(ITEMS[item], check.status, check.reason, check.fix, ())
        if beside := patient.telehealth:
            lines += _lines("Telehealth", beside.status, beside.reason, beside.fix, ())
        lines.append("  What the note says:")
        for element, verdict in patient.elements.items():
            lines += _lines(element_name(element), verdict.status, verdict.reason, verdict.fix, verdict.evidence)
    lines += ["", *report.warnings, report.late_entry]
    return "\n".join(lines).rstrip() + "\n"


def sides(span: CopySpan, text: str) -> tuple[str, str]:
    """The words of both members in a copied stretch."""
    return text[span.a_start : span.a_end], text[span.b_start : span.b_end]


def _lines(name: str, status: Status, reason: str, fix: str, evidence: Sequence[Evidence]) -> list[str]:
    lines = [f"  {name}: {STATUS[status][1]}" + (f". {one_line(reason)}" if reason else "")]
    lines += [f'      "{one_line(piece.quote)}"' for piece in evidence]
    return [*lines, f"      To fix: {one_line(fix)}"] if fix and status is not Status.MET else lines
