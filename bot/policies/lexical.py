"""Ranking snippets by words: BM25 over a tokeniser that knows what billers write.

Codes and modifiers are words of their own ("90853", "H0004", "59", "XE"), and a place of service or a modifier is
also kept whole ("POS 10" is not just any 10). Dates are left out, or each would look like a place of service.
"""

import logging
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.policies.filters import Rows
from bot.policies.models import Snippet
from bot.policies.vector_file import best

_LONGEST_QUERY = 16_384
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_PAIRED = re.compile(
    r"\b(?:(pos|place of service)|(modifiers?|mod))(?:\s+code)?\s*[:#]?\s*"
    r"((?:[a-z]{2}|[0-9]{1,2}|[a-z][0-9])(?:(?:\s*[/,]\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+)"
    r"(?:[a-z]{2}|[0-9]{1,2}|[a-z][0-9]))*)\b"
)
_LISTED = re.compile(r"\b[a-z0-9]{1,2}\b")
_COMMON_WORDS = """
    a about am an and any are as at be been but by can could did do does for from had has have how i if in into is it
    its may me my of on or our shall she should so some such than that the their them then there these they this
    those to us was we were what when where which who whom why will with would you your
"""
_STOP = frozenset(_COMMON_WORDS.split())
# One trade, several words for the same thing.
_SAME = {
    "preauthorization": "authorization", "preauth": "authorization", "precert": "authorization",
    "precertification": "authorization", "auth": "authorization", "authorisation": "authorization",
    "telemedicine": "telehealth", "telebehavioral": "telehealth", "virtual": "telehealth", "video": "telehealth",
    "teletherapy": "telehealth", "telepsychiatry": "telehealth", "zoom": "telehealth",
    "therapy": "psychotherapy", "counseling": "psychotherapy", "counselling": "psychotherapy",
    "client": "patient", "beneficiary": "patient", "enrollee": "patient", "participant": "patient",
    "member": "patient", "attendee": "patient", "people": "patient", "recipient": "patient",
    "intern": "trainee", "associate": "trainee", "supervisee": "trainee", "prelicensed": "trainee",
    "clinician": "provider", "therapist": "provider", "practitioner": "provider",
    "maximum": "limit", "max": "limit", "cap": "limit", "rate": "payment", "fee": "payment", "pay": "payment",
    "reimbursement": "payment", "reimburse": "payment", "paid": "payment", "minute": "duration", "length": "duration",
    "long": "duration", "note": "documentation", "document": "documentation", "record": "documentation",
    "chart": "documentation", "deny": "denial", "reject": "denial", "rejection": "denial",
}  # fmt: skip


def tokens_of(text: str, stem: Callable[[str], str] | None = None) -> list[str]:
    """The words of a text as they are ranked: lower case, without endings, synonyms as one."""
    stem = stem or _stem
    plain = _DATE.sub(" ", text[:_LONGEST_QUERY].lower())
    whole: list[str] = []

    def keep_whole(match: re.Match[str]) -> str:
        kind = "pos" if match[1] else "modifier"
        whole.extend(f"{kind}:{code}" for code in _LISTED.findall(match[3]) if code not in {"or", "and"})
        # A modifier is also asked for by its bare name; a place of service never is, and a bare 10 is a group's size.
        return " pos " if match[1] else match[0]

    plain = _PAIRED.sub(keep_whole, plain)
    return [stem(word) for word in _WORD.findall(plain) if word not in _STOP] + whole


class WordRanking:
    """BM25 over a fixed set of snippets, held in memory."""

    def __init__(self, snippets: Sequence[Snippet]) -> None:
        import bm25s

        # It sets its own logger to debug, and would tell of each index on stderr.
        logging.getLogger("bm25s").setLevel(logging.WARNING)

        numbers: dict[str, int] = {}
        stem = lru_cache(maxsize=None)(_stem)  # for this list only: the words of questions are not kept
        documents = [
            [numbers.setdefault(token, len(numbers)) for token in tokens_of(f"{snippet.title} {snippet.text}", stem)]
            for snippet in snippets
        ]
        self._numbers = numbers
        self._bm25 = bm25s.BM25() if numbers else None
        if self._bm25 is not None:
            self._bm25.index((documents, numbers), show_progress=False)

    def best(self, query: str, limit: int, rows: Rows | None = None) -> list[tuple[int, float]]:
        """The rows that share most with the query's words, with their scores, best first; only `rows`, where given.

        How rare a word is counts over all snippets, whichever of them are ranked.
        """
        known = sorted({self._numbers[token] for token in tokens_of(query) if token in self._numbers})
        if self._bm25 is None or not known:
            return []
        if rows is None:
            scores: NDArray[np.float32] = self._bm25.get_scores_from_ids(known)
            rows = np.arange(len(scores))
        else:
            scores = self._scores_of(rows, known)
        return [(int(rows[place]), float(scores[place])) for place in best(scores, limit) if scores[place] > 0]

    def _scores_of(self, rows: Rows, known: Sequence[int]) -> NDArray[np.float32]:
        """The scores of some rows: each word's snippets stand in order, so that a row is looked up among them."""
        assert self._bm25 is not None
        parts = self._bm25.scores
        scores = np.zeros(len(rows), dtype=np.float32)
        for token in known:
            start, end = parts["indptr"][token], parts["indptr"][token + 1]
            holding = parts["indices"][start:end]
            places = np.minimum(np.searchsorted(holding, rows), len(holding) - 1)
            scores += np.where(holding[places] == rows, parts["data"][start:end][places], np.float32(0))
        return scores


def _stem(word: str) -> str:
    """Cut the commonest endings, so that "groups" finds "group" and "billed" finds "bill"."""
    word = re.split("['’]", word, maxsplit=1)[0]
    if word in _SAME:
        return _SAME[word]
    if not word.isalpha() or len(word) < 4:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word in _SAME:
        return _SAME[word]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 4:
            word = stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
            break
    return _SAME.get(word, word.removesuffix("e") if len(word) > 4 else word)
