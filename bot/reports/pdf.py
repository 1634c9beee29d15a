"""The report as a PDF (ReportLab), in US Letter: the ten-second page first, and each member on pages of their own."""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from bot.reports.content import HANDLING, MAP_HEIGHT, MAP_WIDTH, Content, CopiedPair, Finding, MemberPage, Words
from bot.reports.typeface import (
    BOLD,
    H1,
    HEAD,
    ITALIC,
    LINE,
    MUTED,
    NAME,
    REGULAR,
    SMALL,
    SUMMARY,
    TEXT,
    TINT,
    TITLE,
    style,
    typesetting,
)
from bot.review.models import Readiness, Status
from bot.review.wording import READINESS_WORDS, STATUS_WORDS

GREEN, RED, AMBER, GREY = HexColor("#17663d"), HexColor("#a8201a"), HexColor("#7a4d00"), HexColor("#5b6771")
# The same hues as paper under a word; the word itself always tells, so that a grey printer loses nothing.
_PALE = {GREEN: HexColor("#e3f3ea"), RED: HexColor("#fbe6e4"), AMBER: HexColor("#fdf0d5"), GREY: HexColor("#eceff1")}
_STATUS = {
    Status.MET: GREEN,
    Status.PARTIAL: AMBER,
    Status.MISSING: RED,
    Status.NEEDS_CONFIRMATION: AMBER,
    Status.NOT_APPLICABLE: GREY,
}
_READINESS = {Readiness.READY: GREEN, Readiness.FIX: RED, Readiness.CONFIRM: AMBER}
_MARGIN = 18 * mm
_WIDTH = LETTER[0] - 2 * _MARGIN
# What ReportLab's frame keeps free on each side.
_FRAME = 6
_NAMES, _BADGES = 45 * mm, 25 * mm


def as_pdf(content: Content) -> bytes:
    """The whole report, tagged with its title and language."""
    with typesetting():
        file = io.BytesIO()
        document = SimpleDocTemplate(
            file,
            pagesize=LETTER,
            leftMargin=_MARGIN - _FRAME,
            rightMargin=_MARGIN - _FRAME,
            topMargin=16 * mm,
            bottomMargin=19 * mm,
            title=content.title,
            subject="Group psychotherapy (CPT 90853) before the claims go out",
            author="Billing copilot",
            creator="Billing copilot",
            lang="en-US",
            displayDocTitle=True,
        )
        document.build(_story(content), canvasmaker=_counted(content))
    return file.getvalue()


_DATED = style("dated", 9, 12, textColor=MUTED, alignment=TA_RIGHT)
_H2 = style("h2", 10, 13, fontName=BOLD, textColor=MUTED, spaceBefore=10, spaceAfter=4, keepWithNext=1)
_QUOTE = style("quote", 9.3, 12.6, fontName=ITALIC, spaceAfter=1)
_ASK = style("ask", 9.5, 13, spaceBefore=2)
_BIG = style("big", 22, 25, fontName=BOLD, alignment=TA_CENTER)
_UNDER = style("under", 9, 11, textColor=MUTED, alignment=TA_CENTER)


class _Badge(Flowable):
    """A word on a tinted plate."""

    def __init__(self, word: str, colour: Color, size: float = 8.2) -> None:
        super().__init__()
        self._word, self._colour, self._size = word, colour, size
        self.width = pdfmetrics.stringWidth(word, BOLD, size) + 10
        self.height = size + 5.5

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(_PALE[self._colour])
        canvas.roundRect(0, 0, self.width, self.height, 3, stroke=0, fill=1)
        canvas.setFillColor(self._colour)
        canvas.setFont(BOLD, self._size)
        canvas.drawString(5, 3.9, self._word)


class _Mark(Flowable):
    """A place in the outline that readers show beside the pages; it takes no room."""

    def __init__(self, title: str, key: str) -> None:
        super().__init__()
        self._title, self._key = title, key
        self.width = self.height = 0.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkPage(self._key)
        self.canv.addOutlineEntry(self._title, self._key, 0)


def _counted(content: Content) -> type[Canvas]:
    """A canvas that knows on each page how many there are, and foots it so."""

    class Counted(Canvas):  # type: ignore[misc,unused-ignore]
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802  # ReportLab's name
            self._pages.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]  # of Canvas

        def save(self) -> None:
            for page in self._pages:
                self.__dict__.update(page)
                _foot(self, content, len(self._pages))
                super().showPage()
            super().save()

    return Counted


