"""A CSV that holds claim facts and not a note, told by its first line. Reading it is the claims room's matter."""

import re
from typing import TYPE_CHECKING

from bot.slack.nearest import nearest

if TYPE_CHECKING:
    from bot.claims.csv_file import ClaimsTable

_MEMBER = {"member", "patient", "client", "label", "initials", "membername", "patientname", "clientname"}
_FACTS_WORDS = (
    "payer insurance carrier authorization auth pa eligibility elig vob units visits dos dx icd diagnosis service same"
    " pos telehealth modifier"
)
_FACTS = frozenset(_FACTS_WORDS.split())
_SPELT = tuple(sorted(word for word in _FACTS if len(word) > 4))
_CLOSE = 80
_A_NAME = 2
# A note may be a table too.
_NOTE = frozenset(
    ["participation", "response", "progress", "plan", "note", "notes", "intervention", "interventions", "goal", "goals"]
)
_FILLED = re.compile(r":|\.\s*$|\d/\d|\b[A-Za-z]\d\d\.|\d{4}-\d")
# A spreadsheet's title may stand above the names of its columns.
_TITLE_LINES = 4


def is_claims_table(text: str) -> bool:
    """Whether the first table line names columns of claim facts: a member, and two facts of a claim or nothing else."""
    for line in text.lstrip("\ufeff \n").split("\n", _TITLE_LINES)[:_TITLE_LINES]:
        columns = [re.sub(r"[\W_]+", " ", column).strip().lower() for column in re.split(r"[,;\t|]", line)]
        if len(columns) < 2 or any(len(column) > 40 for column in columns) or _FILLED.search(line):
            continue
        words = [set(column.split()) for column in columns]
        if any(column & _NOTE for column in words):
            return False
        facts = sum(map(_is_fact, words))
        # Two columns are names of a table where neither is a phrase.
        only = 0 < facts == len(words) - 1 and all(len(column) <= _A_NAME for column in words)
        if any(column & _MEMBER for column in words) and (facts >= 2 or only):
            return True
    return False


def _is_fact(column: set[str]) -> bool:
    """A fact's column, or nearly one ("insurence"): the reader then asks what was meant."""
    return bool(column & _FACTS) or any(nearest(word, _SPELT, _CLOSE) for word in column if len(word) > 4)


def read_claims_table(text: str) -> "ClaimsTable":
    """The facts of each row and what was not used; raises UserError for a table that cannot be read."""
    from bot.claims.csv_file import read_table

    return read_table(text)
