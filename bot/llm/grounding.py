"""Does what a model said stand in what it was given? Pure checks, no model and no guess.

Everything here errs on the side of refusing: a refused sentence costs style, an accepted wrong one a claim.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """Where a quote stands: `text[start:end] == quote`, in the text's own spelling."""

    quote: str
    start: int
    end: int


# Typography that models straighten or curl when they quote.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
    }
)


def locate(quote: str, text: str, spans: Iterable[tuple[int, int]]) -> Found | None:
    """Find `quote` inside one of `spans` of `text`: letter for letter, else but for white space and curly signs.

    Nothing fuzzier: a changed word is an invented quote. A quote with fewer than two letters or digits is
    no evidence of anything and is not found.
    """
    wanted = quote.strip()
    if sum(char.isalnum() for char in wanted) < 2:
        return None
    ranges = list(spans)
    for start, end in ranges:
        at = _whole(wanted, text[start:end])
        if at is not None:
            return Found(text[start + at : start + at + len(wanted)], start + at, start + at + len(wanted))
    plain_quote, _ = _flatten(wanted)
    for start, end in ranges:
        plain, offsets = _flatten(text[start:end])
        at = _whole(plain_quote, plain)
        if at is not None:
            first, last = start + offsets[at], start + offsets[at + len(plain_quote) - 1] + 1
            return Found(text[first:last], first, last)
    return None


def _whole(wanted: str, text: str) -> int | None:
    """The first place of `wanted` that does not begin or end inside a word ("gaged" is no quote of "engaged")."""
    pattern = re.escape(wanted)
    if wanted[0].isalnum():
        pattern = r"(?<!\w)" + pattern
    if wanted[-1].isalnum():
        pattern += r"(?!\w)"
    hit = re.search(pattern, text)
    return hit.start() if hit else None


def _flatten(text: str) -> tuple[str, list[int]]:
    """The text with plain quotes and single spaces, and for each of its characters where it came from."""
    kept: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        if unicodedata.category(char) == "Cf":  # zero-width signs
            continue
        plain = " " if char.isspace() else char.translate(_PLAIN)
        if plain == " " and (not kept or kept[-1] == " "):
            continue
        kept.append(plain)
        offsets.append(index)
    if kept and kept[-1] == " ":
        kept.pop()
        offsets.pop()
    return "".join(kept), offsets


_JUDGES = r"(?:reviewer|auditor|grader|assistant|ai|model|llm|copilot|bot)"
_VERBS = "mark|rate|score|grade|treat|count|record|report|list|label|return|output|consider|classify|approve|accept"
_PRAISE = r"(?:met|ready|completed?|compliant|pass(?:ed|ing)?|satisf(?:ied|actory)|missing)"
_RULES = "previous|prior|above|earlier|all|any|other|your|these|rubric|rules?|instructions?"
_ORDER = re.compile(
    rf"""(?ix)
    \b(?:ignore|disregard|forget|override)\b (?!\s+(?:his|her|their|my|an?)\b) .{{0,40}} \b(?:{_RULES})\b
    | \b(?:{_VERBS})\b .{{0,60}} (?:\bas\b|\bto\s+be\b|=|:)\s* ["']?{_PRAISE}\b
    | \b(?:all|every|each)\s+(?:\w+\s+){{0,3}}(?:items?|elements?|checks?|criteria|requirements?)\b
      .{{0,30}} \b(?:met|satisfied|passed|complete)\b
    | \b(?:note\s+to|attention|attn|dear|instructions?\s+(?:to|for))\s+(?:the\s+)?(?:\w+\s+)?
      (?:{_JUDGES}|system|payer)\b
    | \b(?:reviewer|auditor|grader|assistant|ai|llm|copilot|bot)s?\s*[:,]
    | \b{_JUDGES}s?\s+(?:must|should|shall|please|is\s+to|are\s+to)\b
    | \byou\s+(?:must|should|shall|will|are\s+(?:now|to))\s+(?:{_VERBS}|ignore|give)\b
    | \bif\s+you\s+are\s+(?:an?\s+)?{_JUDGES}\b | \bgive\s+(?:\w+\s+)?full\s+(?:credit|marks|score)\b
    | \boverride\s*: | \bnew\s+instructions?\s*:
    | \bdo\s+not\s+(?:report|flag|raise|mark)\s+(?:\w+\s+){{0,2}}(?:findings?|issues?|faults?|errors?|section)\b
    | \b(?:system\s+prompt|prompt\s+injection)\b | </?(?:note|system|instructions?)>
    """
)
# A stop after one capital letter is an initial ("Maria S. spoke").
_BORDER = re.compile(r"(?<!\b[A-Z]\.)(?<=[.!?])\s+|\n+")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of `text` begins and ends; a line's end ends it too."""
    start = 0
    for border in _BORDER.finditer(text):
        if text[start : border.start()].strip():
            yield start, border.start()
        start = border.end()
    if text[start:].strip():
        yield start, len(text)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence or sentences that `text[start:end]` touches."""
    return " ".join(text[first:last] for first, last in sentences(text) if first < end and last > start)


def gives_orders(sentence: str) -> bool:
    """True where a sentence speaks to whoever judges the note, not of the session: it earns nothing."""
    return bool(_ORDER.search(sentence))


def unknown_ids(cited: Iterable[str], known: Iterable[str]) -> set[str]:
    """The cited ids that nobody gave the model."""
    return set(cited) - set(known)
