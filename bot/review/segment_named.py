"""A note split at the members its reader names, in their order: the correction of a split that was a guess."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UserError
from bot.review.segment_bounds import line_at
from bot.review.segment_lines import Line
from bot.review.segment_people import People
from bot.review.segment_words import LEADING_WORDS, MEMBER_WORDS

_LONGEST = 60
_WORDS_BEFORE = sorted({*MEMBER_WORDS, *LEADING_WORDS, "individual", "of", "number"}, key=len, reverse=True)
_BEFORE = re.compile(rf"[\W\d_]*(?:(?:{'|'.join(_WORDS_BEFORE)})\b[\W\d_]*){{0,4}}", re.IGNORECASE)
_HEADING = re.compile(
    r"\s*(?:\([^()\n]{0,80}\)|\[[^\[\]\n]{0,80}\])?[*_\"”»)\]]*\s*(?:[:：|\t=→»>;–—-]|//|$)", re.MULTILINE
)
_SENTENCE = re.compile(
    r"(?:[.!?;:|][\"”')]*\s+|\b(?:is|was|to|for|up|about|has|patient|client|member|pt)[,:]?\s+)$", re.IGNORECASE
)
_NAMESAKE = re.compile(r"\s*\(\d\)$")
_COMMA = r",\s*(?:and\s+)?|\s+and\s+"
# A list of those present speaks for a split where this share of it is told of.
_MOST_OF_THEM = 0.8
# Letters between one name and the next; with fewer, names are only listed.
_SAID = 5


@dataclass(frozen=True, slots=True)
class Opening:
    """A place where a named member may begin: `weight` tells how much it looks like a heading of theirs."""

    written: str
    start: int
    weight: float
    line: int
    heads: bool


def labels_of(written: str) -> tuple[str, ...]:
    """The labels of a list as a person types it: with commas; names that hold commas one a line, or with semicolons."""
    mark = ";" if ";" in written else "\n" if "\n" in written.strip() else _COMMA
    return tuple(label for part in re.split(mark, written) if (label := " ".join(part.split()).rstrip(" ,")))


def openings(text: str, lines: Sequence[Line], labels: Sequence[str]) -> list[tuple[str, Opening]]:
    """Each of the named members and where they begin, by place; raises UserError for one who stands nowhere."""
    found = [_found(text, label) for label in labels]
    every = sorted({start for places in found for start, _ in places})
    pools = [[_opening(text, lines, place, every) for place in places] for places in found]
    for label, pool in zip(labels, pools, strict=True):
        if not pool:
            raise UserError(
                f"No part of the note is headed “{label[:_LONGEST]}”: name the members as the note writes them."
            )
    chosen = _in_order(pools) or _in_any_order(labels, pools)
    return sorted(zip(labels, chosen, strict=True), key=lambda pair: pair[1].start)


def listed_openings(text: str, lines: Sequence[Line], people: People) -> list[tuple[str, Opening]]:
    """Where those begin whom the note lists as present, by place; [] where too few of them head words of their own."""
    if len(set(people.present)) < len(people.present):
        return []  # namesakes, whom only their headings tell apart
    found = {label: _found_elsewhere(text, label, people) for label in people.present}
    every = sorted({start for places in found.values() for start, _ in places})
    taken: set[int] = set()
    opened = []
    for places in found.values():
        pool = [one for place in places if (one := _opening(text, lines, place, every)).start not in taken]
        best = max(pool, key=lambda one: (one.weight, -one.start), default=None)
        if best and best.weight >= _SENTENCE_WEIGHT:
            taken.add(best.start)
            opened.append((best.written, best))
    enough = len(opened) >= max(2, _MOST_OF_THEM * len(people.present))
    return sorted(opened, key=lambda pair: pair[1].start) if enough else []


def _found_elsewhere(text: str, label: str, people: People) -> list[tuple[int, int]]:
    """Where one of the list stands outside it: as listed, or by the first or last name alone."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", label) if word.lower() not in {"mrs", "miss", "sra", "srta"}]
    for written in dict.fromkeys((label, *words[:1], *words[-1:])):
        places = _found(text, written)
        places = [(a, b) for a, b in places if not any(start <= a < end for start, end in people.places)]
        if places:
            return places
    return []


