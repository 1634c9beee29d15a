"""Search over the passages of a practice's own documents: exact, in memory, apart from the shared index.

The shared index is a build product of the files that ship. What a practice adds must be found at its next question and
by every process, so its vectors stand in the database beside the text. Some thousand of them are ranked in a
millisecond.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from bot.embedder import DIMENSIONS, Vectors
from bot.errors import CopilotError
from bot.policies.index import Embeds
from bot.policies.lexical import WordRanking, tokens_of
from bot.policies.models import Snippet, Topic
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

    def __len__(self) -> int:
        return len(self._snippets)

    def find(self, query: str, *, payer_id: str, topic: Topic, on: date, limit: int = 2) -> list[Snippet]:
        """The passages of this payer's documents in force on `on` that speak of the query's matter, best first."""
        rows = [row for row, one in enumerate(self._snippets) if one.payer_id == payer_id and _in_force(one, on)]
        if not rows:
            return []
        asked = set(tokens_of(query)) - _EVERYWHERE
        with self._lock:
            words = self._words.scores(query)
            cosines = self._cosines(query)
        near = [row for row in rows if self._is_near(row, cosines, asked, topic)]
        fused: dict[int, float] = {}
        by_words = sorted((row for row in near if words[row] > 0), key=lambda row: -words[row])
        by_meaning = sorted(near, key=lambda row: -cosines[row]) if cosines is not None else []
        by_topic = [row for row in by_words or by_meaning if self._snippets[row].topic is topic]
        for ranking in (by_words, by_meaning, by_topic):
            for rank, row in enumerate(ranking[:_POOL], 1):
                fused[row] = fused.get(row, 0.0) + 1 / (_RANK_CONSTANT + rank)
        best = sorted(fused, key=lambda row: (-fused[row], row))[:limit]
        if cosines is not None:
            best = [row for row in best if cosines[row] >= _ABOUT_AS_NEAR * cosines[best[0]]]
        return [self._snippets[row] for row in best]

    def _is_near(self, row: int, cosines: Vectors | None, asked: set[str], topic: Topic) -> bool:
        """Whether a passage speaks of what is asked: a manual has a nearest passage for any question."""
        snippet = self._snippets[row]
        told = set(tokens_of(f"{snippet.title} {snippet.text}"))
        shared = len(asked & told)
        cosine = float(cosines[row]) if cosines is not None else _NEAR
        if topic is Topic.GENERAL:
            return cosine >= _CLOSE or (cosine >= _NEAR and shared >= 2)
        if snippet.topic is topic:
            return cosine >= _SAME_TOPIC
        if _GROUPS & told:
            return cosine >= _PLAIN or (cosine >= _NEAR and shared >= 1)
        return cosine >= _PLAIN or (cosine >= _CLOSE and shared >= 2)

    def _cosines(self, query: str) -> Vectors | None:
        """Nearness in meaning; None where the embedder cannot be used, and then the words alone rank."""
        try:
            cosines: Vectors = self._matrix @ self._embedder.embed([query])[0]
        except CopilotError:
            return None
        return cosines

    @cached_property
    def _words(self) -> WordRanking:
        return WordRanking(self._snippets)

    @cached_property
    def _matrix(self) -> NDArray[np.float32]:
        """A row a passage: the stored vector, or one made now where another embedder made the stored one."""
        stored = self._stored(self._embedder.fingerprint)
        matrix = np.zeros((len(self._snippets), DIMENSIONS), dtype=np.float32)
        missing = []
        for row, snippet in enumerate(self._snippets):
            vector = np.frombuffer(stored.get(snippet.id, b""), dtype="<f4")
            if vector.shape == (DIMENSIONS,):
                matrix[row] = vector
            else:
                missing.append(row)
        if missing:
            matrix[missing] = self._embedder.embed(
                [embedded_text(self._snippets[row].title, self._snippets[row].text) for row in missing]
            )
        return matrix


def embedded_text(heading: str, text: str) -> str:
    """What of a passage is embedded: its words under their heading; the payer's name is a filter's matter."""
    return " ".join(f"{heading}\n{text}".split())


def packed(vectors: Vectors) -> Sequence[bytes]:
    """Vectors as they are stored."""
    return [vector.astype("<f4").tobytes() for vector in vectors]


def _in_force(snippet: Snippet, on: date) -> bool:
    return (snippet.effective_from or date.min) <= on <= (snippet.effective_to or date.max)
