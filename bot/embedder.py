"""Sentence vectors from the bundled all-MiniLM-L6-v2: local, int8, no network.

Texts are run at their own length. The common way, padding every text to 256 tokens, gives the same vectors
many times slower. onnxruntime and tokenizers are imported and the model is loaded at the first text.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.errors import OperatorError
from bot.resources import KNOWLEDGE

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Encoding, Tokenizer

DIMENSIONS = 384
MODEL_FOLDER = KNOWLEDGE / "models" / "all-MiniLM-L6-v2"

_MAX_TOKENS = 256  # what the model was trained on; later words of a text do not count
_MAX_CHARACTERS = 16_384  # tokenising a 1 MB paste takes a second, and 256 tokens of any prose end long before
_BATCH = 16  # the quickest of 4 to 32 on two cores
_REMEMBERED = 128
# Part of the fingerprint: raise it when pooling, truncation or anything else that changes a vector changes here.
_VERSION = 1

Vectors = NDArray[np.float32]


class Embedder:
    """Turns texts into vectors of length one, so that a dot product is the cosine. Threads may share it."""

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        self._folder = folder
        self._loading = Lock()
        self._remembering = Lock()
        self._remembered: OrderedDict[bytes, Vectors] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of 384 numbers a text, in order.

        The first 256 tokens of a text count. Raises OperatorError where the model is missing or broken.
        """
        if len(texts) == 1:
            return self._embed_query(texts[0])
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        encodings = self._tokenizer.encode_batch([_clean(text) for text in texts])
        by_length = sorted(range(len(texts)), key=lambda row: len(encodings[row]))
        for start in range(0, len(by_length), _BATCH):
            rows = by_length[start : start + _BATCH]
            vectors[rows] = self._run([encodings[row] for row in rows])
        return vectors

    @cached_property
    def fingerprint(self) -> str:
        """Names the model file by its hash, and the way vectors are made: vectors of one name are comparable."""
        try:
            with (self._folder / "model.onnx").open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise self._unusable("is missing") from None
        return f"{self._folder.name}-{digest[:16]}-v{_VERSION}"

    def _embed_query(self, text: str) -> Vectors:
        # One question is searched for each payer it names. Kept by digest: no text stays in memory.
        key = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        with self._remembering:
            known = self._remembered.get(key)
            if known is not None:
                self._remembered.move_to_end(key)
                return known.copy()
        vector = self._run([self._tokenizer.encode(_clean(text))])
        with self._remembering:
            self._remembered[key] = vector
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return vector.copy()

    def _run(self, encodings: "Sequence[Encoding]") -> Vectors:
        """Vectors of a small batch, padded to its longest text only."""
        width = max(len(encoding) for encoding in encodings)
        ids = np.zeros((len(encodings), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(["last_hidden_state"], feed)[0]
        weights = mask.astype(np.float32)
        # The mean over a text's own tokens; its division by their number vanishes in the normalising.
        pooled = np.einsum("rtd,rt->rd", states, weights)
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        normalised: Vectors = (pooled / np.maximum(lengths, 1e-12)).astype(np.float32)
        return normalised

    @property
    def _session(self) -> "InferenceSession":
        return self._loaded[1]

    @property
    def _tokenizer(self) -> "Tokenizer":
        return self._loaded[0]

    @property
    def _loaded(self) -> "tuple[Tokenizer, InferenceSession]":
        with self._loading:
            return self._model

    @cached_property
    def _model(self) -> "tuple[Tokenizer, InferenceSession]":
        files = [self._folder / name for name in ("tokenizer.json", "model.onnx")]
        if not all(file.is_file() for file in files):
            raise self._unusable("is missing")
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # errors only: its warnings are about hardware we do not ask for
        # Two threads halve a batch; more hardly help at this size and would fight with Slack's listeners.
        options.intra_op_num_threads = min(2, os.cpu_count() or 1)
        # The arena and the memory pattern hold on to the longest batch ever seen, for no gain in time.
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        try:
            tokenizer = Tokenizer.from_file(str(files[0]))
            session = onnxruntime.InferenceSession(str(files[1]), options, providers=["CPUExecutionProvider"])
        except Exception:  # neither library has a class of its own for a broken file
            raise self._unusable("is broken") from None
        tokenizer.enable_truncation(_MAX_TOKENS)
        tokenizer.no_padding()
        return tokenizer, session

    def _unusable(self, what: str) -> OperatorError:
        return OperatorError(f"The embedding model {what}: {self._folder}. Install the copilot again to restore it.")


def _clean(text: str) -> str:
    # A lone surrogate, as a broken paste brings it, is refused by the tokenizer.
    return text.strip()[:_MAX_CHARACTERS].encode("utf-8", "replace").decode()
