"""medical_necessity: the session's work tied to this patient's diagnosis or symptoms and to a treatment goal."""

import re
from collections.abc import Sequence

from bot.claims.codes import find_codes
from bot.review.elements.goals import GOAL_LABEL, NOT_NAMED, Goal, named_goals
from bot.review.elements.participation import GENERIC, is_plan
from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.lacking import asked
from bot.review.lexicon.phrases import words_of
from bot.review.models import Element, Status, Verdict

_PRACTISED = re.compile(r"\b(?:role[\s-]?play\w*|rehears\w+|practi[cs](?:ed|ing)|acted out|tried out)\b", re.IGNORECASE)
_ATTENDED = re.compile(r"\b(?:attend(?:ed|s|ing)|present|participated)\b", re.IGNORECASE)
_MERE_SESSION = frozenset(["session", "group", "today", "today's", "session's", "this", "participated"])
_MERE_THERAPY = frozenset(
    [
        *("group", "grp", "therapy", "treatment", "psychotherapy", "tx", "sessions"),
        *("addressed", "addresses", "treated", "treats", "supported", "supports", "targeted", "targets"),
    ]
)
_NUMBERED = re.compile(r"(?:tx |treatment )?(?:goals?|objectives?|objs?) #?\d+(?:\.\d+)*")
_WORKED = re.compile(
    r"\b(?:targeted|addressed|treated|served|worked|(?:was|were) (?:used|aimed|directed|chosen|done))\b"
)
_BEFORE_CODE = re.compile(
    r"\b(?:to|for|of|and|his|her|their|the|with|targets|targeted|addresses|addressed|treats|treated|serves|served)\s"
    r"(?:dx |diagnosis )?$",
    re.IGNORECASE,
)
_KIN = words_of("kin")


def judge_necessity(member: MemberReading) -> Verdict:
    """Met where the session's work is tied to this patient's diagnosis or symptoms and to a treatment goal."""
    name = named(member.label)
    sentences = [s for s in member.sentences if s.actor is not Actor.OTHER and not _of_many(s)]
    both = [s for s in sentences if _ties(s) == (True, True)]
    if both:
        return met(both[0])
    to_symptom = next((s for s in sentences if _ties(s)[0]), None)
    to_goal = next((s for s in sentences if _ties(s)[1]), None)
    if to_symptom is not None and to_goal is not None:
        return met(to_symptom, to_goal)
    if to_symptom is not None:
        return partial(
            [to_symptom], f"The work is tied to {name}'s symptoms or diagnosis, but to no treatment goal.",
            f"Which treatment goal of {name} did this work serve?",
        )  # fmt: skip
    if to_goal is not None:
        return partial(
            [to_goal], f"The work is tied to a goal, but not to {name}'s diagnosis or symptoms.",
            f"Which symptoms or diagnosis of {name} did this work treat?",
        )  # fmt: skip
    practised = _practice_on_goal(sentences)
    if practised is not None:
        return partial(
            [practised], f"The work touches a goal of {name}, but nothing ties it to {name}'s diagnosis or symptoms.",
            f"Which symptoms or diagnosis of {name} did this work treat, and how does it serve that goal?",
        )  # fmt: skip
    return missing(*asked(Element.MEDICAL_NECESSITY, Status.MISSING, member.label))


def both_ties(sentence: Passage, others: Sequence[Passage]) -> list[Passage]:
    """A sentence, and where it names only a symptom or a goal, the first of the others that names what it lacks."""
    shown = [sentence]
    for names in (_names_symptom, _names_goal):
        if not any(names(one) for one in shown):
            shown += [one for one in others if one not in shown and not one.has("group.whole") and names(one)][:1]
    return sorted(shown, key=lambda one: one.start)


def _names_symptom(sentence: Passage) -> bool:
    return sentence.has("symptom", "symptom.weak", "dx.name")


def _names_goal(sentence: Passage) -> bool:
    return bool(named_goals([sentence])) or sentence.has("goal.plain")


