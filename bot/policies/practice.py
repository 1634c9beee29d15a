"""What one practice adds to the file, laid over what everybody has: verifications, and facts from its own documents.

Each practice's entries stand in the ledger under its own name; what the command line adds for the whole installation
stands under the empty name and holds for every practice.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from bot.policies.catalog import Catalog, fact_snippet
from bot.policies.models import Fact, Payer, Snippet
from bot.policies.names import load_names
from bot.policies.verification import Verification, in_succession

if TYPE_CHECKING:
    from bot.storage.ledger import Entry, Ledger

EVERYONE = ""
"""The practice name under which what holds for the whole installation is recorded."""

VERIFICATION, FACT = "verification", "fact"
_LONGEST_SLUG = 40


class OwnFact(BaseModel):
    """A typed fact from the practice's own document, approved by a person; `payer_name` as in a verification."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    payer_id: str
    payer_name: str = Field(min_length=1, max_length=80)
    fact: Fact


def payer_id_of(name: str) -> str:
    """The id of a payer that only this practice has on file: "Acme Health" is `practice-acme-health`."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if len(slug) > _LONGEST_SLUG or sum(map(str.isalnum, slug)) < sum(map(str.isalnum, name)):
        # Two names that differ only in what a slug leaves out are two payers.
        slug = f"{slug[:_LONGEST_SLUG]}-{sha256(name.casefold().encode()).hexdigest()[:8]}".strip("-")
    return f"practice-{slug}"


class PracticeFiles:
    """Lays practices' entries over the shared catalog."""

    def __init__(self, shared: Catalog, ledger: "Ledger") -> None:
        self._shared = shared
        self._ledger = ledger

    def version(self, practice: str) -> tuple[int, int]:
        """Changes whenever `catalog` would."""
        return self._ledger.version(EVERYONE), self._ledger.version(practice)

    def verifications(self, practice: str) -> list[Verification]:
        """Every verification on record that was not withdrawn, those that have run out too."""
        return [Verification.model_validate_json(entry.body) for entry in self._entries(practice, VERIFICATION)]

    def own_facts(self, practice: str) -> list[OwnFact]:
        """Every approved fact of the practice's own documents."""
        return [OwnFact.model_validate_json(entry.body) for entry in self._entries(practice, FACT)]

    def catalog(self, practice: str, snippets: Iterable[Snippet] = ()) -> Catalog:
        """The shared catalog with the practice's facts on top; the shared one itself where it added nothing."""
        verified = [
            (one.payer_id, one.payer_name, one.as_fact()) for one in in_succession(self.verifications(practice))
        ]
        filed = [(one.payer_id, one.payer_name, one.fact) for one in self.own_facts(practice)]
        added = [*verified, *filed]
        more = tuple(snippets)
        return overlaid(self._shared, added, more) if added or more else self._shared

    def _entries(self, practice: str, kind: str) -> "list[Entry]":
        practices = dict.fromkeys((EVERYONE, practice))
        return [entry for one in practices for entry in self._ledger.entries(one, kind)]


def overlaid(shared: Catalog, added: Iterable[tuple[str, str, Fact]], snippets: tuple[Snippet, ...] = ()) -> Catalog:
    """`shared` with facts added to its payers, and with payers of their own for those that are not on file."""
    payers = dict(shared.payers)
    placed: list[tuple[str, Fact]] = []
    for payer_id, name, fact in added:
        payer = payers.get(payer_id) or _only_here(payer_id, name, fact)
        lines = payer.lines_of_business
        payers[payer_id] = payer.model_copy(
            update={
                "facts": (*payer.facts, fact),
                "lines_of_business": lines if fact.line_of_business in lines else (*lines, fact.line_of_business),
            }
        )
        placed.append((payer_id, fact))
    made = (fact_snippet(payers[payer_id], fact) for payer_id, fact in placed)
    return Catalog(payers, (*shared.snippets, *made, *snippets), shared.checklist, shared.problems)


def _only_here(payer_id: str, name: str, fact: Fact) -> Payer:
    return Payer(
        id=payer_id,
        name=name,
        # "Molina" is asked about as "Molina Healthcare" was: names we knew already go with it on file.
        aliases=tuple(" ".join(words) for words, known in load_names().not_on_file.items() if known == name),
        lines_of_business=(fact.line_of_business,),
        jurisdiction=fact.jurisdiction or ("US",),
    )
