"""The words of invented notes: sentences with places to fill, what fills them, and what stands in every template.

They stand in invented_words.yaml.
"""

from pathlib import Path

import yaml

_WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(";") if one.strip())


def _pieces(line: str) -> tuple[str, ...]:
    """Words and places; a stop behind a place is a piece of its own."""
    pieces: list[str] = []
    for piece in line.split():
        bare = piece.rstrip(".,;")
        if bare in PLACES and bare != piece:
            pieces += [bare, piece[len(bare) :]]
        else:
            pieces.append(piece)
    return tuple(pieces)


PLACES = {place: _phrases(text) for place, text in _WORDS["places"].items()}
SENTENCES = tuple(_pieces(line) for line in _WORDS["sentences"].strip().splitlines())
STOCK, SESSIONS = _phrases(_WORDS["stock"]), _phrases(_WORDS["sessions"])
OTHER, NAMES = tuple(_WORDS["other"].split()), tuple(_WORDS["names"].split())
HEADINGS = tuple(tuple(headings) for headings in _WORDS["headings"])
PRONOUNS = (
    {"he": "he", "his": "his", "him": "him", "himself": "himself"},
    {"he": "she", "his": "her", "him": "her", "himself": "herself"},
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
