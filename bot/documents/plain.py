"""Markdown and plain text as sections. Text must be UTF-8: a guess at another encoding changes what a payer said."""

import codecs
import re
from collections.abc import Iterable, Iterator

from bot.documents.models import Format, Reading, Section
from bot.documents.refusals import UnreadableError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADING = re.compile(r"^#{1,6}[ \t]+(\S.*)$", re.MULTILINE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_DECLARED = {"utf-8", "utf8", "iso-8859-1", "windows-1252", "us-ascii"}


def decoded(data: bytes) -> str:
    """The text, its byte order mark honoured and dropped; raises UnreadableError where it is not UTF-8."""
    encoding = "utf-8"
    for mark, named in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], named
            break
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError("is not UTF-8 text: save it as UTF-8 and add it again.") from None
    if "\x00" in text:
        raise UnreadableError("is not text: use a PDF, .docx, HTML, Markdown or text file.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decoded_page(data: bytes) -> str:
    """The same for HTML, which may say itself that it is written in Windows-1252."""
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").casefold() if declared else ""
    if name in _DECLARED - {"utf-8", "utf8"}:
        return data.decode("cp1252", errors="replace")
    return decoded(data)


def read_markdown(text: str) -> Reading:
    """A section under each heading; a heading with nothing under it is a paragraph of its own."""
    headings = list(_HEADING.finditer(text))
    parts = [("", text[: headings[0].start() if headings else len(text)])]
    for at, heading in enumerate(headings):
        ends = headings[at + 1].start() if at + 1 < len(headings) else len(text)
        parts.append((_words(heading), text[heading.end() : ends]))
    return Reading(
        format=Format.MARKDOWN, title=_words(headings[0]) if headings else "", sections=tuple(under_headings(parts))
    )


def _words(heading: re.Match[str]) -> str:
    """A heading's words without the signs that may close it: "## Billing ##"."""
    written = heading[1].rstrip()
    bare = written.rstrip("#").rstrip()
    return bare or written


def read_text(text: str) -> Reading:
    """The whole text as one section."""
    return Reading(format=Format.TEXT, sections=(Section(text=text.strip()),) if text.strip() else ())


def under_headings(parts: Iterable[tuple[str, str]]) -> Iterator[Section]:
    """Sections from headings and what stands under them, without empty ones."""
    for heading, text in parts:
        if text.strip() or heading:
            yield Section(text=text.strip() or heading, heading=heading)
