"""The interface both judges stand behind."""

from typing import Protocol

from bot.review.models import Engine, Judgement, Segments


class Judge(Protocol):
    """Reads the thirteen elements of a split note. Offsets in its verdicts point into `text`."""

    def judge(self, text: str, segments: Segments) -> tuple[Judgement, Engine]: ...
