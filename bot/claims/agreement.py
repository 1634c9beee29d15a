"""Whether a claim's diagnosis code agrees with the words and codes of the note it goes with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import yaml

from bot.claims.codes import code_set, find_codes, with_dot
from bot.resources import KNOWLEDGE

_SENTENCE = re.compile(r"[^.;\n]*(?:\.(?=\w)[^.;\n]*)*")
# A relative's diagnosis, one only considered, denied or long past is not this patient's now; the first group says so
# before the words, the second after them.
_NOT_THEIRS_BEFORE = re.compile(
    r"\b(?:rule[ds]? out|r/o|family (?:history|hx)|fhx|(?:past )?(?:history|hx) of|h/o|no|not|denie[sd]|denying|without"
    r"|never|mother|father|brother|sister|son|daughter|partner|wife|husband|aunt|uncle|peers?|another member|others"
    r"|the group|group members)\b(?:(?!\bbut\b|\bstill\b|:)[^.;\n]){0,40}$",
    re.IGNORECASE,
)
_NOT_THEIRS_AFTER = re.compile(
    r"^,? ?(?:was |is |were )?(?:ruled out|resolved|in the past|by history)\b", re.IGNORECASE
)
# Codes that name no kind: the words may well be finer than they are.
_UNSPECIFIED = re.compile(r"\.(?:9\d?|A|\d0)$")
# These have neither episode nor severity: "severe" beside the name rules none of them out.
_OWN_KIND = ("F32.8", "F53", "F43.8")
_ANY_DISORDER = frozenset({"F99", "F69", "F09"})
# What a title has that tells of no diagnosis.
_TITLE_WORDS = """
other unspecified disorder disorders syndrome with without type due not elsewhere classified specified and or of the
mental behavioral episode current in uncomplicated nonorganic
"""
_MILD_WORDS = frozenset(_TITLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the note bears the claim's code out; `silent` where it neither does nor names another diagnosis."""

    verdict: Literal["agrees", "disagrees", "silent"]
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    """A diagnosis the note names: its words, their sentence, and the beginnings of codes it leaves room for."""

    words: str
    sentence: str
    starts: tuple[str, ...]

    def fits(self, code: str) -> bool:
        return code.startswith(self.starts)


class _Lexicon:
    """`knowledge/codes/diagnosis_names.yaml`, compiled."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.names = [(_whole_words(words), tuple(starts)) for words, starts in told["names"].items()]
        self.symptoms = [(_whole_words(words), tuple(starts)) for words, starts in told["symptoms"].items()]
        self.specifiers = [
            (tuple(one["of"]), _whole_words(one["says"]), tuple(one.get("starts", ())), tuple(one.get("ends", ())))
            for one in told["specifiers"]
        ]


def _whole_words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    return _Lexicon(yaml.safe_load((KNOWLEDGE / "codes" / "diagnosis_names.yaml").read_text("utf-8")))


def agreement(code: str, note: str) -> Agreement:
    """Hold a claim's code against the patient's part of the note.

    A code in the note that is the claim's own settles it. Otherwise the note's codes of disorders, then the diagnoses
    it names, must leave room for the claim's code; symptoms only bear it out.
    """
    claimed = with_dot(code)
    written = {found.code for found in find_codes(note) if found.diagnosis}
    if claimed in written:
        return Agreement("agrees")
    # A circumstance (Z63.0) beside a named diagnosis is no other diagnosis.
    disorders = sorted(one for one in written if one.startswith("F"))
    if disorders and claimed.startswith("F"):
        return Agreement("disagrees", f"the claim says {claimed}, the note says {', '.join(disorders)}")
    named = list(_named(note))
    fitting = [name for name in named if name.fits(claimed)]
    if fitting:
        # What is said of a kind counts before a plain name: "PTSD, chronic" and later "her PTSD" is chronic.
        held = [one for name in fitting if (one := _narrowed(claimed, name))]
        return next((one for one in held if one.verdict == "agrees"), held[0] if held else Agreement("agrees"))
    if _titled(claimed, note):
        return Agreement("agrees")
    if named and claimed.startswith("F"):
        return _other(claimed, named)
    borne_out = any(claimed.startswith(starts) and _said_of_them(words, note) for words, starts in _lexicon().symptoms)
    return Agreement("agrees" if borne_out else "silent")


def _named(note: str) -> Iterator[_Name]:
    """The diagnoses the note gives this patient now, in order; of two that overlap, the longer."""
    hits = sorted(
        ((hit, starts) for words, starts in _lexicon().names for hit in words.finditer(note)),
        key=lambda one: (-len(one[0][0]), one[0].start()),
    )
    taken: list[tuple[re.Match[str], tuple[str, ...]]] = []
    for hit, starts in hits:
        if all(hit.end() <= other.start() or hit.start() >= other.end() for other, _ in taken):
            taken.append((hit, starts))
    for hit, starts in sorted(taken, key=lambda one: one[0].start()):
        if _is_theirs(note, hit):
            yield _Name(hit[0], _sentence_of(note, hit), starts)


def _is_theirs(note: str, hit: re.Match[str]) -> bool:
    before = note[max(0, hit.start() - 70) : hit.start()]
    return not _NOT_THEIRS_BEFORE.search(before) and not _NOT_THEIRS_AFTER.match(note[hit.end() : hit.end() + 30])


def _said_of_them(words: re.Pattern[str], note: str) -> bool:
    return any(_is_theirs(note, hit) for hit in words.finditer(note))


def _sentence_of(note: str, hit: re.Match[str]) -> str:
    """The rest of the name's sentence, and a word or two before it ("Chronic PTSD")."""
    rest = _SENTENCE.match(note, hit.start())
    before = re.search(r"(?:\w+[ -]){0,2}$", note[max(0, hit.start() - 30) : hit.start()])
    return (before[0] if before else "") + (rest[0] if rest else hit[0])


