"""Sentences of a document that the topic cues place: offered to a person where no model proposes facts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.topics import best_topic, topic_scores
from bot.documents.proposal import CUES, Proposal, proposal_id
from bot.llm.grounding import gives_orders, sentences
from bot.policies.models import Snippet, Topic

_ABOUT_GROUPS = re.compile(r"\b(?:90853|groups?)\b", re.IGNORECASE)
_OTHER_GROUPS = re.compile(
    r"\bgroup (?:practices?|health|numbers?|npi|id|plans?|polic(?:y|ies)|contracts?|insurance|coverage|homes?)\b"
    r"|\b(?:employer|medical|provider|physician|age|advocacy|work|focus|control|user|diagnos\w+) groups?\b"
    r"|\bgroup,? inc\b|\bmedicare group\b",
    re.IGNORECASE,
)
# Weights of the cues (knowledge/topic_cues.yaml): 3 suggests a topic. A person decides, so that is enough where the
# sentence itself speaks of groups; elsewhere in a passage on groups it has to say more.
_SUGGESTS, _SAYS = 3, 4
_SURE = 5
_SHORTEST, _LONGEST = 30, 500
_MOST_A_TOPIC = 3
_MOST = 24


def passage_topic(text: str) -> Topic:
    """The topic whose cues weigh most in a passage; general where none is sure, or where it is not about groups."""
    if not about_groups(text):
        return Topic.GENERAL
    scores = {topic: score for topic, score in topic_scores(text).items() if score >= _SURE}
    return best_topic(scores) or Topic.GENERAL


def about_groups(text: str) -> bool:
    """True where a text speaks of group therapy, not of group practices or group plans."""
    return bool(_ABOUT_GROUPS.search(_OTHER_GROUPS.sub(" ", text)))


@dataclass(frozen=True)
class _Candidate:
    passage: Snippet
    quote: str
    topic: Topic
    score: int


def candidates(document_id: str, places: dict[str, str], passages: Sequence[Snippet]) -> list[Proposal]:
    """The sentences that most plainly state a rule on groups, a few a topic, in the document's order."""
    found = [candidate for passage in passages for candidate in _in(passage)]
    best: list[_Candidate] = []
    for candidate in sorted(found, key=lambda one: -one.score):
        if len(best) < _MOST and sum(one.topic is candidate.topic for one in best) < _MOST_A_TOPIC:
            best.append(candidate)
    made = {
        proposal_id(document_id, one.topic, one.quote): Proposal(
            id=proposal_id(document_id, one.topic, one.quote),
            document_id=document_id,
            passage_id=one.passage.id,
            place=places[one.passage.id],
            topic=one.topic,
            quote=one.quote,
            proposed_by=CUES,
        )
        for one in found
        if one in best
    }
    return list(made.values())


def _in(passage: Snippet) -> Iterator[_Candidate]:
    # Lines of a PDF end anywhere: its sentences show only once they are joined.
    flat = " ".join(passage.text.split())
    under_groups = about_groups(passage.title)
    for start, end in sentences(flat):
        quote = flat[start:end].strip()
        if not _SHORTEST <= len(quote) <= _LONGEST or gives_orders(quote):
            continue
        itself = about_groups(quote)
        under_groups = under_groups or itself
        scores = topic_scores(quote) if under_groups else {}
        topic = best_topic(scores)
        if topic and topic is not Topic.GENERAL and scores[topic] >= (_SUGGESTS if itself else _SAYS):
            yield _Candidate(passage, quote, topic, scores[topic] + 3 * itself)
