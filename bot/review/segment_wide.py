"""Labels taken further where the note does: 'Robert "Bear" Tillman', and the "(M)" that tells one J.R. from another."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.review.segment_labels import Candidate
from bot.review.segment_lines import Line
from bot.review.segment_people import plain

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_SURNAME = rf"{_UPPER}[^\W\d_]{{0,30}}(?:['’-][^\W\d_]{{1,30}}){{0,2}}(?![\w'’])\.?"
# Not "A.A. (F33.1) Asked": a code or a diagnosis in brackets is no other form of a name.
_NICKNAME = re.compile(rf"(?<=[a-z])\s[\"“'‘(](?P<nick>(?![A-Z]{{3,}}\b)[^\"“”()\n\d]{{2,20}})[\"”'’)]\s{_SURNAME}")
_ASIDE = re.compile(r"\s?\((?P<aside>[^()\n]{1,20})\)")
_MOST = 0.6


def widened(chosen: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """The headings with their labels in full, where most have a nickname or only brackets tell namesakes apart."""
    nicknamed = [_further(one, lines, _NICKNAME) for one in chosen]
    if sum(one is not None for one in nicknamed) >= _MOST * len(chosen):
        return [wide or one for wide, one in zip(nicknamed, chosen, strict=True)]
    counts = Counter(plain(one.label) for one in chosen)
    bracketed = [_further(one, lines, _ASIDE) if counts[plain(one.label)] > 1 else None for one in chosen]
    told = {plain(one.label) for one in bracketed if one}
    namesakes = sum(count for count in counts.values() if count > 1)
    if not namesakes or len(told) < namesakes:
        return chosen
    return [wide or one for wide, one in zip(bracketed, chosen, strict=True)]


def _further(one: Candidate, lines: Sequence[Line], pattern: re.Pattern[str]) -> Candidate | None:
    bare = lines[one.line].bare
    at = bare.find(one.label)
    match = pattern.match(bare, at + len(one.label)) if at >= 0 else None
    return replace(one, label=bare[at : match.end()]) if match else None
