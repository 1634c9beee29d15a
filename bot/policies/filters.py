"""What a search is narrowed to, and which snippets that leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.policies.models import Snippet

EVERYWHERE = "US"
"""The state under which a snippet stands that holds in the whole country, or whose source names no state."""

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Filter:
    """What a search is narrowed to; a field of None narrows nothing. `payer_id=""` means the guide."""

    payer_id: str | None = None
    topic: str | None = None
    line_of_business: str | None = None
    state: str | None = None

    def passes(self, snippet: Snippet) -> bool:
        """Whether a snippet stays. One that holds everywhere passes every state, the guide every line of business."""
        return (
            (self.payer_id is None or snippet.payer_id == self.payer_id)
            and (self.topic is None or snippet.topic == self.topic)
            and (not self.line_of_business or snippet.line_of_business in {None, self.line_of_business})
            and (
                not self.state
                or not snippet.jurisdiction
                or not {EVERYWHERE, self.state}.isdisjoint(snippet.jurisdiction)
            )
        )

    def where(self) -> dict[str, Any] | None:
        """The same in Chroma's filter language."""
        clauses: list[dict[str, Any]] = []
        if self.payer_id is not None:
            clauses.append({"payer_id": self.payer_id})
        if self.topic is not None:
            clauses.append({"topic": self.topic})
        if self.line_of_business:
            clauses.append({"line_of_business": {"$in": [self.line_of_business, ""]}})
        if self.state:
            states = dict.fromkeys((self.state, EVERYWHERE))
            held = [{"states": {"$contains": state}} for state in states]
            clauses.append({"$or": held} if len(held) > 1 else held[0])
        if not clauses:
            return None
        return clauses[0] if len(clauses) == 1 else {"$and": clauses}


class Passing:
    """The rows of fixed snippets that a filter lets pass. With a payer named only that payer's are looked at."""

    def __init__(self, snippets: Sequence[Snippet]) -> None:
        self._snippets = snippets
        self._of_payer: dict[str, list[int]] = {}
        for row, snippet in enumerate(snippets):
            self._of_payer.setdefault(snippet.payer_id, []).append(row)
        self.rows = lru_cache(maxsize=256)(self._rows)

    def _rows(self, wanted: Filter) -> Rows | None:
        """Rows in order; None where the filter narrows nothing."""
        if wanted == Filter():
            return None
        looked_at: Sequence[int] = range(len(self._snippets))
        if wanted.payer_id is not None:
            looked_at = self._of_payer.get(wanted.payer_id, [])
        return np.array([row for row in looked_at if wanted.passes(self._snippets[row])], dtype=np.intp)
