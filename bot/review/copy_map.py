"""The copies of a session as one picture: who reads as whom, and how much.

A staircase: each member's name stands on a step, each box where two names meet is coloured by how alike the two parts
are. Members who read as one stand together. It shows labels as the note has them, and no word of the note.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from bot.review.models import Copy, EarlierCopy, Report
from bot.review.picture import Box, Picture, Words, as_png, as_svg, cut, lines, width_of
from bot.review.wording import copy_line

_WIDTH = 720
_MARGIN = 32
_INNER = _WIDTH - 2 * _MARGIN
_INK, _MUTED, _QUIET, _RULE = "#1d2433", "#5b6475", "#f0f2f6", "#e3e7ee"
_PALE, _DEEP = (0xFD, 0xE2, 0xC4), (0x9A, 0x2E, 0x06)
_WHITE_INK_FROM = 0.83
"""Above it white figures stand out from their box by 4 to 1 and more, below it dark ones."""
_LEAST = 0.5
"""The similarity from which parts are copies: the palest box."""

_EVERYBODY_UP_TO = 12
"""Members of a larger group that are nobody's copy are counted, not shown."""
_NUMBERS_FROM = 32
_LARGEST_BOX, _GAP = 60, 3
_GROUPS_SHOWN = 8
_NONE = "No two members’ parts read as one."


def copy_map_svg(report: Report) -> str:
    """The picture for a page: an SVG document that needs nothing outside itself."""
    return as_svg(copy_map(report))


def copy_map_png(report: Report) -> bytes:
    """The picture for a message: a PNG of 1440 pixels' width."""
    return as_png(copy_map(report))


def copy_map(report: Report) -> Picture:
    """What both draw. A report without copies gives a picture that says so."""
    labels = [patient.label for patient in report.patients]
    copies = [copy for copy in report.copies if not copy.points]
    alike = {frozenset((copy.a, copy.b)): copy.similarity for copy in copies}
    pointers = _pointers(report.copies)
    joined = [label for group in _groups(labels, report.copies) for label in group]
    alone = [label for label in labels if label not in set(joined)]
    shown = joined + alone if len(labels) <= _EVERYBODY_UP_TO else joined
    title = _title(len(labels), len({label for pair in alike for label in pair}), len(pointers))
    marks: list[Box | Words] = [Words(_MARGIN, 50, title, 30, _INK)]
    if not joined:
        marks.append(Words(_MARGIN, 92, _NONE, 22, _MUTED))
        before, y = _before(report.earlier, 136)
        return Picture(_WIDTH, round(y), title, _NONE, (*marks, *before))
    top = 84.0
    if alike:
        marks += _scale(92)
        top = 122.0
    box = _box(shown)
    marks += _staircase(shown, alike, pointers, box, top)
    y = top + len(shown) * box + 26
    if len(shown) < len(labels):
        count = len(labels) - len(shown)
        said = f"{count} more {'members read' if count > 1 else 'member reads'} as nobody else."
        marks.append(Words(_MARGIN, y, said, 20, _MUTED))
        y += 34
    marks.append(Box(_MARGIN, y, _INNER, 2, _RULE))
    y += 32
    listed, y = _listed(_groups(labels, copies), alike, y)
    pointed, y = _pointed(pointers, y)
    before, y = _before(report.earlier, y + 4)
    marks += [*listed, *pointed, *before]
    told = "; ".join(_told(copy) for copy in report.copies[:30])
    return Picture(_WIDTH, round(y), title, told, tuple(marks))


def _title(members: int, copied: int, pointing: int) -> str:
    if copied:
        return f"{copied} of {members} parts read as another’s"
    if pointing:
        return f"{pointing} of {members} parts only {_points(pointing)} at another’s"
    return f"{members} members, no copies"


def _points(number: int) -> str:
    return "points" if number == 1 else "point"


def _told(copy: Copy) -> str:
    return copy_line(copy) if copy.points else f"{copy.a} and {copy.b} {copy.similarity:.0%}"


def _pointers(copies: Iterable[Copy]) -> dict[str, list[str]]:
    """Members whose part says no more than "same as", and at whose parts it points."""
    found: dict[str, list[str]] = {}
    for copy in copies:
        if copy.points:
            found.setdefault(copy.points, []).append(copy.other(copy.points))
    return found


def _groups(labels: Sequence[str], copies: Iterable[Copy]) -> list[list[str]]:
    """Members joined by copies, in the order of the note, the largest group first."""
    of: dict[str, set[str]] = {}
    for copy in copies:
        joined = of.get(copy.a, {copy.a}) | of.get(copy.b, {copy.b})
        of.update(dict.fromkeys(joined, joined))
    groups: list[list[str]] = []
    for label in labels:
        if label in of and not any(label in group for group in groups):
            groups.append([other for other in labels if other in of[label]])
    return sorted(groups, key=lambda group: -len(group))


def _box(shown: Sequence[str]) -> float:
    """How large a step is, so that the staircase and the longest name beside its lower end fit."""
    names = min(230.0, max(width_of(label, 20) for label in shown) + 16)
    return min(_LARGEST_BOX, (_INNER - names) / len(shown))


