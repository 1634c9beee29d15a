"""The lines of a note as a reader sees them, each with where it stands in the text as given."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Characters of a line that are looked at for a label; a label never stands later.
HEAD = 200
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLOCK_TAG = re.compile(
    r"</?(?:p|br|div|li|ul|ol|tr|table|tbody|thead|h[1-6]|section|article|hr|dl|dt|dd|blockquote|pre|body|html)"
    r"\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_EITHER_BREAK = re.compile(f"{_BREAK.pattern}|{_BLOCK_TAG.pattern}", re.IGNORECASE)
_CELL_TAG = re.compile(r"</t[dh]\s{0,9}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_BOLD_TAG = re.compile(r"\s*<(?:b|strong|u)\b", re.IGNORECASE)
_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad]")
_BRACKETED = re.compile(r"[\[<({]\s*([^\[\]<>(){}\n]{1,40}?)\s*[\])>}]\s*:?$")
_MARKS = re.compile(
    r"(?:[\s>|~•‣▪◦·○●■□►▶✓✔☑☐*–—-]|\[[ xX]?\]|#{1,6}(?=\s|[A-Za-z*_])|={1,6}(?=\s)|[^\w\s\x00-\x7f«»“”‘’¿¡])+"
)
# Of a chat or a log: "[18:02] Ana: ...".
_CLOCK = re.compile(
    r"\[?\(?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?\)?\]?\s{1,3}(?:[-–—]\s)?(?=[^\W\d])", re.IGNORECASE
)
_BOLD = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.:)])[*_](?!\w)")
_END_MARKS = re.compile(r"\s*(?:[*=#_~]+|\s-{2,})$")
_RULE = re.compile(r"\s*[-=_*~—–#+]{3,}\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """`text[start:end]`; `bare` is its beginning without bullets, marks and tags.

    `decorated` tells a heading by its looks (Markdown, bold, capitals); `apart`, that a blank line stands before.
    """

    start: int
    end: int
    bare: str
    decorated: bool
    apart: bool
    bulleted: bool
    whole: bool

    @property
    def blank(self) -> bool:
        return not self.bare


def lines_of(text: str) -> list[Line]:
    """The lines of a note; in pasted HTML a block tag ends a line as well."""
    is_html = len(_BLOCK_TAG.findall(text, 0, 20_000)) >= 2
    found: list[Line] = []
    apart = True
    for start, end, heading in _raw(text, is_html):
        line = _line(text, (start, end), is_html=is_html, heading=heading, apart=apart)
        if is_html and line.blank and start == end:
            continue
        found.append(line)
        apart = line.blank
    return found


def _raw(text: str, is_html: bool) -> Iterator[tuple[int, int, bool]]:
    pattern = _EITHER_BREAK if is_html else _BREAK
    at, heading = 0, False
    for mark in pattern.finditer(text):
        yield at, mark.start(), heading
        at = mark.end()
        heading = mark.group()[:2].lower() == "<h" and mark.group()[2:3].isdigit()
    yield at, len(text), heading


def _line(text: str, place: tuple[int, int], *, is_html: bool, heading: bool, apart: bool) -> Line:
    start, end = place
    raw = text[start : min(end, start + (4 if is_html else 1) * HEAD)]
    if end - start < 80 and _RULE.match(raw):
        return Line(start, end, "", False, apart, False, True)
    whole = end - start <= len(raw)
    head = raw
    if is_html:
        heading = heading or bool(_BOLD_TAG.match(raw))
        head = html.unescape(_TAG.sub("", _CELL_TAG.sub(" | ", raw)))
    head = _INVISIBLE.sub("", head).replace("\xa0", " ")
    marks = _MARKS.match(head)
    lead = marks.group() if marks else ""
    head = head[len(lead) :]
    if clock := _CLOCK.match(head):
        lead, head = lead + clock.group(), head[clock.end() :]
    bold = lead.rstrip().endswith(("**", "__")) or head.startswith("__") or "#" in lead
    bare = _BOLD.sub("", head).strip()
    bare = re.sub(r"\s*#+$", "", bare) if "#" in lead else bare
    bare = re.sub(r"\s*=+$", "", bare) if "=" in lead else bare
    bare = _END_MARKS.sub("", bare)
    if boxed := _BRACKETED.match(bare):
        bare, bold = boxed[1], True
    bold = bold or "=" in lead
    bulleted = bool(lead.strip()) and not bold
    letters = [char for char in bare[:60] if char.isalpha()]
    capitals = len(letters) >= 3 and all(char.isupper() for char in letters)
    return Line(start, end, bare[:HEAD], bold or heading or capitals, apart, bulleted, whole and len(bare) <= HEAD)
