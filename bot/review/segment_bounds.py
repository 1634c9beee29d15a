"""Where each member's part begins and ends, and where the note speaks of the session again."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from bot.review.segment_labels import Candidate
from bot.review.segment_lines import Line
from bot.review.segment_words import APART_HEADING, SESSION_HEADING, TITLE_WORDS, WHOLE_GROUP_OPENING

_HEADING = re.compile(r"(?P<label>[^\W\d_][^:：|\n]{0,60}?)\s*(?P<sep>[:：]|$|\s[–—-]\s)")
_LOOK_BACK = 8
Part = tuple[int, int]


def parts_of(lines: Sequence[Line], chosen: Sequence[Candidate], end: int) -> list[Part]:
    """(start, end) of the part of each chosen heading, in order."""
    starts = [one.line for one in chosen]
    openings = _with_preambles(lines, starts)
    openings[0] = _first_opening(lines, openings[0])
    headings = _recurring(lines, openings)
    parts: list[Part] = []
    for number, first in enumerate(openings):
        stop = openings[number + 1] if number + 1 < len(openings) else len(lines)
        last = number + 1 == len(openings)
        back = _back_to_session(lines, starts[number] + 1, stop, headings, len(openings), last=last)
        until = lines[back].start if back < len(lines) else end
        parts.append((lines[first].start, until))
    return parts


def session_again(lines: Sequence[Line], first: int, end: int) -> int:
    """Where, after the line `first`, the note of one patient speaks of the session again; `end` when nowhere."""
    back = _back_to_session(lines, first + 1, len(lines), Counter(), 1, last=True)
    return lines[back].start if back < len(lines) else end


def line_at(lines: Sequence[Line], offset: int) -> int:
    """The number of the line in which `offset` stands."""
    return max(0, bisect_left([line.start for line in lines], offset + 1) - 1)


def _with_preambles(lines: Sequence[Line], starts: Sequence[int]) -> list[int]:
    """Takes in the lines above a label that stand above every one ("Date:", "Client progress note")."""
    if len(starts) < 2:
        return list(starts)
    reach = 0
    above = [_lines_above(lines, start, floor) for start, floor in zip(starts, [-1, *starts], strict=False)]
    while reach < min(map(len, above)):
        labels = {re.sub(r"\d+", "#", _label(lines[numbers[reach]].bare)) for numbers in above}
        if len(labels) != 1 or "" in labels:
            break
        reach += 1
    if not reach:
        return list(starts)
    return [numbers[reach - 1] for numbers in above]


def _first_opening(lines: Sequence[Line], first: int) -> int:
    """A mere title above the first part ("GROUP NOTES") is no session part: the parts tell of the session."""
    above = [line.bare for line in lines[:first] if not line.blank]
    said = {word for bare in above for word in re.findall(r"\w+", bare.lower())}
    return 0 if said and said <= TITLE_WORDS else first


def _lines_above(lines: Sequence[Line], start: int, floor: int) -> list[int]:
    numbers = range(start - 1, max(floor, start - 2 * _LOOK_BACK), -1)
    return [number for number in numbers if not lines[number].blank][:_LOOK_BACK]


def _recurring(lines: Sequence[Line], openings: Sequence[int]) -> Counter[str]:
    """In how many parts each heading or opening stands."""
    counts: Counter[str] = Counter()
    for number, first in enumerate(openings):
        stop = openings[number + 1] if number + 1 < len(openings) else len(lines)
        counts.update({_label(lines[at].bare) for at in range(first + 1, stop) if not lines[at].blank})
    return counts


def _back_to_session(  # noqa: PLR0913  # what a line is depends on all of them
    lines: Sequence[Line], first: int, stop: int, headings: Counter[str], parts: int, *, last: bool
) -> int:
    """The first line of the part that speaks of the session; `stop` when none does."""
    for number in range(first, stop):
        line = lines[number]
        if line.blank:
            continue
        label = _label(line.bare)
        if parts > 1 and headings[label] * 2 > parts:
            continue
        shown = line.decorated or bool(_HEADING.match(line.bare))
        if shown and _is_heading(line) and SESSION_HEADING.fullmatch(label):
            return number
        if not last or not (line.apart or line.decorated) or (parts > 1 and headings[label] > 1):
            continue
        if APART_HEADING.match(line.bare) and (
            _is_heading(line) or re.match(r"(?:e-?|electronically )?signed|cpt|[\w-]+ by\b", line.bare, re.IGNORECASE)
        ):
            return number
        if parts > 1 and line.apart and WHOLE_GROUP_OPENING.match(line.bare):
            return number
    return stop


def _is_heading(line: Line) -> bool:
    return line.decorated or bool(_HEADING.match(line.bare))


def _label(bare: str) -> str:
    """The heading of a line, in lower case; of a line without, its first two words."""
    match = _HEADING.match(bare)
    if match:
        return re.sub(r"\s*\([^)]*\)|[\s.]+$", "", match["label"]).strip().lower()
    return " ".join(bare.lower().split()[:2])
