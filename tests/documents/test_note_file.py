"""A note as .docx or .pdf is judged as the same note typed would be; another file is refused in one line."""

import io
from textwrap import wrap

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from bot.documents.laid_lines import as_typed
from bot.documents.note_file import read_note
from bot.errors import UserError
from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from bot.resources import KNOWLEDGE
from bot.review.models import Report
from bot.review.offline import OfflineJudge
from bot.review.service import ReviewService

SAMPLES = ["seven-members.txt", "eight-ready.txt", "copied-group.txt"]


@pytest.fixture(scope="module")
def service() -> ReviewService:
    catalog = load_catalog()
    return ReviewService(OfflineJudge(), catalog=catalog, resolver=Resolver(catalog))


def as_word(text: str) -> bytes:
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_pages(text: str) -> bytes:
    """A page as a word processor prints it: long lines broken at the margin, a new page where one is full."""
    file = io.BytesIO()
    canvas, y = Canvas(file, pagesize=LETTER), 740
    for line in text.split("\n"):
        for piece in wrap(line, 88) or [""]:
            canvas.drawString(60, y, piece)
            y -= 14
            if y < 60:
                canvas.showPage()
                y = 740
    canvas.save()
    return file.getvalue()


def verdicts(report: Report) -> list[object]:
    session = [verdict.status for verdict in report.session.elements.values()]
    of_each = [
        [p.label, *(v.status for v in p.elements.values()), *(v.status for v in p.checklist.values())]
        for p in report.patients
    ]
    return [session, of_each]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("made", "ending"), [(as_word, "docx"), (as_pages, "pdf")])
def test_a_note_in_word_or_pdf_gets_the_verdicts_of_the_note_typed(
    service: ReviewService, name: str, made: object, ending: str
) -> None:
    text = (KNOWLEDGE / "samples" / name).read_text("utf-8")
    read = read_note(made(text), f"note.{ending}")
    assert verdicts(service.review(read)) == verdicts(service.review(text))


def test_a_table_in_word_keeps_a_row_a_line_and_its_head_and_additions_are_read() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Date of service: 03/04/2026"
    table = document.add_table(2, 2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ["Member", "Response", "K.L.", "Wept"], strict=True
    ):
        cell.text = words
    added = f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>Denied SI/HI.</w:t></w:r></w:ins>'
    document.add_paragraph("Safety: ")._p.append(parse_xml(added))
    assert read_note(saved(document), "note.docx").split("\n") == [
        "Date of service: 03/04/2026",
        "Member | Response",
        "K.L. | Wept",
        "Safety: Denied SI/HI.",
    ]


def test_a_browsers_day_of_printing_is_not_taken_for_the_day_of_service() -> None:
    page = "11/26/26, 9:58 AM      note\n  Group: 7 members present.\n\n  K.L.\nhttps://ehr.example/note/1      1/2"
    assert as_typed([page]) == "Group: 7 members present.\n\nK.L."


def test_short_lines_that_somebody_typed_stay_lines() -> None:
    page = "K.L. shared about work and wept.\nM.N. said nothing all evening.\nO.P. read his letter aloud."
    assert as_typed([page]).count("\n") == 2


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"PK\x03\x04 broken", "note.docx", "open it in Word, save it again"),
        (b"\xd0\xcf\x11\xe0 old", "note.doc", "an old Word document"),
        (b"\x89PNG\r\n", "scan.png", "a picture"),
        (b"{\\rtf1 x}", "note.rtf", "an RTF document"),
        (b"%PDF-1.7 broken", "note.pdf", "broken or cut short"),
        (b"\x00\x01\x02\x00", "note.bin", "not text"),
        (as_pages(""), "empty.pdf", "only pictures of pages"),
    ],
)
def test_another_file_is_refused_in_one_line_that_names_it(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as refused:
        read_note(data, name)
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)
