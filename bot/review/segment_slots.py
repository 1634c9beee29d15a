"""Headings of one look that differ in one place, and say a person there: "3/4 – J.K. – Group", "** NP **", "RE: U01".

No word before the name need be known and no name need be: what makes lines headings is that they are alike but for
one slot, that each fills it otherwise, that most fillings could be persons, and that something is said below each.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.review.segment_fillings import (
    FILLING,
    MEMBERS,
    called,
    likelihood,
    person,
)
from bot.review.segment_labels import Candidate
from bot.review.segment_lines import Line
from bot.review.segment_words import (
    ACTS,
    CREDENTIALS,
    FIELD_WORDS,
    GIVEN_NAMES,
    NEVER_BEFORE_A_MEMBER,
    RELATIVES,
)

_AFTER = re.compile(
    r"[\"”»]?(?:\s?\([^()\n]{1,60}\)(?=\s?[:：–—-]))?\s?(?:(?P<own>['’]s(?=\s[a-z]{2,12}(?:\s[a-z]{2,12})?\s?[:–—-]))|(?P<mark>[:：;|=,(\[)\]→>»–—-]|\.{2,}|…)|(?P<gap>\t|\s{2,})|(?P<end>\s*$)|(?P<lower>\s(?=[a-z])))"
)
_FIELD = re.compile(r"(?P<field>[^\W\d_][^:：\n]{0,30}?)\s*(?:[:：]|\s[–—-]\s)")
# "PT 1. 42F. A: ..." tells of a person of 42, and "A" is the assessment.
_AGE = re.compile(r"(?<!\w)\d{1,3}\s?(?:[mfMF]|y/?o)\b\.?\s*$")
_PLACES = 7
_MOST_BEFORE = 60
# No group note has more; what has is not looked through a second time.
_MOST_LINES = 80_000
_SAID, _SHORTLY = 12, 4
# How likely a filling is a person, at the least and on the average of a division.
_AT_LEAST = 0.1
_ON_AVERAGE = 0.55
_OF_TWO = 0.7
_FIRM_MARKS = frozenset((*":-(=|→>…", "own"))
_OPEN_QUOTES, _QUOTES = '"“«', '"”»'
# Digits of a number that names its member without the word before it.
_SAYS_ENOUGH = 4
_FEWEST_STRANGE = 3
_BEFORE = MEMBERS | {
    *("of", "for", "re", "in", "about", "on", "note", "notes", "individual", "progress", "group", "section", "therapy"),
    *("psychotherapy", "number", "no", "the", "name", "initials", "id", "first", "second", "third", "next", "last"),
}
_NUMBERED_BEFORE = MEMBERS - {"id", "name", "initials", "chart"}


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills the slot of one line, and how likely it is a person."""

    line: int
    label: str
    kind: str
    likely: float
    said: int
    bare: bool


@dataclass(frozen=True, slots=True)
class Division:
    """Lines of one look, each with another filling: a candidate way of dividing the note."""

    fillings: tuple[Filling, ...]
    keyed: bool
    loose: bool
    signs: float
    """What speaks for the look and not for the names: marks, like fields below each, a stated count, a roster."""

    @property
    def likely(self) -> float:
        return min(1.0, sum(one.likely for one in self.fillings) / len(self.fillings) + self.signs)

    @property
    def worth(self) -> float:
        """Persons explained; a mere sentence is less sure."""
        return self.likely * len(self.fillings) * (0.6 if self.loose else 1.0)

    def candidates(self, lines: Sequence[Line]) -> list[Candidate]:
        style = "keyword client" if self.keyed else "slot"
        firm = self.likely >= 0.75 and not self.loose
        return [
            Candidate(
                one.line,
                lines[one.line].start,
                one.label,
                style,
                firm=firm,
                bare=one.bare,
            )
            for one in self.fillings
        ]


