"""Our own rules over one text: what labels, headings, shapes and capitals give away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.llm.dates import telling_dates
from bot.llm.free_names import free_names
from bot.llm.hits import Hit, plain_signs
from bot.llm.life_dates import life_dates
from bot.llm.names import SurfaceForms
from bot.llm.people import people
from bot.llm.places import places
from bot.llm.shapes import numbers_again, shaped
from bot.llm.widening import widened

FINDERS: Mapping[str, Callable[[str], Iterable[Hit]]] = {
    "people": lambda text: widened(people(text), text),
    "free names": lambda text: widened(free_names(text), text),
    "shapes": shaped,
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
        for start, end in SurfaceForms(label).find(text):
            yield start, end, "MEMBER", str(number)


def written_again(text: str, found: Sequence[Hit]) -> Iterator[Hit]:
    """Numbers without the label that told them once, birth dates in another writing, and days long past."""
    yield from numbers_again(text, found)
    yield from telling_dates(text, dict.fromkeys(key for _, _, kind, key in found if kind == "BIRTH"))
