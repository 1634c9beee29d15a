"""Tables inside a note: rows divided by bars, commas or tabs, whose cells stand under the heading of their column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

FEWEST_COLUMNS = 3
LONGEST_HEADING = 8
"""Words. What is longer is prose."""

_HEADING_WORD = re.compile(
    r"\b(?:members?|clients?|patients?|pts?|names?|id|initials|dx|diagnos\w+|icd\w*|dates?|dos|size|census|present|"
    r"attendance|topic|focus|theme|modality|approach|interventions?|participation|engagement|response|progress|"
    r"goals?|movement|necessity|why|safety|risk|si|plan|next|homework|notes?|group|therapist\w*|did)\b",
    re.IGNORECASE,
)
_CELL_BREAK = {"|": re.compile(r"\s*\|\s*"), "\t": re.compile(r" *\t *")}
_QUOTED_CELL = re.compile(r'[ \t]*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^,"\n]*))[ \t\r]*(?P<end>,|\n|$)')


@dataclass(frozen=True, slots=True)
class Cell:
    """`text[start:end]` of a table row, with the heading of its column in lower case."""

    start: int
    end: int
    heading: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table from its first to past its last character; the heading row and rulers have no cells."""

    start: int
    end: int
    cells: tuple[Cell, ...]


def rows_of(text: str) -> tuple[Row, ...]:
    """Every row of every table in the text that has a row of headings."""
    found: list[Row] = []
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        rows = _barred(text, at, end) or _comma_separated(text, at, end)
        found.extend(rows)
        at = (rows[-1].end if rows else end) + 1
    return tuple(found)


def _is_heading(cells: list[tuple[int, int]], text: str) -> bool:
    words = [re.sub(r"[_*]+", " ", text[start:end]).strip() for start, end in cells]
    return (
        len(cells) >= FEWEST_COLUMNS
        and all(len(word.split()) <= LONGEST_HEADING and not word.endswith(".") for word in words)
        and not any(char.isdigit() for word in words for char in word)
        and sum(bool(_HEADING_WORD.search(word)) for word in words) >= max(2, len(words) // 2)
    )


def _barred(text: str, at: int, end: int) -> list[Row]:
    for mark, breaks in _CELL_BREAK.items():
        if text.count(mark, at, end) < FEWEST_COLUMNS - 1:
            continue
        names = list(_split(text, at, end, breaks))
        if not _is_heading(names, text):
            continue
        headings = [_clean(text[start:stop]) for start, stop in names]
        rows = [Row(at, end, ())]
        for start, stop in _lines(text, end + 1):
            line = text[start:stop]
            if line.count(mark) < FEWEST_COLUMNS - 1:
                break
            if set(line) <= set("|-: +=\t"):
                rows.append(Row(start, stop, ()))
                continue
            cells = list(_split(text, start, stop, breaks))
            rows.append(Row(start, stop, _under(headings, cells)))
        if len(rows) > 1:
            return rows
    return []


def _split(text: str, at: int, end: int, breaks: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The cells of a barred line; bars at its ends divide nothing."""
    opening = re.compile(r" *\| ?").match(text, at, end)
    at = opening.end() if opening else at
    for mark in breaks.finditer(text, at, end):
        yield at, mark.start()
        at = mark.end()
    if at < end:
        yield at, end


def _comma_separated(text: str, at: int, end: int) -> list[Row]:
    names = [(start, stop) for start, stop in _record(text, at)[0]]
    if text.count(",", at, end) < FEWEST_COLUMNS - 1 or not _is_heading(names, text):
        return []
    headings = [_clean(text[start:stop]) for start, stop in names]
    rows = [Row(at, end, ())]
    start = end + 1
    while start < len(text):
        cells, stop = _record(text, start)
        if not (len(headings) - 1 <= len(cells) <= len(headings) + 1):
            break
        rows.append(Row(start, stop, _under(headings, cells)))
        start = stop + 1
    return rows if len(rows) > 1 else []


def _record(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """The cells of one comma-separated record, whose quoted cells may hold commas and line ends; and where it ends."""
    cells: list[tuple[int, int]] = []
    while True:
        cell = _QUOTED_CELL.match(text, at)
        if cell is None:
            end = text.find("\n", at)
            return cells, len(text) if end < 0 else end
        which = "quoted" if cell["quoted"] is not None else "bare"
        cells.append(cell.span(which))
        if cell["end"] != ",":
            return cells, cell.start("end")
        at = cell.end()


def _under(headings: list[str], cells: list[tuple[int, int]]) -> tuple[Cell, ...]:
    return tuple(
        Cell(start, end, headings[number] if number < len(headings) else "")
        for number, (start, end) in enumerate(cells)
        if start < end
    )


def _lines(text: str, at: int) -> Iterator[tuple[int, int]]:
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, end
        at = end + 1


def _clean(heading: str) -> str:
    return re.sub(r"[\s_*#]+", " ", heading).strip().lower()
