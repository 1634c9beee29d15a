"""The unit of work: some sessions reviewed together, so that their sentences are tagged in one go.

A pure function of its argument. A process loads its models once, and remembers by digest what the sentences it has seen
earn: a month says many things twice.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from time import perf_counter

import numpy as np

from bot.audit.executor import peak_memory_mb
from bot.embedder import DIMENSIONS, Embedder, Vectors
from bot.errors import CopilotError, UserError
from bot.review.models import Report, Segments
from bot.review.offline import OfflineJudge
from bot.review.service import Prepared, ReviewService, prepared
from bot.review.tagger import OUTPUTS, Tagger, Tags

SESSIONS_A_UNIT = 6
_MOST_REMEMBERED = 200_000
"""Vectors of sentences, 1.5 KB each at most; a month has far fewer."""


@dataclass(frozen=True, slots=True)
class ToReview:
    """A session on its way: its digest, its text, and its split where that is known."""

    digest: str
    text: str
    segments: Segments | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one session: its report and split, or why there is none."""

    digest: str
    report: Report | None = None
    segments: Segments | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The outcomes of one unit, and what it took: seconds in all and in the models, memory of its process in MB."""

    outcomes: tuple[Outcome, ...]
    seconds: float
    model_seconds: float
    process: int
    peak_mb: float


def review_unit(sessions: Sequence[ToReview]) -> Done:
    """Review some sessions together."""
    began, desk = perf_counter(), _desk()
    spent = desk.model_seconds
    refused, ready = [], []
    for session in sessions:
        try:
            ready.append((session.digest, prepared(session.text, session.segments)))
        except UserError as error:
            refused.append(Outcome(session.digest, reason=str(error)))
    outcomes = [*refused, *_outcomes(desk, ready)]
    return Done(
        tuple(outcomes), perf_counter() - began, desk.model_seconds - spent, os.getpid(), round(peak_memory_mb(), 1)
    )


def _outcomes(desk: "_Desk", notes: Sequence[tuple[str, Prepared]]) -> list[Outcome]:
    """One that a rule trips over is told, and costs no other its review."""
    try:
        return desk.review(notes)
    except CopilotError:
        raise
    except Exception as error:
        if len(notes) > 1:
            return [outcome for note in notes for outcome in _outcomes(desk, [note])]
        # The kind alone: what an error says may hold words of the note.
        return [
            Outcome(notes[0][0], reason=f"The session could not be reviewed ({type(error).__name__}): tell us of it.")
        ]


class _Remembering:
    """What a model makes of each sentence, a row of `width` numbers, asked for once. It keeps digests, and no text."""

    def __init__(self, model: Callable[[Sequence[str]], Vectors], width: int) -> None:
        self._model = model
        self._width = width
        self._rows: dict[bytes, Vectors] = {}
        self.seconds = 0.0

    def rows(self, texts: Sequence[str]) -> Vectors:
        """The row of each text, as the model itself gives it."""
        began = perf_counter()
        keys = [_key(text) for text in texts]
        if len(self._rows) > _MOST_REMEMBERED:
            self._rows.clear()
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if new:
            self._rows.update(zip(new, self._model(list(new.values())), strict=True))
        self.seconds += perf_counter() - began
        return np.stack([self._rows[key] for key in keys]) if keys else np.zeros((0, self._width), np.float32)


class _Tagger:
    """Tags each sentence once."""

    def __init__(self, remembering: _Remembering) -> None:
        self._remembering = remembering

    def tag(self, texts: Sequence[str]) -> Tags:
        return Tags(self._remembering.rows(texts))


class _Desk:
    """The offline review with the models of this process."""

    def __init__(self) -> None:
        from bot.policies.catalog import load_catalog
        from bot.policies.resolve import Resolver

        tagger = Tagger.shipped()
        self._tags = _Remembering(lambda texts: tagger.tag(texts).rows, OUTPUTS)
        self._vectors = _Remembering(Embedder().embed, DIMENSIONS)
        self._judge = OfflineJudge(_Tagger(self._tags))
        catalog = load_catalog()
        self._reviews = ReviewService(
            self._judge, catalog=catalog, resolver=Resolver(catalog), embed=self._vectors.rows
        )

    @property
    def model_seconds(self) -> float:
        return self._tags.seconds + self._vectors.seconds

    def review(self, notes: Sequence[tuple[str, Prepared]]) -> list[Outcome]:
        judged = self._judge.judge_all([(note.told, note.segments) for _, note in notes])
        return [
            Outcome(digest, self._reviews.report(note, *one), note.segments)
            for (digest, note), one in zip(notes, judged, strict=True)
        ]


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


@cache
def _desk() -> _Desk:
    return _Desk()
