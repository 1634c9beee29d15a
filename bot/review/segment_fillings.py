"""What could fill the place of a member's name in a heading, and how likely it is a person."""

import re
from functools import lru_cache

from bot.review.segment_labels import WORDS_TOO
from bot.review.segment_words import (
    ABBREVIATIONS,
    DATA,
    FIELD_WORDS,
    GIVEN_NAMES,
    MEMBER_WORDS,
    RELATIVES,
    TITLE,
    english_words,
    is_heading_word,
)

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_WORD = rf"{_UPPER}[^\W\d_]{{0,30}}(?:['’-](?!s\b)[^\W\d_]{{1,30}}){{0,3}}\.?"
FILLING = re.compile(
    r"(?P<age>(?:[MF]|NB|T[MF])/\d{2}(?!\w)|\d{2}\s?(?:[MF]|NB|T[MF]|y/?o\s?[MF])(?![\w/]))|"
    rf"(?P<initials>(?:[^\W\d_]\.\s?){{2,3}}(?!\w)(?:\s?(?:\(\d\)|\#?\d\b))?|(?:[A-Z]{{2,3}}|[a-z]{{2}})(?![\w'’.]|-\d)(?:\s\(\d\))?)"
    r"|(?P<handle>[A-Za-z]{2,20}_\w{1,20}|[A-Za-z]{3,20}\d{2,4}(?![\w.]))|(?P<hash>\#\d{1,3}(?![\w/.%]))"
    r"|(?P<code>[A-Z]{1,4}-?\d{1,8}(?![\w.])|\#?(?:\d{3,12}(?:-?[A-Z])?|\d{1,2}[A-Z])(?![\w/]|-\w|\.\w))"
    r"|(?P<number>\#?\d{1,2}(?![\w/.%])|[A-Z](?![\w'’.]))"
    r"|(?P<role>[Tt]he(?:\s[a-z]+(?:-[a-z]+)?){1,3}(?=\s?[:–—]|\s-\s))"
    r"|(?P<lower>(?:(?:big|lil|little|old|young|tall|mama|papa|miss|mr|mrs|ms)\s)?[a-zà-öø-ÿ]{3,14}(?![\w'’])(?:\s(?:ann|lynn|marie|jo|lee|mae|jean|rae|lou|sue)(?!\w))?)"
    rf"|(?P<name>(?:(?:{TITLE}|{_UPPER})\.?\ )?{_WORD}"
    rf"(?:(?<![^\W\d_]{{2}}\.)\ (?!I\s[a-z]|{DATA}){_WORD}){{0,3}}"
    rf"(?:,\ {_WORD}(?:\ {_UPPER}\b\.?)?)?)"
)
_TITLED = re.compile(rf"{TITLE}\b")
_DIAGNOSIS = re.compile(r"[A-TV-Z]\d\d(?:\.\w+)?$")
_OF_KIND = {"age": 0.75, "code": 0.6, "handle": 0.85, "hash": 0.85}
SURE_NAMES = GIVEN_NAMES - WORDS_TOO
MEMBERS = frozenset(word for name in MEMBER_WORDS for word in name.split())


@lru_cache(maxsize=4096)
def likelihood(written: str, kind: str) -> float:
    """From 0 to 1: whether a filling names a person."""
    if kind == "initials":
        return _of_initials(written)
    if kind == "lower":
        return _in_lower_case(called(written))
    if kind == "name":
        return name_likelihood(written)
    if kind == "role":
        return 0.0 if FIELD_WORDS & set(written.lower().split()[1:]) else 0.75
    return 0.0 if _DIAGNOSIS.match(written) else _OF_KIND.get(kind, 0.5)


def _of_initials(written: str) -> float:
    letters = re.sub(r"[\W\d_]", "", written).lower()
    if "." in written:
        return 1.0 if letters not in {"am", "pm", "eg", "ie"} else 0.7 if written.isupper() else 0.0
    if written.islower():
        return 0.6 if letters not in english_words() and letters not in ABBREVIATIONS else 0.2
    if letters in FIELD_WORDS:
        return 0.0
    return 0.4 if letters in ABBREVIATIONS else 0.9


def called(written: str) -> str:
    """The name of "big lou", "mr lopez", "mary ann"."""
    words = written.split()
    return words[1] if len(words) > 1 and words[0] not in SURE_NAMES else words[0]


def _in_lower_case(word: str) -> float:
    if word in SURE_NAMES:
        return 1.0
    if word in FIELD_WORDS or word in RELATIVES:
        return 0.0
    return 0.3 if is_heading_word(word) else 0.7


def name_likelihood(written: str) -> float:
    """From 0 to 1: whether capitalised words name a person."""
    words = [word.strip(".").lower() for word in re.split(r"[\s,]+", written) if word.strip(".")]
    if not words or any(word in RELATIVES or word in MEMBERS for word in words):
        return 0.0
    if _TITLED.match(written) and len(words) > 1:
        return 1.0
    # No initial: "Desmond A.", "A. Brandvold".
    spoken = [word for word in words if len(word) > 1] or words or [""]
    if any(word in FIELD_WORDS or (word in ABBREVIATIONS and word not in GIVEN_NAMES) for word in spoken):
        return 0.0
    if spoken[0] in GIVEN_NAMES or ("," in written and words[-1] in GIVEN_NAMES):
        return 1.0
    unknown = sum(len(word) == 1 or not is_heading_word(word) for word in words)
    if unknown == len(words):
        return 0.85
    return 0.6 if unknown else 0.25 if len(words) == 1 else 0.1


def kind_of(label: str) -> str:
    """What kind of filling the whole of a label is: "name", "initials", "code"...; "" where it is none."""
    match = FILLING.fullmatch(label)
    return str(match.lastgroup) if match else ""


def person(label: str) -> bool:
    """Whether the whole of `label` reads as a name, initials or a member's number."""
    label = re.sub(r"\s\([^()]*\)(?=\s)", "", label)
    match = FILLING.fullmatch(label)
    return bool(match) and likelihood(label, str(match and match.lastgroup)) >= 0.6
