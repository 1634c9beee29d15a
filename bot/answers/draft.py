"""A model's sentences as they come: checked one by one, and held back until together they say the decision."""

import re

from bot.answers.models import Answer
from bot.answers.ruled import MARKER, Ruled
from bot.answers.sentence import Cut, checked
from bot.llm.stances import conveys

_MOST_SENTENCES = 8
# Words that mean what the sentence before has named.
_LEANING = re.compile(r"^(?:It|They|This|That|These|Those|Otherwise|But|However|So|Then)\b|\b(?:it|them|otherwise)\b")


class Draft:
    """What is left of a wording. A sentence that it gives out has passed every check there is."""

    def __init__(self, answer: Answer, ruled: Ruled) -> None:
        self._answer = answer
        self._ruled = ruled
        self._taken = 0
        self._given = 0
        self._decided = False
        self._hanging = False
        self.kept: list[str] = []
        self.cut: list[str] = []
        self.refusal = ""

    def decide(self, decision: str) -> list[str]:
        """The decision the model gives back; another one than the facts' refuses the whole wording."""
        self._decided = True
        if decision != self._answer.decision.value:
            self.refusal = "it gives another decision than the facts"
        return self._free()

    def take(self, text: str, rests_on: list[str]) -> list[str]:
        """Check one more sentence; the sentences that may be shown now, in order, each given once."""
        self._taken += 1
        try:
            if self._taken > _MOST_SENTENCES:
                raise Cut("one too many")
            kept = checked(text, rests_on, self._answer, self._ruled)
            if self._hanging and _LEANING.search(kept):
                raise Cut("it leans on a sentence that was cut")
            if kept in self.kept:
                raise Cut("said before")
        except Cut as cut:
            self.cut.append(str(cut))
            self._hanging = True
            return []
        self._hanging = False
        self.kept.append(kept)
        return self._free()

    @property
    def fault(self) -> str:
        """Why nothing of it may stand; empty for a wording that may."""
        if self.refusal:
            return self.refusal
        if not self.kept:
            return "no sentence was supported by the facts"
        return "" if self._conveys() else "what was left does not say the decision"

    def _free(self) -> list[str]:
        if not self._decided or self.refusal or not self._conveys():
            return []
        freed, self._given = self.kept[self._given :], len(self.kept)
        return freed

    def _conveys(self) -> bool:
        return conveys(MARKER.sub("", " ".join(self.kept)), self._answer.decision.value)
