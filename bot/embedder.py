"""Sentence vectors from the bundled all-MiniLM-L6-v2: local, int8, no network.

The model is loaded at the first text.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from bot.resources import KNOWLEDGE
from bot.text_model import Mask, Numbers, TextModel

DIMENSIONS = 384
MODEL_FOLDER = KNOWLEDGE / "models" / "all-MiniLM-L6-v2"

_MAX_TOKENS = 256  # what the model was trained on; later words of a text do not count
_REMEMBERED = 128
# Part of the fingerprint: raise it when pooling, truncation or anything else that changes a vector changes here.
_VERSION = 1

Vectors = NDArray[np.float32]


class Embedder:
    """Turns texts into vectors of length one, so that a dot product is the cosine. Threads may share it."""

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        self._folder = folder
        self._model = TextModel(folder / "model.onnx", folder / "tokenizer.json", most_tokens=_MAX_TOKENS)
        self._remembering = Lock()
        self._remembered: OrderedDict[bytes, Vectors] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of 384 numbers a text, in order.

        The first 256 tokens of a text count. Raises OperatorError where the model is missing or broken.
        """
        if len(texts) == 1:
            return self._embed_query(texts[0])
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for rows, states, mask in self._model.run(texts):
            vectors[rows] = _pooled(states, mask)
        return vectors

    @property
    def fingerprint(self) -> str:
        """Names the model file by its hash, and the way vectors are made: vectors of one name are comparable."""
        return f"{self._folder.name}-{self._model.digest[:16]}-v{_VERSION}"

    def _embed_query(self, text: str) -> Vectors:
        # One question is searched for each payer it names. Kept by digest: no text stays in memory.
        key = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        with self._remembering:
            known = self._remembered.get(key)
            if known is not None:
                self._remembered.move_to_end(key)
                return known.copy()
        ((_, states, mask),) = self._model.run([text])
        vector = _pooled(states, mask)
        with self._remembering:
            self._remembered[key] = vector
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return vector.copy()


def _pooled(states: Numbers, mask: Mask) -> Vectors:
    """The mean over each text's own tokens, at length one; the division by their number vanishes in the normalising."""
    weights = mask.astype(np.float32)
    pooled = np.einsum("rtd,rt->rd", states, weights)
    lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
    normalised: Vectors = (pooled / np.maximum(lengths, 1e-12)).astype(np.float32)
    return normalised
