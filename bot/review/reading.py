"""From the bytes of a file or paste to text: what is no text is refused with one clear line."""

import codecs

from bot.errors import UserError

LARGEST_BYTES = 4_000_000
# First bytes of what people drop on a bot by mistake.
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word document or other archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Word document (.doc)",
    b"{\\rtf": "an RTF document",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode_note(data: bytes, name: str) -> str:
    """The text of a note file; raises UserError for an empty, huge or binary one.

    Byte order marks are honoured and dropped; what is not UTF-8 is read as Windows-1252, which is what
    older record systems export.
    """
    if len(data) > LARGEST_BYTES:
        raise UserError(
            f"{name} is {len(data) / 1e6:.1f} MB; a note file may have {LARGEST_BYTES / 1e6:.0f} MB: split it."
        )
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    if kind:
        raise UserError(f"{name} is {kind}; send the note as .txt, .md, .csv, .docx or a .pdf with text, or pasted.")
    text = decoded(data)
    if text is None:
        raise UserError(f"{name} is not text; send the note as .txt, .md, .csv, .docx or a .pdf with text, or pasted.")
    return text


def decoded(data: bytes) -> str | None:
    """The text of bytes by their byte order mark, as UTF-8 or else as Windows-1252; None where they are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if b"\x00" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
