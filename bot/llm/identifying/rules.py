"""Our own rules over one text: what labels, headings, shapes and capitals give away."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from bot.llm.identifying.codes import codes
from bot.llm.identifying.dates import telling_dates
from bot.llm.identifying.free_names import free_names
from bot.llm.identifying.hits import Hit, Places, just_before, plain_signs
from bot.llm.identifying.initials import initials
from bot.llm.identifying.labels import labelled
from bot.llm.identifying.life_dates import life_dates
from bot.llm.identifying.names import SurfaceForms
from bot.llm.identifying.people import people
from bot.llm.identifying.places import places
from bot.llm.identifying.segments import segments
from bot.llm.identifying.shapes import numbers_again, shaped
from bot.llm.identifying.small_names import small_names
from bot.llm.identifying.streets import streets
from bot.llm.identifying.vocabulary import is_word
from bot.llm.identifying.widening import widened

FINDERS: Mapping[str, Callable[[str], Iterable[Hit]]] = {
    "people": lambda text: widened(people(text), text),
    "free names": lambda text: widened(free_names(text), text),
    "initials": initials,
    "names in small letters": lambda text: widened(small_names(text), text),
    "shapes": shaped,
    "labels": labelled,
    "codes": codes,
    "segments": segments,
    "streets": lambda text: widened(streets(text), text),
    "places": lambda text: widened(places(text), text),
    "dates of life": life_dates,
}


def by_rule(text: str, labels: Sequence[str]) -> Iterator[Hit]:
    """Every identifier that our rules find, overlaps included; no library is loaded for it."""
    text = plain_signs(text)
    yield from members(text, labels)
    found = [hit for find in FINDERS.values() for hit in find(text)]
    yield from found
    yield from written_again(text, found)


def members(text: str, labels: Sequence[str]) -> Iterator[Hit]:
    """The members in every spelling of their labels; the key is the place among `labels`, from 1."""
    for number, label in enumerate(labels, start=1):
        letters = {word[0].upper() for word in re.findall(r"[^\W\d_]+", label)}
        for start, end in SurfaceForms(label).find(text):
            yield *_with_initials(text, start, end, letters), "MEMBER", str(number)
    yield from _misspelt(text, labels)


def _with_initials(text: str, start: int, end: int, letters: Collection[str]) -> tuple[int, int]:
    """A name with the initial of the member's other name beside it: "D. Norwood", "Dalia N."."""
    before = just_before(_INITIAL_BEFORE, text, start, 4)
    after = _INITIAL_AFTER.match(text, end)
    if before and before[1] in letters:
        start = before.start(1)
    if after and after[1] in letters and (after[1] not in "AI" or after[0].endswith(".")):
        end = after.end()
    return start, end


_INITIAL_BEFORE = re.compile(r"(?<!\w)([A-Z])\.?[ ]$")
_INITIAL_AFTER = re.compile(r"[ ]([A-Z])(?:\.(?=\W)|(?![\w.'’&/-]))")
_LONG = 5
_WORD = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]{4,24}(?![^\W_])")


def _misspelt(text: str, labels: Sequence[str]) -> Iterator[Hit]:
    """Words that nobody knows and that are a member's name but for one letter: "Esperansa", "Dal1a"."""
    names = {
        word.lower(): str(number)
        for number, label in enumerate(labels, start=1)
        for word in re.findall(r"[^\W\d_]+", label)
        if len(word) >= _LONG and not is_word(word.lower())
    }
    if not names:
        return
    by_word = {hit[0]: None for hit in _WORD.finditer(text)}
    places = Places(text)
    for word in by_word:
        lowered = word.lower()
        for name, number in names.items():
            if name[0] == lowered[0] and name != lowered and _but_one_letter(name, lowered) and not is_word(lowered):
                for start, end in places.of(word):
                    yield start, end, "MEMBER", number


def _but_one_letter(one: str, other: str) -> bool:
    """Whether one letter is another, missing, added, or has changed places with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = ((1, 1), (1, 0), (0, 1))
    changed = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return changed or any(one[at + a :] == other[at + b :] for a, b in rests)


def written_again(text: str, found: Sequence[Hit]) -> Iterator[Hit]:
    """Numbers without the label that told them once, birth dates in another writing, and days long past."""
    yield from numbers_again(text, found)
    yield from telling_dates(text, dict.fromkeys(key for _, _, kind, key in found if kind == "BIRTH"))