def divisions(text: str, lines: Sequence[Line], counts: frozenset[int]) -> list[Division]:
    """Every way of dividing the note by lines that differ in one place, the worthiest first."""
    if len(lines) > _MOST_LINES:
        return []
    alike: dict[tuple[str, str, str], list[Filling]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.blank:
            continue
        fillings = list(_fillings(number, line))
        mark = _mark(text, line) if fillings else ""
        for before, filling, after in fillings:
            alike[mark, before, after].append(filling)
    found = [
        division
        for look, pool in alike.items()
        if len(pool) > 1 and (division := _division(pool, look, lines, counts)) is not None
    ]
    return sorted(found, key=lambda one: (-one.worth, one.fillings[0].line))


def _mark(text: str, line: Line) -> str:
    """What stands before the words of a line: bullets, rules, bold; any picture is like any other."""
    raw = text[line.start : min(line.end, line.start + 80)]
    at = raw.find(line.bare[:4])
    lead = raw[:at].strip() if at > 0 else ""
    return re.sub(r"[^\x00-\x7f]+", "¤", re.sub(r"[\w\s]+", "", lead))[:6]


def _fillings(number: int, line: Line) -> Iterator[tuple[str, Filling, str]]:
    """(what stands before, the filling, what follows) for each place of the line's head that a person could fill."""
    head = line.bare
    place = 0
    for word in re.finditer(r"(?:^|(?<=[\s(\[\"“«/]))(?=[\w#])", head[: _MOST_BEFORE + 20]):
        at = word.start()
        place += 1
        if place > _PLACES or at > _MOST_BEFORE:
            return
        match = FILLING.match(head, at)
        if match is None or (match.lastgroup == "number" and _AGE.search(head, 0, at)):
            continue
        after = _AFTER.match(head, match.end())
        if after is None or CREDENTIALS.match(head[match.end() :].lstrip(" ,")):
            continue
        follows = "end" if after["end"] is not None else after["mark"] or ("gap" if after["gap"] else "lower")
        follows = {"—": "-", "–": "-", "：": ":", "[": "("}.get(follows, follows)
        follows = "own" if after["own"] else follows
        follows = "…" if follows[0] == "." else follows
        before = re.sub(r"\s+", " ", re.sub(r"\d+", "#", head[:at].lower()))
        kind = str(match.lastgroup)
        written = match.group().strip()
        if kind in {"age", "lower"} and not _may_open(written, kind, before, follows):
            continue
        keyword = head[:at].split()[-1] if head[:at].split() else ""
        likely = likelihood(written, kind)
        if (
            kind == "name"
            and keyword[:1]
            and head[at - 1] in _OPEN_QUOTES
            and head[match.end() : match.end() + 1] in _QUOTES
        ):
            likely = max(likely, 0.85)  # “Tiny”: a name that is a word
        rest = head[after.end() :]
        said = sum(char.isalnum() for char in rest) if line.whole else _SAID
        label = f"{keyword} {written}" if _needs_keyword(written, kind, keyword) else written
        yield before, Filling(number, label, kind, likely, said, not rest.strip() and line.whole), follows


def _may_open(written: str, kind: str, before: str, follows: str) -> bool:
    """Whether an age or a name in lower case, at the very start, opens a part: "M/34 -", "gwen:", "marcus said"."""
    if re.search(r"[^\W\d_]", before):
        return False
    known = kind == "lower" and called(written) in GIVEN_NAMES
    return follows in _FIRM_MARKS or (follows == "," and kind == "age") or (follows == "lower" and known)


def _needs_keyword(written: str, kind: str, keyword: str) -> bool:
    """Whether a number says who only with the word before it: "Client 3", "Rm 204A", but "MRN 0048812"."""
    if kind == "number":
        return bool(keyword)
    return (
        kind == "code"
        and keyword.isalpha()
        and sum(char.isdigit() for char in written) < _SAYS_ENOUGH
        and keyword.lower() not in _BEFORE
    )


def _division(
    pool: Sequence[Filling], look: tuple[str, str, str], lines: Sequence[Line], counts: frozenset[int]
) -> Division | None:
    mark, before, after = look
    words = re.findall(r"[^\W\d_]+", before)
    kinds = {one.kind for one in pool}
    keyed = any(word in _NUMBERED_BEFORE for word in words) and all(word in _BEFORE | FIELD_WORDS for word in words)
    if any(word in NEVER_BEFORE_A_MEMBER or word in RELATIVES for word in words) or len(words) > 6:
        return None
    if not keyed and "number" in kinds:
        pool = [one for one in pool if one.kind != "number"]
    strange = [word for word in words if word not in _BEFORE]
    if not keyed and strange and not _may_stand_before(strange, words, look, pool):
        return None
    if after == "lower":
        pool = _in_a_row(pool)
        pool = [one for one in pool if one.likely >= 0.85]
    kinds = {one.kind for one in pool}
    kept = _told_of([one for one in pool if one.likely >= _AT_LEAST], lines, 3 if keyed or kinds == {"hash"} else _SAID)
    if kinds == {"role"} and len(kept) < _FEWEST_STRANGE:
        return None
    if len(kept) < 2 or ("hash" in kinds and not keyed and len(kept) not in counts):
        return None  # "#1 sleep, #2 anger" are problems
    signs = 0.2 * keyed + 0.1 * bool(mark) + 0.2 * _fields_alike(kept, lines) + 0.2 * (len(kept) in counts)
    signs += 0.3 * (after in _FIRM_MARKS and _acting(kept, lines))
    loose = after in {"lower", ",", ")"} and not keyed and not kinds <= {"age", "hash"}
    division = Division(tuple(kept), keyed, loose, signs)
    return division if division.likely >= (_ON_AVERAGE if len(kept) > 2 else _OF_TWO) else None


def _in_a_row(pool: Sequence[Filling]) -> list[Filling]:
    """Names in lower case that are words as well are names where line after line opens with one: "may didn't talk"."""
    names = {
        one.line
        for one in pool
        if (one.kind == "lower" and called(one.label) in GIVEN_NAMES)
        or (one.kind == "initials" and one.label.islower() and one.likely >= _ON_AVERAGE)
    }
    row = {at for at in names if {at - 1, at + 1} <= names or {at - 2, at - 1} <= names or {at + 1, at + 2} <= names}
    return [replace(one, likely=1.0) if one.line in row else one for one in pool]


def _may_stand_before(
    strange: Sequence[str], words: Sequence[str], look: tuple[str, str, str], pool: Sequence[Filling]
) -> bool:
    """Whether a word that no list knows may call members: "Rm 204A:", "IP BK4471 –", "3/4 Grp J.K."."""
    _, before, after = look
    if len(words) > 1 or strange[0] in FIELD_WORDS:
        return False
    return "#" in before or (
        len(pool) >= _FEWEST_STRANGE
        and after in _FIRM_MARKS | {"end", "gap"}
        and all(one.kind in {"code", "initials"} for one in pool)
        and len({_key(one.label) for one in pool}) == len(pool)
    )


def _fields_alike(kept: Sequence[Filling], lines: Sequence[Line]) -> bool:
    """Whether the first line below most headings begins with the same field."""
    below = Counter(
        field["field"].lower()
        for one in kept
        if (line := next((line for line in lines[one.line + 1 : one.line + 3] if not line.blank), None))
        and (field := _FIELD.match(line.bare))
    )
    return bool(below) and below.most_common(1)[0][1] * 3 >= 2 * len(kept)


def _acting(kept: Sequence[Filling], lines: Sequence[Line]) -> bool:
    """Whether what is said after most headings begins with a verb: "Blue: cried", as it does of persons."""
    heads = [lines[one.line].bare.partition(one.label)[2].lstrip(" :：;|=–—-") for one in kept]
    return len(kept) >= _FEWEST_STRANGE and sum(bool(ACTS.match(f" {head}")) for head in heads) * 3 >= 2 * len(kept)


def _told_of(pool: Sequence[Filling], lines: Sequence[Line], least: int) -> list[Filling]:
    """Those with words of their own before the next, each once: no roster, and no field that comes in every part."""
    stops = [one.line for one in pool[1:]] + [len(lines)]
    said = [
        one.said + sum(len(line.bare) for line in lines[one.line + 1 : min(stop, one.line + 6)])
        for one, stop in zip(pool, stops, strict=False)
    ]
    if sum(much >= least for much in said) * 2 > len(said):
        least = min(least, _SHORTLY)  # "Ben: quiet", among others told of at length
    told = [one for one, much in zip(pool, said, strict=True) if much >= least]
    counts = Counter(_key(one.label) for one in told)
    if not told or sum(counts.values()) > 1.5 * len(counts):
        return []
    once = [one for one in told if counts[_key(one.label)] == 1]
    twice = [one for one in told if counts[_key(one.label)] == 2 and one.likely >= 0.85]
    spoken = {one.line for one in told}
    listed = {pool[at + 1].line for at in range(len(pool) - 1) if pool[at].line not in spoken}
    twice = [one for one in twice if one.line not in listed]
    return sorted(once + twice, key=lambda one: one.line)


def _key(label: str) -> str:
    return re.sub(r"[\W_]+", "", label).lower()


def best_of(chosen: list[Candidate], ways: Sequence[Division], lines: Sequence[Line]) -> list[Candidate]:
    """The headings already chosen, or those of the worthiest division where it explains more."""
    if not ways or (len(chosen) > 1 and not _explains_more(ways[0], chosen)):
        return chosen
    return ways[0].candidates(lines)


def _explains_more(best: Division, chosen: Sequence[Candidate]) -> bool:
    mine, theirs = {one.line for one in best.fillings}, {one.line for one in chosen}
    others = [one.label for one in chosen if one.line not in mine]
    if mine == theirs:
        if _fuller(best, chosen):
            return True
        numbered = all(re.search(r"\d$", one.label) for one in chosen)
        return numbered and all(one.kind in {"name", "initials"} for one in best.fillings)
    if mine < theirs:
        # A name and then a number for each are two fields of one heading; what is no person was chosen too widely.
        numbers = best.keyed and all(re.search(r"\d$", label) for label in others)
        return numbers or not any(person(label) for label in others)
    if theirs < mine:
        return True
    loose = not chosen[0].firm or chosen[0].style in {"paragraph", "named", "sentence", "alone", "letter"}
    if loose and best.likely >= _OF_TWO and len(mine) >= 0.6 * len(theirs):
        return True
    return not chosen[0].style.startswith("keyword") and len(mine) > len(theirs)


def _fuller(best: Division, chosen: Sequence[Candidate]) -> bool:
    """Whether the same lines are headed by longer labels: "0231-B" for "0231", "J. Lamb" for "J."."""
    pairs = [(one.label, other.label) for one, other in zip(best.fillings, chosen, strict=True)]
    return any(len(a) > len(b) for a, b in pairs) and all(a == b or a.startswith(b) for a, b in pairs)
