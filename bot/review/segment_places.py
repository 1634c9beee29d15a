"""Headings by where they stand: under a list of staff or of who was away, below what they head, or as a signature."""

import re
from collections.abc import Sequence

from bot.review.segment_labels import Candidate
from bot.review.segment_lines import Line

_OTHERS = re.compile(
    r"(?:(?:group\s)?(?:staff|(?:co-?)?(?:facilitators?|leaders?|therapists?)|clinicians?"
    r"|providers?|treatment team|team|interns?|observers?"
    r"|visitors?|guests?)|absent(?:ees)?|absences|no.?shows?|excused"
    r"|not (?:present|here|attending)|did not (?:attend|come)|away"
    r"|cancell?(?:ed|ations)|discharged|wait.?list)(?:\s(?:members?|present|today|tonight))?(?:\s?\(\d+\))?",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"[\s,–—-]*[(\[]?\s?cont(?:inued|['’]d|d|\.)?\b", re.IGNORECASE)


def without_others(chosen: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Without those who stand below a heading of staff or of who was away, and without who signed."""
    if len(chosen) < 3:
        return chosen
    taken = {one.line for one in chosen}
    apart: set[int] = set()
    inside = False
    for number, line in enumerate(lines[: chosen[-1].line + 1]):
        title = line.bare.rstrip(":： ")
        if line.blank or (number not in taken and (line.decorated or line.bare.endswith(":"))):
            inside = bool(title and _OTHERS.fullmatch(title))
        elif inside:
            apart.add(number)
    kept = [one for one in chosen if one.line not in apart]
    return _without_signature(kept if len(kept) > 1 else chosen, lines)


def _without_signature(chosen: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Without a last heading below which nothing is said, where something is said below the others: who signed."""
    last = chosen[-1]
    if len(chosen) < 3 or not silent(last, lines):
        return chosen
    return chosen if heads_above(chosen, lines) else chosen[:-1]


def silent(one: Candidate, lines: Sequence[Line]) -> bool:
    """Whether the note ends with this heading."""
    return one.bare and all(line.blank for line in lines[one.line + 1 :])


def heads_above(chosen: Sequence[Candidate], lines: Sequence[Line]) -> bool:
    """Whether each heading stands below the words it heads: close under them, and a blank line after it."""
    return (
        len(chosen) > 1
        and silent(chosen[-1], lines)
        and all(one.bare and one.line > 0 and not lines[one.line].apart for one in chosen)
        and all(lines[one.line + 1].blank for one in chosen[:-1])
    )


def parts_above(chosen: Sequence[Candidate], lines: Sequence[Line]) -> list[tuple[int, int]]:
    """(start, end) of the parts of headings that stand below them: back to the heading before, or the blank line."""
    parts = []
    floor = -1
    for number, one in enumerate(chosen):
        first = one.line
        while first - 1 > floor and (number or not lines[first].apart):
            first -= 1
        while lines[first].blank:
            first += 1
        parts.append((lines[first].start, lines[one.line].end))
        floor = one.line
    return parts


def continued(chosen: Sequence[Candidate], lines: Sequence[Line]) -> bool:
    """Whether a heading says that it takes up a member again: "Client: Ana R. (continued)"."""
    return any(
        at >= 0 and _CONTINUED.match(lines[one.line].bare, at + len(one.label))
        for one in chosen
        if (at := lines[one.line].bare.find(one.label)) is not None
    )
