"""A table with one row a member: pipes, tabs or a CSV with quoted cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.review.segment_lines import Line

_WHO = re.compile(
    r"(?:(?:group\s+)?(?:patient|client|member|participant|pt|consumer|cl)s?"
    r"(?:[\s_]*(?:name|initials|id|label|no\.?|number|#|id/initials|name/id))?|name"
    r"|(?:client|patient|member|pt)?[\s_/]*(?:initials|mrn|id)|first name|#)\W*",
    re.IGNORECASE,
)
_SESSION_COLUMN = re.compile(
    r"(?:session|group)?[\s_]*(?:date|dos|date of service|topic|focus|theme|modality|interventions?|therapist|provider"
    r"|clinician|facilitators?|duration|minutes|start(?: time)?|end(?: time)?|session (?:notes?|summary)"
    r"|group (?:name|notes?|size|summary)|members? present|attendance count|cpt(?: code)?|group composition|composition"
    r"|provider interventions?|therapist interventions?|session|group|location|census)\W*",
    re.IGNORECASE,
)
_MOST_QUOTED = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a label and the stretches of its cells; `shared` are cells of columns that speak of the session."""

    label: str
    own: tuple[tuple[int, int], ...]
    shared: tuple[tuple[int, int], ...]


def find_rows(text: str, lines: Sequence[Line]) -> list[Row]:
    """The member rows of the first table of the note, if it has one."""
    for line in lines:
        if line.blank or line.end - line.start > 2_000:
            continue
        raw = text[line.start : line.end]
        for mark in ("|", "\t", ",", ";"):
            if mark not in raw:
                continue
            names = [name.strip(" \t\"'*_\ufeff") for name in raw.strip("\ufeff").split(mark)]
            who = next((at for at, name in enumerate(names) if _WHO.fullmatch(name)), None)
            if who is None or len([name for name in names if name]) < 2 or max(map(len, names)) > 60:
                continue
            rows = _rows(text, line.end, mark, names, who)
            if rows:
                return rows
    return []


def _rows(text: str, start: int, mark: str, names: Sequence[str], who: int) -> list[Row]:
    session_columns = {at for at, name in enumerate(names) if at != who and name and _SESSION_COLUMN.fullmatch(name)}
    found: list[Row] = []
    for cells in _records(text, start, mark):
        if len(cells) == 1 and not text[slice(*cells[0])].strip():
            if found:
                break
            continue
        if len(cells) < max(2, len(names) - 2) or len(cells) > len(names) + 1:
            break
        written = [text[a:b].strip(" \t\"'*_") for a, b in cells]
        if all(not cell or set(cell) <= set("-:= ") for cell in written):
            continue
        label = re.sub(r"\s+", " ", written[who]) if who < len(written) else ""
        if len(label) > 60:
            break
        own, shared = _stretches(cells, session_columns)
        if own:
            found.append(Row(label or f"Patient {len(found) + 1}", own, shared))
    return found


def _stretches(
    cells: Sequence[tuple[int, int]], session_columns: set[int]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    own: list[tuple[int, int]] = []
    shared: list[tuple[int, int]] = []
    last: bool | None = None
    for at, (start, end) in enumerate(cells):
        if start == end:
            continue
        belongs = at in session_columns
        side = shared if belongs else own
        if last is belongs and side:
            side[-1] = (side[-1][0], end)
        else:
            side.append((start, end))
        last = belongs
    return tuple(own), tuple(shared)


def _records(text: str, start: int, mark: str) -> Iterator[list[tuple[int, int]]]:
    """The records after the header: the stretch of every cell. A quoted cell may hold line breaks."""
    at = start
    if text[at : at + 2] == "\r\n":
        at += 2
    elif at < len(text):
        at += 1
    quotes = mark in {",", ";", "\t"}
    while at < len(text):
        cells: list[tuple[int, int]] = []
        while True:
            begin = at
            if quotes and text[at : at + 1] == '"':
                at = _after_quoted(text, at)
            stop = re.compile(rf"[{re.escape(mark)}\r\n]").search(text, at)
            at = stop.start() if stop else len(text)
            cells.append((begin, at))
            if stop is None or stop.group() != mark:
                break
            at += 1
        yield cells
        at += 2 if text[at : at + 2] == "\r\n" else 1


def _after_quoted(text: str, at: int) -> int:
    """The end of a quoted cell; a quote that never closes is an ordinary character."""
    limit = min(len(text), at + _MOST_QUOTED)
    place = at + 1
    while True:
        place = text.find('"', place, limit)
        if place < 0:
            return at + 1
        if text[place + 1 : place + 2] != '"':
            return place + 1
        place += 2
