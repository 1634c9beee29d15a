"""Proposed facts of one practice: made from a document, and put in force, changed or turned down by a person."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from bot.answers.own_documents import without_markers
from bot.documents.candidates import candidates
from bot.documents.extraction import extract
from bot.documents.proposal import PROPOSAL, Proposal
from bot.errors import UserError
from bot.llm.structured import StructuredModel
from bot.policies.models import Confidence, Decision, Fact, Snippet, Topic
from bot.policies.own_document import OwnDocument
from bot.policies.practice import DOCUMENT, EVERYONE, FACT, OwnFact, PracticeFiles
from bot.policies.verification_draft import decisions_for
from bot.storage.ledger import Change, Ledger

_NO_FACT = "There is no fact {} in force: `knowledge list` shows those that are."
_MODIFIER = re.compile(r"[A-Z0-9]{2}")


@dataclass(frozen=True)
class Changes:
    """What a person changes in a proposal before it enters; None leaves it as proposed."""

    topic: Topic | None = None
    decision: Decision | None = None
    conditions: tuple[str, ...] | None = None
    modifiers: tuple[str, ...] | None = None
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True)
class Proposed:
    """The proposals made of one document, and a note on how."""

    proposals: tuple[Proposal, ...]
    note: str = ""


@dataclass
class Proposals:
    """Keeps proposals in the ledger, so that who decided on each, and when, stays on record."""

    practice: str
    files: PracticeFiles
    ledger: Ledger
    model: StructuredModel | None = None
    today: Callable[[], date] = field(default=date.today)

    def propose(self, document: OwnDocument, passages: Sequence[Snippet], by: str) -> Proposed:
        """Read facts out of a new document; those a person has decided on before do not come again."""
        places = {one.id: one.source.title.removeprefix(f"{document.title}, ") for one in passages}
        found, note = self._found(document, places, passages)
        fresh = [one for one in found if not self._turned_down(one.id)]
        for one in fresh:
            self.ledger.put(self.practice, PROPOSAL, one.id, one.model_dump_json(), by)
        return Proposed(tuple(fresh), note)

    def _found(
        self, document: OwnDocument, places: dict[str, str], passages: Sequence[Snippet]
    ) -> tuple[list[Proposal], str]:
        if self.model is None:
            return candidates(document.id, places, passages), ""
        read = extract(document.id, document.payer_name, places, passages, self.model)
        notes = []
        if read.dropped:
            notes.append(f"{read.dropped} of the model's proposals dropped: what they quote does not stand there")
        if read.unread:
            notes.append(f"{read.unread} passages on groups were not put to the model")
        if read.failure:
            notes.append(f"{read.failure} The rest was found by its words")
            told = {one.passage_id for one in read.proposals}
            rest = candidates(document.id, places, [one for one in passages if one.id not in told])
            return [*read.proposals, *rest], "; ".join(notes)
        return read.proposals, "; ".join(notes)

    def waiting(self) -> list[Proposal]:
        """Proposals nobody has decided on yet, by document and place."""
        found = {
            entry.id: Proposal.model_validate_json(entry.body)
            for owner in dict.fromkeys((self.practice, EVERYONE))
            for entry in self.ledger.entries(owner, PROPOSAL)
        }
        return sorted(found.values(), key=lambda one: (one.document_id, _number(one.passage_id), one.id))

    def proposal(self, proposal_id: str) -> Proposal:
        """The proposal of that id; raises UserError where none waits."""
        for owner in dict.fromkeys((self.practice, EVERYONE)):
            entry = self.ledger.entry(owner, PROPOSAL, proposal_id)
            if entry:
                return Proposal.model_validate_json(entry.body)
        raise UserError(
            f"No proposal {proposal_id[:20]} waits: it was decided on already, or there is none. "
            "`knowledge proposals` shows those that wait."
        )

    def approve(self, proposal_id: str, by: str, changes: Changes = Changes()) -> OwnFact:  # frozen
        """Put the fact in force under the name of who approved it.

        Raises UserError where nobody has said a decision, or the dates do not follow.
        """
        proposal = self.proposal(proposal_id)
        owner = self._owner(PROPOSAL, proposal_id)
        entry = self.ledger.entry(owner, DOCUMENT, proposal.document_id)
        if entry is None:
            raise UserError("The document of this proposal was removed: add it again first.")
        own = self._fact(proposal, OwnDocument.model_validate_json(entry.body), changes)
        self.ledger.put(owner, FACT, own.fact.id, own.model_dump_json(), by)
        self.ledger.withdraw(owner, PROPOSAL, proposal_id, by)
        return own

    def reject(self, proposal_id: str, by: str) -> Proposal:
        """Turn a proposal down; it stays on record as turned down and is not proposed again."""
        proposal, owner = self.proposal(proposal_id), self._owner(PROPOSAL, proposal_id)
        turned_down = proposal.model_copy(update={"turned_down": True})
        self.ledger.put(owner, PROPOSAL, proposal_id, turned_down.model_dump_json(), by)
        self.ledger.withdraw(owner, PROPOSAL, proposal_id, by)
        return proposal

    def facts(self) -> list[OwnFact]:
        """Every fact that was approved and not withdrawn."""
        return self.files.own_facts(self.practice)

    def fact(self, fact_id: str) -> tuple[OwnFact, list[Change]]:
        """A fact in force and what became of it so far; raises UserError where there is none of that id."""
        for own in self.facts():
            if own.fact.id == fact_id:
                return own, self.ledger.history(self._owner(FACT, fact_id), FACT, fact_id)
        raise UserError(_NO_FACT.format(fact_id[:20]))

    def withdraw(self, fact_id: str, by: str) -> None:
        """Take a fact out of force; its history stays. Raises UserError where there is none of that id."""
        if not self.ledger.withdraw(self._owner(FACT, fact_id), FACT, fact_id, by):
            raise UserError(_NO_FACT.format(fact_id[:20]))

    def withdraw_all(self, document_id: str, by: str) -> int:
        """Withdraw what rests on a document; returns how many facts were in force."""
        for proposal in self.waiting():
            if proposal.document_id == document_id:
                self.ledger.withdraw(self._owner(PROPOSAL, proposal.id), PROPOSAL, proposal.id, by)
        facts = [own for own in self.facts() if own.document_id == document_id]
        for own in facts:
            self.withdraw(own.fact.id, by)
        return len(facts)

    def _turned_down(self, proposal_id: str) -> bool:
        history = self.ledger.history(self.practice, PROPOSAL, proposal_id)
        return bool(history and history[-1].before) and Proposal.model_validate_json(history[-1].before).turned_down

    def _owner(self, kind: str, entry_id: str) -> str:
        return self.practice if self.ledger.entry(self.practice, kind, entry_id) else EVERYONE

    def _fact(self, proposal: Proposal, document: OwnDocument, changes: Changes) -> OwnFact:
        topic = changes.topic or proposal.topic
        decision = changes.decision or proposal.decision
        if decision not in decisions_for(topic):
            choices = ", ".join(one.value for one in decisions_for(topic))
            raise UserError(f"Say what these words decide on {topic.value.replace('_', ' ')}: one of {choices}.")
        begins = changes.effective_from or document.effective_from
        ends = changes.effective_to or document.effective_to
        if ends and ends < begins:
            raise UserError("The fact would end before it begins: check the two dates.")
        if any(not _MODIFIER.fullmatch(code) for code in changes.modifiers or ()):
            raise UserError("A modifier has two letters or figures, such as 59 or XE: give each on its own.")
        try:
            fact = Fact(
                id="f-" + hashlib.sha256(f"{proposal.id}\n{topic}".encode()).hexdigest()[:12],
                topic=topic,
                line_of_business=document.line_of_business,
                jurisdiction=document.jurisdiction,
                statement=f"“{without_markers(proposal.quote)}”",
                decision=decision,
                conditions=proposal.conditions if changes.conditions is None else changes.conditions,
                modifiers=proposal.modifiers if changes.modifiers is None else changes.modifiers,
                limit=proposal.limit if topic is proposal.topic else None,
                source=document.source(proposal.place),
                effective_from=begins,
                effective_to=ends,
                read_on=self.today(),
                confidence=Confidence.HIGH,
            )
        except ValidationError:
            raise UserError(
                "That is no fact that can be kept: check the decision, the modifiers and the dates."
            ) from None
        return OwnFact(
            payer_id=document.payer_id,
            payer_name=document.payer_name,
            fact=fact,
            document_id=document.id,
            passage_id=proposal.passage_id,
            quote=proposal.quote,
        )


def _number(passage_id: str) -> int:
    return int(passage_id.rpartition("-")[2])
