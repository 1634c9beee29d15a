"""Questions over the practice's own payers ("which of our payers allow same-day?"), told from those about one.

A payer named in the question makes it an ordinary one, answered payer by payer: who names names means them. So does
"all payers", which asks for the general rule. What is left must speak of payers as the ones that decide.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.shorthand import spell_out
from bot.answers.topics import best_topic, topic_scores
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import LineOfBusiness, Topic

_PAYERS = r"(?:payers|payors|insurers|insurances|insurance (?:companies|plans|carriers|payers)|carriers|health plans)"
_KIND = r"(?:(?:commercial|private|medicaid|medicare advantage|medicare|managed medicaid|ma) )?"
_OUR = r"(?:our|my|the practice's|this practice's|us|we)"
# "our payers", "payers we bill", "which of our plans": the list itself is spoken of.
_OWN = re.compile(
    rf"\b(?:our|my|the practice's|this practice's) {_KIND}{_PAYERS}\b"
    rf"|\b{_PAYERS} (?:that |which |whom )?(?:{_OUR}|we're|we are|i'm) (?:\w+ ){{0,2}}?"
    r"(?:take|bill|accept|work|contract\w*|in network|par|paneled|deal)\b"
    rf"|\bwhich of (?:our|my) {_KIND}plans\b"
)
# "which payers need an authorization": payers as who decides. Not "which payers does NCCI apply to".
_DECIDES = (
    r"(?:don't |do not |does not |won't |will not |can |will |would |may |also |still |even |all |actually )*"
    r"(?:allows?|permits?|lets?|needs?|requires?|wants?|asks?|expects?|accepts?|takes?|covers?|pays?|reimburses?"
    r"|limits?|caps?|restricts?|excludes?|den(?:y|ies)|have|has|set|sets)\b"
)
_WHICH = re.compile(rf"\b(?:which|what|any) {_KIND}{_PAYERS} (?:that |which )?{_DECIDES}")
# Asked of payers, whoever it was said to: "which of our payers allow same-day?", and few words more.
_PLAIN_WHICH = re.compile(
    rf"^(?:and |so |ok |hi |hey )*(?:which|what|do any) (?:of )?(?:(?:our|my|the) )?{_KIND}{_PAYERS} (?:that |do )?"
    r"(?:don't |do not |won't |will not |can |will |would |also |still )?"
    r"(?:allow|permit|need|require|want|exclude|cover)s?\b(?:[\s/-]+[\w']+){1,4}\W*$"
)
_COMPARE = re.compile(rf"\b(?:compare|list|table of|matrix of) (?:the |all |of )*{_KIND}{_PAYERS}\b")
_WHO = re.compile(
    r"^(?:and |so |ok |hi |hey )*who (?:all |else )?"
    r"(?:allows?|permits?|requires?|covers?(?! for\b)|reimburses|accepts|pays (?:for|out)|pays (?:group|90853))\b"
)
_WHO_ON = frozenset({Topic.SAME_DAY, Topic.PRIOR_AUTH, Topic.TELEHEALTH, Topic.GENERAL})
# Asked of us or of the world, not of what payers decide.
_NOT_A_COMPARISON = re.compile(
    r"\bhow (?:do|should|can|to|would|must|often should) (?:i|we|you)\b|\bwhy\b"
    rf"|\b(?:should|do|can|must|could|would|to|may) (?:i|we|you|it)? ?"
    rf"(?:tell|send|call|write|notify|inform|contact|ask|add|remove|change|update|edit|drop|join|leave|credential)\b"
    rf".{{0,20}}\b{_PAYERS}\b"
    rf"|\b{_PAYERS} (?:are |is )?(?:on file|in (?:your|the) (?:file|list|system)|(?:do )?you (?:know|have))\b"
    r"|\b(?:primary|secondary|coordination of benefits|cob)\b"
)
_LINES = {
    "commercial": LineOfBusiness.COMMERCIAL,
    "private": LineOfBusiness.COMMERCIAL,
    "medicaid": LineOfBusiness.MEDICAID,
    "managed medicaid": LineOfBusiness.MEDICAID_MANAGED_CARE,
    "medicare advantage": LineOfBusiness.MEDICARE_ADVANTAGE,
    "ma": LineOfBusiness.MEDICARE_ADVANTAGE,
    "medicare": LineOfBusiness.MEDICARE,
}
_KIND_NAMED = re.compile(rf"\b(?:our|my|which|what|any) ({'|'.join(_LINES)}) {_PAYERS}\b")
_MOST_WORDS = 60
_FOLLOW_UP_WORDS = 8
_FOLLOWS = re.compile(r"^(?:and|or|also|what about|how about|same for|then|now)\b")


@dataclass(frozen=True)
class Across:
    """A question over the practice's payers; `line` where only those of one kind are meant."""

    line: LineOfBusiness | None = None


def read_across(question: str, mentions: Sequence[Mention], *, threaded: bool = False) -> Across | None:
    """What a question over the practice's payers asks for; None for an ordinary one.

    `mentions` are the payers that the question names; `threaded` says that its thread compares payers already.
    """
    plain = spell_out(question)
    kind = _KIND_NAMED.search(plain)
    line = _LINES[kind[1]] if kind else None
    if any(not (line and _is_kind(mention)) for mention in mentions) or len(plain.split()) > _MOST_WORDS:
        return None
    if _speaks_of_payers(plain) and not _NOT_A_COMPARISON.search(plain):
        return Across(line)
    follows = threaded and _FOLLOWS.search(plain) and len(plain.split()) <= _FOLLOW_UP_WORDS
    return Across() if follows and topic_named(question) else None


def may_be_across(question: str) -> bool:
    """Cheap: False for nearly every question about one payer."""
    return _speaks_of_payers(spell_out(question))


def is_plainly_across(question: str) -> bool:
    """Whether the words alone leave no doubt that payers are compared on a matter people ask of them all."""
    found = _PLAIN_WHICH.search(spell_out(question))
    return bool(found) and best_topic(topic_scores(question)) in _WHO_ON - {Topic.GENERAL}


def topic_named(text: str) -> Topic | None:
    """The topic that a few words name, as the contract writes it or as people say it: "same_day", "prior auth"."""
    written = "_".join(text.casefold().replace("-", " ").replace("_", " ").strip(" ?.!:,").split())
    if written in set(Topic):
        return Topic(written)
    scores = topic_scores(text.replace("_", " "))
    return best_topic(scores)


def _speaks_of_payers(plain: str) -> bool:
    if _OWN.search(plain) or _WHICH.search(plain) or _COMPARE.search(plain):
        return True
    return bool(_WHO.search(plain)) and best_topic(topic_scores(plain)) in _WHO_ON


def _is_kind(mention: Mention) -> bool:
    """ "our Medicaid payers" names a kind, which the resolver reads as a payer of that kind."""
    return mention.kind is MentionKind.AMBIGUOUS or mention.payer_id == "medicare"
