"""Reads a file in a process of its own: parsers meet untrusted bytes, and one that stalls or swells must end alone.

The process gets the file and its format, none of our environment, no open files, and limits on memory and time.
"""

import json
import os
import subprocess
import sys
from pathlib import PurePath

from pydantic import ValidationError

from bot.documents.limits import LARGEST_BYTES, LINES, MOST_SECONDS, MOST_TEXT_SECONDS
from bot.documents.models import Format, Reading
from bot.errors import UserError
from bot.turns import waiting

_SUFFIXES = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
}
SUFFIXES = tuple(_SUFFIXES)
_TAKEN = "use a PDF, .docx, HTML, Markdown or text file."
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_KEPT_VARIABLES = ("PATH", "PYTHONPATH", "SYSTEMROOT", "LANG", "LC_ALL")


def read_document(data: bytes, name: str, *, seconds: float = MOST_SECONDS, by_lines: bool = False) -> Reading:
    """The text of a file, of a PDF or Word file as lines where asked; raises UserError with one line that names it."""
    shown = PurePath(name).name or "That file"
    if not data:
        raise UserError(f"{shown} is empty.")
    if len(data) > LARGEST_BYTES:
        raise UserError(f"{shown} is {len(data) / 1e6:.0f} MB; up to {LARGEST_BYTES / 1e6:.0f} MB are read: split it.")
    format_ = format_of(data, shown)
    if format_ is not Format.PDF:
        seconds = min(seconds, MOST_TEXT_SECONDS)
    reading = _in_child(data, format_, seconds, by_lines=by_lines)
    if isinstance(reading, str):
        raise UserError(f"{shown} {reading}")
    return reading


def format_of(data: bytes, name: str) -> Format:
    """What a file is by its first bytes, and by its ending where those do not tell; raises UserError."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK"):
        return Format.DOCX
    if data.startswith(_OLD_OFFICE):
        if _LOCKED_OFFICE in data:
            raise UserError(f"{name} is locked with a password: save a copy without one and use that.")
        raise UserError(f"{name} is an old Word document (.doc): save it as .docx and use that.")
    if data.startswith(_PICTURES):
        raise UserError(f"{name} is a picture: put it through OCR into a PDF with text, and use that.")
    if data.startswith(b"{\\rtf"):
        raise UserError(f"{name} is an RTF file: save it as .docx and use that.")
    format_ = _SUFFIXES.get(PurePath(name).suffix.lower())
    if format_ in (Format.PDF, Format.DOCX):
        raise UserError(f"{name} is no {format_} file, or a broken one: open it, save it again, and use that.")
    if data[:1024].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return Format.HTML
    if format_ is None:
        raise UserError(f"{name} is not a kind of file that is read: {_TAKEN}")
    return format_


def _in_child(data: bytes, format_: Format, seconds: float, *, by_lines: bool) -> Reading | str:
    """What the reading process found, or why it found nothing."""
    command = [sys.executable, "-m", "bot.documents.child", format_.value, *([LINES] if by_lines else [])]
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    try:
        with waiting():
            done = subprocess.run(  # noqa: S603  # our own module, no shell
                command, input=data, capture_output=True, timeout=seconds, check=False, env=environment
            )
    except subprocess.TimeoutExpired:
        return "takes too long to read: save it anew as a plain PDF, or split it."
    try:
        answer = json.loads(done.stdout)
        return str(answer["refused"]) if "refused" in answer else Reading.model_validate(answer)
    except (ValueError, ValidationError, TypeError):
        # Killed by a limit, or by a fault in a parser: what it printed may hold the document's words.
        return "cannot be read: save it anew as a plain PDF, or split it."
