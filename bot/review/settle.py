"""An element's verdict from two witnesses: the odds of each sentence, and the rules over the whole part.

Rules know what sentences alone cannot tell (a concern that is answered later, a code that does not exist); the tagger
knows wordings that no rule foresaw. How much each counts was learnt (`deploy/train_tagger.py settle`) from notes whose
authors neither had seen. `met` needs more than even odds: a wrong one costs a claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.review.models import PATIENT_ELEMENTS, Element, Status
from bot.review.tagger import FOLDER, TAGGED, Earns, Kind, Tags
from bot.text_model import softmax

STATUSES = (Status.MISSING, Status.PARTIAL, Status.MET)
_SURE = 6.0
Row = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """For each element that is weighed a matrix, statuses by signs, and the odds that a `met` needs.

    These are two: where the rules say something else, and where they say `met` too.
    """

    by_element: dict[Element, Row]
    sure: dict[Element, tuple[float, float]]

    @classmethod
    @cache
    def load(cls, path: Path = FOLDER / "settle.npz") -> "Weights":
        """Read the shipped weights once a process."""
        with np.load(path) as held:
            weighed = [element for element in Element if element in held]
            sure = {
                element: (float(alone), float(agreed))
                for element in weighed
                for alone, agreed in [held[f"{element}.sure"]]
            }
            return cls({element: held[element] for element in weighed}, sure)

    def settle(self, element: Element, by_rules: Status, signs: Row) -> Status:
        """The status of an element; the rules' own where the weighing did not serve it."""
        if element not in self.by_element:
            return by_rules
        return decided(odds_of(self.by_element[element], signs), self.sure[element][by_rules is Status.MET])


def odds_of(weights: Row, signs: Row) -> Row:
    return softmax(weights @ signs)


def decided(odds: Row, sure: float) -> Status:
    """The likeliest status, but `met` only where its odds reach `sure`."""
    if odds[Earns.MET] >= sure:
        return Status.MET
    return STATUSES[int(odds[: Earns.MET].argmax())]


def member_signs(element: Element, tags: Tags, by_rules: Status) -> Row:
    """What the sentences of one member's part and the rules say of an element."""
    return _row(*_told(tags.of(element)), *_ruled(by_rules))


def session_signs(element: Element, session: Tags, members: Sequence[Tags], by_rules: Status) -> Row:
    """What the sentences of the session part, the members' and the rules say of an element of the session."""
    if element in TAGGED:
        return _row(*_told(session.of(element)), *_ruled(by_rules))
    kinds = session.kinds if len(session.rows) else np.zeros((1, len(Kind)), np.float32)
    told = [value for kind in list(Kind)[1:] for value in (kinds[:, kind].max(), kinds[:, kind].mean())]
    interventions = _told(session.of(Element.PROVIDER_INTERVENTIONS))
    return _row(*told, *interventions[:3], *_work(members), *_ruled(by_rules))


def _work(members: Sequence[Tags]) -> list[float]:
    """How many members' parts tell of acts and of responses; even odds where there are no members' parts."""
    if not members:
        return [0.5, 0.5]
    return [
        float(np.mean([_best(tags.of(element)[:, Earns.MET]) for tags in members])) for element in PATIENT_ELEMENTS[:2]
    ]


def _best(column: Row) -> float:
    return float(column.max()) if len(column) else 0.0


def _told(odds: Row) -> list[float]:
    """The best sentence for a met, for either, for a partial, and all of them together for a met."""
    if not len(odds):
        return [-_SURE / 2] * 4
    met, partial = odds[:, Earns.MET], odds[:, Earns.PARTIAL]
    together = (1 - float(np.prod(1 - met))) * 0.999
    return [_log_odds(met.max()), _log_odds((met + partial).max()), _log_odds(partial.max()), _log_odds(together)]


def _log_odds(share: Any) -> float:
    return float(np.clip(np.log((share + 1e-3) / (1 - share + 1e-3)), -_SURE, _SURE)) / 2


def _ruled(status: Status) -> list[float]:
    return [float(status is one) for one in STATUSES]


def _row(*signs: float) -> Row:
    return np.array([*signs, 1.0], dtype=np.float32)
