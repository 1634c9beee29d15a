"""Which questions are ours: billing group psychotherapy to a payer. Others are told what we can do."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.answers.amounts import in_figures
from bot.answers.cues import load_cues
from bot.answers.shorthand import spell_out
from bot.policies.models import Topic


class Kind(StrEnum):
    """What a message is, once payer and topic have been looked for."""

    PAYER = "payer"
    GENERAL = "general"
    GREETING = "greeting"
    CLAIM_STATUS = "claim_status"
    CLINICAL = "clinical"
    OTHER_SERVICE = "other_service"
    NO_SHOW = "no_show"
    OFF_TOPIC = "off_topic"


_PAIRED = re.compile(r"\bsame (day|date|dos)\b|\bboth\b|\btwo\b")
_NAMES_A_TOPIC = 4
_SURELY_A_TOPIC = 7  # for words that say nothing of groups or of billing: "how much", "how long"
_HARDLY_A_SENTENCE = 2  # words: whoever types no more than "same day" or "prior auth" names a topic
_HARDLY_OURS = 0.6
_SURELY_NOT_OURS = 0.8  # even where a payer is named or a thread goes on


_SERVICE = re.compile(r"\b(?:90853|group (?:psycho)?therap\w+|group sessions?|psychotherapy)\b")
_GROUP = re.compile(r"\bgroups?\b")
_BILLING = re.compile(
    r"\b(?:90853|bill(?:s|ed|ing|able)?|claims?|cpt|payers?|payors?|insur\w+|reimburs\w+|authori[sz]ations?|prior auth"
    r"|modifiers?|medicare|medicaid)\b"
)
_OF_A_SERVICE = re.compile(r"\b(?:covers?|covered|coverage|units?|pays?|paid)\b")


def is_plainly_ours(question: str, *, names_payer: bool) -> bool:
    """Whether the words alone leave no doubt: they speak of groups, and of billing or a payer.

    People cover a group at three, too: words of two meanings count only beside the service's own name.
    """
    text = spell_out(question)
    service = bool(_SERVICE.search(text))
    bills = names_payer or bool(_BILLING.search(text))
    return (bills and (service or bool(_GROUP.search(text)))) or (service and bool(_OF_A_SERVICE.search(text)))


def gives_orders(question: str) -> bool:
    """True when the text tells us what to answer: it is data, and is answered by the facts as ever."""
    return bool(load_cues().scope["order"].search(spell_out(question)))


@dataclass(frozen=True)
class Placed:
    """The topic a question was given, with its weight (4 and more names it), and how likely it is no matter of ours.

    `cued` says that a word for some topic stands in it, however light.
    """

    topic: Topic | None
    weight: int
    not_ours: float = 0.0
    cued: bool = False


def out_of_scope(question: str, placed: Placed, *, names_payer: bool, follows_up: bool) -> Kind | None:
    """Why a question is not ours, or None when it is; `follows_up` says that a thread gives it meaning."""
    text = spell_out(question)
    words = {name for name, pattern in load_cues().scope.items() if pattern.search(text)}
    reason = _another_matter(text, words, follows_up=follows_up)
    if reason is Kind.GREETING and names_payer:
        reason = None  # "thanks! and what about Molina"
    if reason or "plainly_ours" in words:
        return reason  # the model has learnt questions to payers, and how a note is written is hardly one
    not_ours = Kind.CLINICAL if "clinical" in words else Kind.OFF_TOPIC
    says_nothing_of_ours = not (words & {"group", "money"} or placed.cued or re.search(r"\d", in_figures(text)))
    if placed.not_ours > _SURELY_NOT_OURS and "group" not in words and (says_nothing_of_ours or not follows_up):
        return not_ours
    if names_payer or follows_up:
        return None
    if placed.not_ours > _HARDLY_OURS:
        return not_ours
    brief = placed.cued and len(text.split()) <= _HARDLY_A_SENTENCE
    if placed.weight >= (_NAMES_A_TOPIC if brief or words & {"group", "money"} else _SURELY_A_TOPIC):
        return None
    ours = "money" in words and (placed.weight or "group" in words)
    return None if ours or (placed.weight and "group" in words) else Kind.OFF_TOPIC


def _another_matter(text: str, words: set[str], *, follows_up: bool) -> Kind | None:
    """A claim's status, a greeting, another service alone, or clinical advice, whatever payer is named with it."""
    if "joining" in words:
        return Kind.OFF_TOPIC  # a payer's network and its paperwork
    if "no_show" in words:
        return Kind.NO_SHOW
    if "claim_status" in words:
        return Kind.CLAIM_STATUS
    if "greeting" in words:
        return Kind.GREETING
    if "group" not in words and words & {"other_codes", "other_service"} and not (follows_up and _PAIRED.search(text)):
        return Kind.OTHER_SERVICE
    return Kind.CLINICAL if "clinical" in words and not words & {"money", "plainly_ours"} else None