def _staircase(
    shown: Sequence[str],
    alike: Mapping[frozenset[str], float],
    pointers: Mapping[str, Sequence[str]],
    box: float,
    top: float,
) -> Iterator[Box | Words]:
    size = min(22.0, max(9.0, box * 0.62))
    gap = _GAP if box > 20 else 1
    joined = {label for pair in alike for label in pair}.union(pointers, *pointers.values())
    for row, label in enumerate(shown):
        y = top + row * box
        for column, other in enumerate(shown[:row]):
            x = _MARGIN + column * box
            points = other in pointers.get(label, ()) or label in pointers.get(other, ())
            similarity = alike.get(frozenset((label, other)))
            fill, said, ink = _met(similarity, points=points)
            yield Box(x, y, box - gap, box - gap, fill, radius=min(8.0, box / 7))
            if said and box >= _NUMBERS_FROM:
                yield Words(x + (box - gap) / 2, y + (box - gap) / 2, said, min(20, box * 0.4), ink, "middle")
        x = _MARGIN + row * box + 6
        room = _WIDTH - _MARGIN / 2 - x
        ink = _INK if label in joined else _MUTED
        yield Words(x, y + (box - gap) / 2, cut(label, size, room), size, ink)


def _met(similarity: float | None, *, points: bool) -> tuple[str, str, str]:
    """The box where two names meet: its colour, what stands in it and in what ink."""
    if points:
        return _MUTED, "see", "#ffffff"
    if similarity is None:
        return _QUIET, "", _INK
    return _colour(similarity), f"{similarity * 100:.0f}", "#ffffff" if similarity > _WHITE_INK_FROM else _INK


def _before(earlier: Sequence[EarlierCopy], y: float) -> tuple[list[Box | Words], float]:
    """The parts that read as a note reviewed before, and where the picture ends."""
    if not earlier:
        return [], y
    marks: list[Box | Words] = [Box(_MARGIN, y, _INNER, 2, _RULE)]
    y += 32
    for one in earlier[:_GROUPS_SHOWN]:
        whose = "their own" if one.same_member else "another member’s"
        when = f"note of {one.date}" if one.date else "undated note"
        how = f" as {whose} {when}, {one.similarity * 100:.0f} % alike"
        name = cut(one.label, 20, _INNER - 30 - width_of(f"{how} reads", 20))
        marks.append(Box(_MARGIN, y - 9, 18, 18, _colour(one.similarity), radius=9))
        marks.append(Words(_MARGIN + 30, y, f"{name} reads{how}", 20, _INK))
        y += 36
    more = len(earlier) - _GROUPS_SHOWN
    if more > 0:
        marks.append(Words(_MARGIN + 30, y, f"and {more} more", 20, _MUTED))
        y += 36
    return marks, y


def _colour(similarity: float) -> str:
    share = min(1.0, max(0.0, (similarity - _LEAST) / (1 - _LEAST)))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_PALE, _DEEP, strict=True))


def _scale(y: float) -> Iterator[Box | Words]:
    """What the colours mean."""
    yield Words(_MARGIN, y, "alike", 20, _MUTED)
    yield Words(_MARGIN + 64, y, "50 %", 20, _MUTED)
    steps = 24
    for step in range(steps):
        yield Box(_MARGIN + 118 + step * 7, y - 9, 7, 18, _colour(_LEAST + (1 - _LEAST) * step / (steps - 1)))
    yield Words(_MARGIN + 118 + steps * 7 + 12, y, "100 %", 20, _MUTED)


def _listed(
    groups: Sequence[Sequence[str]], alike: Mapping[frozenset[str], float], y: float
) -> tuple[list[Box | Words], float]:
    """Each group in words: how many, how alike, who. And where what follows begins."""
    marks: list[Box | Words] = []
    for group in groups[:_GROUPS_SHOWN]:
        found = [alike[pair] for one in combinations(group, 2) if (pair := frozenset(one)) in alike]
        least, most = f"{min(found) * 100:.0f}", f"{max(found) * 100:.0f}"
        reach = f"{most} %" if least == most else f"{least} to {most} %"
        marks.append(Box(_MARGIN, y - 9, 18, 18, _colour(max(found)), radius=4))
        marks.append(Words(_MARGIN + 30, y, f"{len(group)} parts read as one, {reach} alike", 21, _INK))
        y += 32
        for line in lines(group, 20, _INNER - 30):
            marks.append(Words(_MARGIN + 30, y, line, 20, _MUTED))
            y += 28
        y += 12
    more = len(groups) - _GROUPS_SHOWN
    if more > 0:
        marks.append(Words(_MARGIN + 30, y, f"and {more} more {'groups' if more > 1 else 'group'}", 20, _MUTED))
        y += 40
    return marks, y


def _pointed(pointers: Mapping[str, Sequence[str]], y: float) -> tuple[list[Box | Words], float]:
    """The parts that only say "same as", and whose they mean. And where what follows begins."""
    if not pointers:
        return [], y
    number = len(pointers)
    said = f"{number} {'part' if number == 1 else 'parts'} only {_points(number)} at another’s"
    marks: list[Box | Words] = [Box(_MARGIN, y - 9, 18, 18, _MUTED, radius=4)]
    marks.append(Words(_MARGIN + 30, y, said, 21, _INK))
    y += 32
    for line in lines([f"{who} at {' and '.join(at)}" for who, at in pointers.items()], 20, _INNER - 30):
        marks.append(Words(_MARGIN + 30, y, line, 20, _MUTED))
        y += 28
    return marks, y + 12
