"""The seam for whoever shows an answer while a model words it. Answers know nothing of what stands behind it."""

from collections.abc import Sequence
from typing import Protocol

from bot.answers.models import Answer


class Listener(Protocol):
    """Hears of an answer in the making. Called only where a model is about to word one; must raise nothing."""

    def decided(self, answers: Sequence[Answer]) -> None:
        """The answers as the facts alone give them, before the model has said a word."""
        ...

    def said(self, place: int, sentence: str) -> bool:
        """A sentence for the answer at `place` that passed every check; True where a person gets to see it now."""
        ...
