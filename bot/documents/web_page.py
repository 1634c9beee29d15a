"""HTML as sections under its headings, with the standard library's parser; what a reader would not see is left out."""

import re
from collections import Counter
from html.parser import HTMLParser

from bot.documents.models import Format, Reading, Section
from bot.documents.plain import under_headings

_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "nav"})
_BLOCKS = frozenset(
    [
        *("p", "div", "section", "article", "main", "aside", "header", "footer", "form", "fieldset", "address"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr"),
        *("blockquote", "pre", "figure", "figcaption", "br", "hr", "details", "summary", "body"),
    ]
)
_CELLS = frozenset({"td", "th"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# These have no end tag, so that nothing inside them ends.
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)


def read_html(page: str) -> Reading:
    """The page's text, section by section."""
    reader = _Page()
    # The parser looks for the end of a comment that has none from each of its beginnings, over and over.
    reader.feed(_COMMENT.sub("", page))
    reader.close()
    return Reading(format=Format.HTML, title=" ".join(reader.title.split()), sections=tuple(reader.sections()))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self._unseen_from: int | None = None
        self._in_title = False
        self._text = ""
        self._level = 0
        self._done: list[tuple[str, list[str]]] = [("", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self._block(tag)
            return
        self._open.append(tag)
        self._counts[tag] += 1
        self._in_title = self._in_title or tag == "title"
        if self._unseen_from is None and (tag in _UNSEEN or _is_hidden(dict(attrs))):
            self._unseen_from = len(self._open)
        if self._seen:
            self._start(tag)

    def _start(self, tag: str) -> None:
        if tag in _CELLS and self._text.strip() and not self._text.endswith("\n"):
            self._text = self._text.rstrip() + " | "
        elif tag in _HEADINGS:
            self._flush()
            self._level = _HEADINGS[tag]
        else:
            self._block(tag)

    def _block(self, tag: str) -> None:
        if tag in _BLOCKS and self._seen and not self._level:
            if tag == "br":
                self._text += "\n"
            elif not (tag in {"p", "div"} and any(self._counts[cell] for cell in _CELLS)):
                self._flush()

    def handle_endtag(self, tag: str) -> None:
        if not self._counts[tag]:
            return
        while self._open:
            closed = self._open.pop()
            self._counts[closed] -= 1
            if self._seen and closed in _HEADINGS and self._level:
                self._end_heading()
            elif self._seen:
                self._block(closed)
            self._in_title = self._in_title and closed != "title"
            if self._unseen_from is not None and len(self._open) < self._unseen_from:
                self._unseen_from = None
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._in_title and not self._counts["svg"]:
            self.title += data
        elif self._seen and not self._counts["head"]:
            self._text += re.sub(r"\s+", " ", data)

    @property
    def _seen(self) -> bool:
        return self._unseen_from is None

    def _end_heading(self) -> None:
        words = " ".join(self._text.split())
        self._text = ""
        if words:
            self._done.append((words, []))
        self._level = 0

    def _flush(self) -> None:
        lines = [" ".join(line.split()) for line in self._text.split("\n")]
        words = "\n".join(line for line in lines if line)
        if words:
            self._done[-1][1].append(words)
        self._text = ""

    def sections(self) -> list[Section]:
        self._level = 0
        self._flush()
        return list(under_headings((heading, "\n\n".join(parts)) for heading, parts in self._done))


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    """Text nobody sees is no part of what a payer published, and where instructions to machines like to stand."""
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
