"""The payers a practice bills, as it listed them. Kept in the ledger, so that who changed it and when stands there."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.policies.models import LineOfBusiness
from bot.policies.practice import EVERYONE
from bot.policies.states import STATES

if TYPE_CHECKING:
    from bot.storage.ledger import Ledger

SETTING, PAYERS = "setting", "payers"
MOST_LISTED = 90
"""A Slack table has a hundred rows; few practices bill half as many payers."""
NAME_LIMIT = 80

_AS_IT_IS = (LineOfBusiness.TRICARE, LineOfBusiness.VA, LineOfBusiness.EAP)


class OwnPayer(BaseModel):
    """One payer of the list. `payer_id` is empty where it is not on file: then the name is all there is.

    `line_of_business` and `state` narrow it where the practice said so.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    payer_id: str = ""
    name: str = Field(min_length=1, max_length=NAME_LIMIT)
    line_of_business: LineOfBusiness | None = None
    state: str = ""

    @property
    def label(self) -> str:
        """As a list shows it, and as it can be typed again: "Cigna / Evernorth (Medicare Advantage) in Texas"."""
        plan = f" ({plan_words(self.line_of_business)})" if self.line_of_business else ""
        return f"{self.name}{plan}" + (f" in {STATES.get(self.state, self.state)}" if self.state else "")

    def is_same(self, other: "OwnPayer") -> bool:
        """True for the same payer with the same plan and state, whatever it was called."""
        mine, theirs = self.payer_id or self.name.casefold(), other.payer_id or other.name.casefold()
        return (mine, self.line_of_business, self.state) == (theirs, other.line_of_business, other.state)


def plan_words(line: LineOfBusiness) -> str:
    """A line of business as a list shows it: "Medicare Advantage", "TRICARE"."""
    words = line.value.replace("_", " ")
    return words.upper() if line in _AS_IT_IS else words.title()


_LIST = TypeAdapter(tuple[OwnPayer, ...])


class OwnPayers:
    """Reads and keeps one practice's list."""

    def __init__(self, ledger: "Ledger", practice: str) -> None:
        self._ledger = ledger
        self._practice = practice

    def listed(self) -> tuple[OwnPayer, ...]:
        """The practice's list, in its order; the whole installation's where the practice never made one."""
        own = self._ledger.entry(self._practice, SETTING, PAYERS) or self._ledger.entry(EVERYONE, SETTING, PAYERS)
        return _LIST.validate_json(own.body) if own else ()

    def keep(self, payers: Iterable[OwnPayer], by: str) -> tuple[OwnPayer, ...]:
        """Make these the list, each once; an empty list is one too, and stands above the installation's."""
        kept = once(payers)[:MOST_LISTED]
        self._ledger.put(self._practice, SETTING, PAYERS, _LIST.dump_json(kept, exclude_defaults=True).decode(), by)
        return kept


def once(payers: Iterable[OwnPayer]) -> tuple[OwnPayer, ...]:
    """Each payer where it first stands."""
    kept: list[OwnPayer] = []
    for payer in payers:
        if not any(payer.is_same(other) for other in kept):
            kept.append(payer)
    return tuple(kept)


def without(payers: Sequence[OwnPayer], gone: OwnPayer) -> tuple[OwnPayer, ...]:
    """The list without a payer. One named with no plan or state takes all its plans and states with it."""

    def meant(payer: OwnPayer) -> bool:
        same = (payer.payer_id or payer.name.casefold()) == (gone.payer_id or gone.name.casefold())
        line = gone.line_of_business in {None, payer.line_of_business}
        return same and line and gone.state in {"", payer.state}

    return tuple(payer for payer in payers if not meant(payer))
