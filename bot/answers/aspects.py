"""The narrower matter inside a topic that a question may be about: E/M beside group, audio-only, co-leading."""

import re
from functools import cache

from bot.answers.shorthand import spell_out
from bot.policies.models import Topic

_INDIVIDUAL = re.compile(r"\b9083[2-8]\b|\bindividual\b|\bone[- ]on[- ]one\b|\b1[:-]1\b")

# (topic, aspect, words that mean it). A question that also names individual psychotherapy is about the main pair.
_ASPECTS: tuple[tuple[Topic, str, str], ...] = (
    (
        Topic.SAME_DAY,
        "evaluation_and_management",
        r"\b992\d\d\b|\be ?[/&] ?m\b|\bmed(ication)? (management|check|visit)|\b9079[12]\b",
    ),
    (Topic.SAME_DAY, "family_therapy", r"\b9084[67]\b|\bfamily (therapy|session|psychotherapy)"),
    (Topic.SAME_DAY, "partial_hospitalization", r"\bphp\b|\bpartial (hospital\w*|care)\b|\biop\b"),
    (Topic.SAME_DAY, "crisis", r"\b9083[9]\b|\b90840\b|\bcrisis\b"),
    (Topic.SAME_DAY, "same_service_repeated", r"\b(two|2|second|both) groups?\b"),
    (Topic.TELEHEALTH, "audio_only", r"\baudio[- ]only\b|\b(tele)?phone\b|\bby phone\b|\bwithout video\b"),
    (Topic.TELEHEALTH, "in_person_visit", r"\bin[- ]person (visit|requirement|rule)|\bsix[- ]month|\b6[- ]month"),
    (
        Topic.PROVIDER_TYPES,
        "co_leaders",
        r"\bco[- ]?(lead|led|facilitat|therap)|\btwo (therapists|leaders|clinicians)\b",
    ),
    (Topic.UNITS, "second_group", r"\b(two|2|second|another|multiple) (\w+ )?groups?\b|\btwice\b|\bmore than once\b"),
    (Topic.GROUP_SIZE, "multiple_family", r"\bmulti(ple)?[- ]?family\b|\b90849\b"),
)


@cache
def _compiled() -> tuple[tuple[Topic, str, re.Pattern[str]], ...]:
    return tuple((topic, aspect, re.compile(words)) for topic, aspect, words in _ASPECTS)


def find_aspect(question: str, topic: Topic) -> str:
    """The aspect of `topic` that the words name; empty for the topic's main question."""
    text = spell_out(question)
    if topic is Topic.SAME_DAY and _INDIVIDUAL.search(text):
        return ""
    return next(
        (aspect for of_topic, aspect, words in _compiled() if of_topic is topic and words.search(text)),
        "",
    )
