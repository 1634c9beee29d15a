"""The ruling on one payer as the question puts it: as narrow as asked, and held to the case that it tells."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answers.amounts import find_amounts
from bot.answers.aspects import aspect_to_rule_on, stricter_aspect
from bot.answers.breaches import hold_to_conditions
from bot.answers.compose import PERMISSIONS
from bot.answers.topic_model import TopicModel
from bot.answers.understanding import Understanding
from bot.policies.limits import hold_against
from bot.policies.models import Decision, Payer, Topic
from bot.policies.ruling import Ruling

Rule = Callable[[Topic, str], Ruling]
"""Decides one topic and aspect for the payer, line of business, state and day of a question."""

_PART = re.compile(r"(?i)\bpart (\d{3})\b")


def rule_as_asked(asked: Understanding, payer: Payer, topic: Topic, rule: Rule, topics: TopicModel | None) -> Ruling:
    """Rule on `topic` as narrowly as it was asked; where the words told the topic, on the case they tell."""
    aspect = aspect_to_rule_on(payer.facts, topic, asked.aspect)
    narrowed = rule(topic, aspect) if aspect else _narrowed(asked, payer, topic, rule, topics)
    ruling = _where_it_stands(narrowed, rule, asked.question)
    return _case_told(ruling, asked.question, rule) if asked.topic else ruling


def _narrowed(asked: Understanding, payer: Payer, topic: Topic, rule: Rule, topics: TopicModel | None) -> Ruling:
    """No cue told an aspect: the stricter rule on a service beside the pair, or what the nearest fact is about."""
    beside = stricter_aspect(asked.question, topic)
    if beside and (strict := rule(topic, beside)).decision is Decision.NOT_ALLOWED:
        return strict
    near = _near_aspect(asked, payer, topic, topics)
    return _ruled_near(rule, topic, near) if near else rule(topic, "")


def of_part_named(payer: Payer, question: str) -> Payer:
    """The payer without the rules of another part of its code than the one named: "Part 588" is not Part 599."""
    named = set(_PART.findall(question))
    told = {fact.id: set(_PART.findall("; ".join((fact.statement, *fact.conditions)))) for fact in payer.facts}
    if not named or not any(named & parts for parts in told.values()):
        return payer
    kept = tuple(fact for fact in payer.facts if not told[fact.id] or named & told[fact.id])
    return payer.model_copy(update={"facts": kept})


def _near_aspect(asked: Understanding, payer: Payer, topic: Topic, topics: TopicModel | None) -> str:
    """The narrower matter that no cue told and the payer's facts do, where the words told the topic."""
    if topics is None or asked.topic is None or asked.orders:
        return ""
    return topics.near_aspect(asked.question, asked.mentions, topic, payer.facts)


def _ruled_near(rule: Rule, topic: Topic, near: str) -> Ruling:
    """The ruling on a narrower matter that nearness told; where it alone would permit, nothing is permitted."""
    narrow, main = rule(topic, near), rule(topic, "")
    if topic is Topic.SAME_DAY and narrow.decision is not Decision.NOT_ALLOWED:
        return main  # "same day Medicare" names no E/M: only a refusal may come from beside the pair
    known = narrow.decision is not Decision.UNKNOWN
    return narrow if known and (main.deciding or narrow.decision not in PERMISSIONS) else main


def _case_told(ruling: Ruling, question: str, rule: Rule) -> Ruling:
    """The ruling on the case as told: its numbers held against limits on file, its circumstances against terms."""
    amounts = find_amounts(question, ruling.topic)
    if ruling.topic is Topic.SAME_DAY and ruling.decision in PERMISSIONS and amounts:
        counted = hold_against(rule(Topic.UNITS, ""), amounts)
        if counted.measured and counted.decision is Decision.NOT_ALLOWED:
            both = tuple(dict.fromkeys((*counted.deciding, *ruling.deciding)))
            return replace(ruling, decision=counted.decision, deciding=both, measured=counted.measured)
    return hold_to_conditions(hold_against(ruling, amounts), question)


def _where_it_stands(ruling: Ruling, rule: Rule, question: str) -> Ruling:
    """The ruling of a neighbouring topic, where the payer's file holds the matter asked there."""
    unknown = ruling.decision is Decision.UNKNOWN
    if ruling.topic is Topic.MODIFIERS and unknown and _asks_telehealth_modifier(question):
        beside = rule(Topic.TELEHEALTH, "")
        return beside if beside.modifiers else ruling
    if ruling.topic is Topic.TELEHEALTH and not ruling.modifiers and _asks_telehealth_modifier(question):
        beside = rule(Topic.MODIFIERS, "telehealth")
    elif ruling.topic is Topic.MODIFIERS and unknown and ruling.aspect == "supervised_billing":
        beside = rule(Topic.SUPERVISION, "")
        return beside if beside.modifiers else ruling
    elif ruling.topic is Topic.UNITS and unknown:  # a second group of one day
        beside = rule(Topic.SAME_DAY, "same_service_repeated")
    else:
        return ruling
    return ruling if beside.decision is Decision.UNKNOWN else beside


def _asks_telehealth_modifier(question: str) -> bool:
    return bool(re.search(r"\b(95|gt|93|fq|gq)\b", question.casefold()))
