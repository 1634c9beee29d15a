"""The practice's list of payers, changed by the names people type."""

from dataclasses import dataclass

from bot.policies.own_payers import MOST_LISTED, OwnPayer, OwnPayers, once, without
from bot.policies.payer_names import NameReader, Unclear
from bot.policies.resolve import Resolver


@dataclass(frozen=True)
class ListChange:
    """What a change came to. `missing` are names to remove that the list does not have, `left_out` those past its end.

    `unclear` names fit several payers and changed nothing.
    """

    payers: tuple[OwnPayer, ...]
    added: tuple[OwnPayer, ...] = ()
    removed: tuple[OwnPayer, ...] = ()
    already: tuple[OwnPayer, ...] = ()
    missing: tuple[OwnPayer, ...] = ()
    left_out: tuple[OwnPayer, ...] = ()
    unclear: tuple[Unclear, ...] = ()


class PayerList:
    """Reads names with the practice's resolver and keeps the list in its ledger."""

    def __init__(self, kept: OwnPayers, resolver: Resolver) -> None:
        self._kept = kept
        self._names = NameReader(resolver)

    def payers(self) -> tuple[OwnPayer, ...]:
        """The list as it stands, in the order in which it was made."""
        return self._kept.listed()

    def add(self, names: str, by: str) -> ListChange:
        """Put the payers named on the list."""
        read, before = self._names.read(names), self.payers()
        already = tuple(payer for payer in read.payers if any(payer.is_same(other) for other in before))
        wanted = once([*before, *read.payers])
        after = self._kept.keep(wanted, by) if wanted != before else before
        added = tuple(payer for payer in after if payer not in before)
        return ListChange(after, added, already=already, left_out=wanted[MOST_LISTED:], unclear=read.unclear)

    def remove(self, names: str, by: str) -> ListChange:
        """Take the payers named off the list; a name without a plan takes all its plans."""
        before = after = self.payers()
        read = self._names.read(names)
        missing = []
        for gone in read.payers:
            fewer = without(after, gone)
            if fewer == after:
                missing.append(gone)
            after = fewer
        if after != before:
            self._kept.keep(after, by)
        removed = tuple(payer for payer in before if payer not in after)
        return ListChange(after, removed=removed, missing=tuple(missing), unclear=read.unclear)

    def replace(self, names: str, by: str) -> ListChange:
        """Make the payers named the whole list; with a name that fits several, nothing is changed."""
        read, before = self._names.read(names), self.payers()
        if read.unclear:
            return ListChange(before, unclear=read.unclear)
        after = self._kept.keep(read.payers, by)
        return ListChange(
            after,
            added=tuple(payer for payer in after if payer not in before),
            removed=tuple(payer for payer in before if payer not in after),
            left_out=read.payers[MOST_LISTED:],
        )

    def clear(self, by: str) -> ListChange:
        """Empty the list; what stood on it stays in the ledger's history."""
        before = self.payers()
        if before:
            self._kept.keep((), by)
        return ListChange((), removed=before)
