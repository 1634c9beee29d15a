"""What of an answer's text its card shows, and what waits behind "More". Cuts between statements, never within one.

The text comes in paragraphs: a lead with the decision, statements with their [n], lists with a heading. What the
card says in lines of its own (decision, modifiers, age, disagreement) is not said again.
"""

import re
from dataclasses import dataclass

from bot.answers.compose import RAN_OUT
from bot.answers.models import Answer
from bot.answers.phrases import DECISIONS, MATTERS, WITHIN_LIMITS
from bot.policies.models import Decision

# About ten lines on a phone.
CARD_LENGTH = 430

_MARKER = re.compile(r"\[\d+\]")
# What a reader must not miss, however long the rest is.
_ALWAYS_SAID = ("You also asked", RAN_OUT)
_STEM = 5
_LESSER_WORDS = frozenset({"both", "each", "with", "from", "that", "this", "when", "were", "been", "only", "must"})


@dataclass(frozen=True)
class Gist:
    """The statements for the card, the rest in order, and what the text says of matters with lines of their own."""

    said: tuple[str, ...]
    rest: tuple[str, ...] = ()
    who: str = ""
    matter: str = ""
    age: str = ""
    modifiers: str = ""


def gist(answer: Answer) -> Gist:
    """Read the answer's text."""
    paragraphs = [part.strip() for part in answer.answer.split("\n\n") if part.strip()]
    # A model's paragraph stands as it was checked; what the offline lead names beside the decision is not in it.
    worded = answer.engine.name == "model"
    lead, who, matter, measured = "", "", "", ""
    if paragraphs and worded:
        lead = paragraphs[0]
    elif paragraphs:
        measured, first = _measured(answer, paragraphs[0])
        lead, who, matter = _lead(answer, first)
    age, place, kept = "", "", []
    for paragraph in paragraphs[1:]:
        if answer.stale and paragraph.endswith("verify first."):
            age = paragraph.removesuffix("verify first.").rstrip(" :")
        elif answer.conflicts and paragraph.startswith("Sources disagree"):
            continue
        elif answer.modifiers and re.match(r"Modifiers?: ", paragraph):
            place = paragraph
        else:
            kept.append(paragraph)
    modifiers = _modifiers(answer, place or answer.answer)
    if modifiers and not place and not worded:
        # "..., with 59 or XE on the individual code" stands on a line of its own.
        lead = lead.replace(f", with {modifiers.replace(', on', ' on', 1)}", "")
    told = _marked(lead, kept, answer)
    said, rest = _budget([measured, *told] if measured else told, answer)
    return Gist(tuple(said), tuple(rest), who, matter, age, modifiers)


def unsaid_conditions(answer: Answer, shown: str) -> list[str]:
    """The conditions that the text shown does not tell already."""
    told = _stems(shown)
    found = []
    for condition in answer.conditions:
        if answer.modifiers and "modifier" in condition.lower():
            continue
        words = _stems(condition)
        if not words or len(words - told) > len(words) / 3:
            found.append(condition)
            told |= words
    return found


def markers(text: str) -> list[int]:
    """The numbers of the sources a text points at, in order."""
    return sorted({int(found.strip("[]")) for found in _MARKER.findall(text)})


def _measured(answer: Answer, first: str) -> tuple[str, str]:
    """What a number in the question came to against the limit, as a sentence, and the first paragraph without it."""
    label = first.partition(": ")[0]
    words, comma, told = label.partition(", ")
    # Without a payer it is "Required, in general: ...".
    if answer.payer is None or not comma or words not in (DECISIONS[answer.decision], WITHIN_LIMITS):
        return "", first
    return f"{told[:1].upper()}{told[1:]}.", words + first.removeprefix(label)


def _lead(answer: Answer, first: str) -> tuple[str, str, str]:
    """The first paragraph without what the headline says; the plan or state it names, and a narrower matter."""
    label, colon, after = first.partition(": ")
    opens = any(label.startswith((words, WITHIN_LIMITS)) for words in DECISIONS.values())
    text = after if colon and opens and len(label) <= 45 and "until" not in label else first
    name = answer.payer.name if answer.payer else ""
    named = re.search(re.escape(name) + r" \(([^()]+)\)", text) if name else None
    who = named[1] if named else ""
    whole = f"{name} ({who})" if who else name
    matter = text.rstrip(".:")
    for edge in (f", {whole}", f"{whole}, on ", "In general, on "):
        matter = matter.removesuffix(edge).removeprefix(edge)
    if matter == MATTERS[answer.topic]:
        return "", who, ""
    if matter != text.rstrip(".:") and len(matter) < 90:
        return "", who, matter
    return text[:1].upper() + text[1:], who, ""


def _modifiers(answer: Answer, text: str) -> str:
    """The codes and where they go: "59 or XE, on the individual code, not on 90853"."""
    if not answer.modifiers:
        return ""
    *most, last = answer.modifiers
    codes = f"{', '.join(most)} or {last}" if most else last
    place = re.search(re.escape(codes) + r" (on [^.;\[\n]+)", text)
    return f"{codes}, {place[1].strip()}" if place else codes


def _marked(lead: str, paragraphs: list[str], answer: Answer) -> list[str]:
    """The statements in order; a lead that sums up the list below it carries the list's markers and stands for it."""
    if not lead:
        return paragraphs
    sums_up = paragraphs and paragraphs[0].startswith("- ") and answer.decision is not Decision.UNKNOWN
    if sums_up and not _MARKER.search(lead):
        lead += " " + "".join(dict.fromkeys(_MARKER.findall(paragraphs[0])))
        return [lead, "", *paragraphs]
    return [lead, *paragraphs]


def _budget(paragraphs: list[str], answer: Answer) -> tuple[list[str], list[str]]:
    said: list[str] = []
    rest: list[str] = []
    used = 0
    for part in _statements(paragraphs):
        if part.startswith(_ALWAYS_SAID):
            said.append(part)
        elif part and not rest and (not _MARKER.search(" ".join(said)) or used + len(part) <= CARD_LENGTH):
            said.append(part)
            used += len(part)
        elif part:
            rest.append(part)
        elif said:
            # What follows was summed up.
            used = CARD_LENGTH
    if not said and not rest:
        said = [answer.answer.strip()]
    return said, rest


def _statements(paragraphs: list[str]) -> list[str]:
    """A list without a heading is cut between its items; one with a heading stays whole."""
    found: list[str] = []
    for paragraph in paragraphs:
        found += paragraph.split("\n") if paragraph.startswith("- ") else [paragraph]
    return found


def _stems(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+", text.lower())
    return {word[:_STEM] for word in words if (len(word) > 3 or word.isdigit()) and word not in _LESSER_WORDS}
