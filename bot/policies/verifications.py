"""A practice's verifications: recorded, changed, withdrawn, brought back, renewed; each with its history."""

import time
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.errors import FieldsError, OvertakenError, UserError
from bot.policies.practice import VERIFICATION
from bot.policies.renewal import due
from bot.policies.verification import Verification
from bot.policies.verification_draft import Draft, settle
from bot.policies.verification_history import Step, told

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog
    from bot.policies.resolve import Resolver
    from bot.storage.ledger import Ledger

_GONE = "That verification no longer stands: it was withdrawn."


class Verifications:
    """One practice's. `names` gives the resolver and the catalog as the practice sees them now."""

    def __init__(
        self,
        practice: str,
        ledger: "Ledger",
        names: "Callable[[], tuple[Resolver, Catalog]]",
        milliseconds: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self._practice = practice
        self._ledger = ledger
        self._names = names
        self._milliseconds = milliseconds

    def record(self, draft: Draft, by: str, today: date) -> Verification:
        """Put what a payer said on record; raises FieldsError."""
        # The id is the time: of two made on one day the later one stands above the other (`in_succession`).
        number = self._milliseconds()
        while True:
            made = self._settle(draft, f"v-{number:012x}", today)
            if self._ledger.add(self._practice, VERIFICATION, made.id, made.model_dump_json(), by):
                return made
            number += 1

    def problems(self, draft: Draft, today: date) -> dict[str, str]:
        """A line for each field of a draft that cannot be taken; nothing is recorded."""
        try:
            self._settle(draft, f"v-{0:012x}", today)
        except FieldsError as error:
            return error.lines
        return {}

    def change(self, verification_id: str, seen: str, draft: Draft, by: str, today: date) -> Verification:
        """Change what the person had before them; `seen` is the `state_of` it when they opened it.

        Raises FieldsError, and OvertakenError where another change or a withdrawal came first.
        """
        address = (self._practice, VERIFICATION, verification_id)
        made = self._settle(draft, verification_id, today)
        entry = self._ledger.entry(*address)
        if entry is None:
            raise OvertakenError("It was withdrawn while you had it open.")
        unchanged = _digest(entry.body) == seen
        if not unchanged or not self._ledger.replace(*address, made.model_dump_json(), by, before=entry.body):
            raise OvertakenError("It was changed while you had it open.")
        return made

    def state_of(self, verification_id: str) -> str:
        """A short mark of how it stands, to be told later whether it still does; empty where it does not stand."""
        entry = self._ledger.entry(self._practice, VERIFICATION, verification_id)
        return _digest(entry.body) if entry else ""

    def withdraw(self, verification_id: str, by: str) -> Verification:
        """Take it out of force; raises UserError where it was withdrawn already."""
        one = self.get(verification_id)
        if not self._ledger.withdraw(self._practice, VERIFICATION, one.id, by):
            raise UserError(_GONE)
        return one

    def restore(self, verification_id: str, by: str) -> Verification:
        """Bring a withdrawn one back; raises UserError where it stands already."""
        if not self._ledger.restore(self._practice, VERIFICATION, verification_id, by):
            raise UserError("That verification stands: there is nothing to bring back.")
        return self.get(verification_id)

    def get(self, verification_id: str) -> Verification:
        """The one of that id; raises UserError where it does not stand."""
        found = self.standing(verification_id)
        if found is None:
            raise UserError(_GONE)
        return found

    def standing(self, verification_id: str) -> Verification | None:
        entry = self._ledger.entry(self._practice, VERIFICATION, verification_id)
        return _read(entry.body) if entry else None

    def all(self) -> list[Verification]:
        """Every one that stands, in the order recorded; those that have run out too."""
        found = (_read(entry.body) for entry in self._ledger.entries(self._practice, VERIFICATION))
        return [one for one in found if one]

    def due(self, today: date) -> list[Verification]:
        """Those to ask the payer again, the longest over first."""
        return due(self.all(), today)

    def history(self, verification_id: str) -> list[Step]:
        """Who did what to it and when, oldest first; empty where there never was one."""
        changes = self._ledger.history(self._practice, VERIFICATION, verification_id)
        entry = self._ledger.entry(self._practice, VERIFICATION, verification_id)
        return told(changes, entry.body if entry else changes[-1].before) if changes else []

    def _settle(self, draft: Draft, verification_id: str, today: date) -> Verification:
        resolver, catalog = self._names()
        return settle(draft, verification_id, today, resolver, catalog.payers)


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:16]


def _read(body: str) -> Verification | None:
    """None for one written by another version whose fields no longer fit: it is not shown as something else."""
    try:
        return Verification.model_validate_json(body)
    except ValidationError:
        return None
