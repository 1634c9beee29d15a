"""A fact that a document seems to state, waiting for a person. Nothing decides from it until one has approved it."""

import hashlib

from pydantic import BaseModel, ConfigDict, Field

from bot.policies.models import Decision, Limit, Topic

PROPOSAL = "proposal"
"""The ledger's kind of entry."""

CUES = "words of the topic"
"""Who proposed where there was no model."""


class Proposal(BaseModel):
    """`quote` are words of the passage, letter for letter. Without a model there is no `decision`: a person says it.

    One that was `turned_down` is not proposed again, not even when its document is removed and comes back.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^p-[0-9a-f]{12}$")
    document_id: str
    passage_id: str
    place: str
    topic: Topic
    decision: Decision | None = None
    conditions: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    limit: Limit | None = None
    quote: str = Field(min_length=1, max_length=700)
    proposed_by: str
    turned_down: bool = False


def proposal_id(document_id: str, topic: Topic, quote: str) -> str:
    """The same words of one document on one topic are one proposal, so that a rejected one does not come back."""
    return "p-" + hashlib.sha256(f"{document_id}\n{topic}\n{quote}".encode("utf-8", "replace")).hexdigest()[:12]
