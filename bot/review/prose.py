"""Whether a stretch of a note is language at all: what nobody can read earns nothing from the sentence tagger.

The tagger has odds for anything, a string of base64 or a row of brackets too. Only what is plainly no English is told
here: notes are full of abbreviations, codes and names, and those are read.
"""

import re
import unicodedata

from bot.review.segment_words import english_words, is_formed_word

# Markup, a coded string, a number that nothing in a note has, a mark that turns the direction of writing.
_NOT_WRITTEN = re.compile(r"</?[a-z!]|[A-Za-z0-9+/=]{40}|\d{9}|[\u202a-\u202e\u2066-\u2069]", re.IGNORECASE)
_DISGUISED = re.compile(r"\b(?:[a-z]+\d+[a-z]+|\d[a-z]{3,})\w*\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
# A verdict written into a note, or a form's tick, is none of a member's words.
_STATUS = frozenset(("met", "ready", "pass", "passed", "compliant", "approved", "satisfied"))
_FEWEST_WORDS = 3
_FEWEST_KNOWN = 0.3
_LONG = 40


def reads_as_prose(text: str) -> bool:
    """False for what no reader of English could make out."""
    if _NOT_WRITTEN.search(text) or len(_DISGUISED.findall(text)) > 1:
        return False
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < 2 or (len(text) > _LONG and len(letters) * 5 < len(text)):
        return False
    if sum(not _is_latin(letter) for letter in letters) * 4 > len(letters):
        return False
    words = [word.lower() for word in _WORD.findall(text) if not word.isupper()]
    if words and set(words) <= _STATUS:
        return False
    known = sum(word in english_words() or is_formed_word(word) for word in words)
    return len(words) < _FEWEST_WORDS or known >= _FEWEST_KNOWN * len(words) or _is_named(text)


def _is_named(text: str) -> bool:
    """Names are no English: "Dalia Noor-Hassan wept" has more of them than of words."""
    names = len(re.findall(r"\b[^\W\d_a-z][a-z]+\b", text))
    return names >= 2 and any(word in english_words() for word in re.findall(r"\b[a-z]{3,}\b", text))


def _is_latin(letter: str) -> bool:
    return letter.isascii() or (
        unicodedata.name(letter, "").startswith("LATIN ") and unicodedata.normalize("NFKC", letter) == letter
    )
