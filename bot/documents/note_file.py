"""A note as a file: text as it stands, PDF and Word files by their lines, read in a process of their own."""

from bot.documents.sandbox import read_document
from bot.review.reading import decode_note


def read_note(data: bytes, name: str) -> str:
    """The text of a note file; raises UserError with one line that names it. Offsets of a review count in this text."""
    if b"%PDF-" in data[:1024] or data.startswith(b"PK"):
        return "\n\n".join(section.text for section in read_document(data, name, by_lines=True).sections)
    return decode_note(data, name)
