"""The first line of an answer's card, from the facts alone: decision, payer and matter, whoever worded the rest."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.models import Answer
from bot.policies.models import Decision, Topic
from bot.slack.blocks.gist import Gist, gist
from bot.slack.blocks.text import escape, inert_markdown

DECISIONS = {
    Decision.ALLOWED: ("✅", "Allowed"),
    Decision.ALLOWED_WITH_CONDITIONS: ("🟡", "Allowed with conditions"),
    Decision.NOT_ALLOWED: ("⛔", "Not allowed"),
    Decision.REQUIRED: ("🔶", "Required"),
    Decision.NOT_REQUIRED: ("✅", "Not required"),
    Decision.VARIES: ("🔀", "It varies"),
    Decision.UNKNOWN: ("❔", "Not known"),
    Decision.NOT_APPLICABLE: ("⚪", "Here is what applies"),
}
_TOPICS = {
    Topic.SAME_DAY: "same-day services",
    Topic.PRIOR_AUTH: "prior authorization",
    Topic.PROVIDER_TYPES: "who may bill",
    Topic.NON_COVERED: "what is not covered",
    Topic.SESSION_DURATION: "session length",
    Topic.CODING: "coding",
    Topic.GENERAL: "group psychotherapy",
}


def headline(answer: Answer, told: Gist | None = None) -> str:
    """The decision in one line: "Allowed with conditions · Aetna (commercial plans) · same-day services"."""
    icon, words, about = _headline(answer, told or gist(answer))
    return f"{icon} *{words}* · {escape(about)}"


def decided_markdown(answers: Sequence[Answer]) -> str:
    """The headlines alone, as the markdown that a growing message takes."""
    return "\n\n".join(_headline_markdown(answer, gist(answer)) for answer in answers)


def told_of(answer: Answer, before: Sequence[Answer]) -> Gist:
    """What the card shows; payer, plan and matter as the facts gave them, whatever words a model found."""
    found = gist(answer)
    if answer.engine.name != "model" or not before:
        return found
    typed = gist(before[0])
    return replace(found, who=typed.who, matter=typed.matter)


def _headline(answer: Answer, told: Gist) -> tuple[str, str, str]:
    """The decision's sign and words, and what it is about."""
    icon, words = DECISIONS[answer.decision]
    about = [told.matter or _topic(answer.topic)]
    if answer.payer:
        about.insert(0, f"{answer.payer.name} ({told.who})" if told.who else answer.payer.name)
    elif answer.decision not in (Decision.UNKNOWN, Decision.NOT_APPLICABLE):
        about.insert(0, "in general")
    return icon, words, " · ".join(about)


def _headline_markdown(answer: Answer, told: Gist) -> str:
    icon, words, about = _headline(answer, told)
    return f"{icon} **{words}** · {inert_markdown(about)}"


def _topic(topic: Topic) -> str:
    return _TOPICS.get(topic, topic.value.replace("_", " "))
