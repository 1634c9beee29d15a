"""A file as text: its sections, each with the page or heading it stands under. Imports nothing but pydantic."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Format(StrEnum):
    """The kinds of file that are read."""

    PDF = "PDF"
    DOCX = "Word"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    TEXT = "text"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(_Record):
    """A stretch of text on one page (PDF), or under one heading; paragraphs are parted by an empty line."""

    text: str
    page: int | None = None
    heading: str = ""


class Reading(_Record):
    """What a file says. `title` is the file's own, where it has one; `wordless` are pages without any text."""

    format: Format
    sections: tuple[Section, ...]
    title: str = ""
    pages: int | None = None
    wordless: tuple[int, ...] = ()


class Passage(_Record):
    """A piece of a document small enough to search and to cite; `paragraph` is where it begins, counted from 1."""

    number: int
    text: str
    page: int | None = None
    heading: str = ""
    paragraph: int = 1
