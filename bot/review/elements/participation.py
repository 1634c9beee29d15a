"""patient_participation: what this patient did or said."""

import re

from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.models import Verdict

GENERIC = frozenset(
    """engaged engagement participated participating participation participates participant actively active attentive attentively
    appropriate appropriately cooperative cooperatively attended attending attendance present listened listening listen involved focused
    alert pleasant receptive interactive motivated respectful polite engaging contributed contributing interacted interaction interacting
    shared sharing share verbal responsive vocal discussion discussions topic topics group session throughout entire full duration whole
    well good fully meaningful meaningfully level high moderate moderately minimal minimally average feedback peers peer members member
    others other supportive support open openly willing willingly positive positively feelings feeling thoughts thought experiences
    experience ideas opinions concerns activity activities exercise exercises material content process time minutes on-task behavior gave
    offered provided received responded response responding responds expressed understanding understood verbalized insight
    discussed discussing spoke talked said seemed appeared remained stayed maintained made eye contact appearance
    oriented groomed dressed affect mood euthymic congruent adequate excellent great fair some somewhat today's made stated reported
    therapist clinician facilitator leader relevant related personal helpful benefit benefited therapy therapeutic treatment progress progressing
    making continue continues continued struggles issues stuff things working worked show showed shown demonstrated displayed exhibited
    interest interested interventions intervention encouraged encouragement received quiet quietly fine okay yes""".split()
)
_STRONG = frozenset(
    "cried wept laughed role-played roleplayed volunteered tearful sobbed apologized nodded smiled whispered disclosed confronted tears "
    "interrupted argued shrugged slept dozed paced left practiced rehearsed demonstrated sighed shouted yelled".split()
)
_LATER = re.compile(r"^\W*(?:pt|patient|client|he|she|they|\S+)?\s*(?:will|plans? to|agreed to|to)\b", re.IGNORECASE)
_PLAN_LABEL = re.compile(r"\b(?:plan|next|homework|follow|hw|p)\b")
_FACT_LABEL = re.compile(
    r"\b(?:diagnos\w+|dx|goals?|objectives?|icd|dob|auth\w*|date|medical necessity|medications?|meds|history|hx)\b"
)
_STATIVE = frozenset("is are was were has have be been diagnosed meets presents suffers lives carries".split())


def judge_participation(member: MemberReading) -> Verdict:
    """Met by one specific act or statement of this patient, a refusal or silence included; stock phrases are partial."""
    name = named(member.label)
    fix = f"What did {name} say or do in the group (one thing you saw or heard)?"
    clauses = [clause for clause in member.clauses() if not clause.has("part.absent")]
    specific = [clause for clause in clauses if is_specific_act(clause)]
    if specific:
        return met(_best(specific))
    generic = [c for c in clauses if c.has("part.generic") and not _is_plan(c) and not _only_attended(c)]
    if generic:
        return partial(generic[:1], f"{name}'s participation is described in words that fit anyone.", fix)
    if any(c.has("part.absent") for c in member.clauses()):
        return missing(f"The note says that {name} was absent.", f"Was {name} in the group that day? {fix}")
    return missing(f"The note does not say what {name} said or did in the group.", fix)


def is_specific_act(clause: Passage) -> bool:
    """Whether a clause tells one observable act or statement of the patient it speaks of."""
    if clause.actor is not Actor.PATIENT or _is_plan(clause) or _FACT_LABEL.search(clause.label):
        return False
    if clause.has("part.not"):
        return not clause.has("part.absent")
    words = clause.content(GENERIC)
    if clause.ticked and len(words) < 3:
        return False
    if any(word in _STRONG for word in clause.content()) and not clause.has("part.absent"):
        return True
    quoted = bool(re.search(r"[\"“][^\"”]{3,}[\"”]", clause.text))
    acts = [hit for hit in clause.found("part.act") if clause.tokens[hit.first].word not in {"plan"}]
    spoken = bool(acts) or any(_past_tense(token.word) for token in clause.tokens)
    return (spoken and len(words) >= 2) or (quoted and bool(words))


def _past_tense(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed") and word not in GENERIC and word not in _STATIVE


def _is_plan(clause: Passage) -> bool:
    return bool(
        _PLAN_LABEL.fullmatch(clause.label)
        or _LATER.match(clause.text)
        or re.search(r"\bplan\b|next steps?|homework", clause.label)
    )


def _only_attended(clause: Passage) -> bool:
    said = {t.word for t in clause.tokens if t.word in GENERIC}
    return said <= {
        "attended",
        "present",
        "attending",
        "group",
        "session",
        "full",
        "entire",
        "attendance",
        "whole",
        "minutes",
        "therapy",
        "therapeutic",
        "treatment",
    }


def _best(clauses: list[Passage]) -> Passage:
    """The clause with most of its own to say, the earliest of equals, but no longer than it needs to be."""
    return max(clauses, key=lambda clause: (min(len(clause.content(GENERIC)), 8), -clause.start))
