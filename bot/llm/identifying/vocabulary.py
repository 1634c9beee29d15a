"""What tells a name from a word where no label does: given names, family names, words, and terms a note needs."""

import gzip
import re
from functools import cache, lru_cache

from bot.llm.identifying.names import NAME_WORDS, SHORT_NAMES
from bot.resources import KNOWLEDGE

_NAMES, _NOTE_WORDS = KNOWLEDGE / "names", KNOWLEDGE / "note_words"
_ENDINGS = ("'s", "’s", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "ally", "al", "ive", "able", "ness", "y")
_BEGINNINGS = (
    "psycho",
    "neuro",
    "bio",
    "anti",
    "over",
    "under",
    "non",
    "pre",
    "post",
    "re",
    "un",
    "de",
    "mis",
    "co",
    "self",
)
_MADE = re.compile(
    r"\w{3,}(?:tion|sion|ment|ness|ology|ical|ional|ism|ity|ative|therapy|ization|pine|pram|zepam|zine|done)s?$"
)
# First names that are a word of every other sentence.
_ABSTRACT_NAMES = """
hope faith joy grace mercy patience charity chance justice destiny serenity harmony price case field page
stone sky storm rusty sharp short small strong long art major earl king duke prince star wise sage honey
cherry ginger olive love rush day black white brown green gray young park winter autumn spring rise trip van
flip skip forest river brook cliff lance
"""
_PAYER_NAME = re.compile(r"^name: (.+)$", re.MULTILINE)
_SHORTENED = re.compile(r"(?:n['’]t|['’](?:d|ll|ve|re|m|s))$")
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORTEST_STEM = 3
# Months, places, payers and a people that are first names too: a name only where somebody acts.
TERMS_AND_NAMES = frozenset(
    {"april", "may", "june", "august", "georgia", "virginia", "carolina", "dakota", "jordan", "israel", "karen"}
    | {"jesus", "christian", "oscar", "ellis", "india", "asia"}
)


@cache
def given_names() -> frozenset[str]:
    """First names in small letters; those that are words as well are `name_words`."""
    listed = " ".join((_NOTE_WORDS / name).read_text("utf-8") for name in ("given_names.txt", "more_given_names.txt"))
    return (frozenset(listed.split()) | SHORT_NAMES) - words() - terms()


@cache
def common_names() -> frozenset[str]:
    """The first names most often met, in small letters; some are words."""
    return frozenset((_NOTE_WORDS / "given_names.txt").read_text("utf-8").split()) | (SHORT_NAMES - words())


@cache
def surnames() -> frozenset[str]:
    """Family names in small letters, none of which is a word of `words`."""
    return frozenset(_packed("surnames.txt.gz")) - terms()


@cache
def towns() -> frozenset[str]:
    """Towns in small letters, of one word or more; many are words too ("bend")."""
    return frozenset(gzip.decompress((_NAMES / "towns.txt.gz").read_bytes()).decode().split("\n")) - terms()


@cache
def surname_words() -> frozenset[str]:
    """Words that are family names as well: a name only where somebody speaks or is spoken to."""
    return frozenset((_NAMES / "surname_words.txt").read_text("utf-8").split())


@cache
def words() -> frozenset[str]:
    """English words that a dictionary writes small."""
    return frozenset(_packed("words.txt.gz"))


@cache
def name_words() -> frozenset[str]:
    """Words that are first names as well: "Hope", "Will", "Mark"."""
    return (
        (common_names() & words())
        | NAME_WORDS
        | frozenset({"art", "bob", "jay", "john", "josh", "max", "peter", "tony", "tom"})
    )


@cache
def abstract_names() -> frozenset[str]:
    """Those of `name_words` that stand for an idea, a colour or a season more often than for a person."""
    return frozenset(_ABSTRACT_NAMES.split())


@cache
def terms() -> frozenset[str]:
    """Capitalised terms of notes and billing, in small letters: they stay in what a model sees."""
    lines = (_NAMES / "proper_terms.txt").read_text("utf-8").splitlines()
    listed = {word for line in lines if not line.startswith("#") for word in line.split()}
    abbreviations = (_NOTE_WORDS / "abbreviations.txt").read_text("utf-8").split()
    clinical = (KNOWLEDGE / "clinical_words.txt").read_text("utf-8").split()
    return frozenset(listed | set(abbreviations) | set(clinical) | _payers())


def _payers() -> set[str]:
    """The words of the names of payers on file, but for first names."""
    files = (KNOWLEDGE / "payers").glob("*.yaml")
    names = [hit[1] for file in files if (hit := _PAYER_NAME.search(file.read_text("utf-8")))]
    return {word.lower() for name in names for word in re.findall(r"[\w’'-]{3,}", name)} - common_names()


@cache
def field_words() -> frozenset[str]:
    """Words that headings and fields of notes are made of, and so have capitals without being names."""
    return frozenset((_NOTE_WORDS / "heading_words.txt").read_text("utf-8").split())


def without_possessive(word: str) -> str:
    """The word without the possessive behind it: "Karim's" and "James'" are "Karim" and "James"."""
    return _POSSESSIVE.sub("", word)


def is_unknown(word: str) -> bool:
    """Whether nobody knows a word in small letters: it is none, no field's and no term."""
    word = without_possessive(word)
    return not is_word(word) and word not in field_words() and word not in terms()


@lru_cache(maxsize=8192)
def is_word(lowered: str) -> bool:
    """Whether a word in small letters is no name: in the dictionary or the terms, or made of such a word."""
    lowered = _SHORTENED.sub("", lowered)
    if len(lowered) == 1 or lowered in terms() or lowered in words() or _MADE.match(lowered):
        return True
    if "-" in lowered:
        return all(is_word(part) for part in lowered.split("-") if part)
    if lowered in given_names() or lowered in surnames():
        return False
    stems = [lowered[: -len(ending)] for ending in _ENDINGS if lowered.endswith(ending)]
    stems += [lowered[len(beginning) :] for beginning in _BEGINNINGS if lowered.startswith(beginning)]
    return any(
        stem in words() or f"{stem}e" in words() or stem in terms() or (stem[-1] == stem[-2] and stem[:-1] in words())
        for stem in stems
        if len(stem) >= _SHORTEST_STEM
    )


def _packed(name: str) -> list[str]:
    return gzip.decompress((_NAMES / name).read_bytes()).decode().split()
