"""Which of many facts a question is about: those that share its words, the strongest first between equals."""

import re
from collections.abc import Sequence
from typing import TypeVar

from bot.answers.shorthand import spell_out
from bot.policies.models import Fact, Snippet

T = TypeVar("T", bound=Fact | Snippet)

_WORD = re.compile(r"[a-z0-9]{2,}")
_COMMON = frozenset(
    [
        *("is", "it", "to", "of", "in", "on", "or", "do", "if", "my", "we", "be", "by", "at", "an", "as"),
        *("the", "and", "for", "can", "with", "does", "group", "groups", "therapy", "90853", "bill", "how", "many"),
        *("what", "need", "session", "sessions", "payer", "that", "this", "are", "any", "who", "medicaid", "medicare"),
    ]
)


def most_telling(facts: Sequence[T], question: str, most: int) -> list[T]:
    """Up to `most` facts, those sharing words with the question first; the order given decides between equals."""
    asked = {_stem(word) for word in _WORD.findall(spell_out(question))} - _COMMON
    scored = sorted(enumerate(facts), key=lambda pair: (-len(asked & _words(pair[1])), pair[0]))
    return [fact for _, fact in scored[:most]]


def shorten(text: str, limit: int = 220) -> str:
    """The text's first sentences within `limit` characters; one long sentence is cut at a word."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text.rfind(". ", 0, limit)
    return text[: cut + 1] if cut > limit // 3 else text[:limit].rsplit(" ", 1)[0] + " ..."


def _words(fact: Fact | Snippet) -> set[str]:
    told = f"{fact.statement} {' '.join(fact.conditions)}" if isinstance(fact, Fact) else f"{fact.title} {fact.text}"
    return {_stem(word) for word in _WORD.findall(told.casefold())} - _COMMON


def _stem(word: str) -> str:
    return word[:5]