def _foot(canvas: Canvas, content: Content, pages: int) -> None:
    canvas.saveState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(_MARGIN, 14 * mm, LETTER[0] - _MARGIN, 14 * mm)
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(MUTED)
    canvas.drawString(_MARGIN, 10 * mm, f"{content.title}, made {content.made_on}. {HANDLING}.")
    canvas.drawRightString(LETTER[0] - _MARGIN, 10 * mm, f"Page {canvas.getPageNumber()} of {pages}")
    canvas.restoreState()


def _story(content: Content) -> list[Flowable]:
    story: list[Flowable] = [_Mark("Summary", "summary"), *_front(content)]
    story += [Spacer(0, 8), _Mark("The session", "session"), _findings(Paragraph("The session", H1), content.session)]
    if content.copies:
        story += [_Mark("Parts that read as copies", "copies"), *_copies(content)]
    story += [CondPageBreak(30 * mm), Paragraph("What this report rests on", _H2)]
    story += [Paragraph(escape(line), SMALL) for line in content.small_print]
    for member in content.members:
        story += [PageBreak(), _Mark(f"{member.number}. {member.label}", f"member-{member.number}"), *_member(member)]
    return story


def _front(content: Content) -> list[Flowable]:
    dated = Paragraph(f"Made {content.made_on:%B} {content.made_on.day}, {content.made_on.year}", _DATED)
    head = Table([[Paragraph(escape(content.title), TITLE), dated]], colWidths=[_WIDTH * 0.68, _WIDTH * 0.32])
    head.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *_bare()]))
    parts: list[Flowable] = [head, Spacer(0, 6), Paragraph(escape(content.summary), SUMMARY), _tiles(content)]
    parts += [Paragraph("Who stands where", H1), _roster(content)]
    told = [escape(content.absent)] if content.absent else []
    told += [f"<b>Note:</b> {escape(warning)}" for warning in content.warnings]
    told += [escape(content.late_entry)] if content.late_entry else []
    if told:
        parts += [Spacer(0, 9), _box([Paragraph(line, TEXT) for line in told])]
    return parts


def _tiles(content: Content) -> Table:
    kinds = (Readiness.READY, Readiness.FIX, Readiness.CONFIRM)
    numbers = [
        Paragraph(f'<font color="{_READINESS[kind].hexval().replace("0x", "#")}">{content.counts[kind]}</font>', _BIG)
        for kind in kinds
    ]
    words = [Paragraph(READINESS_WORDS[kind], _UNDER) for kind in kinds]
    gap = 4 * mm
    width = (_WIDTH - 2 * gap) / 3
    tiles = Table(
        [_spaced(numbers), _spaced(words)], colWidths=[width, gap, width, gap, width], rowHeights=[12 * mm, 7 * mm]
    )
    plates = [
        ("BACKGROUND", (column, 0), (column, 1), _PALE[_READINESS[kind]])
        for column, kind in zip((0, 2, 4), kinds, strict=True)
    ]
    tiles.setStyle(TableStyle([*plates, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return tiles


def _spaced(cells: Sequence[Flowable]) -> list[Flowable | str]:
    return [cells[0], "", cells[1], "", cells[2]]


def _roster(content: Content) -> Table:
    rows: list[list[Any]] = [[Paragraph(word, HEAD) for word in ("No.", "Member", "Claim", "What holds it back")]]
    for member in content.worst_first:
        badge = _Badge(READINESS_WORDS[member.readiness], _READINESS[member.readiness])
        held = Paragraph(escape(member.about[:1].upper() + member.about[1:]) or "Nothing", TEXT)
        link = f'<a href="#member-{member.number}">{escape(member.label)}</a>'
        rows.append([Paragraph(str(member.number), TEXT), Paragraph(link, NAME), badge, held])
    table = Table(rows, colWidths=[11 * mm, 50 * mm, 26 * mm, _WIDTH - 87 * mm], repeatRows=1, splitInRow=1)
    table.setStyle(TableStyle(_ruled()))
    return table


def _findings(title: Paragraph, findings: Sequence[Finding]) -> Table:
    """A row a finding; the title stands with the first of them, and again on each page that the table runs on to."""
    rows: list[list[Any]] = [[title, "", ""]]
    rows += [[Paragraph(escape(one.name), NAME), _badge(one.status), _told(one)] for one in findings]
    table = Table(rows, colWidths=[_NAMES, _BADGES, _WIDTH - _NAMES - _BADGES], repeatRows=1, splitInRow=1)
    heading: list[Any] = [("SPAN", (0, 0), (-1, 0)), ("NOSPLIT", (0, 0), (-1, 1)), ("LEFTPADDING", (0, 0), (-1, 0), 0)]
    table.setStyle(TableStyle([*_ruled(head=False), *heading]))
    return table


def _badge(status: Status) -> _Badge:
    return _Badge(STATUS_WORDS[status], _STATUS[status])


def _told(one: Finding) -> list[Flowable]:
    parts: list[Flowable] = [Paragraph(escape(one.reason), TEXT)] if one.reason else []
    parts += [Paragraph(f"“{escape(quote)}”", _QUOTE) for quote in one.quotes]
    if one.question:
        parts.append(Paragraph(f"<b>Ask:</b> {escape(one.question)}", _ASK))
    return parts or [Paragraph("", TEXT)]


def _member(member: MemberPage) -> list[Flowable]:
    badge = _Badge(READINESS_WORDS[member.readiness], _READINESS[member.readiness], 10)
    width = badge.width + 2
    head = Table(
        [[Paragraph(f"{member.number}. {escape(member.label)}", TITLE), badge]], colWidths=[_WIDTH - width, width]
    )
    head.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *_bare()]))
    parts: list[Flowable] = [head]
    if member.about:
        parts.append(Paragraph(f"Holds it back: {escape(member.about)}", SMALL))
    of = f" · {escape(member.label)}"
    for title, findings in (("The claim’s nine checks", member.checks), ("Read from the note", member.elements)):
        parts += [Spacer(0, 8), _findings(Paragraph(title + of, _H2), findings)]
    facts = "; ".join(f"{escape(name.lower())} <b>{escape(value)}</b>" for name, value in member.facts)
    codes = escape(", ".join(member.codes)) or "none"
    told = [f"<b>Diagnosis codes at hand:</b> {codes}", f"<b>Claim facts used:</b> {facts or 'none were given'}"]
    return [*parts, Spacer(0, 7), KeepTogether([Paragraph(line, TEXT) for line in told])]


