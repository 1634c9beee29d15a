"""A table drawn with spaces, one column a member: names above, the words of each below, in line with their name."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from bot.review.segment_fillings import likelihood, person
from bot.review.segment_lines import Line
from bot.review.segment_tables import Row

_CELL = re.compile(r"\S+(?: \S+)*")
# How far a cell may begin to the left of its name.
_ROOM = 3
_FEWEST_ROWS = 2
_LONGEST = 400
# So that a text of nothing but such lines is not read over and over.
_MOST_HEADS, _MOST_ROWS = 20, 200


def find_aligned(text: str, lines: Sequence[Line]) -> list[Row]:
    """One entry a member column; none where no line of persons has lines of cells below it that stand in line."""
    tried = 0
    for number, line in enumerate(lines[:2_000]):
        names = [] if line.blank or line.end - line.start > _LONGEST else _names(text, line)
        if names and (rows := _below(text, lines[number + 1 : number + 1 + _MOST_ROWS], line, names)):
            return rows
        tried += bool(names)
        if tried > _MOST_HEADS:
            break
    return []


def _cells(text: str, line: Line) -> list[tuple[int, str]]:
    """Where each cell of a line begins, counted from the line's beginning, and what it says."""
    return [(match.start(), match.group()) for match in _CELL.finditer(text[line.start : line.end])]


def _names(text: str, line: Line) -> list[tuple[int, str]]:
    """The cells of a line that is made of names, but perhaps for a first one above the fields."""
    cells = _cells(text, line)
    if cells and cells[0][0] == 0:
        cells = cells[1:]
    sure = sum(person(said) for _, said in cells)
    every = all(person(said) or likelihood(said, "name") > 0.0 for _, said in cells)
    distinct = len({said for _, said in cells}) == len(cells)
    return cells if len(cells) > 1 and every and distinct and sure * 2 >= len(cells) and sure > 1 else []


def _below(text: str, lines: Sequence[Line], head: Line, names: Sequence[tuple[int, str]]) -> list[Row]:
    starts = [at - _ROOM for at, _ in names]
    if any(b - a < _ROOM for a, b in pairwise(starts)):
        return []
    own: list[list[tuple[int, int]]] = [[] for _ in names]
    rows = 0
    for line in lines:
        if line.end - line.start > _LONGEST:
            break
        cells = [] if line.blank else _cells(text, line)
        columns = [bisect_right(starts, at) - 1 for at, _ in cells]
        told = [column for column in columns if column >= 0]
        if cells and (len(set(told)) < len(told) or not told or columns.count(-1) > 1):
            break
        rows += len(told) * 2 > len(names)
        for (at, said), column in zip(cells, columns, strict=True):
            if column >= 0:
                own[column].append((line.start + at, line.start + at + len(said)))
    below = [text[a:b] for cells in own for a, b in cells]
    if rows < _FEWEST_ROWS or not all(own) or sum(map(person, below)) * 2 > len(below):
        return []  # nothing below, or more names: a roster
    return [
        Row(name, ((head.start + at, head.start + at + len(name)), *cells), ())
        for (at, name), cells in zip(names, own, strict=True)
    ]