def _narrowed(claimed: str, name: _Name) -> Agreement | None:
    """A name that leaves room for the code, held to what stands beside it: episode, severity, kind, remission.

    None where nothing of the sort does.
    """
    borne_out = False
    for of, says, starts, ends in _lexicon().specifiers:
        found = says.search(name.sentence) if claimed.startswith(of) and name.starts[0].startswith(of) else None
        if found is None:
            continue
        if claimed.startswith(starts) if starts else claimed.endswith(ends):
            borne_out = True
            continue
        if _UNSPECIFIED.search(claimed) and starts:
            return _less_specific(claimed, f"{name.words}, {found[0]}" if found[0] not in name.words else name.words)
        if starts and claimed.startswith(_OWN_KIND):
            continue
        return Agreement("disagrees", f"the claim says {claimed}, the note speaks of {name.words}, {found[0]}")
    return Agreement("agrees") if borne_out else None


def _less_specific(claimed: str, words: str) -> Agreement:
    return Agreement("silent", f"The claim says {claimed}, which names no kind; the note is finer ({words}).")


def _other(claimed: str, named: list[_Name]) -> Agreement:
    near = next((name for name in named if any(start[:3] == claimed[:3] for start in name.starts)), None)
    if near and claimed[3:5] in {".9", ".A"}:
        return _less_specific(claimed, near.words)
    if claimed in _ANY_DISORDER:
        return _less_specific(claimed, named[0].words)
    return Agreement("disagrees", f"the claim says {claimed}, the note speaks of {named[0].words}")


def _titled(claimed: str, note: str) -> bool:
    """Whether a sentence of the note holds what tells in the code's own title ("Gender dysphoria")."""
    found = code_set().look_up(claimed)
    if found is None:
        return False
    head = re.split(r",|\bwith\b|\bunspecified\b|\(", found.description.lower())[0]
    telling = [word[:7] for word in re.findall(r"[a-z]{3,}", head) if word not in _MILD_WORDS]
    if not telling:
        return False
    first = re.compile(rf"(?<![\w-]){telling[0]}\w*", re.IGNORECASE)
    for hit in first.finditer(note):
        sentence = _sentence_of(note, hit).lower()
        if _is_theirs(note, hit) and all(re.search(rf"(?<!\w){word}", sentence) for word in telling):
            return True
    return False
