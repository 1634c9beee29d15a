"""plan: what this patient does next."""

import re

from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.lexicon.phrases import words_of
from bot.review.models import Verdict

_LABEL = re.compile(
    r"\b(?:plan|next steps?|next session|next group|homework|hw|follow-?\s?up|^p$|recommendations?|"
    r"assignment|action items?)\b"
)
_GENERIC = words_of("plan_generic")
_SETS_OUT = re.compile(
    r"\b(?:will|\w+['’]ll|(?:before|by|until) (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:therapist|"
    r"clinician|leader|writer|provider|counselor|facilitator|pt|patient|client|ct|cl|she|he|mom|dad|"
    r"parents?) to(?! (?:the|a|her|his)\b)|plans? to|planning to|planned to|intends? to|agreed to|"
    r"agrees to|committed to|commits to|going to|homework|hw|next (?:session|group|week|time|meeting|"
    r"step)|"
    r"by next|before next|between (?:sessions|groups|now)|until next|wants to (?:try|practice|bring|use|"
    r"call)|assigned|asked to (?:write|complete|track|bring|practi[cs]e|call|log|keep|read|record|journal|"
    r"attend|notice|list|use)|tasked|refer(?:red|ral)?|"
    r"schedule[d]?|f/u|follow[\s-]?up|this (?:coming )?week|recommended|promised|set (?:a|her|his|"
    r"their) (?:goal|intention))\b",
    re.IGNORECASE,
)
_NAME_TO = re.compile(r"(?P<who>[A-Z]\.\s?[A-Z]\.?|[A-Z][a-z]+) to (?!the\b|a\b|his\b|her\b)[a-z]+")
_FELLOWSHIP = re.compile(r"\b(?:AA|NA|CA|Al-Anon|SMART)\b")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_PAST = re.compile(
    r"\b(?:did not|didn't|completed|reviewed|forgot|brought|finished|turned in|last week's|previous|"
    r"did (?:his|her|their|the))\b",
    re.IGNORECASE,
)
_NOT_PLAN_LABEL = re.compile(r"\b(?:goals?|objectives?|diagnos\w+|dx|topic|interventions?|auth\w*|date)\b")


def judge_plan(member: MemberReading) -> Verdict:
    """Met by a concrete next step of this patient; "continue group" alone is partial."""
    name = named(member.label)
    fix = f"What will {name} do next: what at the next group, or before it?"
    generic: list[Passage] = []
    for clause in member.clauses(Actor.PATIENT, Actor.PROVIDER, Actor.NOBODY, Actor.SESSION):
        under_plan = bool(_LABEL.search(clause.label)) and not _NOT_PLAN_LABEL.search(clause.label)
        sets_out = bool(_SETS_OUT.search(_QUOTED.sub("", clause.text))) and not _NOT_PLAN_LABEL.search(clause.label)
        addressed = _NAME_TO.match(clause.text)
        sets_out = sets_out or bool(addressed and re.sub(r"[\s.]", "", addressed["who"]).lower() in member.aliases)
        if not (under_plan or sets_out or clause.has("plan.generic")):
            continue
        words = [word for word in clause.content(_GENERIC | member.aliases) if not word[0].isdigit()]
        words += _FELLOWSHIP.findall(clause.text) * 2
        if (under_plan or sets_out) and len(words) >= 2 and not _is_past(clause):
            return met(clause)
        if clause.has("plan.generic", "plan.marker") and not _is_past(clause):
            generic.append(clause)
    if generic:
        return partial(generic[:1], f"The plan is to go on as before, with no next step of {name}'s own.", fix)
    return missing(f"The note does not say what {name} does next.", fix)


def _is_past(clause: Passage) -> bool:
    return bool(_PAST.search(clause.text)) and not re.search(r"\b(?:will|next|plan to)\b", clause.text, re.IGNORECASE)
