"""Vectors for a hundred thousand snippets without ten minutes of the model: near to the real ones, and said to be so.

A question is embedded by the model. A snippet's vector is that of its statement up to the first comma, which many
invented payers share and which is embedded once, pushed aside by a direction of its payer's and its topic's own.
"""

import hashlib
from collections.abc import Sequence

import numpy as np

from bot.embedder import DIMENSIONS, Embedder, Vectors

_PUSH = 0.5


class StandIn:
    """An embedder for snippets of invented payers."""

    def __init__(self) -> None:
        self._model = Embedder()
        self.fingerprint = f"{self._model.fingerprint}-stand-in"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, in order: a lone text is a question."""
        if len(texts) == 1:
            return self._model.embed(texts)
        told = (text.split("\n", 1) for text in texts)
        parts = [(title, statement.partition(",")[0]) for title, statement in told]
        statements = list(dict.fromkeys(statement for _, statement in parts))
        known = dict(zip(statements, self._model.embed(statements), strict=True))
        vectors = np.stack([known[statement] + _PUSH * _direction(title) for title, statement in parts])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _direction(title: str) -> Vectors:
    seed = int.from_bytes(hashlib.blake2b(title.encode(), digest_size=8).digest())
    way = np.random.default_rng(seed).normal(size=DIMENSIONS).astype(np.float32)
    return way / np.linalg.norm(way)
