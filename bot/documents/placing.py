"""Whose document it is: the payer that a person named, found as in a question."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.policies.mention import MentionKind
from bot.policies.models import LineOfBusiness, Payer
from bot.policies.practice import payer_id_of
from bot.policies.states import state_code

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog
    from bot.policies.resolve import Resolver

_SHOWN = 6
_USUAL = (LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICAID, LineOfBusiness.MEDICARE)


@dataclass(frozen=True)
class Placed:
    """A payer, on file or by name only, with the line of business and state a document of it is about."""

    payer_id: str
    payer_name: str
    line_of_business: LineOfBusiness
    jurisdiction: tuple[str, ...] = ()
    is_new: bool = False


def place(
    catalog: "Catalog", resolver: "Resolver", name: str, *, state: str = "", line: LineOfBusiness | None = None
) -> Placed:
    """The payer of that name; one not on file is taken by its name. Raises UserError where several fit."""
    if not any(letter.isalnum() for letter in name):
        raise UserError("Whose document is it? Name the payer.")
    code = state_code(state)
    if state.strip() and not code:
        raise UserError("There is no such US state: give its two-letter code, such as MN.")
    if len(resolver.mentions(name, code)) > 1:
        raise UserError(f"“{name.strip()[:60]}” names more than one payer: add the document once for each.")
    mention = resolver.named(name, code)
    if mention.kind is MentionKind.AMBIGUOUS:
        named = [catalog.payers[one].name for one in mention.candidates if one in catalog.payers]
        more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
        raise UserError(
            f"“{mention.name}” fits several payers: {'; '.join(named[:_SHOWN])}{more}. Give the full name or the state."
        )
    jurisdiction = (code,) if code else ()
    if mention.kind is MentionKind.UNKNOWN:
        shown = mention.name[:60]
        return Placed(payer_id_of(shown), shown, line or LineOfBusiness.COMMERCIAL, jurisdiction, is_new=True)
    payer = catalog.payers[mention.payer_id]
    chosen = line or mention.line_of_business or _usual(payer)
    return Placed(payer.id, payer.name[:80], chosen, jurisdiction)


def _usual(payer: Payer) -> LineOfBusiness:
    return next((one for one in _USUAL if one in payer.lines_of_business), payer.lines_of_business[0])
