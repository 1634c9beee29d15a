"""PDF pages as text, with pypdf. Runs in the reading process only (see `bot.documents.sandbox`)."""

import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from bot.documents.laid_lines import as_typed
from bot.documents.limits import MOST_PAGES
from bot.documents.models import Format, Reading, Section
from bot.documents.refusals import UnreadableError

if TYPE_CHECKING:
    from pypdf import PdfReader

_EDGE_LINES = 2
_FEWEST_PAGES_FOR_EDGES = 5
_BROKEN_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def read_pdf(data: bytes) -> Reading:
    """Every page's text; raises UnreadableError for one that is locked, broken, too long, or only pictures."""
    reader = _opened(data)
    pages = _told([page.extract_text() for page in reader.pages])
    title = reader.metadata.title if reader.metadata else None
    return Reading(
        format=Format.PDF,
        title=" ".join(str(title or "").split()),
        pages=len(pages),
        wordless=tuple(number for number, page in enumerate(pages, 1) if not _has_words(page)),
        sections=tuple(
            Section(text=_BROKEN_WORD.sub("", text), page=number)
            for number, text in enumerate(without_running_lines(pages), 1)
            if _has_words(text)
        ),
    )


def read_pdf_lines(data: bytes) -> Reading:
    """Every line as it was typed, with an empty one where paragraphs stand apart; raises UnreadableError.

    A note is split and read by its lines, and `read_pdf` runs paragraphs together.
    """
    pages = _told([page.extract_text(extraction_mode="layout") for page in _opened(data).pages])
    section = Section(text=as_typed(without_running_lines(pages)))
    return Reading(format=Format.PDF, pages=len(pages), sections=(section,))


def _opened(data: bytes) -> "PdfReader":
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    # Many payer manuals are locked against changes only: the empty password opens those for reading.
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("is locked with a password: save a copy without one and use that.")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise UnreadableError(
            f"has {count} pages; up to {MOST_PAGES} are read. Split it and add the parts about behavioral health."
        )
    return reader


def _told(pages: list[str]) -> list[str]:
    if not any(_has_words(page) for page in pages):
        raise UnreadableError(
            "has no text, only pictures of pages (a scan): put it through OCR first, for example with"
            " `ocrmypdf in.pdf out.pdf`, and use the result."
        )
    return pages


def without_running_lines(pages: list[str]) -> list[str]:
    """Pages without the lines that head or foot most of them: they say nothing and would be found everywhere."""
    if len(pages) < _FEWEST_PAGES_FOR_EDGES:
        return pages
    split = [page.strip().split("\n") for page in pages]
    seen = Counter(
        key for lines in split for key in {_key(line) for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])}
    )
    running = {key for key, count in seen.items() if count > len(pages) / 2}
    return ["\n".join(_trimmed(lines, running)) for lines in split]


def _trimmed(lines: list[str], running: set[str]) -> list[str]:
    first, last = 0, len(lines)
    while first < min(_EDGE_LINES, last) and _key(lines[first]) in running:
        first += 1
    while last > max(len(lines) - _EDGE_LINES, first) and _key(lines[last - 1]) in running:
        last -= 1
    return lines[first:last]


def _key(line: str) -> str:
    """A running line is the same on every page but for the page's number at its beginning or end."""
    return re.sub(r"^\d+\b|\b\d+$", "#", " ".join(line.split()).casefold())


def _has_words(text: str) -> bool:
    return sum(character.isalnum() for character in text) >= 3
