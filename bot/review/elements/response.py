"""clinical_response: how this patient took what happened in the group."""

import re
from itertools import pairwise

from bot.review.elements.participation import GENERIC, is_plan, is_specific_act
from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.lexicon.phrases import words_of
from bot.review.models import Verdict

_OUTSIDE = re.compile(
    r"\b(?:this (?:past )?week|last (?:week|night)|past (?:week|month)|since last|over the weekend|"
    r"at (?:work|home|school)|lately|recently|daily|most days|hx|history)\b",
    re.IGNORECASE,
)
_OBSERVED = words_of("affect_observed")
_TURN = re.compile(
    r"\b(?:became|becoming|grew|visibly|when|after|during|following|"
    r"by (?:the )?end|while|began|started|initially|in response|once|upon|less|more)\b",
    re.IGNORECASE,
)
_FACT_LABEL = re.compile(
    r"\b(?:diagnos\w+|dx|goals?|objectives?|icd|dob|auth\w*|date|medications?|meds|history|hx|"
    r"medical necessity|safety|risk)\b"
)
_LABEL = re.compile(r"\bresponse\b|^r$")
_MSE = re.compile(r"\b(?:mood|affect|mse|oriented|appearance)\b", re.IGNORECASE)


def judge_response(member: MemberReading) -> Verdict:
    """Met by affect, insight, a skill shown or feedback taken in the group; "responded well" is partial."""
    name = named(member.label)
    fix = f"How did {name} respond to an intervention or to the group: what did you see, or what did they say about it?"
    clauses = [clause for clause in member.clauses() if not is_plan(clause) and not _FACT_LABEL.search(clause.label)]
    prompted = _after_prompts(member)
    shown = [clause for clause in clauses if is_response(clause) or (clause.start, clause.end) in prompted]
    if shown:
        return met(max(shown, key=lambda c: (_weight(c), -c.start)))
    generic = [
        clause
        for clause in clauses
        if clause.has("resp.generic")
        or _LABEL.search(clause.label)
        or (clause.has("resp.affect") and _MSE.search(clause.text))
    ]
    if generic:
        return partial(
            generic[:1], f"{name}'s response is given in a stock phrase, not as something seen or heard.", fix
        )
    return missing(f"The note does not say how {name} responded to an intervention or to the group.", fix)


def is_response(clause: Passage) -> bool:
    """Whether a clause shows a reaction, an insight, a skill or feedback taken in this session."""
    outside = bool(_OUTSIDE.search(clause.text))
    if clause.has("resp.insight", "resp.feedback", "resp.skill") and not outside:
        return len(clause.content(GENERIC)) >= 1
    if clause.has("resp.when") and not outside and is_specific_act(clause):
        return True
    if clause.has("resp.body") and not outside:
        return True
    if clause.has("resp.affect") and not outside:
        words = {token.word for token in clause.tokens}
        if words & _OBSERVED:
            return True
        return bool(_TURN.search(clause.text)) and not _MSE.match(clause.text)
    return False


def _after_prompts(member: MemberReading) -> set[tuple[int, int]]:
    """Clauses that tell what the patient did or said right after the provider or a peer turned to them."""
    every = [clause for sentence in member.sentences for clause in sentence.clauses]
    return {
        (after.start, after.end)
        for before, after in pairwise(every)
        if before.actor in {Actor.PROVIDER, Actor.OTHER, Actor.GROUP}
        and before.has("prompt")
        and not before.has("group.whole")
        and after.actor is Actor.PATIENT
        and not _OUTSIDE.search(after.text)
        and (is_specific_act(after) or len(after.content(GENERIC)) >= (1 if after.has("part.act") else 3))
    }


def _weight(clause: Passage) -> int:
    return sum(clause.has(cue) for cue in ("resp.insight", "resp.feedback", "resp.skill", "resp.affect"))
