"""A flat picture of boxes and words, drawn as SVG or as PNG. Knows nothing of what it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_SCALE = 2
"""Pixels of the PNG for one unit, so that it is sharp on a telephone."""
_FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_ANCHORS = {"start": "lm", "middle": "mm", "end": "rm"}


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is the middle of its height."""

    x: float
    y: float
    text: str
    size: float
    fill: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Picture:
    """`title` and `told` say in words what is seen, for those who do not see it."""

    width: int
    height: int
    title: str
    told: str
    marks: tuple[Box | Words, ...]


def as_svg(picture: Picture) -> str:
    """A document of its own: no script, no font and no address outside it, and it shrinks to the page."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}" role="img" '
        f'aria-label="{escape(picture.title)}" font-family="{escape(_FONTS)}" '
        f'style="width:100%;max-width:{picture.width}px;height:auto;background:#ffffff">'
    )
    body = "".join(_svg(mark) for mark in picture.marks)
    told = f"<title>{escape(picture.title)}</title><desc>{escape(picture.told)}</desc>"
    return f"{head}{told}{body}</svg>"


def as_png(picture: Picture) -> bytes:
    """The same in pixels, two to a unit."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (picture.width * _SCALE, picture.height * _SCALE), "#ffffff")
    draw = ImageDraw.Draw(image)
    for mark in picture.marks:
        if isinstance(mark, Box):
            corners = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
            scaled = tuple(round(place * _SCALE) for place in corners)
            draw.rounded_rectangle(
                (scaled[0], scaled[1], scaled[2] - 1, scaled[3] - 1), round(mark.radius * _SCALE), fill=mark.fill
            )
        else:
            place = (mark.x * _SCALE, mark.y * _SCALE)
            draw.text(place, mark.text, fill=mark.fill, font=_font(mark.size), anchor=_ANCHORS[mark.anchor])
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def width_of(text: str, size: float) -> float:
    """About how wide a line is, in units; a little more than either renderer needs."""
    return sum(_width(character) for character in text) * size


def _width(character: str) -> float:
    if character in "il.,:;|'’!·()[] jtfrI":
        return 0.33
    return 0.92 if character in "mwMW%—" else 0.72 if character.isupper() else 0.58


def cut(text: str, size: float, width: float) -> str:
    """The text, shortened to what fits."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def lines(parts: Iterable[str], size: float, width: float) -> list[str]:
    """The parts joined by commas, broken into lines that fit."""
    broken: list[str] = []
    for part in parts:
        joined = f"{broken[-1]}, {part}" if broken else part
        if broken and width_of(joined, size) > width:
            broken[-1] += ","
            broken.append(cut(part, size, width))
        elif broken:
            broken[-1] = joined
        else:
            broken.append(cut(joined, size, width))
    return broken


def _svg(mark: Box | Words) -> str:
    if isinstance(mark, Box):
        return (
            f'<rect x="{mark.x:g}" y="{mark.y:g}" width="{mark.width:g}" height="{mark.height:g}" '
            f'rx="{mark.radius:g}" fill="{mark.fill}"/>'
        )
    return (
        f'<text x="{mark.x:g}" y="{mark.y:g}" font-size="{mark.size:g}" fill="{mark.fill}" '
        f'text-anchor="{mark.anchor}" dominant-baseline="central">{escape(mark.text)}</text>'
    )


@cache
def _font(size: float) -> "FreeTypeFont":
    """Pillow's own font, which comes with it."""
    from PIL import ImageFont

    font = ImageFont.load_default(size * _SCALE)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font