def again(text: str, lines: Sequence[Line], labels: Sequence[str]) -> list[tuple[int, str]]:
    """Where every sentence begins that begins with one of the members: for a note that comes back to them."""
    found = {label: _found(text, label) for label in labels}
    every = sorted({start for places in found.values() for start, _ in places})
    return [
        (one.start, label)
        for label, places in found.items()
        for place in places
        if (one := _opening(text, lines, place, every)).weight >= _SENTENCE_WEIGHT
    ]


_HEADING_WEIGHT, _LINE_WEIGHT, _SENTENCE_WEIGHT, _INSIDE_WEIGHT, _LISTED = 4.0, 3.0, 2.0, 1.0, 0.2


def _opening(text: str, lines: Sequence[Line], place: tuple[int, int], every: Sequence[int]) -> Opening:
    start, end = place
    number = line_at(lines, start)
    before = text[lines[number].start : start]
    heads = len(before) <= _LONGEST and bool(_BEFORE.fullmatch(before))
    following = bisect_right(every, start)
    until = every[following] if following < len(every) else len(text)
    if sum(char.isalnum() for char in text[end : min(until, end + 200)]) < _SAID and until < len(text):
        weight = _LISTED
    elif heads:
        weight = _HEADING_WEIGHT if _HEADING.match(text, end) else _LINE_WEIGHT
    else:
        weight = _SENTENCE_WEIGHT if _SENTENCE.search(before[-40:]) else _INSIDE_WEIGHT
    return Opening(text[start:end], lines[number].start if heads else start, weight, number, heads)


def _found(text: str, label: str) -> list[tuple[int, int]]:
    """Where the label stands, however dotted, spaced or capitalised; "J.D. (2)" is the second "J.D."."""
    for written in dict.fromkeys((label, _NAMESAKE.sub("", label))):
        pattern = _pattern(written)
        if pattern and (places := [match.span() for match in pattern.finditer(text)]):
            return places
    return []


def _pattern(label: str) -> re.Pattern[str] | None:
    words = re.findall(r"\w+", label)
    if not words:
        return None
    initials = all(len(word) == 1 for word in words) or (len(words) == 1 and len(words[0]) <= 3 and words[0].isupper())
    if initials and not any(char.isdigit() for char in label):
        letters = r"\.?[ \t]?".join("".join(words))
        return re.compile(rf"(?<!\w)(?<!\w\.){letters}(?![\w'’])(?!\.\w)")
    written = r"[^\w\n]{1,3}".join(words)
    return re.compile(rf"(?<!\w){written}(?!\w)", re.IGNORECASE)


def _in_order(pools: Sequence[Sequence[Opening]]) -> list[Opening]:
    """One opening a member, each after the one before it, that together look most like headings; [] where none do."""
    # Of each opening: the weight of the best way there, and the opening before it on that way.
    ways: list[list[tuple[float, int]]] = []
    for number, pool in enumerate(pools):
        way, best, before, at = [], (0.0 if number == 0 else float("-inf")), -1, 0
        for one in pool:
            while number and at < len(pools[number - 1]) and pools[number - 1][at].start < one.start:
                if ways[-1][at][0] > best:
                    best, before = ways[-1][at][0], at
                at += 1
            way.append((best + one.weight, before))
        ways.append(way)
    last = max(range(len(ways[-1])), key=lambda at: ways[-1][at][0])
    if ways[-1][last][0] < len(pools):
        return []
    chosen = []
    for number in reversed(range(len(pools))):
        chosen.append(pools[number][last])
        last = ways[number][last][1]
    return chosen[::-1]


def _in_any_order(labels: Sequence[str], pools: Sequence[Sequence[Opening]]) -> list[Opening]:
    """The best opening of each, where the order given is not the note's."""
    taken: dict[int, str] = {}
    chosen = []
    for label, pool in zip(labels, pools, strict=True):
        free = [one for one in pool if one.start not in taken]
        if not free:
            raise UserError(f"The note has no part of its own for “{label[:_LONGEST]}”: name each member once.")
        best = max(free, key=lambda one: one.weight)
        taken[best.start] = label
        chosen.append(best)
    return chosen
