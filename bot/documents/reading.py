"""From a file's bytes to its text. Runs in the reading process only: parsers meet what strangers wrote."""

from collections.abc import Callable

from bot.documents.limits import MOST_CHARACTERS
from bot.documents.models import Format, Reading
from bot.documents.pdf import read_pdf, read_pdf_lines
from bot.documents.plain import decoded, decoded_page, read_markdown, read_text
from bot.documents.refusals import UnreadableError
from bot.documents.web_page import read_html
from bot.documents.word import read_docx, read_docx_lines

_READERS: dict[Format, Callable[[bytes], Reading]] = {
    Format.PDF: read_pdf,
    Format.DOCX: read_docx,
    Format.HTML: lambda data: read_html(decoded_page(data)),
    Format.MARKDOWN: lambda data: read_markdown(decoded(data)),
    Format.TEXT: lambda data: read_text(decoded(data)),
}

_BY_LINES = {Format.PDF: read_pdf_lines, Format.DOCX: read_docx_lines}


def read(data: bytes, format_: Format, *, by_lines: bool = False) -> Reading:
    """The file's text, of a PDF or Word file as lines where asked; raises UnreadableError saying why there is none."""
    try:
        reading = ((by_lines and _BY_LINES.get(format_)) or _READERS[format_])(data)
    except (UnreadableError, MemoryError):
        raise
    except Exception:  # parsers raise whatever a broken file makes them trip over
        raise UnreadableError("is broken or cut short: open it, save it again, and use that.") from None
    size = sum(len(section.text) for section in reading.sections)
    if not any(character.isalnum() for section in reading.sections for character in section.text):
        raise UnreadableError("holds no words.")
    if size > MOST_CHARACTERS:
        raise UnreadableError(f"holds {size / 1e6:.1f} million characters; {MOST_CHARACTERS / 1e6:.0f} are read.")
    return reading
