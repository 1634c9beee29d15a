"""Which layout a file's ending asks for, and what such a file is called when we name it."""

from collections.abc import Callable
from datetime import date
from pathlib import PurePath

from bot.errors import UserError
from bot.reports.content import Content

FORMATS = ("pdf", "docx", "csv")


def format_of(name: str) -> str:
    """The format that a file's ending names; raises UserError for another."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise UserError(f"{name}: a report is saved as .pdf, .docx or .csv, by the ending of its name.")
    return ending


def laid_out(content: Content, kind: str) -> bytes:
    """The report as a file of that format."""
    return _layout(kind)(content)


def file_name(kind: str, made_on: date) -> str:
    """note_review_2026-11-26.pdf: a name that tells of no patient."""
    return f"note_review_{made_on.isoformat()}.{kind}"


def _layout(kind: str) -> Callable[[Content], bytes]:
    # Each brings a library of its own, and most commands need none of them.
    if kind == "pdf":
        from bot.reports.pdf import as_pdf

        return as_pdf
    if kind == "docx":
        from bot.reports.word import as_docx

        return as_docx
    from bot.reports.table import as_csv

    return as_csv
