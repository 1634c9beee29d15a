"""The copies of a session as one picture: who reads as whom, and how much.

A staircase: each member's name stands on a step, each box where two names meet is coloured by how alike the two parts
are. Members who read as one stand together. It shows labels as the note has them, and no word of the note.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from bot.review.models import Copy, EarlierCopy, Report
from bot.review.picture import Box, Picture, Words, as_png, as_svg, cut, lines, width_of

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
    alike = {frozenset((copy.a, copy.b)): copy.similarity for copy in report.copies}
    groups = _groups(labels, report.copies)
    copied = [label for group in groups for label in group]
    alone = [label for label in labels if label not in set(copied)]
    shown = copied + alone if len(labels) <= _EVERYBODY_UP_TO else copied
    title = _title(len(labels), sum(any(copy.taints(label) for copy in report.copies) for label in copied))
    marks: list[Box | Words] = [Words(_MARGIN, 50, title, 30, _INK)]
    if not copied:
        marks.append(Words(_MARGIN, 92, _NONE, 22, _MUTED))
        before, y = _before(report.earlier, 136)
        return Picture(_WIDTH, round(y), title, _NONE, (*marks, *before))
    marks += _scale(92)
    top = 122.0
    box = _box(shown)
    marks += _staircase(shown, alike, box, top)
    y = top + len(shown) * box + 26
    if len(shown) < len(labels):
        count = len(labels) - len(shown)
        said = f"{count} more {'members read' if count > 1 else 'member reads'} as nobody else."
        marks.append(Words(_MARGIN, y, said, 20, _MUTED))
        y += 34
    marks.append(Box(_MARGIN, y, _INNER, 2, _RULE))
    y += 32
    listed, y = _listed(groups, alike, y)
    marks += listed
    before, y = _before(report.earlier, y + 44)
    marks += before
    told = "; ".join(f"{copy.a} and {copy.b} {copy.similarity:.0%}" for copy in report.copies[:30])
    return Picture(_WIDTH, round(y), title, told, tuple(marks))


def _title(members: int, copied: int) -> str:
    return f"{copied} of {members} parts read as another’s" if copied else f"{members} members, no copies"


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
    shown: Sequence[str], alike: Mapping[frozenset[str], float], box: float, top: float
) -> Iterator[Box | Words]:
    size = min(22.0, max(9.0, box * 0.62))
    gap = _GAP if box > 20 else 1
    for row, label in enumerate(shown):
        y = top + row * box
        for column, other in enumerate(shown[:row]):
            x = _MARGIN + column * box
            similarity = alike.get(frozenset((label, other)))
            fill = _QUIET if similarity is None else _colour(similarity)
            yield Box(x, y, box - gap, box - gap, fill, radius=min(8.0, box / 7))
            if similarity is not None and box >= _NUMBERS_FROM:
                ink = "#ffffff" if similarity > _WHITE_INK_FROM else _INK
                yield Words(
                    x + (box - gap) / 2,
                    y + (box - gap) / 2,
                    f"{similarity * 100:.0f}",
                    min(20, box * 0.4),
                    ink,
                    "middle",
                )
        x = _MARGIN + row * box + 6
        room = _WIDTH - _MARGIN / 2 - x
        ink = _INK if any(label in pair for pair in alike) else _MUTED
        yield Words(x, y + (box - gap) / 2, cut(label, size, room), size, ink)


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
    """Each group in words: how many, how alike, who. And where the list ends."""
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
    return marks, y - 40
