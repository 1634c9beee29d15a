"""What each sentence of a note earns, told by a small model trained on labelled sentences.

The bundled MiniLM, trained on (docs/review.md, `deploy/train_tagger.py`): for twelve elements the odds that a sentence
alone earns nothing, a partial or a met, and what kind of session it tells of. It reads one sentence at a time and
decides nothing: verdicts are made of its odds and the rules' own verdicts in `settle.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.embedder import MODEL_FOLDER as WORDS
from bot.resources import KNOWLEDGE
from bot.review.models import PATIENT_ELEMENTS, SESSION_ELEMENTS, Element
from bot.text_model import TextModel, softmax

FOLDER = KNOWLEDGE / "models" / "note-tagger"
TAGGED = (*PATIENT_ELEMENTS, *(e for e in SESSION_ELEMENTS if e is not Element.ACTIVE_PSYCHOTHERAPY))
"""The elements in the order of the model's output, three numbers each."""
LONGEST = 500
"""Characters of a sentence that are read."""
_MOST_TOKENS = 96

Odds = NDArray[np.float32]


class Earns(IntEnum):
    """What a sentence earns for an element: the places of its three odds."""

    NOTHING = 0
    PARTIAL = 1
    MET = 2


class Kind(IntEnum):
    """What a sentence tells the session was: the places behind the elements' odds."""

    NONE = 0
    THERAPY = 1
    CLASS = 2
    SUPPORT = 3
    RECREATION = 4


OUTPUTS = len(TAGGED) * len(Earns) + len(Kind)


@dataclass(frozen=True, slots=True)
class Tags:
    """The odds of some sentences, one row each."""

    rows: Odds

    @classmethod
    def of_scores(cls, scores: Odds) -> "Tags":
        """From the model's raw output, a row of `OUTPUTS` scores a sentence."""
        last = len(TAGGED) * len(Earns)
        elements = softmax(scores[:, :last].reshape(-1, len(TAGGED), len(Earns))).reshape(-1, last)
        return cls(np.concatenate([elements, softmax(scores[:, last:])], axis=1))

    def of(self, element: Element) -> Odds:
        """Three columns: that a sentence earns nothing, a partial, a met."""
        first = TAGGED.index(element) * len(Earns)
        return self.rows[:, first : first + len(Earns)]

    @property
    def kinds(self) -> Odds:
        return self.rows[:, len(TAGGED) * len(Earns) :]

    def silenced(self, rows: Sequence[int], elements: Sequence[Element]) -> "Tags":
        """The same with some sentences earning nothing for some elements; for `active_psychotherapy`, of no kind."""
        told = self.rows.copy()
        for element in elements:
            tagged = element in TAGGED
            first = TAGGED.index(element) * len(Earns) if tagged else len(TAGGED) * len(Earns)
            nothing = np.eye(len(Earns) if tagged else len(Kind), dtype=np.float32)[0]
            told[rows, first : first + len(nothing)] = nothing
        return Tags(told)

    def capped(self, caps: Iterable[tuple[int, Element, Earns]]) -> "Tags":
        """The odds where a sentence, by its row, earns no more than that for an element: what was above goes there."""
        lowered = Tags(self.rows.copy())
        for row, element, most in caps:
            odds = lowered.of(element)[row]
            odds[most] += odds[most + 1 :].sum()
            odds[most + 1 :] = 0
        return lowered

    def part(self, start: int, stop: int) -> "Tags":
        return Tags(self.rows[start:stop])


class SentenceTagger(Protocol):
    """What tells the odds of sentences."""

    def tag(self, texts: Sequence[str]) -> Tags: ...


class Tagger:
    """The model and its words. Threads may share it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._model = TextModel(folder / "model.onnx", WORDS / "tokenizer.json", most_tokens=_MOST_TOKENS)

    @classmethod
    @cache
    def shipped(cls) -> "Tagger":
        """The one that ships with the copilot, loaded once a process."""
        return cls()

    def tag(self, texts: Sequence[str]) -> Tags:
        """The odds of each text; raises OperatorError where the model is missing or broken."""
        found = np.zeros((len(texts), OUTPUTS), dtype=np.float32)
        for rows, scores, _ in self._model.run([text[:LONGEST] for text in texts]):
            found[rows] = scores
        return Tags.of_scores(found)
