"""Word documents (.docx) as sections, with mammoth. Runs in the reading process only."""

import zipfile
from io import BytesIO

from bot.documents.limits import MOST_ARCHIVE_ENTRIES, MOST_UNPACKED_BYTES
from bot.documents.models import Format, Reading
from bot.documents.refusals import UnreadableError
from bot.documents.web_page import read_html

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


def _check_archive(data: bytes) -> None:
    """An archive of a megabyte can unpack to a terabyte: its own directory tells before anything is unpacked."""
    try:
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise UnreadableError("is broken or cut short: open it in Word, save it again, and add that.") from None
    if _BODY not in {entry.filename for entry in entries}:
        raise UnreadableError("is an archive, not a Word document: add a PDF, .docx, HTML, Markdown or text file.")
    if len(entries) > MOST_ARCHIVE_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise UnreadableError(f"unpacks to more than {MOST_UNPACKED_BYTES // 1_000_000} MB: save its text alone.")
