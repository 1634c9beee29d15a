"""A shipped transformer in ONNX: texts in, its numbers out, each text run at its own length; and scores as odds.

The common way, padding every text to 256 tokens, gives the same numbers many times slower. onnxruntime and
tokenizers are imported and the model is loaded at the first text. Nothing is downloaded.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import OperatorError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Encoding, Tokenizer

_MAX_CHARACTERS = 16_384  # tokenising a 1 MB paste takes a second, and 256 tokens of any prose end long before
_BATCH = 16  # the quickest of 4 to 32 on two cores

# Two threads halve a batch; more hardly help at this size and would fight with Slack's listeners.
_threads = min(2, os.cpu_count() or 1)

Numbers = NDArray[np.float32]
Mask = NDArray[np.int64]


class TextModel:
    """One model file and its words. Threads may share it."""

    def __init__(self, model: Path, words: Path, *, most_tokens: int) -> None:
        self._files = (words, model)
        self._most_tokens = most_tokens
        self._loading = Lock()

    def run(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Numbers, Mask]]:
        """Rows of `texts`, the model's output for them and the mask of their tokens, in batches of like length.

        The first `most_tokens` tokens of a text count. Raises OperatorError where the model is missing or broken.
        """
        encodings = self._tokenizer.encode_batch([_clean(text) for text in texts])
        by_length = sorted(range(len(texts)), key=lambda row: len(encodings[row]))
        for start in range(0, len(by_length), _BATCH):
            rows = by_length[start : start + _BATCH]
            yield rows, *self._run([encodings[row] for row in rows])

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the model file in hex; raises OperatorError where it cannot be read."""
        try:
            with self._files[1].open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise self._unusable("is missing") from None

    def _run(self, encodings: "Sequence[Encoding]") -> tuple[Numbers, Mask]:
        """The output for a small batch, padded to its longest text only."""
        width = max(len(encoding) for encoding in encodings)
        ids = np.zeros((len(encodings), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return self._session.run(None, feed)[0], mask

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
        if not all(file.is_file() for file in self._files):
            raise self._unusable("is missing")
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # errors only: its warnings are about hardware we do not ask for
        options.intra_op_num_threads = _threads
        # The arena and the memory pattern hold on to the longest batch ever seen, for no gain in time.
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        # Packed copies of the weights take 10 MB a model and save no time at this size.
        options.add_session_config_entry("session.disable_prepacking", "1")
        words, model = self._files
        try:
            tokenizer = Tokenizer.from_file(str(words))
            session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        except Exception:  # neither library has a class of its own for a broken file
            raise self._unusable("is broken") from None
        tokenizer.enable_truncation(self._most_tokens)
        tokenizer.no_padding()
        return tokenizer, session

    def _unusable(self, what: str) -> OperatorError:
        return OperatorError(f"The model {what}: {self._files[1].parent}. Install the copilot again to restore it.")


def use_threads(number: int) -> None:
    """How many threads a model loaded from now on works with: one, where a process a core works already."""
    global _threads  # noqa: PLW0603
    _threads = number


def softmax(scores: NDArray[Any]) -> Numbers:
    """Scores as odds that sum to one, along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    odds: Numbers = (raised / raised.sum(axis=-1, keepdims=True)).astype(np.float32)
    return odds


def _clean(text: str) -> str:
    # A lone surrogate, as a broken paste brings it, is refused by the tokenizer.
    return text.strip()[:_MAX_CHARACTERS].encode("utf-8", "replace").decode()
