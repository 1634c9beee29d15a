"""A table with one column a member: their names stand in the first row, the fields in the first column."""

import re
from collections.abc import Sequence

from bot.review.segment_fillings import person
from bot.review.segment_lines import Line
from bot.review.segment_tables import Row


def find_columns(text: str, lines: Sequence[Line]) -> list[Row]:
    """One entry a member column, its cells in order; none where no first row is made of persons."""
    for number, line in enumerate(lines):
        if line.blank or line.end - line.start > 2_000:
            continue
        for mark in ("|", "\t"):
            names = [text[a:b].strip(" \t*_") for a, b in _cells(text, line, mark)]
            if len(names) >= 3 and all(person(name) for name in names[1:]) and not person(names[0]):
                found = _below(text, lines[number + 1 :], mark, names)
                if len(found) == len(names) - 1:
                    return found
    return []


def _cells(text: str, line: Line, mark: str) -> list[tuple[int, int]]:
    """The cells of a line, without the empty ones outside its outer marks."""
    cells, at = [], line.start
    for stop in [*(match.start() for match in re.finditer(re.escape(mark), text[line.start : line.end])), None]:
        end = line.end if stop is None else line.start + stop
        cells.append((at, end))
        at = end + 1
    if mark == "|" and len(cells) > 2 and not text[slice(*cells[0])].strip():
        cells = cells[1:]
    if mark == "|" and not text[slice(*cells[-1])].strip():
        cells = cells[:-1]
    return cells


def _below(text: str, lines: Sequence[Line], mark: str, names: Sequence[str]) -> list[Row]:
    own: list[list[tuple[int, int]]] = [[] for _ in names]
    for line in lines:
        cells = _cells(text, line, mark)
        if len(cells) != len(names):
            break
        for column, (start, end) in enumerate(cells):
            if any(char.isalnum() for char in text[start:end]):
                own[column].append((start, end))
    return [Row(name, tuple(cells), ()) for name, cells in zip(names[1:], own[1:], strict=True) if len(cells) > 1]
