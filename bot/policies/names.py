"""The book of names beside the payer files: payers not on file, line-of-business words, English words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.policies.models import LineOfBusiness
from bot.policies.tokens import fold
from bot.resources import KNOWLEDGE

Key = tuple[str, ...]
_WORD_LISTS = (
    "suffixes",
    "distinguishing",
    "english_after",
    "english_before",
    "slot_before",
    "slot_before_firm",
    "slot_verbs",
    "also_english",
    "generic_before",
)


@dataclass(frozen=True)
class NameBook:
    """What `known_names.yaml`, `english_words.txt` and `clinical_words.txt` say, keyed by folded words."""

    not_on_file: dict[Key, str]
    line_words: dict[Key, LineOfBusiness]
    suffixes: frozenset[str]
    distinguishing: frozenset[str]
    misspellings: dict[Key, Key]
    english_after: frozenset[str]
    english_before: frozenset[str]
    slot_before: frozenset[str]
    slot_before_firm: frozenset[str]
    slot_verbs: frozenset[str]
    also_english: frozenset[str]
    generic_before: frozenset[str]
    words: frozenset[str]


@cache
def load_names(folder: Path = KNOWLEDGE) -> NameBook:
    """Read the book once a process; a broken file is a broken release and fails loudly."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = yaml.load((folder / "known_names.yaml").read_text("utf-8"), Loader=loader)  # noqa: S506  # a safe loader
    not_on_file: dict[Key, str] = {}
    for entry in raw["not_on_file"]:
        for name, aliases in entry.items():
            for alias in (name, *aliases):
                not_on_file.setdefault(fold(str(alias)), str(name))
    return NameBook(
        not_on_file=not_on_file,
        line_words={
            fold(words): LineOfBusiness(line) for line, all_words in raw["line_words"].items() for words in all_words
        },
        **{field: frozenset(raw[field].split()) for field in _WORD_LISTS},
        misspellings={fold(wrong): fold(right) for right, wrongs in raw["misspellings"].items() for wrong in wrongs},
        words=frozenset(
            word
            for name in ("english_words.txt", "clinical_words.txt")
            for word in (folder / name).read_text("utf-8").split()
        ),
    )
