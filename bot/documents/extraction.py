"""Facts that a model reads out of a document, each held against the passage: what the words do not carry is dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.documents.candidates import about_groups, passage_topic
from bot.documents.proposal import Proposal, proposal_id
from bot.llm.fence import fenced
from bot.llm.grounding import gives_orders, locate, sentence_around
from bot.llm.redaction import Redacted, redact
from bot.llm.statements import stated_values
from bot.llm.structured import ModelUnavailable, Prompt, StructuredModel
from bot.policies.models import Counted, Decision, Limit, Snippet, Topic

_PROMPT = "document_facts"
# A manual of 300 pages speaks of groups in some thirty passages; each is one call.
MOST_PASSAGES = 40
_MOST_A_PASSAGE = 6
_LONGEST_QUOTE = 700
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_TopicName = Literal[
    "same_day",
    "prior_auth",
    "telehealth",
    "group_size",
    "session_duration",
    "units",
    "frequency",
    "modifiers",
    "provider_types",
    "supervision",
    "documentation",
    "non_covered",
    "diagnosis",
    "reimbursement",
    "coding",
]
_DecisionName = Literal["allowed", "allowed_with_conditions", "not_allowed", "required", "not_required", "varies"]


class _Reply(BaseModel):
    """Every field is required: providers' strict schemas know no defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ReadLimit(_Reply):
    """A number that the rule sets."""

    counts: Counted = Field(description="What is counted.")
    least: float | None = Field(description="The lowest number allowed, where one is set.")
    most: float | None = Field(description="The highest number allowed, where one is set.")
    period: str = Field(description='Empty, or for hours and visits, as said after the number: "a week".')


class ReadFact(_Reply):
    """One rule that the passage states."""

    topic: _TopicName = Field(description="What the rule is about.")
    decision: _DecisionName = Field(description="What it decides on the topic's main question.")
    quote: str = Field(description="The sentence or sentences that state it, letter for letter.")
    conditions: list[str] = Field(description="Its terms, each copied from the passage.")
    modifiers: list[str] = Field(description="Two-character modifiers it names.")
    limit: ReadLimit | None = Field(description="The number it sets, if any.")


class ReadFacts(_Reply):
    """The rules on group psychotherapy that one passage states; empty where it states none."""

    facts: list[ReadFact] = Field(description="One entry a rule.")


@dataclass
class Extraction:
    """What a model proposed. `dropped` counts what its quotes did not carry, `failure` says why it stopped."""

    proposals: list[Proposal] = field(default_factory=list)
    dropped: int = 0
    unread: int = 0
    failure: str = ""


def extract(
    document_id: str, payer: str, places: dict[str, str], passages: Sequence[Snippet], model: StructuredModel
) -> Extraction:
    """Ask about each passage that speaks of groups; a model that fails ends the reading, and what it gave stands."""
    prompt = Prompt.load(_PROMPT)
    telling = [passage for passage in passages if about_groups(passage.text)]
    telling = sorted(telling, key=lambda passage: passage_topic(passage.text) is Topic.GENERAL)
    result = Extraction(unread=max(0, len(telling) - MOST_PASSAGES))
    found: dict[str, Proposal] = {}
    for passage in telling[:MOST_PASSAGES]:
        redacted = redact(passage.text, keep=payer.split())
        values = {"payer": fenced("payer", payer), "passage": fenced("passage", redacted.text)}
        try:
            read = model.complete(prompt, values, ReadFacts)
        except ModelUnavailable as error:
            result.failure = str(error)
            break
        for fact in read.facts[:_MOST_A_PASSAGE]:
            proposal = _checked(
                _restored(fact, redacted), document_id, places[passage.id], passage, f"{model.name}, {prompt.label}"
            )
            if proposal is None:
                result.dropped += 1
            else:
                found.setdefault(proposal.id, proposal)
    result.proposals = list(found.values())
    return result


def _restored(fact: ReadFact, redacted: Redacted) -> ReadFact:
    """The fact in the passage's own words, with whatever was taken out put back."""
    conditions = [redacted.restore(condition) for condition in fact.conditions]
    return fact.model_copy(update={"quote": redacted.restore(fact.quote), "conditions": conditions})


def _checked(fact: ReadFact, document_id: str, place: str, passage: Snippet, by: str) -> Proposal | None:
    """The proposal as far as the passage carries it; None where the quote does not stand there or gives orders."""
    everything = [(0, len(passage.text))]
    hit = locate(fact.quote, passage.text, everything)
    if hit is None or len(hit.quote) > _LONGEST_QUOTE or len(hit.quote.split()) < 3:
        return None
    if gives_orders(sentence_around(passage.text, hit.start, hit.end)):
        return None
    quote = " ".join(hit.quote.split())
    topic = Topic(fact.topic)
    conditions = (locate(condition, passage.text, everything) for condition in fact.conditions)
    return Proposal(
        id=proposal_id(document_id, topic, quote),
        document_id=document_id,
        passage_id=passage.id,
        place=place,
        topic=topic,
        decision=Decision(fact.decision),
        conditions=tuple(" ".join(found.quote.split())[:200] for found in conditions if found),
        modifiers=tuple(code for code in map(str.upper, fact.modifiers) if _named(code, passage.text)),
        limit=_limit(fact.limit, quote),
        quote=quote,
        proposed_by=by,
    )


def _named(code: str, text: str) -> bool:
    return bool(_MODIFIER.fullmatch(code)) and bool(re.search(rf"\b{re.escape(code)}\b", text))


def _limit(read: ReadLimit | None, quote: str) -> Limit | None:
    """The limit where each of its numbers stands in the quote."""
    if read is None:
        return None
    numbers = [number for number in (read.least, read.most) if number is not None]
    stated = stated_values(quote)
    if not numbers or any(f"{number:g}" not in stated for number in numbers):
        return None
    return Limit(counts=read.counts, least=read.least, most=read.most, period=read.period[:30])
