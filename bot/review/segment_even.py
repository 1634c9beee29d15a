"""Headings evened out: what opens its part as the others do is one of them, what stands alone at the top is a title.

The headings found by their names are a sample: a name that no list knows, or that is a word, opens its part in the same
way, with the same kind of label, the same mark behind it and the same field below.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.review.segment_fillings import kind_of, likelihood, name_likelihood
from bot.review.segment_labels import Candidate
from bot.review.segment_lines import Line
from bot.review.segment_people import plain, same_person
from bot.review.segment_words import (
    ACTS,
    APART_HEADING,
    CREDENTIALS,
    FIELD_WORDS,
    GIVEN_NAMES,
    NEVER_BEFORE_A_MEMBER,
    SESSION_HEADING,
    TITLE,
    WHOLE_GROUP_OPENING,
    english_words,
)

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_WORD = rf"{_UPPER}[^\W\d_]{{1,30}}(?:['’-]{_UPPER}[^\W\d_]{{1,30}}){{0,2}}"
_PARTICLES = r"(?:(?:S[tT]\.|(?i:de|del|la|las|los|van|von|der|den|di|da|dos|al|el|le|bin|ibn))\s){0,2}"
_LABEL = re.compile(
    rf"(?:(?P<code>[A-Z]{{1,4}}-\d{{1,8}}(?!\w))|(?P<initials>(?:[A-Z]\.\s?){{1,2}}(?:[OD]['’])?[A-Z]\.(?!\w)|(?!S[tT]\.\s)[A-Z]{{2,3}}(?![\w'’]|-\d|\s[A-Z]{{2}}))|(?P<lastfirst>{_PARTICLES}(?:[OD]['’])?{_WORD},\s{_WORD}(?:\s{_UPPER}\b\.?)?|(?:[OD]['’])?{_WORD},\s{_UPPER}\.)(?=\s*$|\s{{2}}|\s*[:(|–—-])"
    rf"|(?P<caps>[A-Z]{{2,}}(?:['’-][A-Z]+)*(?:\s[A-Z]+(?:['’-][A-Z]+)*\.?(?!\w)){{0,2}})(?!\w)"
    rf"|(?P<name>(?:(?:{TITLE}|{_UPPER})\.?\s)?{_WORD}(?:\s(?:{_UPPER}\.|(?!I\s){_UPPER}(?![\w.'’])|{_WORD})){{0,2}}))"
)
_FOLLOWS = re.compile(
    r"(?:\s?\([^()\n]{0,60}\))?\s?(?:(?P<own>['’]s\b)|(?P<gap>\s{2,}|\t)|(?P<mark>[:：.,;=|–—/-])|(?P<end>\s*$)|(?P<lower>\s?(?=[a-z]))|(?P<upper>\s?(?=\S)))"
)
_FIELD = re.compile(r"(?P<field>[^\W\d_][^:\n]{0,24}?)\s*[:–—]")
_PLACE = re.compile(r"^(?:\d{1,2}[.)]|[a-z][.)])\s+(?=[A-Z])")
_MAJORITY = 0.6
_SURELY, _LIKELY, _AT_LEAST = 0.85, 0.6, 0.2
_ONLY_PERSONS = re.compile(
    r",\s(?:who|whose|whom)\b|\s(?:said|told|asked|cried|wept|laughed|smiled|spoke|shared|admitted|talked|listened)\b"
)


# English words that a note has in capitals as an abbreviation.
_ABBREVIATED = frozenset(("HI", "ID", "PM", "AM", "OK", "OT", "PT", "AA", "NA", "NO", "IT", "WE", "HE"))


@dataclass(frozen=True, slots=True)
class Look:
    """How a line opens: what kind of label, what follows it, how it stands, and the first field after it."""

    label: str
    kind: str
    follows: str
    apart: bool
    below: str
    acts: bool = False
    """What only persons do follows: "Dutch said", "Sunny, whose mother"."""


def evened(chosen: list[Candidate], lines: Sequence[Line], present: Sequence[str]) -> list[Candidate]:
    """The chosen headings, without a title that is unlike them and with those that open as most of them do."""
    if len(chosen) < 2 or chosen[0].style.startswith(("keyword", "word", "leading", "weak", "letter", "code")):
        return chosen
    looks = {one.line: look for one in chosen if (look := look_of(one.line, lines))}
    if len(looks) < _MAJORITY * len(chosen):
        return chosen
    chosen = _without_unlike(_without_title(chosen, looks, lines, present), looks, lines)
    looks = {one.line: looks[one.line] for one in chosen if one.line in looks}
    usual = _usual(list(looks.values()))
    known = {plain(one.label) for one in chosen}
    taken = {one.line for one in chosen}
    again = len(known) < len(chosen)
    dense = _one_a_line(chosen, lines)
    added = []
    for number, look in _others(chosen, lines, above=dense):
        if (
            number in taken
            or (plain(look.label) in known and not again)
            or not _opens_alike(look, usual, after=number > chosen[-1].line, dense=dense)
        ):
            continue
        known.add(plain(look.label))
        added.append(
            Candidate(number, lines[number].start, look.label, chosen[0].style, chosen[0].firm, look.follows == "end")
        )
    if len(added) > len(chosen):
        return chosen
    every = sorted([*chosen, *added], key=lambda one: one.line)
    looks = {one.line: look for one in every if (look := look_of(one.line, lines))}
    return _without_title(every, looks, lines, present) if added and looks else every


def _without_unlike(chosen: list[Candidate], looks: dict[int, Look], lines: Sequence[Line]) -> list[Candidate]:
    """Without headings of another kind than most, in words that are nobody's name: "CANCELLED" among names."""
    usual = _usual([looks[one.line] for one in chosen if one.line in looks])

    def fits(one: Candidate) -> bool:
        named = one.label.split()[0].lower() in GIVEN_NAMES
        if APART_HEADING.match(lines[one.line].bare) and not named:
            return False
        kind = looks[one.line].kind if one.line in looks else kind_of(one.label)
        alike = usual.kind in {"", kind} and lines[one.line].apart >= usual.apart
        return alike or likelihood(one.label, kind_of(one.label) or "name") >= _LIKELY

    kept = [one for one in chosen if fits(one)]
    return kept if len(kept) > 1 else chosen


