"""Letters, inks and styles of what is laid out as PDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bot.resources import KNOWLEDGE

INK, MUTED, LINE, TINT = HexColor("#1d2730"), HexColor("#5b6771"), HexColor("#d5dbe0"), HexColor("#f4f6f8")
REGULAR, BOLD, ITALIC = "Report", "Report-Bold", "Report-Italic"
# ReportLab keeps its fonts for the whole process, and lays out on one core for a second at most.
_one_at_a_time = Lock()


@contextmanager
def typesetting() -> Iterator[None]:
    """Lay out within it: the fonts are there, and nobody else lays out meanwhile."""
    with _one_at_a_time:
        _register_fonts()
        yield


def style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    """A style in points, regular and in ink unless `more` says otherwise."""
    given = {"fontName": REGULAR, "textColor": INK, "splitLongWords": 1, **more}
    return ParagraphStyle(name, fontSize=size, leading=leading, **given)


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    for name, weight in ((REGULAR, "Regular"), (BOLD, "Bold"), (ITALIC, "Italic")):
        pdfmetrics.registerFont(TTFont(name, str(KNOWLEDGE / "fonts" / f"Roboto-{weight}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


TITLE = style("title", 20, 24, fontName=BOLD)
SUMMARY = style("summary", 14, 18, fontName=BOLD, spaceAfter=8)
H1 = style("h1", 14, 18, fontName=BOLD, spaceBefore=12, spaceAfter=5, keepWithNext=1)
TEXT = style("text", 9.5, 13)
SMALL = style("small", 8.2, 11, textColor=MUTED)
NAME = style("name", 9.5, 12.5, fontName=BOLD)
HEAD = style("head", 8.2, 10, fontName=BOLD, textColor=MUTED)
