"""Whether a claim's diagnosis code agrees with the words and codes of the note it goes with."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import yaml

from bot.claims.codes import FoundCode, code_set, find_codes, with_dot
from bot.claims.unsettled import is_unsettled, is_unsettled_code
from bot.resources import KNOWLEDGE

_SENTENCE = re.compile(r"[^.;\n]*(?:\.(?=\w)[^.;\n]*)*")
# A relative's diagnosis, one only considered, denied or long past is not this patient's now; the first group says so
# before the words, the second after them.
_NOT_THEIRS_BEFORE = re.compile(
    r"\b(?:rule[ds]? out|r/o|family (?:history|hx)|fhx|(?:past )?(?:history|hx) of|h/o|no|not|denie[sd]|denying|without"
    r"|never|mother|father|brother|sister|son|daughter|partner|wife|husband|aunt|uncle|(?<!with )(?<!to )peers?"
    r"|another member|(?<!with )(?<!to )others"
    r"|(?<!told )(?<!with )(?<!to )(?<!in )the group|(?<!with )(?<!to )group members)"
    r"\b(?:(?!\bbut\b|\bstill\b|:)[^.;\n]){0,40}$",
    re.IGNORECASE,
)
_NOT_THEIRS_AFTER = re.compile(
    r"^,? ?(?:was |is |were )?(?:ruled out|resolved|in the past|by history)\b", re.IGNORECASE
)
# What calls the word after it a diagnosis.
_CALLED = re.compile(
    r"\b(?:dx|diagnos[ei]s|diagnosed with|diagnostic impression|meets criteria for)\b"
    r"[^.;\n]{0,40}$",
    re.IGNORECASE,
)
# Codes that name no kind: the words may well be finer than they are.
_UNSPECIFIED = re.compile(r"\.(?:9\d?|A|\d0)$")
# These have neither episode nor severity: "severe" beside the name rules none of them out.
_OWN_KIND = ("F32.8", "F53", "F43.8")
_ANY_DISORDER = frozenset({"F99", "F69", "F09"})
_DISORDER = re.compile(r"\b(?:disorders?|d/?os?|dis\.|syndrome|dx)(?!\w)", re.IGNORECASE)
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
        self.labelled = [(_whole_words(words), tuple(starts)) for words, starts in told["labelled"].items()]
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

    A code in the note that is the claim's own settles it, unless its line names other diagnoses only. Otherwise the
    note's codes of disorders, then the diagnoses it names, must leave room for the claim's code. Symptoms bear it out
    where no diagnosis is named.
    """
    claimed = with_dot(code)
    found_codes = [found for found in find_codes(note) if found.diagnosis]
    names = [hit.span() for words, _ in _lexicon().names for hit in words.finditer(note)] if found_codes else []
    written = {found.code for found in found_codes if not is_unsettled_code(note, found.start, found.end, names)}
    if claimed in written:
        return _beside_its_name(claimed, note, written)
    # A circumstance (Z63.0) beside a named diagnosis is no other diagnosis.
    disorders = sorted(one for one in written if one.startswith("F"))
    if disorders and claimed.startswith("F"):
        return Agreement("disagrees", f"the claim says {claimed}, the note says {', '.join(disorders)}")
    named = list(_named(note))
    if fitting := [name for name in named if name.fits(claimed)]:
        return _of_kind(claimed, fitting)
    first = (disorders or [name.words for name in named] or [""])[0]
    if first and not claimed.startswith("F"):
        return Agreement("silent", f"The claim says {claimed}, which is no mental disorder; the note names {first}.")
    if named:
        return Agreement("agrees") if _titled(claimed, note) else _other(claimed, named)
    return _unnamed(claimed, found_codes, note)


def _unnamed(claimed: str, written: Sequence[FoundCode], note: str) -> Agreement:
    """What a note that gives no diagnosis by name tells of the claim's."""
    if words := _considered(claimed, written, note):
        told = f"The note weighs {words} or rules it out: a claim codes no diagnosis that is not settled."
        return Agreement("silent", told)
    return Agreement("agrees" if _titled(claimed, note) or _borne_out(claimed, note) else "silent")


def _of_kind(claimed: str, fitting: Sequence[_Name]) -> Agreement:
    """What is said of a kind counts before a plain name: "PTSD, chronic" and later "her PTSD" is chronic."""
    held = [one for name in fitting if (one := _narrowed(claimed, name))]
    return next((one for one in held if one.verdict == "agrees"), held[0] if held else Agreement("agrees"))


def _considered(claimed: str, written: Sequence[FoundCode], note: str) -> str:
    """The claim's diagnosis as the note weighs it, by its code or a name that fits; empty where it does not."""
    if any(found.code == claimed for found in written):
        return claimed
    names = (hit for words, starts in _lexicon().names if claimed.startswith(starts) for hit in words.finditer(note))
    return next((hit[0] for hit in names if is_unsettled(note, hit.start(), hit.end())), "")


def _borne_out(claimed: str, note: str) -> bool:
    return any(claimed.startswith(starts) and _said_of_them(words, note) for words, starts in _lexicon().symptoms)


def _beside_its_name(claimed: str, note: str, written: Collection[str]) -> Agreement:
    """The claim's code as the note has it: on lines that name other diagnoses only ("GAD, F33.1"), one is a slip."""
    words = ""
    for found in find_codes(note):
        if found.code != claimed:
            continue
        line = _line_of(note, found.start)
        named = list(_named(line))
        if not named or not claimed.startswith("F") or _titled(claimed, line):
            return Agreement("agrees")
        if any(name.fits(code) for name in named for code in written):
            return Agreement("agrees")
        words = named[0].words
    return Agreement("silent", f"In the note {claimed} stands beside another diagnosis ({words}): one is a slip.")


def _line_of(note: str, at: int) -> str:
    end = note.find("\n", at)
    return note[note.rfind("\n", 0, at) + 1 : end if end >= 0 else len(note)]


def _is_called(note: str, hit: re.Match[str]) -> bool:
    """Whether the words just before call this one a diagnosis."""
    return bool(_CALLED.search(note, max(0, hit.start() - 60), hit.start()))


def _named(note: str) -> Iterator[_Name]:
    """The diagnoses the note gives this patient now, in order; of two that overlap, the longer."""
    called = ((hit, starts) for words, starts in _lexicon().labelled for hit in words.finditer(note))
    hits = sorted(
        [
            *((hit, starts) for words, starts in _lexicon().names for hit in words.finditer(note)),
            *((hit, starts) for hit, starts in called if _is_called(note, hit)),
        ],
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
    if is_unsettled(note, hit.start(), hit.end()):
        return False
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
    # "Nightmares" are no nightmare disorder, and "eating better" is no eating disorder.
    kind = _DISORDER if _DISORDER.search(head) else None
    for hit in first.finditer(note):
        sentence = _sentence_of(note, hit).lower()
        named = kind is None or kind.search(sentence) or _is_called(note, hit)
        if named and _is_theirs(note, hit) and all(re.search(rf"(?<!\w){word}", sentence) for word in telling):
            return True
    return False
