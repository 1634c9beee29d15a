"""The narrower matter inside a topic that a question may be about: E/M beside group, audio-only, co-leading."""

import re
from collections.abc import Iterable
from functools import cache

from bot.answers.shorthand import spell_out
from bot.policies.models import Fact, Topic

INDIVIDUAL = re.compile(r"\b9083[2-8]\b|\bindividuals?\b|\bone[- ]on[- ]one\b|\b1[:-]1\b")

_SUBSTANCE = r"\bsubstance|\bsud\b|\bdrug|\balcohol|\boasas\b|\bchemical dependen|\baddiction|\brehab|\bd ?(&|and) ?a\b"
_HOSPITAL = r"\bhospital[- ]outpatient|\boutpatient (hospital|department)|\bhospital department|\bhopd\b"

_UNLICENSED = r"\bunlicensed\b|\bnot licensed\b|\bno license\b"

_STRICTER = frozenset({"partial_hospitalization", "crisis"})
_SETTINGS = frozenset({"substance_use_program", "hospital_outpatient"})

# Topic, aspect as the payer files name it, the words that mean it, and whether the main rule does not reach it: then a
# payer with nothing on the aspect is unknown; else its main rule answers.
_ASPECTS: tuple[tuple[Topic, str, str, bool], ...] = (
    (Topic.SAME_DAY, "substance_use_program", _SUBSTANCE, False),
    (Topic.SAME_DAY, "hospital_outpatient", _HOSPITAL, False),
    (
        Topic.SAME_DAY,
        "evaluation_and_management",
        r"\b992\d\d\b|\be ?[/&] ?m\b|\bmed(ication)? (management|check|visit)|\b9079[12]\b",
        True,
    ),
    (Topic.SAME_DAY, "family_therapy", r"\b9084[67]\b|\bfamily (therapy|session|psychotherapy)", True),
    (Topic.SAME_DAY, "partial_hospitalization", r"\bphp\b|\bpartial (hospital\w*|care)\b|\biop\b", True),
    (Topic.SAME_DAY, "crisis", r"\b90839\b|\b90840\b|\bcrisis\b", True),
    (Topic.SAME_DAY, "same_service_repeated", r"\b(two|2|second|both) groups?\b", True),
    (Topic.TELEHEALTH, "audio_only", r"\baudio[- ]only\b|\b(tele)?phone\b|\bwithout video\b", True),
    (Topic.TELEHEALTH, "in_person_visit", r"\bin[- ]person (visit|requirement|rule)|\b(six|6)[- ]months?\b", True),
    (Topic.TELEHEALTH, "place_of_service", r"\bpos\b|\bplace of service\b", False),
    (Topic.TELEHEALTH, "multiple_family", r"\bmulti(ple)?[- ]?family\b|\b90849\b", True),
    (Topic.MODIFIERS, "audio_only", r"\baudio[- ]only\b|\b(tele)?phone\b|\bwithout video\b", False),
    (Topic.MODIFIERS, "telehealth", r"\b(95|gt|93|fq|gq)\b|\btele\w*", True),
    (Topic.MODIFIERS, "supervised_billing", r"\b(u5|hl|aj|ho)\b|\bsupervis\w*|\btrainee|\bintern\b", True),
    (Topic.MODIFIERS, "multiple_family", r"\bmulti(ple)?[- ]?family\b|\b90849\b", True),
    (
        Topic.PROVIDER_TYPES,
        "co_leaders",
        r"\bco[- ]?(lead|led|facilitat|therap)|\btwo (therapists|leaders|clinicians)\b|\bof us\b|\bboth bill\b",
        True,
    ),
    (Topic.PROVIDER_TYPES, "fqhc_rhc", r"\bfqhc|\brhc\b", False),
    (
        Topic.SUPERVISION,
        "supervisor_presence",
        r"\b(on[- ]?site|in the (room|building|office)|present|presence|nearby)\b",
        False,
    ),
    (Topic.SUPERVISION, "substance_use_program", _SUBSTANCE, False),
    (
        Topic.PRIOR_AUTH,
        "active_duty",
        r"(?<!not )(?<!not on )(?<!non )(?<!non-)\bactive[- ]duty\b|\badsms?\b|\bservice ?members?\b|\bsoldiers?\b",
        False,
    ),
    # A rule on licensed or supervised clinicians says nothing of someone with no license at all.
    (Topic.PROVIDER_TYPES, "unlicensed", _UNLICENSED, True),
    (Topic.SUPERVISION, "unlicensed", _UNLICENSED, True),
    (
        Topic.PRIOR_AUTH,
        "higher_level_of_care",
        r"\bphp\b|\bpartial (hospital\w*|care)\b|\biop\b|\bintensive outpatient\b"
        r"|\bresidential\b|\binpatient\b|\bdetox\b",
        True,
    ),
    (Topic.PRIOR_AUTH, "medicare_primary", r"\bmedicare (is )?primary\b", False),
    (Topic.GROUP_SIZE, "multiple_family", r"\bmulti(ple)?[- ]?family\b|\b90849\b", True),
    (Topic.PRIOR_AUTH, "telehealth", r"\btele\w*|\bvirtual\w*|\bvideo\b", False),
    (Topic.GROUP_SIZE, "substance_use_program", _SUBSTANCE, False),
    (Topic.FREQUENCY, "substance_use_program", _SUBSTANCE, False),
    (Topic.NON_COVERED, "substance_use_program", _SUBSTANCE, False),
    (Topic.UNITS, "hospital_outpatient", _HOSPITAL, False),
    (Topic.CODING, "interactive_complexity", r"\b90785\b|\binteractive complexity\b|\badd[- ]?on\b", True),
    (Topic.CODING, "multiple_family", r"\bmulti(ple)?[- ]?family\b|\b90849\b", True),
    (Topic.CODING, "partial_hospitalization", r"\bphp\b|\bpartial hospital\w*|\bg041[01]\b", False),
    (Topic.NON_COVERED, "inpatient", r"\binpatient\b", False),
    (Topic.NON_COVERED, "partial_hospitalization", r"\bphp\b|\bpartial hospital\w*", False),
)


