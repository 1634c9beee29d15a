"""Search over the snippets: by meaning in the index, by words in memory, fused by reciprocal rank.

Meaning finds "how many people may attend" under group size; words find "XE" and "POS 10", which meaning cannot tell
apart. Filters hold for both: only the snippets that pass are ranked.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import RLock

from bot.errors import CopilotError
from bot.policies.filters import Filter, Passing
from bot.policies.index import Embeds, Index, Knowledge
from bot.policies.lexical import WordRanking
from bot.policies.models import LineOfBusiness, Snippet, Topic

__all__ = ["Filter", "Hit", "Searcher"]

# The constant of reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009).
_RANK_CONSTANT = 60
_POOL = 30
_RETRY_SECONDS = 10.0


@dataclass(frozen=True)
class Hit:
    """A snippet found. `score` orders the hits of one search; `similarity` is the cosine, None by words alone."""

    snippet: Snippet
    score: float
    similarity: float | None = None


class Searcher:
    """Searches one catalog. Threads may share it; the index is opened at the first search."""

    def __init__(self, catalog: Knowledge, index_opener: Callable[[], Index], embedder: Embeds) -> None:
        self._snippets = catalog.snippets
        self._open = index_opener
        self._embedder = embedder
        self._rows = {snippet.id: row for row, snippet in enumerate(self._snippets)}
        self._lock = RLock()
        self._index: Index | None = None
        self._degraded = ""
        self._next_try = 0.0
        self._passing = Passing(self._snippets)

    @property
    def degraded(self) -> str:
        """Why the last search went by words alone: one line for a person, empty when all is well."""
        return self._degraded

    def search(  # noqa: PLR0913  # each is one filter
        self,
        query: str,
        *,
        payer_id: str | None = None,
        topic: Topic | str | None = None,
        line_of_business: LineOfBusiness | str | None = None,
        state: str | None = None,
        limit: int = 5,
    ) -> list[Hit]:
        """The best snippets for a query, best first; none for a query without words.

        Goes by words alone, and says so in `degraded`, where there is no index, the Chroma server is down or the
        model is missing. Never raises for any of these.
        """
        if not query.strip() or limit < 1:
            return []
        wanted = Filter(payer_id, _value(topic), _value(line_of_business), state.strip().upper() if state else None)
        by_meaning = self._by_meaning(query, wanted, limit + _POOL)
        by_words = self._by_words(query, wanted, limit + _POOL)
        similarity = dict(by_meaning)
        fused = _fuse([row for row, _ in by_meaning], by_words)
        return [Hit(self._snippets[row], score, similarity.get(row)) for row, score in fused[:limit]]

    def _by_words(self, query: str, wanted: Filter, limit: int) -> Sequence[int]:
        return [row for row, _ in self._words.best(query, limit, self._passing.rows(wanted))]

    def _by_meaning(self, query: str, wanted: Filter, limit: int) -> list[tuple[int, float]]:
        try:
            index = self._opened()
            if index is None:
                return []
            vector = self._embedder.embed([query])[0]
            found = index.query(vector, wanted.where(), limit, among=self._named(wanted, index))
        except CopilotError as error:
            self._give_up(str(error))
        except Exception as error:  # Chroma's own errors have no one class; the words still answer
            self._give_up(f"The search index failed ({type(error).__name__}): run billing-copilot index.")
        else:
            self._degraded = ""
            # An index older than the catalog may hold snippets that are gone, or that have since changed payer.
            rows = ((self._rows.get(key), cosine) for key, cosine in found)
            return [(row, cosine) for row, cosine in rows if row is not None and wanted.passes(self._snippets[row])]
        return []

    def _named(self, wanted: Filter, index: Index) -> list[str] | None:
        """The ids of the snippets that pass, where they are few enough to be ranked one by one."""
        rows = self._passing.rows(wanted)
        if rows is None or not index.ranks_exactly(len(rows)):
            return None
        return [self._snippets[row].id for row in rows.tolist()]

    def _opened(self) -> Index | None:
        """The index, opened once; after a failure it is tried again in a while, not at every search."""
        if self._index is not None:
            return self._index
        with self._lock:
            if self._index is None and time.monotonic() >= self._next_try:
                self._index = self._open()
            return self._index

    def _give_up(self, reason: str) -> None:
        with self._lock:
            self._index = None
            self._next_try = time.monotonic() + _RETRY_SECONDS
            self._degraded = reason

    @property
    def _words(self) -> WordRanking:
        with self._lock:
            return self._word_ranking

    @cached_property
    def _word_ranking(self) -> WordRanking:
        return WordRanking(self._snippets)


def _fuse(*rankings: Sequence[int]) -> list[tuple[int, float]]:
    """Reciprocal rank fusion: rows by the sum of 1 / (60 + rank) over the rankings they stand in."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking, 1):
            scores[row] = scores.get(row, 0.0) + 1 / (_RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _value(choice: Topic | LineOfBusiness | str | None) -> str | None:
    return None if choice is None else str(choice)
