"""The audit as a PDF to hand on: what stands at the top of the page, without the words of any note (ReportLab)."""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Rect
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import LETTER, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bot.audit import wording
from bot.audit.models import Audit, ElementRate, GroupRates
from bot.audit.priorities import priorities
from bot.reports.typeface import H1 as HEADING
from bot.reports.typeface import HEAD, INK, LINE, NAME, SMALL, SUMMARY, TEXT, TINT, TITLE, typesetting
from bot.review.models import Element
from bot.review.wording import element_name

_MARGIN = 16 * mm
# A frame of ReportLab keeps six points on each side.
_WIDTH = landscape(LETTER)[0] - 2 * _MARGIN - 12
_MOST_CLUSTERS, _MOST_FAILURES = 25, 60
_BAR, _FIRST = 80 * mm, 36 * mm
_NARROW = ParagraphStyle("narrow", HEAD, fontSize=7.2, leading=9)
# Paler than ink, so that the interval shows on them.
_MET, _PARTLY, _MISSING = HexColor("#62b98b"), HexColor("#e9b954"), HexColor("#e27a72")


def audit_pdf(audit: Audit) -> bytes:
    """Letter, landscape: rates, who stands where, copies, what is at risk, what could not be read."""
    file = io.BytesIO()
    with typesetting():
        document = SimpleDocTemplate(
            file,
            pagesize=landscape(LETTER),
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=14 * mm,
            bottomMargin=14 * mm,
            title="Group note audit",
            author="Billing copilot",
            creator="Billing copilot",
            lang="en-US",
        )
        document.build(_story(audit))
    return file.getvalue()


def _story(audit: Audit) -> list[Flowable]:
    risk = audit.at_risk
    dollars = f" (${risk.dollars:,.2f})" if risk.dollars is not None else ""
    story: list[Flowable] = [
        Paragraph(wording.title(audit), TITLE),
        Paragraph(wording.about(audit), SMALL),
        Spacer(0, 8),
        Paragraph(
            f"{risk.claims.part:,} claims at risk{dollars} · {audit.copied.part:,} notes read as copies · "
            f"{len(audit.failures):,} not read",
            SUMMARY,
        ),
    ]
    if audit.sample:
        told = f"A sample of {audit.sample.sessions} of {audit.sample.of} sessions, seed {audit.sample.seed}."
        story.append(Paragraph(told, TEXT))
    if first := priorities(audit):
        things = [f"{at}. <b>{escape(one.todo)}</b>: {escape(one.told)}" for at, one in enumerate(first, 1)]
        story += [Paragraph("First", HEADING), *(Paragraph(words, TEXT) for words in things)]
        if late := wording.how_to_mend(audit):
            story.append(Paragraph(late, SMALL))
    if audit.notes:
        story += [Paragraph("Elements", HEADING), _rates(audit)]
        for title, groups in (("By clinician", audit.clinicians), ("By payer", audit.payers), ("By week", audit.weeks)):
            story += [Paragraph(title, HEADING), _heat(groups)]
        story += [Paragraph("Copies", HEADING), *_copies(audit)]
        story += [Paragraph("Claims at risk by payer", HEADING), _risk(audit)]
    if audit.failures:
        story += [Paragraph("Not read", HEADING), *_failures(audit)]
    told = "Judged on this machine; a reading aid, not a guarantee of payment. The words behind it are in report.html."
    return [*story, Spacer(0, 10), Paragraph(told, SMALL)]


def _rates(audit: Audit) -> Table:
    rows: list[list[Any]] = [_head("Element", "Met", "", "95 %", "Partly", "Missing")]
    for element, rate in audit.elements.items():
        numbers = (f"{rate.low:.0%} to {rate.high:.0%}", str(rate.partial), str(rate.missing))
        cells = [Paragraph(told, TEXT) for told in numbers]
        rows.append([Paragraph(element_name(element), NAME), Paragraph(f"{rate.rate:.0%}", TEXT), _bar(rate), *cells])
    table = Table(
        rows, colWidths=[52 * mm, 16 * mm, _BAR + 6 * mm, 32 * mm, 20 * mm, 20 * mm], repeatRows=1, hAlign="LEFT"
    )
    table.setStyle(TableStyle(_RULED))
    return table


def _bar(rate: ElementRate) -> Drawing:
    drawn, at = Drawing(_BAR, 9), 0.0
    for colour, count in ((_MET, rate.met), (_PARTLY, rate.partial), (_MISSING, rate.missing)):
        width = _BAR * count / max(1, rate.of)
        part = Rect(at, 1, width, 7)
        part.fillColor, part.strokeColor = colour, None
        drawn.add(part)
        at += width
    low, high = _BAR * rate.low, _BAR * rate.high
    for line in ((low, 4.5, high, 4.5), (low, 2, low, 7), (high, 2, high, 7)):
        whisker = Line(*line)
        whisker.strokeColor, whisker.strokeWidth = INK, 0.7
        drawn.add(whisker)
    return drawn