def _practice_on_goal(sentences: Sequence[Passage]) -> Passage | None:
    """Something practised in the session that shares its matter with a named goal: a call to the sister, the family."""
    wished = {_matter(word) for goal in named_goals(sentences) for word in goal.passage.content(NOT_NAMED | GENERIC)}
    return next(
        (
            sentence
            for sentence in sentences
            if _PRACTISED.search(sentence.text)
            and not GOAL_LABEL.search(sentence.label)
            and not sentence.has("goal.plain", "group.whole")
            and wished & {_matter(word) for word in sentence.content(NOT_NAMED | GENERIC)}
        ),
        None,
    )


def _matter(word: str) -> str:
    return "family" if word in _KIN else word[:5]


def _of_many(sentence: Passage) -> bool:
    """Told of the members as a whole; "group helps with her low mood" is told of one."""
    return sentence.actor is Actor.GROUP and not (
        {"her", "his", "their", "pt's", "client's", "patient's"} & {token.word for token in sentence.tokens}
        and any(token.word in {"group", "grp"} for token in sentence.tokens[:2])
    )


def _ties(sentence: Passage) -> tuple[bool, bool]:
    """Whether a sentence ties the session's work to a diagnosis or symptom, and to a goal.

    Work and link must stand outside the goal's own words, and a symptom too: "exposure targets her goal of less
    avoidance" ties to the goal alone.
    """
    if sentence.has("group.whole"):
        return False, False
    goals = named_goals([sentence])
    inside = {at for goal in goals for at in range(goal.own_first, goal.last + 1)} - _told_beside(sentence, goals)
    work = [hit for hit in sentence.found("work.session") if hit.first not in inside]
    if {sentence.tokens[hit.first].word for hit in work} <= _MERE_SESSION and _ATTENDED.search(sentence.text):
        return False, False
    links = [hit for hit in sentence.found("link") if hit.first not in inside]
    opens_with_doing = (
        bool(sentence.tokens)
        and sentence.tokens[0].word.endswith("ing")
        and sentence.tokens[0].word not in GENERIC
        and 0 not in inside
    )
    if not (work or opens_with_doing) or not links:
        return False, False
    symptoms = {hit.first for hit in sentence.found("symptom", "symptom.weak", "dx.name") if hit.first not in inside}
    symptoms |= _coded(sentence) - inside
    symptom = bool(symptoms) and (opens_with_doing or any(hit.first not in symptoms for hit in work))
    goal = bool(goals) or (sentence.has("goal.plain") and bool(sentence.content(GENERIC)) and not is_plan(sentence))
    if work and {sentence.tokens[hit.first].word for hit in work} <= _MERE_THERAPY:
        # "Group therapy supports her depression goal" fits every session: only a goal with words of its own is a tie.
        goal = any(_own_of(one, symptoms) for one in goals)
    return symptom, goal


def _told_beside(sentence: Passage, goals: Sequence[Goal]) -> set[int]:
    """What stands beside a numbered goal and is none of its words: "Goal 2 (GAD)", "Goal 2: role-play targeted GAD"."""
    if _NUMBERED.fullmatch(sentence.label) and _WORKED.search(sentence.text):
        return set(range(len(sentence.tokens)))
    diagnoses = {at for hit in sentence.found("dx.name") for at in range(hit.first, hit.last + 1)}
    beside = [set(range(goal.own_first, goal.last + 1)) for goal in goals if _is_numbered(goal)]
    return set().union(*(own for own in beside if own <= diagnoses))


def _is_numbered(goal: Goal) -> bool:
    tokens = goal.passage.tokens
    return any(tokens[at].word[0].isdigit() for at in range(goal.first, goal.own_first))


def _coded(sentence: Passage) -> set[int]:
    """The tokens at which a code stands as what the sentence speaks of: "ties to F33.1", and not "F33.1, per chart"."""
    codes = [
        found
        for found in find_codes(sentence.text)
        if found.diagnosis and _BEFORE_CODE.search(sentence.text, 0, found.start)
    ]
    return {
        at
        for at, token in enumerate(sentence.tokens)
        for code in codes
        if sentence.start + code.start <= token.start < sentence.start + code.end
    }


def _own_of(goal: Goal, symptoms: set[int]) -> bool:
    """Whether a goal's words say more than a symptom."""
    tokens = goal.passage.tokens
    own = {tokens[at].word for at in range(goal.own_first, goal.last + 1) if at not in symptoms}
    return bool(own & set(goal.passage.content(NOT_NAMED | GENERIC)))
