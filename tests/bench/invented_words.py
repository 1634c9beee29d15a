"""The words of invented notes: sentences with places to fill, what fills them, and what stands in every template.

They stand in invented_words.yaml.
"""

import random
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

_WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(";") if one.strip())


@cache
def pieces(line: str) -> tuple[str, ...]:
    """Words and places; a stop behind a place is a piece of its own."""
    found: list[str] = []
    for piece in line.split():
        bare = piece.rstrip(".,;:")
        if bare in PLACES and bare != piece:
            found += [bare, piece[len(bare) :]]
        else:
            found.append(piece)
    return tuple(found)


def filled(line: Sequence[str], dice: random.Random, person: Mapping[str, str]) -> str:
    """A sentence of such pieces with its places filled, about one person."""
    told = " ".join(dice.choice(PLACES[piece]) if piece in PLACES else piece for piece in line)
    for stop in ".,;:":
        told = told.replace(f" {stop}", stop)
    return told.format_map(person)


PLACES = {place: _phrases(text) for place, text in _WORDS["places"].items()}
SENTENCES = tuple(pieces(line) for line in _WORDS["sentences"].strip().splitlines())
STOCK, SESSIONS = _phrases(_WORDS["stock"]), _phrases(_WORDS["sessions"])
OTHER, NAMES = tuple(_WORDS["other"].split()), tuple(_WORDS["names"].split())
HEADINGS = tuple(tuple(headings) for headings in _WORDS["headings"])
PRONOUNS = (
    {"he": "he", "his": "his", "him": "him", "himself": "himself"},
    {"he": "she", "his": "her", "him": "her", "himself": "herself"},
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