def _heat(groups: Sequence[GroupRates]) -> Table:
    names = [wording.SHORT_NAMES[element] for element in Element]
    rows: list[list[Any]] = [[Paragraph(name, _NARROW) for name in ("", "Notes", "At risk", "Copies", *names)]]
    tints: list[Any] = []
    for row, group in enumerate(groups, 1):
        shares = [group.at_risk.rate, group.copied.rate, *(rate.rate for rate in group.elements.values())]
        goods = [1 - shares[0], 1 - shares[1], *shares[2:]]
        tints += [("BACKGROUND", (at, row), (at, row), _tint(good)) for at, good in enumerate(goods, 2)]
        rows.append(
            [
                Paragraph(escape(group.name), NAME),
                Paragraph(str(group.notes), TEXT),
                *(Paragraph(f"{one:.0%}", TEXT) for one in shares),
            ]
        )
    first, each = _FIRST, (_WIDTH - _FIRST) / 16
    table = Table(rows, colWidths=[first, *[each] * 16], repeatRows=1, hAlign="LEFT", splitInRow=1)
    table.setStyle(
        TableStyle([*_RULED, *tints, ("LEFTPADDING", (1, 0), (-1, -1), 2), ("RIGHTPADDING", (1, 0), (-1, -1), 1)])
    )
    return table


def _tint(good: float) -> Color:
    """From pale red to pale green, as in the page."""
    low, high = (0.965, 0.804, 0.788), (0.812, 0.914, 0.855)
    return Color(*(a + (b - a) * good for a, b in zip(low, high, strict=True)))


def _copies(audit: Audit) -> list[Flowable]:
    if not audit.copy_clusters:
        return [Paragraph("No two notes read as one.", TEXT)]
    rows: list[list[Any]] = [_head("Notes", "Alike", "Where", "Which")]
    for one in audit.copy_clusters[:_MOST_CLUSTERS]:
        kinds = ", ".join(kind.value.replace("_", " ") for kind in one.kinds)
        named = ", ".join(one.notes[:12]) + (f" and {len(one.notes) - 12} more" if len(one.notes) > 12 else "")
        told = (str(len(one.notes)), f"{one.similarity:.0%}", kinds, named)
        rows.append([Paragraph(escape(words), TEXT) for words in told])
    table = Table(
        rows, colWidths=[16 * mm, 16 * mm, 55 * mm, _WIDTH - 87 * mm], repeatRows=1, hAlign="LEFT", splitInRow=1
    )
    table.setStyle(TableStyle(_RULED))
    more = len(audit.copy_clusters) - _MOST_CLUSTERS
    return [table, *([Paragraph(f"And {more} smaller clusters.", SMALL)] if more > 0 else [])]


def _risk(audit: Audit) -> Table:
    rows: list[list[Any]] = [_head("Payer", "At risk", "Dollars", "By")]
    for one in audit.at_risk.payers:
        amount = f"${one.dollars:,.2f}" if one.dollars is not None else "not known"
        told = (one.payer, f"{one.at_risk} of {one.claims}", amount, one.dollars_of)
        rows.append([Paragraph(escape(words), TEXT) for words in told])
    table = Table(rows, colWidths=[70 * mm, 30 * mm, 34 * mm, 40 * mm], repeatRows=1, hAlign="LEFT", splitInRow=1)
    table.setStyle(TableStyle(_RULED))
    return table


def _failures(audit: Audit) -> list[Flowable]:
    rows: list[list[Any]] = [_head("Where", "Why")]
    rows += [
        [Paragraph(escape(one.place), TEXT), Paragraph(escape(one.reason), TEXT)]
        for one in audit.failures[:_MOST_FAILURES]
    ]
    table = Table(rows, colWidths=[75 * mm, _WIDTH - 75 * mm], repeatRows=1, hAlign="LEFT", splitInRow=1)
    table.setStyle(TableStyle(_RULED))
    more = len(audit.failures) - _MOST_FAILURES
    return [table, *([Paragraph(f"And {more} more, in findings.csv.", SMALL)] if more > 0 else [])]


def _head(*words: str) -> list[Paragraph]:
    return [Paragraph(word, HEAD) for word in words]


_RULED: list[Any] = [
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
    ("BACKGROUND", (0, 0), (-1, 0), TINT),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
]
