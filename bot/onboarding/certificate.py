"""The certificate at the end of a path: a name, the path, the day and the modules, on one page; nothing else."""

import io
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import LETTER, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bot.onboarding.models import Path
from bot.reports.typeface import BOLD, INK, LINE, MUTED, style, typesetting

FILENAME = "group_billing_course.pdf"
TITLE = "Group psychotherapy billing course"
_PAGE = landscape(LETTER)
_ACCENT = HexColor("#17663d")
_MARGIN = 30 * mm
_LONGEST_NAME = 60

_KIND = style("kind", 13, 18, textColor=MUTED, alignment=TA_CENTER)
_TITLE = style("course", 27, 34, fontName=BOLD, alignment=TA_CENTER)
_NAME = style("learner", 38, 46, fontName=BOLD, textColor=_ACCENT, alignment=TA_CENTER)
_SAID = style("said", 14, 20, alignment=TA_CENTER)
_MODULE = style("module", 11.5, 16)


@dataclass(frozen=True)
class Certificate:
    """All that stands on it; `finished_on` is the day of the last module."""

    name: str
    path: Path
    finished_on: date
    modules: tuple[str, ...]


def as_pdf(certificate: Certificate) -> bytes:
    """One page in landscape US Letter, tagged with its title and language."""
    with typesetting():
        file = io.BytesIO()
        document = SimpleDocTemplate(
            file,
            pagesize=_PAGE,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=34 * mm,
            bottomMargin=20 * mm,
            title=TITLE,
            author="Billing copilot",
            creator="Billing copilot",
            lang="en-US",
            displayDocTitle=True,
        )
        document.build(_story(certificate), onFirstPage=_frame)
    return file.getvalue()


def _story(certificate: Certificate) -> list[Flowable]:
    day = certificate.finished_on
    name = " ".join(certificate.name.split())[:_LONGEST_NAME]
    return [
        Paragraph("CERTIFICATE", _KIND),
        Spacer(0, 5),
        Paragraph(TITLE, _TITLE),
        Paragraph("CPT 90853", _KIND),
        Spacer(0, 34),
        Paragraph(escape(name), _NAME),
        Spacer(0, 10),
        Paragraph(f"finished the {certificate.path.value} path on <b>{day:%B} {day.day}, {day.year}</b>", _SAID),
        Spacer(0, 34),
        _modules(certificate.modules),
    ]


def _modules(titles: tuple[str, ...]) -> Table:
    """The lessons in two columns, read downwards."""
    half = (len(titles) + 1) // 2
    cells = [Paragraph(f"{number}. {escape(title)}", _MODULE) for number, title in enumerate(titles, 1)]
    right: list[Flowable | str] = [*cells[half:], *([""] * (2 * half - len(cells)))]
    table = Table([list(row) for row in zip(cells[:half], right, strict=True)], colWidths=[85 * mm, 85 * mm])
    table.setStyle(
        TableStyle(
            [
                ("LINEABOVE", (0, 0), (-1, 0), 0.7, LINE),
                ("TOPPADDING", (0, 0), (-1, 0), 10),
                ("TOPPADDING", (0, 1), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return table


def _frame(canvas: Canvas, _: object) -> None:
    width, height = _PAGE
    canvas.saveState()
    canvas.setStrokeColor(_ACCENT)
    canvas.setLineWidth(2)
    canvas.roundRect(12 * mm, 12 * mm, width - 24 * mm, height - 24 * mm, 6, stroke=1, fill=0)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.4)
    canvas.roundRect(14.5 * mm, 14.5 * mm, width - 29 * mm, height - 29 * mm, 4, stroke=1, fill=0)
    canvas.restoreState()
