"""patient_participation: what this patient did or said."""

import re

from bot.review.elements.passages import FUNCTION_WORDS, Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.lacking import asked, question
from bot.review.lexicon.phrases import words_of
from bot.review.models import Element, Status, Verdict

GENERIC = words_of("participation_generic")
_LABEL = re.compile(r"\bparticipation|engagement\b")
_DENIALS = frozenset({"denied", "denies", "reports", "reported", "stated", "endorsed"})
_STRONG = words_of("participation_strong")
_LATER = re.compile(
    r"^\W*(?:[\w.]+\s+){0,2}(?:will|plans? to|agree[sd] to (?!role|read|try|go)|is going to|intends to)\b|^\W*to\b",
    re.IGNORECASE,
)
_PLAN_LABEL = re.compile(r"\b(?:plan|next|homework|follow|hw|p)\b")
_FACT_LABEL = re.compile(
    r"\b(?:diagnos\w+|dx|goals?|objectives?|icd|dob|auth\w*|date|necessity|medications?|meds|history|hx)\b"
)
_HANGING = frozenset(["though", "although", "while", "because", "since", "when", "which"])
_ASIDE = re.compile(r"\b(?:safety|risk|presentation|appearance)\b")
_STATIVE = words_of("stative")
_STOCK_STATE = words_of("stock_state")
_STOCK = _STOCK_STATE | words_of("stock_about")
_NEGATIONS = frozenset(
    ["not", "no", "never", "hardly", "isn't", "wasn't", "doesn't", "didn't", "don't", "hasn't", "aren't"]
)
_NO_TROUBLE = frozenset(["concerns", "issues", "problems", "complaints", "effects"])
_ELSEWHERE = re.compile(
    r"\b(?:last|previous|prior|past|that) (?:week|wk|month|session|time|meeting|mtg|group|night|nite|year)\b|"
    r"\byesterday\b|\bat intake\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"^\W*(?:(?:and|but|then|also|today|pt|patient|client|ct|cl|he|she|they|member|veteran|"
    r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.]*)?)\s+){0,3}(?:also |then |quietly |openly |later |finally )?"
    r"(?:[Ss]aid|[Ss]ays|[Ss]tate[sd]|[Ww]rote|[Aa]dmit(?:s|ted)|[Dd]isclose[sd]|"
    r"[Ss]hared (?:that|his|her|their|she|he)|"
    r"[Cc]onfided|[Rr]evealed|[Rr]ecounted|(?:[Tt]old|[Tt]ells|[Aa]sk(?:ed|s)|[Rr]ead|[Nn]amed|[Dd]escribed|[Cc]hallenged|"
    r"[Rr]eminded)(?! (?:as|by|to|in|after|that)\b))\b"
)
"""Speech with its speaker before it, or nobody."""
_BEING = frozenset(["is", "was", "are", "were", "been", "being", "feels", "appears", "appeared", "seemed", "seems"])
_OWN_WORDS = 2
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys)|state[sd]|report(?:s|ed)|share[sd]|t(?:old|ells)|feels|feeling|doing)\b", re.IGNORECASE
)
_SPELT_OUT = re.compile(r"[:(\"“]")


def judge_participation(member: MemberReading) -> Verdict:
    """Met by one specific act or statement of this patient, silence included; stock phrases are partial."""
    name = named(member.label)
    fix = question(Element.PATIENT_PARTICIPATION, member.label)
    clauses = [clause for clause in member.clauses() if not clause.has("part.absent")]
    specific = [clause for clause in clauses if is_specific_act(clause)]
    if specific:
        return met(_best(specific))
    generic = [
        c
        for c in clauses
        if (c.has("part.generic", "part.counted") or _LABEL.search(c.label))
        and not is_plan(c)
        and not _only_attended(c)
    ] or [c for c in clauses if is_stock_statement(c) and not is_plan(c)]
    if generic:
        return partial(generic[:1], *asked(Element.PATIENT_PARTICIPATION, Status.PARTIAL, member.label))
    if any(c.has("part.absent") for c in member.clauses()):
        return missing(f"The note says that {name} was absent.", f"Was {name} in the group that day? {fix}")
    return missing(*asked(Element.PATIENT_PARTICIPATION, Status.MISSING, member.label))


