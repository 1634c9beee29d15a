"""Search over the passages of a practice's own documents: exact, in memory, apart from the shared index.

The shared index is a build product of the files that ship. What a practice adds must be found at its next question and
by every process, so its vectors stand in the database beside the text. Some thousand of them are ranked in a
millisecond.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from bot.embedder import DIMENSIONS, Vectors
from bot.errors import CopilotError
from bot.policies.filters import Filter
from bot.policies.index import Embeds
from bot.policies.lexical import WordRanking, tokens_of
from bot.policies.models import LineOfBusiness, Snippet, Topic
from bot.policies.own_document import is_passage

_RANK_CONSTANT = 60
_POOL = 30
# Cosines set on a payer manual of fourteen sections and twelve questions, five of which it does not answer.
_SAME_TOPIC = 0.15
_NEAR = 0.3
_CLOSE = 0.4
_PLAIN = 0.5
# A second passage is shown where it is about as near as the first.
_ABOUT_AS_NEAR = 0.75
_LOOK_AGAIN_SECONDS = 10.0
_GROUPS = frozenset(tokens_of("group groups 90853"))
# In nearly every passage of a manual on this matter: sharing these tells nothing.
_EVERYWHERE = frozenset(
    tokens_of("group psychotherapy 90853 provider service bill session code payer plan require need")
)


class OwnPassages:
    """The passages of one practice's documents. Threads may share it; nothing is read before the first search."""

    def __init__(
        self,
        snippets: Iterable[Snippet],
        embedder: Embeds,
        stored_vectors: Callable[[str], Mapping[str, bytes]],
    ) -> None:
        self._snippets = [snippet for snippet in snippets if is_passage(snippet.id)]
        self._embedder = embedder
        self._stored = stored_vectors
        self._lock = RLock()
        self._matrix: NDArray[np.float32] | None = None
        self._next_look = 0.0

    def __len__(self) -> int:
        return len(self._snippets)

    def find(  # noqa: PLR0913  # each narrows the search
        self,
        query: str,
        *,
        payer_id: str,
        topic: Topic,
        on: date,
        line: LineOfBusiness | None = None,
        state: str = "",
        limit: int = 2,
    ) -> list[Snippet]:
        """The passages of this payer's documents in force on `on` that speak of the query's matter, best first."""
        wanted = Filter(payer_id, None, line, state or None)
        rows = [row for row, one in enumerate(self._snippets) if wanted.passes(one) and _in_force(one, on)]
        if not rows:
            return []
        with self._lock:
            by_words = [row for row, _ in self._words.best(query, _POOL, np.array(rows))]
            cosines = self._cosines(query)
        by_meaning = sorted((row for row in rows if cosines[row] > 0), key=lambda row: -cosines[row])[:_POOL]
        asked = set(tokens_of(query)) - _EVERYWHERE
        near = {row for row in {*by_words, *by_meaning} if self._is_near(row, cosines, asked, topic)}
        by_topic = [row for row in by_words or by_meaning if self._snippets[row].topic is topic]
        fused: dict[int, float] = {}
        for ranking in (by_words, by_meaning, by_topic):
            for rank, row in enumerate((row for row in ranking if row in near), 1):
                fused[row] = fused.get(row, 0.0) + 1 / (_RANK_CONSTANT + rank)
        best = sorted(fused, key=lambda row: (-fused[row], row))[:limit]
        best = [row for row in best if not cosines[row] < _ABOUT_AS_NEAR * cosines[best[0]]]
        return [self._snippets[row] for row in best]

    def _is_near(self, row: int, cosines: Vectors, asked: set[str], topic: Topic) -> bool:
        """Whether a passage speaks of what is asked: a manual has a nearest passage for any question."""
        snippet = self._snippets[row]
        told = set(tokens_of(f"{snippet.title} {snippet.text}"))
        shared = len(asked & told)
        cosine = _NEAR if np.isnan(cosines[row]) else float(cosines[row])
        if topic is Topic.GENERAL:
            return cosine >= _CLOSE or (cosine >= _NEAR and shared >= 2)
        if snippet.topic is topic:
            return cosine >= _SAME_TOPIC
        if _GROUPS & told:
            return cosine >= _PLAIN or (cosine >= _NEAR and shared >= 1)
        return cosine >= _PLAIN or (cosine >= _CLOSE and shared >= 2)

    def _cosines(self, query: str) -> Vectors:
        """Nearness in meaning; not a number for a passage without a vector, or for all where there is no embedder."""
        try:
            matrix = self._vectors()
            cosines: Vectors = matrix @ self._embedder.embed([query])[0]
        except CopilotError:
            return np.full(len(self._snippets), np.nan, dtype=np.float32)
        return cosines

    def _vectors(self) -> NDArray[np.float32]:
        """A row a passage. A long document's vectors come after its text: they are looked for again now and then."""
        if self._matrix is None or (np.isnan(self._matrix[:, 0]).any() and time.monotonic() >= self._next_look):
            stored = self._stored(self._embedder.fingerprint)
            matrix = np.full((len(self._snippets), DIMENSIONS), np.nan, dtype=np.float32)
            for row, snippet in enumerate(self._snippets):
                vector = np.frombuffer(stored.get(snippet.id, b""), dtype="<f4")
                if vector.shape == (DIMENSIONS,):
                    matrix[row] = vector
            self._matrix, self._next_look = matrix, time.monotonic() + _LOOK_AGAIN_SECONDS
        return self._matrix

    @cached_property
    def _words(self) -> WordRanking:
        return WordRanking(self._snippets)


def embedded_text(heading: str, text: str) -> str:
    """What of a passage is embedded: its words under their heading; the payer's name is a filter's matter."""
    return " ".join(f"{heading}\n{text}".split())


def packed(vectors: Vectors) -> Sequence[bytes]:
    """Vectors as they are stored."""
    return [vector.astype("<f4").tobytes() for vector in vectors]


def _in_force(snippet: Snippet, on: date) -> bool:
    return (snippet.effective_from or date.min) <= on <= (snippet.effective_to or date.max)