def look_of(number: int, lines: Sequence[Line]) -> Look | None:
    line = lines[number]
    bare = _PLACE.sub("", line.bare)
    match = _LABEL.match(bare)
    if match is None or CREDENTIALS.match(bare[match.end() :].lstrip(" ,")):
        return None
    follows = _FOLLOWS.match(bare, match.end())
    follow = str(follows.lastgroup) if follows else "upper"
    if follows and follow == "mark":
        follow = {"–": "-", "—": "-", "：": ":"}.get(follows["mark"], follows["mark"])
    rest = bare[follows.end() :] if follows else ""
    label, kind = match.group().strip(), str(match.lastgroup)
    if kind == "initials" and label.lower() in GIVEN_NAMES:
        kind = "caps"
    acts = bool(_ONLY_PERSONS.match(bare, match.end()))
    follow = "lower" if acts else follow
    return Look(label, kind, follow, line.apart, _first_field(rest, number, lines), acts)


def _first_field(rest: str, number: int, lines: Sequence[Line]) -> str:
    below = next((line.bare for line in lines[number + 1 : number + 3] if not line.blank), "")
    for said in (rest, below):
        if match := _FIELD.match(said.lstrip(" ([")):
            return match["field"].lower()
    return ""


def _usual(looks: Sequence[Look]) -> Look:
    """The look of most: "" where most have none in common."""

    def most(values: Sequence[str]) -> str:
        value, count = Counter(values).most_common(1)[0]
        return value if count >= _MAJORITY * len(values) else ""

    apart = sum(look.apart for look in looks) >= _MAJORITY * len(looks)
    return Look(
        "",
        most([one.kind for one in looks]),
        most([one.follows for one in looks]),
        apart,
        most([one.below for one in looks]),
    )


