"""Lines of a PDF's page as somebody typed them: those that only the page's width broke are one again."""

import re

# "fi" and the like as one sign, which no word list knows.
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BEFORE_SIGN = re.compile(r"(?<=\S) +(?=[.,;!?)](?:\s|$))")
# What a browser puts above and below a page it prints: the day of printing is no day of service.
_PRINTED = re.compile(r"^\s*\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?:\s{2,}.*)?$")
_ADDRESS = re.compile(r"^\s*(?:file|https?)://\S+\s+\d+/\d+$")
_COLUMNS = re.compile(r"\S {3,}\S")
_ITEM = re.compile(r"\s*(?:[-*•▪◦–—#|\[]|\(?\w{1,2}[.)]\s)")
_LABEL = re.compile(r"\s*[A-ZÀ-Þ0-9][\w/&'’. -]{0,34}[:#]")
_ENDED = re.compile(r"[.!?:;][\"”’)]*$")
_CUT_WORD = re.compile(r"[^\W\d_]-$")
# A line is full where the next word would not have fitted; letters differ in width, so near to full is full.
_FULL = 0.85
_HALF_FULL = 0.5


def as_typed(pages: list[str]) -> str:
    """The pages' lines, an empty one where paragraphs stand apart."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_page(page) for page in pages)).strip("\n")


def _page(page: str) -> str:
    lines = [_BEFORE_SIGN.sub("", line.translate(_LIGATURES)).rstrip() for line in page.strip("\n").split("\n")]
    if _PRINTED.match(lines[0]):
        del lines[0]
    if lines and _ADDRESS.match(lines[-1]):
        del lines[-1]
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    lines = [line[indent:] for line in lines]
    width = max((len(line) for line in lines if not _COLUMNS.search(line)), default=0)
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and _runs_on(last, line, width):
            joined[-1] += ("" if _CUT_WORD.search(last) else " ") + line.lstrip()
        else:
            joined.append(line)
        last = line
    return "\n".join(joined)


def _runs_on(line: str, following: str, width: int) -> bool:
    """Whether only the page's width parts two lines. A break after a sentence may stay: it tells nothing apart."""
    if not line.strip() or not following.strip() or _ITEM.match(following):
        return False
    if _COLUMNS.search(line) or _COLUMNS.search(following):
        return False
    full = len(line) + 1 + len(following.split(maxsplit=1)[0]) >= _FULL * width
    if following.lstrip()[0].islower():
        return full or (not _ENDED.search(line) and len(line) >= _HALF_FULL * width)
    return full and not _ENDED.search(line) and not _LABEL.match(following)
