"""The report as a Word document (python-docx): real headings and tables, so that it can be edited and read aloud."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Inches, Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.reports.content import HANDLING, MAP_HEIGHT, MAP_WIDTH, Content, CopiedPair, Finding, MemberPage, Words
from bot.review.models import Readiness, Status
from bot.review.wording import READINESS_WORDS, STATUS_WORDS

# On every machine, or something drawn to the same widths.
_FONT = "Arial"
_GREEN, _RED, _AMBER, _GREY = "17663D", "A8201A", "7A4D00", "5B6771"
_PALE = {_GREEN: "E3F3EA", _RED: "FBE6E4", _AMBER: "FDF0D5", _GREY: "ECEFF1"}
_STATUS = {
    Status.MET: _GREEN,
    Status.PARTIAL: _AMBER,
    Status.MISSING: _RED,
    Status.NEEDS_CONFIRMATION: _AMBER,
    Status.NOT_APPLICABLE: _GREY,
}
_READINESS = {Readiness.READY: _GREEN, Readiness.FIX: _RED, Readiness.CONFIRM: _AMBER}
_TINT = "F4F6F8"
_WIDTH = Mm(180)


def as_docx(content: Content) -> bytes:
    """The whole report, with its title and language set."""
    document = Document()
    _set_up(document, content)
    _front(document, content)
    _heading(document, "The session", 1)
    _findings(document, content.session)
    if content.copies:
        _copies(document, content)
    _heading(document, "What this report rests on", 2)
    for line in content.small_print:
        _small(document.add_paragraph(), line)
    for member in content.members:
        _member(document, member)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: WordDocument, content: Content) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = content.title, "Billing copilot", "en-US"
    properties.subject = "Group psychotherapy (CPT 90853) before the claims go out"
    properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(9.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(2)
    for name, size, before in (("Title", 22, 0), ("Heading 1", 15, 12), ("Heading 2", 11, 10)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), True
        style.font.color.rgb = RGBColor(0x1D, 0x27, 0x30)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
    _foot(section.footer.paragraphs[0], content)


def _foot(paragraph: Paragraph, content: Content) -> None:
    _small(paragraph, f"{content.title}, made {content.made_on}. {HANDLING}. Page ")
    _field(paragraph, "PAGE")
    _small(paragraph, " of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run("1" if kind == "shown" else "")
        run.font.size, run.font.color.rgb = Pt(8), RGBColor.from_string(_GREY)
        if kind == "instruction":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = name
            run._r.append(instruction)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _front(document: WordDocument, content: Content) -> None:
    document.add_paragraph(content.title, style="Title")
    _small(document.add_paragraph(), f"Made {content.made_on:%B} {content.made_on.day}, {content.made_on.year}")
    summary = document.add_paragraph().add_run(content.summary)
    summary.bold, summary.font.size = True, Pt(14)
    kinds = (Readiness.READY, Readiness.FIX, Readiness.CONFIRM)
    tiles = _table(document, 1, [Emu(_WIDTH // 3)] * 3)
    for cell, kind in zip(tiles.rows[0].cells, kinds, strict=True):
        _shade(cell, _PALE[_READINESS[kind]])
        number = cell.paragraphs[0].add_run(str(content.counts[kind]))
        number.bold, number.font.size, number.font.color.rgb = True, Pt(20), RGBColor.from_string(_READINESS[kind])
        cell.paragraphs[0].add_run(f"  {READINESS_WORDS[kind]}")
    _heading(document, "Who stands where", 1)
    _roster(document, content)
    if content.absent:
        document.add_paragraph(content.absent).paragraph_format.space_before = Pt(6)
    for warning in content.warnings:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.add_run("Note: ").bold = True
        paragraph.add_run(warning)
    if content.late_entry:
        document.add_paragraph(content.late_entry).paragraph_format.space_before = Pt(6)


def _roster(document: WordDocument, content: Content) -> None:
    widths = [Mm(12), Mm(50), Mm(26), Mm(92)]
    table = _table(document, 1, widths, head=("No.", "Member", "Claim", "What holds it back"))
    for member in content.worst_first:
        cells = _row(table, widths).cells
        cells[0].text, cells[3].text = str(member.number), member.about[:1].upper() + member.about[1:] or "Nothing"
        cells[1].paragraphs[0].add_run(member.label).bold = True
        _badge(cells[2], READINESS_WORDS[member.readiness], _READINESS[member.readiness])


def _findings(document: WordDocument, findings: Sequence[Finding]) -> None:
    widths = [Mm(45), Mm(26), Mm(109)]
    table = _table(document, 1, widths, head=("Check", "Status", "What was found"))
    for one in findings:
        cells = _row(table, widths).cells
        cells[0].paragraphs[0].add_run(one.name).bold = True
        _badge(cells[1], STATUS_WORDS[one.status], _STATUS[one.status])
        _told(cells[2], one)


def _told(cell: _Cell, one: Finding) -> None:
    lines: list[tuple[str, str]] = [("", one.reason)] if one.reason else []
    lines += [("quote", f"“{quote}”") for quote in one.quotes]
    lines += [("ask", one.question)] if one.question else []
    for number, (kind, words) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if kind == "ask":
            paragraph.add_run("Ask: ").bold = True
        paragraph.add_run(words).italic = kind == "quote"


def _member(document: WordDocument, member: MemberPage) -> None:
    heading = _heading(document, f"{member.number}. {member.label}", 1)
    heading.paragraph_format.page_break_before = True
    stands = heading.add_run(f"   {READINESS_WORDS[member.readiness]}")
    stands.font.size, stands.font.color.rgb = Pt(11), RGBColor.from_string(_READINESS[member.readiness])
    if member.about:
        _small(document.add_paragraph(), f"Holds it back: {member.about}")
    for title, findings in (("The claim’s nine checks", member.checks), ("Read from the note", member.elements)):
        _heading(document, title, 2)
        _findings(document, findings)
    facts = "; ".join(f"{name.lower()} {value}" for name, value in member.facts) or "none were given"
    codes = ", ".join(member.codes) or "none"
    for name, words in (("Diagnosis codes at hand", codes), ("Claim facts used", facts)):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(words)


def _copies(document: WordDocument, content: Content) -> None:
    _heading(document, "Parts that read as copies", 1)
    intro = document.add_paragraph("Each claim needs words of its own member. Words that only one side has are ")
    intro.add_run("bold").bold = True
    intro.add_run(".")
    intro.paragraph_format.keep_with_next = True
    if content.copy_map:
        shape = document.add_picture(io.BytesIO(content.copy_map), width=Mm(MAP_WIDTH))
        if shape.height > Mm(MAP_HEIGHT):
            shape.width, shape.height = Emu(shape.width * Mm(MAP_HEIGHT) // shape.height), Mm(MAP_HEIGHT)
        pairs = "; ".join(f"{pair.a} and {pair.b}, {pair.likeness}" for pair in content.copies)
        shape._inline.docPr.set("descr", f"Map of the parts that read as copies: {pairs}")
    for pair in content.copies:
        _sides(document, pair)
    if content.more_copies:
        _small(document.add_paragraph(), f"And {content.more_copies} more pairs.")


def _sides(document: WordDocument, pair: CopiedPair) -> None:
    widths = [Emu(_WIDTH // 2)] * 2
    table = _table(document, 1, widths, head=(pair.a, f"{pair.b} · {pair.likeness}"))
    for stretch in pair.stretches:
        for cell, side in zip(_row(table, widths).cells, (stretch.left, stretch.right), strict=True):
            _marked(cell.paragraphs[0], side)
    _small(document.add_paragraph(), f"And {pair.more} shorter stretches." if pair.more else "")


def _marked(paragraph: Paragraph, words: Sequence[Words]) -> None:
    for number, run in enumerate(words):
        paragraph.add_run((" " if number else "") + run.text).bold = run.own


def _heading(document: WordDocument, words: str, level: int) -> Paragraph:
    heading: Paragraph = document.add_heading(words, level)
    return heading


def _small(paragraph: Paragraph, words: str) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(8), RGBColor.from_string(_GREY)


def _table(document: WordDocument, rows: int, widths: Sequence[Length], head: Sequence[str] = ()) -> Table:
    table: Table = document.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _lined(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _sized(table.rows[0], widths)
    for cell, name in zip(table.rows[0].cells, head, strict=False):
        run = cell.paragraphs[0].add_run(name)
        run.bold, run.font.size = True, Pt(8.5)
        _shade(cell, _TINT)
    if head:
        _flag(table.rows[0], "w:tblHeader")
    return table


def _row(table: Table, widths: Sequence[Length]) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _sized(row, widths)
    return row


def _sized(row: _Row, widths: Iterable[Length]) -> None:
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = width
    # A row stays on its page.
    _flag(row, "w:cantSplit")


def _flag(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _lined(table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "D5DBE0")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), "50")
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    table._tbl.tblPr.append(margins)


def _badge(cell: _Cell, word: str, colour: str) -> None:
    run = cell.paragraphs[0].add_run(word)
    run.bold, run.font.color.rgb = True, RGBColor.from_string(colour)
    shade: Any = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _PALE[colour])):
        shade.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(shade)


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
