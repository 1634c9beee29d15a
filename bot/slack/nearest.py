"""What a mistyped word was likely meant to be. Pure."""

from collections.abc import Collection


def nearest(word: str, known: Collection[str], least: int) -> str:
    """The closest of the known words, alike by `least` of 100 or more; empty where none is."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=least)
    return str(found[0]) if found else ""
