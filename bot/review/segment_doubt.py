"""What speaks against a split that looks sure: then it is offered as a guess, which its reader can put right."""

import re
from collections.abc import Sequence
from statistics import median

from bot.review.models import Member, Segments
from bot.review.segment_count import stated_counts
from bot.review.segment_fillings import kind_of, likelihood
from bot.review.segment_labels import WORDS_TOO, Candidate, candidate
from bot.review.segment_lines import Line
from bot.review.segment_people import People, people_of, plain, same_person
from bot.review.segment_subjects import providers, subjects
from bot.review.segment_words import GIVEN_NAMES, MEMBER_WORDS

_NAMESAKE = re.compile(r"\s\(\d\)$")
_SINGULAR = re.compile(r"\b(?:patient|client|pt|member|participant|he|she)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"(?:(?:{'|'.join(MEMBER_WORDS)})\b.*\d|.{{0,20}}\b[A-Z]|(?:\w+\s)?\W?[A-Z]{{0,4}}[\W_]?\d[\w-]*)", re.IGNORECASE
)
_UNLIKELY, _SURELY = 0.6, 0.85
# A part so much longer or shorter than the middle one may hold two members, or be none.
_TOO_LONG, _TOO_SHORT = 4, 0.2


def doubted(text: str, lines: Sequence[Line], found: Segments) -> Segments:
    """The same split, not sure where the note counts or lists others, or where a second look finds it odd."""
    if not found.sure:
        return found
    people, counts = people_of(text, lines), stated_counts(text)
    labels = [one.label for one in found.members]
    if len(labels) == 1:
        doubt = _of_one(text, labels[0], counts)
    else:
        told = sum(any(same_person(label, name) for label in labels) for name in people.present)
        confirmed = len(labels) in counts or told == len(labels)
        contradicted = (bool(counts) and not confirmed) or (told > 1 and told != len(people.present))
        doubt = contradicted or (not confirmed and _odd(text, lines, found.members, people))
    return found.model_copy(update={"sure": False}) if doubt else found


def _of_one(text: str, label: str, counts: frozenset[int]) -> bool:
    """Whether a note taken for one patient's may tell of several: nobody is named, and more are counted or told of."""
    if label != "Patient 1":
        return False
    others = {name for name, _ in subjects(text[:20_000])}
    return bool(counts) or len(others) > 1 or len(_SINGULAR.findall(text[:20_000])) < 2  # once is a form's word


def _odd(text: str, lines: Sequence[Line], members: Sequence[Member], people: People) -> bool:
    labels = [one.label for one in members]
    return (
        any(_NAMESAKE.search(label) for label in labels)
        or any(_unlikely(label) for label in labels)
        or len({kind_of(label) for label in labels if kind_of(label)}) > 1
        or _uneven(members)
        or _passed_over(text, lines, labels, people)
    )


def _unlikely(label: str) -> bool:
    kind = kind_of(label)
    return likelihood(label, kind) < _UNLIKELY if kind == "name" else not kind and not _NUMBERED.fullmatch(label)


def _uneven(members: Sequence[Member]) -> bool:
    sizes = [sum(span.end - span.start for span in one.spans) for one in members]
    middle = median(sizes)
    return len(sizes) > 2 and (
        max(sizes) > _TOO_LONG * middle or min(sizes) < _TOO_SHORT * middle
    )  # of two, neither is the middle


def _passed_over(text: str, lines: Sequence[Line], labels: Sequence[str], people: People) -> bool:
    """Whether a line opens with the name of somebody who is neither a member nor known to lead or to be away."""
    led = people.led | providers(text)
    openers = (one for number, line in enumerate(lines) if (one := candidate(number, line)) and _names(one))
    strangers = {one.label for one in openers if not set(re.findall(r"\w+", one.label.lower())) & led}
    known = [plain(label) for label in labels]
    return any(
        plain(name) not in people.absent
        and not any(plain(name) in label or label in plain(name) for label in known)
        and not any(same_person(name, label) for label in labels)
        for name in strangers
    )


def _names(one: Candidate) -> bool:
    if one.style not in {"person", "sentence"}:
        return False
    first = (one.label.split() or [""])[0].lower()
    return (first in GIVEN_NAMES and first not in WORDS_TOO) or (
        one.firm and likelihood(one.label, kind_of(one.label) or "name") >= _SURELY
    )
