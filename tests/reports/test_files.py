"""The whole report as a file: everything is in it, it can be read aloud, and nothing in a note breaks or runs it."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from itertools import combinations

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from bot.claims.csv_file import read_claims
from bot.claims.models import ClaimFacts
from bot.errors import UserError
from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from bot.reports.content import Content, both_sides, content_of
from bot.reports.saving import FORMATS, file_name, format_of, laid_out
from bot.resources import KNOWLEDGE
from bot.review.models import Copy, Report
from bot.review.offline import OfflineJudge
from bot.review.service import ReviewService
from tests.slack.fakes import make_note, make_report

MADE_ON = date(2026, 11, 26)
LATE = "Words added later go in as a late entry, dated and signed as such."


@pytest.fixture(scope="module")
def service() -> ReviewService:
    catalog = load_catalog()
    return ReviewService(OfflineJudge(), catalog=catalog, resolver=Resolver(catalog), today=lambda: date(2026, 5, 20))


def sample(name: str) -> str:
    return (KNOWLEDGE / "samples" / name).read_text("utf-8")


@pytest.fixture(scope="module")
def seven(service: ReviewService) -> Content:
    text = sample("seven-members.txt")
    return content_of(service.review(text), text, made_on=MADE_ON)


def pdf_words(data: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def docx_words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).split())


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


READERS: dict[str, Callable[[bytes], str]] = {"pdf": pdf_words, "docx": docx_words}


@pytest.mark.parametrize("kind", READERS)
def test_it_says_in_ten_seconds_who_stands_where_and_then_everything_of_each_member(seven: Content, kind: str) -> None:
    words = READERS[kind](laid_out(seven, kind))
    assert "7 claims: 3 to fix, 4 to confirm" in words
    assert words.count(LATE) == 1
    assert "(ICD-10-CM fiscal years 2025 to 2027)" in words
    assert "Judged on this machine, by rules" in words
    for member in seven.members:
        for finding in (*member.checks, *member.elements):
            assert all(" ".join(part.split()) in words for part in (finding.reason, finding.question, *finding.quotes))


@pytest.mark.parametrize("kind", READERS)
def test_copies_show_the_words_of_both_sides(seven: Content, kind: str) -> None:
    words = READERS[kind](laid_out(seven, kind))
    assert "Shared that she puts off opening her bills" in words
    assert "Shared that he puts off opening his bills" in words
    assert "100% alike" in words


@pytest.mark.parametrize("kind", READERS)
def test_the_claim_facts_that_were_used_stand_with_each_member(service: ReviewService, kind: str) -> None:
    text, claims = sample("eight-ready.txt"), read_claims(sample("eight-ready-claims.csv"))
    content = content_of(service.review(text, claims), text, claims, made_on=MADE_ON)
    words = READERS[kind](laid_out(content, kind))
    assert "8 claims: 8 ready" in words
    assert "authorization AG-20117" in words
    assert "other codes that day none" in words
    assert LATE not in words


def test_each_member_begins_on_a_page_of_their_own(seven: Content) -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(laid_out(seven, "pdf"))).pages]
    for member in seven.members:
        assert [page for page in pages if page.startswith(f"{member.number}. {member.label}")]
    others = [m.label for m in seven.members if m.label != "K.L."]
    assert not any(label in next(page for page in pages if page.startswith("1. K.L.")) for label in others)


def test_a_pdf_has_a_title_a_language_and_an_outline(seven: Content) -> None:
    reader = PdfReader(io.BytesIO(laid_out(seven, "pdf")))
    assert reader.metadata is not None
    assert reader.metadata.title == "Review of a group note"
    assert reader.trailer["/Root"]["/Lang"] == "en-US"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [entry["/Title"] for entry in reader.outline][:2] == ["Summary", "The session"]


def test_a_word_file_has_a_title_a_language_real_headings_and_named_columns(seven: Content) -> None:
    document = Document(io.BytesIO(laid_out(seven, "docx")))
    assert (document.core_properties.title, document.core_properties.language) == ("Review of a group note", "en-US")
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [text for text in headings if text.startswith("7. J.A.")]
    assert document.tables[1].rows[0].cells[1].text == "Member"
    assert "tblHeader" in document.tables[1].rows[0]._tr.xml


def test_names_with_accents_are_drawn_in_letters_of_their_own() -> None:
    names = ["José Peña", "Jürgen Łukasz", "Zoë Šťastný", "Ελένη", "Олена"]
    text = make_note(names)
    words = pdf_words(laid_out(content_of(make_report(text, names), text, made_on=MADE_ON), "pdf"))
    assert all(name in words for name in names)


def test_a_spreadsheet_gets_a_row_for_each_member_and_check(seven: Content) -> None:
    rows = csv_rows(laid_out(seven, "csv"))
    assert len(rows) == 6 + 7 * (9 + 7)
    (thin,) = [row for row in rows if row["member"] == "J.A." and row["finding"] == "Plan"]
    assert (thin["status"], thin["quotes"]) == ("partly there", "“Continue group.”")
    assert thin["question"].startswith("What will J.A. do next")
    assert {row["reads_as_copy_of"] for row in rows if row["member"] == "N.H."} == {"P.M. (100% alike)"}


def with_copies(labels: list[str], copies: list[Copy]) -> list[dict[str, str]]:
    text = make_note(labels)
    report = make_report(text, labels).model_copy(update={"copies": tuple(copies)})
    return csv_rows(laid_out(content_of(report, text, made_on=MADE_ON), "csv"))


def copied(rows: list[dict[str, str]], member: str) -> str:
    (told,) = {row["reads_as_copy_of"] for row in rows if row["member_number"] == member}
    return told


def test_a_spreadsheet_names_everyone_whom_a_part_copies_however_many_pairs_there_are() -> None:
    labels = [f"Client {number}" for number in range(1, 9)]
    pairs = [Copy(a=a, b=b, similarity=0.9, spans=()) for a, b in combinations(labels, 2)]
    rows = with_copies(labels, pairs)
    assert copied(rows, "8") == "; ".join(f"{label} (90% alike)" for label in labels[:7])


def test_a_spreadsheet_names_each_member_whom_a_part_copies_once() -> None:
    same = "Christopher-Alexander Montgomery of the Tuesday evening group, seen since January, client"
    labels = ["K.L.", f"{same} 1", f"{same} 2"]
    pairs = [
        Copy(a="K.L.", b=label, similarity=how, spans=()) for label, how in zip(labels[1:], (0.7, 0.9), strict=True)
    ]
    rows = with_copies(labels, [*pairs, Copy(a="K.L.", b=labels[1], similarity=0.6, spans=())])
    named = copied(rows, "1").split("; ")
    assert [name.split(" (")[1] for name in named] == ["90% alike)"]


def test_a_spreadsheet_tells_a_part_that_only_points_from_a_copy() -> None:
    pairs = [Copy(a="R.W.", b="K.L.", similarity=1, spans=(), points="K.L.")]
    rows = with_copies(["R.W.", "K.L."], pairs)
    assert (copied(rows, "1"), copied(rows, "2")) == ("", "R.W. (only points at that part)")


def test_a_spreadsheet_speaks_of_no_pages(service: ReviewService) -> None:
    text = "March 4, 2026. CBT group, two members present; guided discussion.\n\nPatient: A.B.\nSpoke of work.\n"
    rows = csv_rows(laid_out(content_of(service.review(text), text, made_on=MADE_ON), "csv"))
    (told,) = {row["reason"] for row in rows if row["finding"] == "Session documentation"}
    assert told.startswith("See ")
    assert told.endswith(" in the session’s findings.")


@pytest.mark.parametrize("label", ["=1+1", "@SUM(A1)", "-2", "\t=cmd", "+1"])
def test_no_cell_of_a_spreadsheet_runs_as_a_formula(label: str) -> None:
    report = make_report("Date\n" + label, [label])
    rows = csv_rows(laid_out(content_of(report, "Date\n" + label, made_on=MADE_ON), "csv"))
    assert not [cell for row in rows for cell in row.values() if cell.lstrip()[:1] in {"=", "+", "-", "@"}]


NASTY = ["<b>Ann", "A & B", "]]>", "<para>", "\x00\x0b", "\ud800", "x" * 400, "&lt;", "a\nb", "مريض", "🙂" * 60, ""]


@pytest.mark.parametrize("kind", FORMATS)
def test_whatever_a_note_holds_the_file_opens(kind: str) -> None:
    text = "\n".join(NASTY)
    report = make_report(text, NASTY)
    assert opens(kind, laid_out(content_of(report, text, made_on=MADE_ON), kind))


@given(labels=st.lists(st.text(max_size=70), min_size=1, max_size=4), words=st.text(max_size=3000))
@settings(max_examples=25)
def test_any_text_can_be_laid_out(labels: list[str], words: str) -> None:
    report: Report = make_report(words, labels)
    content = content_of(report, words, [ClaimFacts(payer=words[:40])], made_on=MADE_ON)
    assert all(opens(kind, laid_out(content, kind)) for kind in FORMATS)


def opens(kind: str, data: bytes) -> bool:
    if kind == "pdf":
        return len(PdfReader(io.BytesIO(data)).pages) > 0
    if kind == "docx":
        return zipfile.ZipFile(io.BytesIO(data)).testzip() is None and bool(Document(io.BytesIO(data)).tables)
    return bool(csv_rows(data))


def test_quotes_longer_than_a_page_are_cut_and_the_page_holds() -> None:
    text = "Date " + "word " * 20_000
    report = make_report(text, ["word " * 4_000])
    assert opens("pdf", laid_out(content_of(report, text, made_on=MADE_ON), "pdf"))


def test_forty_members_are_laid_out() -> None:
    labels = [f"Member{n}" for n in range(40)]
    text = make_note(labels)
    content = content_of(make_report(text, labels), text, made_on=MADE_ON)
    assert len(PdfReader(io.BytesIO(laid_out(content, "pdf"))).pages) >= 41


@pytest.mark.parametrize("members", [3, 14, 40])
def test_the_picture_of_copies_fits_its_page_and_can_be_read(members: int) -> None:
    labels = [f"Christopher-Alexander Featherstonehaugh-Montgomery {number}" for number in range(members)]
    text = make_note(labels)
    pairs = tuple(Copy(a=a, b=b, similarity=0.9, spans=()) for a, b in combinations(labels, 2))
    content = content_of(make_report(text, labels).model_copy(update={"copies": pairs}), text, made_on=MADE_ON)
    (shape,) = Document(io.BytesIO(laid_out(content, "docx"))).inline_shapes
    pages = PdfReader(io.BytesIO(laid_out(content, "pdf"))).pages
    (width, height), *_ = [found for page in pages if (found := drawn(page))]
    for across, down in ((shape.width.inches, shape.height.inches), (width / 72, height / 72)):
        assert down < 7.5
        # A name is a thirty-sixth of the width: of a dozen members it is no smaller than seven points.
        assert members > 14 or across > 36 * 7 / 72


def drawn(page: PageObject) -> tuple[float, float] | None:
    """How large the first picture of a page is, in points."""
    contents = page.get_contents()
    found = re.search(rb"([\d.]+) 0 0 ([\d.]+) 0 0 cm\s*/\S+ Do", b"" if contents is None else contents.get_data())
    return (float(found[1]), float(found[2])) if found else None


def test_both_sides_of_a_copy_set_apart_the_words_that_only_one_has() -> None:
    stretch = both_sides("She opened three bills.", "He opened three bills.")
    assert [(run.text, run.own) for run in stretch.left] == [("She", True), ("opened three bills.", False)]
    assert [(run.text, run.own) for run in stretch.right] == [("He", True), ("opened three bills.", False)]


def test_the_ending_decides_and_another_is_refused_in_a_line() -> None:
    assert [format_of(f"Report.{kind.upper()}") for kind in FORMATS] == list(FORMATS)
    with pytest.raises(UserError, match=r"^report\.xlsx: a report is saved as \.pdf, \.docx or \.csv"):
        format_of("report.xlsx")


def test_the_name_we_give_a_file_tells_of_no_patient() -> None:
    assert file_name("pdf", MADE_ON) == "note_review_2026-11-26.pdf"


@pytest.mark.parametrize("kind", ["pdf", "docx", "csv"])
def test_who_was_absent_is_named_in_every_file(service: ReviewService, kind: str) -> None:
    text = "Group 3/3/26, CBT. Absent: J.R.\n\nA.B.: spoke of rent, cried.\nC.D.: listened, nodded.\n"
    data = laid_out(content_of(service.review(text), text, made_on=MADE_ON), kind)
    words = {"pdf": pdf_words, "docx": docx_words}.get(kind, lambda data: data.decode("utf-8-sig"))(data)
    assert "Absent, not billed: J.R." in words