def _without_title(
    chosen: list[Candidate], looks: dict[int, Look], lines: Sequence[Line], present: Sequence[str]
) -> list[Candidate]:
    """Without a first heading on the first line of the note that neither looks nor reads like the others."""
    first = chosen[0]
    if len(chosen) < 3 or any(not line.blank for line in lines[: first.line]):
        return chosen
    look = looks.get(first.line)
    usual = _usual([looks[one.line] for one in chosen[1:] if one.line in looks] or [*looks.values()])
    rest = [lines[one.line].bare.partition(one.label)[2] for one in chosen]
    if not first.firm and not ACTS.match(rest[0]) and all(ACTS.match(said) for said in rest[1:]):
        return chosen[1:]  # "Hospice of the Three Valleys", above sentences
    if look is not None and look.kind == "caps" and usual.kind == "name":
        return chosen[1:]  # "GRACE STREET COUNSELING", above names
    alike = look is not None and look.kind == usual.kind and look.follows == usual.follows
    named = any(same_person(first.label, name) for name in present)
    named = named or (look is not None and look.kind == "initials" and likelihood(first.label, "initials") >= _LIKELY)
    return chosen if alike or named or _likely(first.label) >= 1.0 else chosen[1:]


def _others(chosen: Sequence[Candidate], lines: Sequence[Line], *, above: bool) -> Iterator[tuple[int, Look]]:
    """The lines from the first heading on, or close above it, that open with what could be a label."""
    first = chosen[0].line
    while above and first > 0 and not lines[first].apart and look_of(first - 1, lines):
        first -= 1
    for number in range(first, len(lines)):
        line = lines[number]
        if line.blank or SESSION_HEADING.match(line.bare) or WHOLE_GROUP_OPENING.match(line.bare):
            continue
        if not APART_HEADING.match(line.bare) and (look := look_of(number, lines)):
            yield number, look


def _one_a_line(chosen: Sequence[Candidate], lines: Sequence[Line]) -> bool:
    """Whether most lines from the first heading to the last are headings: then a word between them is one, too."""
    between = [line for line in lines[chosen[0].line : chosen[-1].line + 1] if not line.blank]
    return len(chosen) > 2 and len(chosen) >= _MAJORITY * len(between)


def _opens_alike(look: Look, usual: Look, *, after: bool, dense: bool) -> bool:
    """Whether a line opens as most headings do, so that even a label that is a word stands for a person."""
    if not usual.kind or look.kind != usual.kind or look.apart < usual.apart:
        return False
    likely = _likely(look.label)
    likely = _SURELY if look.acts and look.apart and likely >= _AT_LEAST else likely
    follows = look.follows == usual.follows
    below = bool(usual.below) and look.below == usual.below
    if look.follows == "own":
        return usual.follows == "lower" and look.apart and likely >= 1.0
    if after and not (follows or below):
        return False
    firm = usual.follows not in {"lower", "upper", ""}
    if (firm and follows) or below:
        return likely >= (0.25 if look.apart or (dense and not after) else 0.6)
    return likely >= _SURELY and look.apart and (follows or usual.kind == "lastfirst")


def _likely(label: str) -> float:
    if len(label) == 2 and label.isupper() and label.lower() in english_words() and label not in _ABBREVIATED:
        return 0.5  # "TO", among other initials
    label = re.sub(rf"^{_PARTICLES}", "", label)
    words = [word.strip(".,").lower() for word in label.split()]
    if any(word in NEVER_BEFORE_A_MEMBER for word in words):
        return 0.0
    if len(words) > 1 and words[-1] in GIVEN_NAMES and words[0] not in FIELD_WORDS:
        return _SURELY  # "BIG TONY"
    return name_likelihood(label)
