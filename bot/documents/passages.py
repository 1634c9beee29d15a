"""A document cut into passages: small enough to search and cite, none across a page or heading, no word lost."""

import re
from collections.abc import Iterator

from bot.documents.models import Passage, Reading

# The embedder reads 256 tokens, about a thousand characters of English; a third of that is worth no passage of its own.
TARGET = 900
_SMALL = 300
_PARAGRAPH = re.compile(r"\n[^\S\n]*(?:\n\s*)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*(?=[•▪●‣◦*-]\s)")
_SPACE = re.compile(r"\s+")


def passages_of(reading: Reading) -> list[Passage]:
    """Every word of the document, in order; pages never run backwards where they did not before."""
    found: list[Passage] = []
    paragraph = 1
    for section in reading.sections:
        for start, end in pieces(section.text):
            text = section.text[start:end]
            begins = paragraph + len(_PARAGRAPH.findall(section.text[:start].rstrip() + "\n\n" if start else ""))
            found.append(
                Passage(
                    number=len(found) + 1, text=text, page=section.page, heading=section.heading[:120], paragraph=begins
                )
            )
        paragraph += len(_PARAGRAPH.findall(section.text.strip())) + 1
    return found


def pieces(text: str) -> list[tuple[int, int]]:
    """Where each passage of one section begins and ends: whole paragraphs, else whole sentences, else whole words."""
    packed: list[tuple[int, int]] = []
    for start, end in _atoms(text, 0, len(text), (_PARAGRAPH, _SENTENCE, _SPACE)):
        first = packed[-1][0] if packed else start
        if packed and (end - first <= TARGET or (end - start < _SMALL and end - first <= TARGET + _SMALL)):
            packed[-1] = (first, end)
        else:
            packed.append((start, end))
    return packed


def _atoms(text: str, start: int, end: int, borders: tuple[re.Pattern[str], ...]) -> Iterator[tuple[int, int]]:
    """Stretches of at most TARGET without white space at their ends, cut at the widest border that does it."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    if start >= end:
        return
    if end - start <= TARGET and borders and borders[0] is not _PARAGRAPH:
        yield start, end
        return
    if not borders:
        for at in range(start, end, TARGET):
            yield at, min(at + TARGET, end)
        return
    at = start
    for border in borders[0].finditer(text, start, end):
        yield from _atoms(text, at, border.start(), borders[1:])
        at = border.end()
    yield from _atoms(text, at, end, borders[1:])