@cache
def _compiled() -> tuple[tuple[Topic, str, re.Pattern[str], bool], ...]:
    return tuple((topic, aspect, re.compile(words, re.IGNORECASE), apart) for topic, aspect, words, apart in _ASPECTS)


def find_aspect(question: str, topic: Topic) -> str:
    """The aspect of `topic` that the words name; empty for the topic's main question.

    A same-day question that names individual psychotherapy is about the main pair, whatever other service it names;
    the kind of clinic still narrows it.
    """
    text = spell_out(question)
    pair = topic is Topic.SAME_DAY and bool(INDIVIDUAL.search(text))
    return next(
        (
            aspect
            for of_topic, aspect, words, _ in _compiled()
            if of_topic is topic and words.search(text) and (not pair or aspect in _SETTINGS)
        ),
        "",
    )


def stricter_aspect(question: str, topic: Topic) -> str:
    """A service beside the pair whose rule may forbid what the pair's permits: partial care, a crisis session."""
    text = spell_out(question)
    return next(
        (a for t, a, words, _ in _compiled() if t is topic is Topic.SAME_DAY and a in _STRICTER and words.search(text)),
        "",
    )


def aspect_to_rule_on(facts: Iterable[Fact], topic: Topic, aspect: str) -> str:
    """The aspect to decide by: the one asked where facts carry it or the main rule does not reach it, else none."""
    if not aspect:
        return ""
    of_topic = [fact for fact in facts if fact.topic is topic]
    if any(fact.aspect == aspect for fact in of_topic):
        return aspect
    words, apart = next((words, apart) for t, a, words, apart in _compiled() if (t, a) == (topic, aspect))
    told = any(words.search(" ".join((fact.statement, *fact.conditions))) for fact in of_topic if not fact.aspect)
    return aspect if apart and not told else ""
