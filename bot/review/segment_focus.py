"""The last resort: paragraphs, or clauses, each about the first person it names, wherever in it the name stands."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.review.segment_fillings import likelihood
from bot.review.segment_labels import WORDS_TOO
from bot.review.segment_lines import Line
from bot.review.segment_people import People, plain
from bot.review.segment_running import Run, until_next
from bot.review.segment_subjects import closed, providers
from bot.review.segment_words import CREDENTIALS, GIVEN_NAMES, NEVER_BEFORE_A_MEMBER, RELATIVES, TITLE

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_PERSON = re.compile(
    rf"(?<![\w@.])(?:{TITLE}\.?\s{_UPPER}[^\W\d_]+|{_UPPER}[^\W\d_]{{1,20}}(?:\s{_UPPER}\.(?!\w))?"
    r"|(?:[A-Z]\.\s?){2,3}(?!\w))"
)
_CLAUSE = re.compile(r"(?:[^.;!?\n]|(?<=\b[A-Z])\.|(?<=\bM[rsx])\.|(?<=\bMrs)\.)+(?:[.;!?]+|\n|$)")
_AWAY = re.compile(
    r"\b(?:wasn['’]?t|was not|weren['’]?t|isn['’]?t)\s(?:there|here|present)\b|\b(?:absent|no[- ]show)", re.IGNORECASE
)
_OF_ONE = re.compile(r"\b[Ii]ndividual (?:progress )?note\b|\b[Pp]eers?,? (?:named )?[A-Z]")
_SURELY = 0.85
_FEWEST, _MANY = 3, 4
_LONGEST = 60_000


def focused_runs(text: str, lines: Sequence[Line], people: People, counts: frozenset[int]) -> list[Run]:
    """Runs of paragraphs or lines, or else of clauses, by the first person that each names."""
    if len(text) > _LONGEST or _OF_ONE.search(text):
        return []
    often = {word for word, count in Counter(re.findall(rf"{_UPPER}[^\W\d_]+", text)).items() if count > 1}
    led = people.led | providers(text)
    for units in (_paragraphs(lines), [(line.start, line.end) for line in lines if not line.blank], _clauses(text)):
        found = [
            (name, start)
            for start, end in units
            if (name := _focus(text[start:end], led, often)) and plain(name) not in people.absent
        ]
        names = Counter(plain(name) for name, _ in found)
        if names and names.most_common(1)[0][1] * 2 > len(found) > _MANY:
            return []  # of one, with others beside
        if len(names) >= _FEWEST or (len(names) > 1 and len(names) in counts):
            return closed(text, until_next(text, found))
    return []


def focused_on_more(text: str, lines: Sequence[Line], people: People, labels: Sequence[str]) -> list[Run]:
    """Runs of paragraphs by the person each names first, where these are those already found and others besides."""
    found = focused_runs(text, lines, people, frozenset())
    names = {plain(run.label) for run in found}
    return found if {plain(label) for label in labels} < names and len(names) <= len(labels) + 2 else []


def _paragraphs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    units: list[tuple[int, int]] = []
    for line in lines:
        if line.blank:
            continue
        if line.apart or not units:
            units.append((line.start, line.end))
        else:
            units[-1] = (units[-1][0], line.end)
    return units


def _clauses(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _CLAUSE.finditer(text)]


def _focus(unit: str, led: frozenset[str], often: set[str]) -> str:
    """The first person of a stretch who is no relative of another and did not lead; "" where they were away."""
    name = next(_persons(unit, led, often), "")
    return "" if _AWAY.search(unit[:160]) else name


def _persons(unit: str, led: frozenset[str], often: set[str]) -> Iterator[str]:
    for match in _PERSON.finditer(unit):
        written = match.group().strip()
        if len(written) > 3 and written.isupper():  # a title in capitals
            continue
        words = [word.lower() for word in re.findall(r"[^\W\d_]+", written)]
        before = re.findall(r"[^\W\d_]+", unit[: match.start()][-30:].lower())[-1:]
        titled, initials = len(words) > 1 and words[0] in {"mr", "mrs", "ms", "miss", "mx"}, len(words[0]) == 1
        known = words[0] in GIVEN_NAMES and words[0] not in WORDS_TOO
        known = known or (written in often and likelihood(written, "name") >= _SURELY)
        if not (titled or initials or known) or set(words) & led or CREDENTIALS.match(unit[match.end() :].lstrip(" ,")):
            continue
        if before and (before[0] in RELATIVES or before[0] in NEVER_BEFORE_A_MEMBER - {"to", "with", "and", "said"}):
            continue
        yield written
