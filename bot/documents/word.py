"""Word documents (.docx) as sections, with mammoth. Runs in the reading process only."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.documents.limits import MOST_ARCHIVE_ENTRIES, MOST_UNPACKED_BYTES
from bot.documents.models import Format, Reading, Section
from bot.documents.refusals import UnreadableError
from bot.documents.web_page import read_html

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Header

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P = f"{_W}p"
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n"}
_BODY = "word/document.xml"


def read_docx(data: bytes) -> Reading:
    """Headings, paragraphs, lists and tables, footnotes too; pictures and comments are left.

    What tracked changes deleted is not read. Raises UnreadableError.
    """
    _check_archive(data)
    import mammoth  # type: ignore[import-untyped]

    no_pictures = mammoth.images.img_element(lambda _: {})
    page = mammoth.convert_to_html(BytesIO(data), convert_image=no_pictures).value
    return read_html(page).model_copy(update={"format": Format.DOCX})


def read_docx_lines(data: bytes) -> Reading:
    """The document line by line as it was typed: empty lines kept, a table's row on a line, the page's head first.

    A note is split and read by its lines, and `read_docx` keeps paragraphs only. Raises UnreadableError.
    """
    _check_archive(data)
    from docx import Document

    document = Document(BytesIO(data))
    header = document.sections[0].header if document.sections else None
    above = [] if header is None or header.is_linked_to_previous else _lines(header)
    text = "\n".join([*above, *_lines(document)])
    return Reading(format=Format.DOCX, sections=(Section(text=text.strip("\n")),))


def _lines(part: "Document | _Header") -> Iterator[str]:
    for block in part.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                # A cell that spans columns comes once for each.
                cells = dict.fromkeys(row.cells)
                yield " | ".join(" ".join(_typed(one) for one in cell._tc.iter(_P)).strip() for cell in cells)
        else:
            yield _typed(block._p)


def _typed(paragraph: Any) -> str:
    """A paragraph's words with what tracked changes put in, and without what they took out."""
    words = "".join(
        _MARKS.get(node.tag) or node.text or ""
        for node in paragraph.iter(f"{_W}t", *_MARKS)
        if node.getparent().tag != f"{_W}tabs"
    )
    bullet = "- " if words.strip() and paragraph.find(f"{_W}pPr/{_W}numPr") is not None else ""
    return bullet + words.rstrip()


def _check_archive(data: bytes) -> None:
    """An archive of a megabyte can unpack to a terabyte: its own directory tells before anything is unpacked."""
    try:
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise UnreadableError("is broken or cut short: open it in Word, save it again, and use that.") from None
    if _BODY not in {entry.filename for entry in entries}:
        raise UnreadableError("is an archive, not a Word document: use a PDF, .docx, HTML, Markdown or text file.")
    if len(entries) > MOST_ARCHIVE_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise UnreadableError(f"unpacks to more than {MOST_UNPACKED_BYTES // 1_000_000} MB: save its text alone.")
