"""Files of strangers: each is read with its pages, or refused in one line that says what to do."""

import io
import zipfile

import pytest

from bot.documents.models import Format
from bot.documents.sandbox import read_document
from bot.errors import UserError
from tests.documents.files import MANUAL, ORDERS, locked, make_docx, make_pdf

RULE = "Group psychotherapy (90853) is a covered benefit."


def test_a_pdf_keeps_its_pages_and_its_title() -> None:
    reading = read_document(make_pdf([["First page."], [RULE]], title="Provider Manual"), "manual.pdf")
    assert (reading.format, reading.title, reading.pages) == (Format.PDF, "Provider Manual", 2)
    assert [(one.page, one.text.strip()) for one in reading.sections] == [(1, "First page."), (2, RULE)]


def test_a_pages_running_head_and_foot_are_left_but_its_words_are_not() -> None:
    pages = [["Acme Provider Manual", f"Rule number {number} of many.", f"Page {number}"] for number in range(1, 9)]
    reading = read_document(make_pdf(pages), "manual.pdf")
    assert [one.text.strip() for one in reading.sections] == [
        f"Rule number {number} of many." for number in range(1, 9)
    ]


def test_a_pdf_locked_against_changes_only_is_read() -> None:
    for algorithm in ("RC4-128", "AES-128", "AES-256"):
        assert RULE in read_document(locked(make_pdf([[RULE]]), "", algorithm), "m.pdf").sections[0].text


def test_pages_that_are_pictures_are_named_and_the_others_read() -> None:
    reading = read_document(make_pdf([[RULE], [], [RULE]]), "m.pdf")
    assert reading.wordless == (2,)
    assert [one.page for one in reading.sections] == [1, 3]


def test_a_word_document_keeps_headings_tables_and_no_markup() -> None:
    parts = [("h1", "Billing"), ("p", RULE), ("h2", "Limits"), ("cell", "Ten &lt;members&gt;")]
    reading = read_document(make_docx(parts), "contract.docx")
    assert reading.format is Format.DOCX
    assert [(one.heading, one.text) for one in reading.sections] == [("Billing", RULE), ("Limits", "Ten <members>")]


def test_a_page_of_html_is_what_its_reader_sees() -> None:
    page = f"""<html><head><title>Manual</title><style>p {{}}</style></head><body><nav>Menu</nav><h2>Groups</h2>
    <p>{RULE}<br>Ten members<!-- {ORDERS} --></p><p style="display: none">{ORDERS}</p><script>alert(1)</script>
    <table><tr><td><p>Code</p></td><td>90853</td></tr></table><p hidden>{ORDERS}</p>After</body></html>"""
    (section,) = read_document(page.encode(), "m.html").sections
    assert section.heading == "Groups"
    assert section.text == f"{RULE}\nTen members\n\nCode | 90853\n\nAfter"


def test_markdown_has_its_headings_and_text_is_whole() -> None:
    headings = [one.heading for one in read_document(MANUAL.encode(), "m.md").sections]
    assert headings == [
        "Provider Manual 2026",
        "Contact us",
        "Group psychotherapy",
        "Same-day services",
        "Authorization",
    ]
    (section,) = read_document(b"One.\r\n\r\nTwo.", "m.txt").sections
    assert section.text == "One.\n\nTwo."


def _archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


REFUSED = {
    "empty.pdf": (b"", "is empty"),
    "locked.pdf": (locked(make_pdf([[RULE]]), "secret"), "locked with a password"),
    "scan.pdf": (make_pdf([[], []]), "only pictures of pages.*ocrmypdf"),
    "long.pdf": (make_pdf([[RULE]] * 500), "has 500 pages; up to 300 are read"),
    "cut.pdf": (make_pdf([[RULE]] * 40)[:900], "broken or cut short|no words|only pictures"),
    "fake.pdf": (b"this is no PDF", "is no PDF file"),
    "big.pdf": (b"%PDF-1.4" + bytes(20_000_001), "is 20 MB; up to 20 MB"),
    "cut.docx": (make_docx([("p", RULE)])[:300], "broken or cut short"),
    "bomb.docx": (make_docx([("p", RULE)], extra=101), "unpacks to more than 100 MB"),
    "sheet.xlsx": (_archive(sheet="1"), "is an archive, not a Word document"),
    "silent.docx": (make_docx([("p", " ")]), "holds no words"),
    "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "old Word document"),
    "locked.docx": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    "note.rtf": (b"{\\rtf1 words}", "RTF file"),
    "photo.png": (b"\x89PNG\r\n" + bytes(90), "is a picture.*OCR"),
    "latin.txt": ("Prämie".encode("latin-1"), "is not UTF-8"),
    "zeros.txt": (b"words\x00words", "is not text"),
    "sound.mp3": (b"ID3 words", "is not a kind of file that is read"),
    "blank.md": (b" \n ", "holds no words"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line_that_names_it(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(UserError, match=reason) as caught:
        read_document(data, f"/some/folder/{name}")
    line = str(caught.value)
    assert line.startswith(name)
    assert "\n" not in line
    assert len(line) < 220


def test_a_file_that_stalls_its_parser_is_given_up() -> None:
    with pytest.raises(UserError, match="takes too long"):
        read_document(make_pdf([[RULE]] * 50), "slow.pdf", seconds=0.01)


def test_a_word_file_whose_xml_swells_is_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
        "&a9;</w:t></w:r></w:p></w:body></w:document>"
    )
    out = io.BytesIO(make_docx([]))
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    with pytest.raises(UserError, match=r"broken|memory|long|cannot"):
        read_document(_archive(**{**files, "word/document.xml": bomb}), "bomb.docx")


def test_the_reading_process_gets_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess

    seen: list[dict[str, str]] = []
    run = subprocess.run

    def spy(*args: object, **options: object) -> object:
        seen.append(options["env"])  # type: ignore[arg-type]
        return run(*args, **options)  # type: ignore[call-overload]

    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setattr(subprocess, "run", spy)
    read_document(RULE.encode(), "m.txt")
    assert "sk-secret" not in seen[0].values()