_PRACTISED = re.compile(r"\b(?:rehearsed|role[- ]?played|practi[cs]ed|acted out|tried out)\s+\w", re.IGNORECASE)


def is_plain_act(clause: Passage) -> bool:
    """Whether a clause tells in plain words what this patient said in this session, or what anybody could see."""
    if _ELSEWHERE.search(clause.text) or clause.has("safe.denial") or not is_specific_act(clause):
        return False
    if _PRACTISED.search(clause.text) and clause.content(GENERIC):
        return True
    return clause.has("part.seen") or (bool(_SPEAKS.search(clause.text)) and len(clause.content(GENERIC)) >= _OWN_WORDS)


def is_stock_statement(clause: Passage) -> bool:
    """Whether a patient is only said to be fine: "says he is doing well", "reports a good week, nothing new"."""
    if not _SAYS.search(clause.text) or clause.has("concern.suicide", "concern.selfharm"):
        return False
    said = {token.word for token in clause.tokens}
    if said & _NEGATIONS and not said & _NO_TROUBLE:
        return False
    words = said - FUNCTION_WORDS - clause.names
    return bool(words & _STOCK_STATE) and words <= _STOCK


def is_specific_act(clause: Passage) -> bool:
    """Whether a clause tells one observable act or statement of the patient it speaks of."""
    if (
        clause.actor is not Actor.PATIENT
        or is_plan(clause)
        or _FACT_LABEL.search(clause.label)
        or _is_other_fact(clause)
        or is_stock_statement(clause)
    ):
        return False
    if clause.has("part.not", "part.seen"):
        return not clause.has("part.absent")
    diagnosis = {token.word for token in clause.tokens if _in_diagnosis(clause, token.start)}
    words = [word for word in clause.content(GENERIC) if word not in diagnosis]
    if clause.ticked and len(words) < 3:
        return False
    if clause.has("part.counted") and not _SPELT_OUT.search(clause.text) and len(words) < 3:
        return False
    if any(word in _STRONG for word in clause.content()) and not clause.has("part.absent"):
        return True
    quoted = bool(re.search(r"[\"“][^\"”]{3,}[\"”]", clause.text))
    spoken = clause.has("part.act") or any(
        _past_tense(token.word) and not _after_being(clause, at)
        for at, token in enumerate(clause.tokens)
        if not _in_diagnosis(clause, token.start)
    )
    return (spoken and len(words) >= 2) or (quoted and bool(words))


def _is_other_fact(clause: Passage) -> bool:
    """A line of risk or of mental status, which is no act in the group."""
    if clause.has("resp.feedback"):
        return False
    acts = {clause.tokens[hit.first].word for hit in clause.found("part.act")}
    denial = clause.has("safe.denial") and acts <= _DENIALS
    risk = clause.has("safe.not_assessed", "safe.ok") or denial
    return clause.has("part.mse") or (risk and not clause.has("part.not"))


def _in_diagnosis(clause: Passage, at: int) -> bool:
    return any(hit.start <= at < hit.end for hit in clause.found("dx.name"))


def _past_tense(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed") and word not in GENERIC and word not in _STATIVE


def _after_being(clause: Passage, at: int) -> bool:
    """Whether a word in -ed tells a state ("is sad and keyed up") and not an act."""
    before = {token.word for token in clause.tokens[max(0, at - 4) : at]}
    return bool(before & _BEING) and not before & {"who", "when", "what", "that"}


def is_plan(clause: Passage) -> bool:
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
    """The clause with most of its own to say, the earliest of equals; one that argues for the treatment comes last."""
    return max(
        clauses,
        key=lambda clause: (
            clause.tokens[0].word not in _HANGING,
            not clause.has("goal.plain", "dx.name") and not _ASIDE.search(clause.label),
            min(len(clause.content(GENERIC)), 8),
            -clause.start,
        ),
    )
