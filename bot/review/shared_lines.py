"""Lines that several members' parts hold to the letter and that tell of the session: pasted, not anyone's own.

So do those that stand above the member's name in their part: the head of a form printed for each."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.review.masking import speaks_of_one, speaks_of_session
from bot.review.models import Member, Span

_LINE = re.compile(r"[^\n]+")
_FEWEST_WORDS = 4
_FEWEST_PARTS = 2


def shared_lines(text: str, members: Sequence[Member]) -> list[tuple[Span, ...]]:
    """For each member the stretches of such lines, in order."""
    lines = [[line for span in member.spans for line in _lines(text, span)] for member in members]
    held = Counter(key for own in lines for key in {key for key, _ in own})
    return [
        tuple(_blocks(text, own, held, _named_at(own, member.label)))
        for own, member in zip(lines, members, strict=True)
    ]


def of_every_part(text: str, members: Sequence[Member]) -> tuple[Span, ...]:
    """Where the first part holds what all parts hold to the letter: what a form printed for each tells of the session.

    Neighbouring lines are drawn together. One part alone shares nothing.
    """
    if len(members) < _FEWEST_PARTS:
        return ()
    lines = [[line for span in member.spans for line in _lines(text, span)] for member in members]
    held = set.intersection(*({key for key, _ in own if key.strip()} for own in lines))
    found: list[Span] = []
    last = -1
    for number, (key, span) in enumerate(lines[0]):
        if key not in held:
            continue
        start = found.pop().start if found and last == number - 1 else span.start
        found.append(Span(start=start, end=span.end))
        last = number
    return tuple(found)


def without(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of the spans; `taken` lie in them, in order."""
    left = []
    for span in spans:
        at = span.start
        for gone in taken:
            if at <= gone.start and gone.end <= span.end:
                if at < gone.start:
                    left.append(Span(start=at, end=gone.start))
                at = gone.end
        if at < span.end:
            left.append(Span(start=at, end=span.end))
    return left


def _lines(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    for match in _LINE.finditer(text, span.start, span.end):
        yield " ".join(match[0].casefold().split()), Span(start=match.start(), end=match.end())


def _named_at(own: Sequence[tuple[str, Span]], label: str) -> int:
    """Which line names the member; the first where none does."""
    name = " ".join(label.casefold().split())
    return next((number for number, (key, _) in enumerate(own) if name in key), 0)


def _blocks(text: str, own: Sequence[tuple[str, Span]], held: Counter[str], named: int) -> Iterator[Span]:
    block: Span | None = None
    for number, (key, span) in enumerate(own):
        if number < named and held[key] > 1:
            yield span
            continue
        if held[key] > 1 and len(key.split()) >= _FEWEST_WORDS:
            block = Span(start=block.start, end=span.end) if block else span
            continue
        if block and _of_session(text[block.start : block.end]):
            yield block
        block = None
    if block and _of_session(text[block.start : block.end]):
        yield block


def _of_session(said: str) -> bool:
    return speaks_of_session(said) and not speaks_of_one(said)
