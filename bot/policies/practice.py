"""What one practice adds to the file, laid over what everybody has: verifications, its own documents, facts from them.

Each practice's entries stand in the ledger under its own name; what the command line adds for the whole installation
stands under the empty name and holds for every practice.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from bot.policies.catalog import Catalog, fact_snippet
from bot.policies.models import Fact, LineOfBusiness, Payer, Snippet
from bot.policies.names import load_names
from bot.policies.own_document import OwnDocument, passage_snippets
from bot.policies.own_document import in_succession as versions_in_succession
from bot.policies.verification import Verification, in_succession

if TYPE_CHECKING:
    from bot.storage.documents import PassageStore
    from bot.storage.ledger import Entry, Ledger

EVERYONE = ""
"""The practice name under which what holds for the whole installation is recorded."""

VERIFICATION, FACT, DOCUMENT = "verification", "fact", "document"
_LONGEST_SLUG = 40


class OwnFact(BaseModel):
    """A typed fact from the practice's own document, approved by a person; `payer_name` as in a verification.

    It holds no longer than its document does; `passage_id` is the passage it rests on, `quote` the words there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    payer_id: str
    payer_name: str = Field(min_length=1, max_length=80)
    fact: Fact
    document_id: str = ""
    passage_id: str = ""
    quote: str = ""


def payer_id_of(name: str) -> str:
    """The id of a payer that only this practice has on file: "Acme Health" is `practice-acme-health`."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if len(slug) > _LONGEST_SLUG or sum(map(str.isalnum, slug)) < sum(map(str.isalnum, name)):
        # Two names that differ only in what a slug leaves out are two payers.
        slug = f"{slug[:_LONGEST_SLUG]}-{sha256(name.casefold().encode()).hexdigest()[:8]}".strip("-")
    return f"practice-{slug}"


class PracticeFiles:
    """Lays practices' entries over the shared catalog."""

    def __init__(self, shared: Catalog, ledger: "Ledger", passages: "PassageStore | None" = None) -> None:
        self._shared = shared
        self._ledger = ledger
        self._passages = passages

    def version(self, practice: str) -> tuple[int, int]:
        """Changes whenever `catalog` would."""
        shared, own = self._ledger.versions(EVERYONE, practice)
        return shared, own

    def verifications(self, practice: str) -> list[Verification]:
        """Every verification on record that was not withdrawn, those that have run out too."""
        return [Verification.model_validate_json(entry.body) for entry in self._entries(practice, VERIFICATION)]

    def own_facts(self, practice: str) -> list[OwnFact]:
        """Every approved fact of the practice's own documents."""
        return [OwnFact.model_validate_json(entry.body) for entry in self._entries(practice, FACT)]

    def documents(self, practice: str) -> list[OwnDocument]:
        """Every document on record that was not removed, each ending where a newer version begins."""
        recorded = (entry.body for entry in self._entries(practice, DOCUMENT))
        return versions_in_succession(map(OwnDocument.model_validate_json, recorded))

    def catalog(self, practice: str, snippets: Iterable[Snippet] = ()) -> Catalog:
        """The shared catalog with the practice's facts on top; the shared one itself where it added nothing."""
        documents = self.documents(practice)
        verified = [
            (one.payer_id, one.payer_name, one.as_fact()) for one in in_succession(self.verifications(practice))
        ]
        filed = [(one.payer_id, one.payer_name, one.fact) for one in within(self.own_facts(practice), documents)]
        added = [*verified, *filed]
        more = (*snippets, *self._snippets(practice, documents))
        if not (added or more or documents):
            return self._shared
        known = [(one.payer_id, one.payer_name, one.line_of_business, one.jurisdiction) for one in documents]
        return overlaid(with_payers(self._shared, known), added, more)

    def _snippets(self, practice: str, documents: Sequence[OwnDocument]) -> list[Snippet]:
        if self._passages is None:
            return []
        found: dict[str, Snippet] = {}
        for document in documents:
            for one in dict.fromkeys((EVERYONE, practice)):
                made = passage_snippets(document, self._passages.of(one, document.id))
                found |= {snippet.id: snippet for snippet in made}
        return list(found.values())

    def _entries(self, practice: str, kind: str) -> "list[Entry]":
        practices = dict.fromkeys((EVERYONE, practice))
        return [entry for one in practices for entry in self._ledger.entries(one, kind)]


def within(facts: Iterable[OwnFact], documents: Sequence[OwnDocument]) -> list[OwnFact]:
    """Facts that end where their document does; those of a document that was wholly taken over are left out."""
    until = {document.id: document.effective_to for document in documents}
    kept = []
    for own in facts:
        if own.document_id and own.document_id not in until:
            continue
        ends = min(own.fact.effective_to or date.max, until.get(own.document_id) or date.max)
        if ends < (own.fact.effective_from or date.min):
            continue
        fact = own.fact.model_copy(update={"effective_to": None if ends == date.max else ends})
        kept.append(own.model_copy(update={"fact": fact}))
    return kept


def with_payers(shared: Catalog, payers: Iterable[tuple[str, str, LineOfBusiness, tuple[str, ...]]]) -> Catalog:
    """`shared` with payers that are known by a document only, so that a question about one finds it."""
    known = dict(shared.payers)
    for payer_id, name, line, jurisdiction in payers:
        if payer_id not in known:
            known[payer_id] = Payer(
                id=payer_id, name=name, lines_of_business=(line,), jurisdiction=jurisdiction or ("US",)
            )
    return shared if len(known) == len(shared.payers) else replace(shared, payers=known)


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