def _copies(content: Content) -> list[Flowable]:
    intro = "Each claim needs words of its own member. Words that only one side has are <b>bold</b>."
    head: list[Flowable] = [Paragraph("Parts that read as copies", H1), Paragraph(intro, TEXT)]
    if content.copy_map:
        head += [Spacer(0, 6), _picture(content.copy_map)]
    parts: list[Flowable] = [CondPageBreak(60 * mm), KeepTogether(head)]
    for pair in content.copies:
        parts += [Spacer(0, 8), *_sides(pair)]
    if content.more_copies:
        parts.append(Paragraph(f"And {content.more_copies} more pairs.", SMALL))
    return parts


def _picture(data: bytes) -> Image:
    width, height = ImageReader(io.BytesIO(data)).getSize()
    scale = min(MAP_WIDTH * mm / width, MAP_HEIGHT * mm / height)
    return Image(io.BytesIO(data), width * scale, height * scale)


def _sides(pair: CopiedPair) -> list[Flowable]:
    half = _WIDTH / 2
    rows: list[list[Any]] = [[Paragraph(escape(pair.a), NAME), Paragraph(f"{escape(pair.b)} · {pair.likeness}", NAME)]]
    rows += [[Paragraph(_marked(side), TEXT) for side in (one.left, one.right)] for one in pair.stretches]
    table = Table(rows, colWidths=[half, half], splitInRow=1, repeatRows=1)
    between: list[Any] = [("LINEBEFORE", (1, 0), (1, -1), 0.5, LINE), ("LEFTPADDING", (1, 0), (1, -1), 8)]
    table.setStyle(TableStyle([*_ruled(), *between]))
    more = [Paragraph(f"And {pair.more} shorter stretches.", SMALL)] if pair.more else []
    return [table, *more]


def _marked(words: Sequence[Words]) -> str:
    return " ".join(f"<b>{escape(run.text)}</b>" if run.own else escape(run.text) for run in words)


def _box(parts: list[Flowable]) -> Table:
    table = Table([[part] for part in parts], colWidths=[_WIDTH])
    style = [("BACKGROUND", (0, 0), (-1, -1), TINT), ("LEFTPADDING", (0, 0), (-1, -1), 8)]
    table.setStyle(TableStyle([*style, ("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]))
    return table


def _ruled(*, head: bool = True) -> list[Any]:
    """Thin lines between rows, and a tint behind the names of columns."""
    heading = [("BACKGROUND", (0, 0), (-1, 0), TINT)] if head else []
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
        *heading,
    ]


def _bare() -> list[Any]:
    return [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
