"""progress_toward_goals and medical_necessity: both stand on this patient's own goals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.review.elements.participation import GENERIC
from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.lexicon.phrases import Hit, words_of
from bot.review.models import Verdict

_GOAL_LABEL = re.compile(r"\b(?:goals?|objectives?|tx goal|^g$|treatment goals?|target|aims?|wants)\b")
_PROGRESS_LABEL = re.compile(r"\bprogress\b")
_LATER_LABEL = re.compile(r"^p$|\bplan|next|homework|follow")
_FACT_LABEL = re.compile(r"^g$|\b(?:goals?|objectives?|diagnos\w+|dx|icd\w*)\b")
_NOT_NAMED = words_of("goal_unnamed")
_PURPOSE = re.compile(
    r"\s*(?:(?:we|she|he|they|I)\s+\w+\s+|(?:for|in|here)\s+(?:\w+\s+)?)?(?:of|to|is|was|:|-|–|=|\(|re|"
    r"about|around|\"|“|#?\d+\W)+\s*",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(r"(?P<name>[a-z][\w-]{3,})['’]?s?\s+(?:goal|objective|goals)\b", re.IGNORECASE)
_COUNT_ONLY = re.compile(
    r"\b(?:phq|gad-?7|gaf|bdi|bai|pcl|suds?|score[sd]?|\d+\s*(?:days?|weeks?|months?)|/10|day count|audit)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal the note names: where, and up to which token its own words reach."""

    passage: Passage
    index: int
    first: int
    last: int
    own_first: int = 0
    """Where the goal's own words begin, after "goal of"."""


def judge_progress(member: MemberReading) -> Verdict:
    """Met by movement, no change or regression said of a named goal of this patient."""
    name = named(member.label)
    fix = f"Which goal of {name} does this bear on, and what changed since last time, for better or worse, if anything?"
    sentences = _own(member)
    goals = named_goals(sentences)
    for goal in goals:
        moved = _movement(goal, sentences)
        if moved is not None:
            return met(*([goal.passage] if moved is goal.passage else [goal.passage, moved]))
    if goals:
        return partial(
            [goals[0].passage],
            f"A goal of {name} is named, but nothing is said of movement, no change or setback.",
            f"What changed, stayed the same or got worse for {name} on this goal since last time?",
        )
    vague = [s for s in sentences if s.has("progress.generic", "goal.plain") and not s.has("group.whole")]
    if vague:
        return partial(vague[:1], f"Progress is mentioned, but not against a named goal of {name}.", fix)
    return missing(f"Nothing is said of {name}'s progress toward a named treatment goal.", fix)


def named_goals(sentences: Sequence[Passage]) -> list[Goal]:
    """Goals with words of their own: "goal of riding the bus", "Goal 1 (sleep)", "her sobriety goal", a heading."""
    found: list[Goal] = []
    for index, sentence in enumerate(sentences):
        if _GOAL_LABEL.search(sentence.label) and not _PROGRESS_LABEL.search(sentence.label):
            if [word for word in sentence.content() if word not in _NOT_NAMED]:
                found.append(Goal(sentence, index, 0, _purpose_end(sentence, 0)))
            continue
        for hit in sentence.found("goal.back"):
            if hit.first >= 3 and sentence.content(_NOT_NAMED):
                found.append(Goal(sentence, index, hit.first, hit.last, hit.first))
        for hit in sentence.found("goal.wants"):
            if [t for t in sentence.tokens[hit.last + 1 :] if t.word in sentence.content(_NOT_NAMED)]:
                found.append(Goal(sentence, index, hit.first, len(sentence.tokens) - 1, hit.last + 1))
        for hit in sentence.found("goal.plain"):
            goal = _goal_at(sentence, index, hit)
            if goal is not None:
                found.append(goal)
    return found


def _goal_at(sentence: Passage, index: int, hit: Hit) -> Goal | None:
    after = sentence.note[hit.end : sentence.end]
    lead = _PURPOSE.match(after)
    if lead and lead.group().strip():
        begins = hit.end + lead.end()
        at = next((n for n, token in enumerate(sentence.tokens) if token.start >= begins), len(sentence.tokens))
        end = _purpose_end(sentence, at)
        words = [
            t.word for t in sentence.tokens[at : end + 1] if t.word not in _NOT_NAMED and t.word in sentence.content()
        ]
        if words:
            return Goal(sentence, index, hit.first, end, at)
    before = sentence.note[max(sentence.start, hit.start - 30) : hit.end]
    named_before = _NAMED_BEFORE.search(before)
    if (
        named_before
        and named_before["name"].lower() not in _NOT_NAMED
        and named_before["name"].lower() in sentence.content()
    ):
        return Goal(sentence, index, max(hit.first - 1, 0), hit.last, hit.last)
    return None


def _purpose_end(sentence: Passage, at: int) -> int:
    """The last token of the goal's own words: up to a bracket's end, a comma, a colon, a dash or a verb of change."""
    for number in range(at, len(sentence.tokens) - 1):
        between = sentence.note[sentence.tokens[number].end : sentence.tokens[number + 1].start]
        following = sentence.tokens[number + 1].word
        if number > at and (re.search(r"[,;:)\"”]|\s[–—-]\s", between) or following in _VERBS_AFTER):
            return number
        if re.search(r"[);]|:\s", between) and number >= at:
            return number
    return len(sentence.tokens) - 1


_VERBS_AFTER = words_of("goal_verbs_after")


def _movement(goal: Goal, sentences: Sequence[Passage]) -> Passage | None:
    """Words of movement in the goal's sentence outside its own words, or in the two sentences that follow."""
    own = goal.passage
    for hit in own.found("move.word", "move.strong"):
        if hit.last < goal.first or hit.first > goal.last:
            return own
    for neighbour in sentences[goal.index + 1 : goal.index + 3]:
        if _FACT_LABEL.search(neighbour.label) and neighbour.label != own.label:
            continue
        if _LATER_LABEL.search(neighbour.label):
            continue
        if _about_goal(neighbour, own) or (
            neighbour.has("move.strong", "move.clear")
            and neighbour is sentences[goal.index + 1]
            and neighbour.actor is Actor.PATIENT
        ):
            return neighbour
    for other in sentences:
        if other is own or _LATER_LABEL.search(other.label):
            continue
        if (_PROGRESS_LABEL.search(other.label) or other.has("move.strong", "move.clear")) and _about_goal(other, own):
            return other
    return None


def _about_goal(sentence: Passage, goal: Passage) -> bool:
    if sentence.actor in {Actor.GROUP, Actor.PROVIDER, Actor.OTHER} or not sentence.has(
        "move.word", "move.strong", "move.clear"
    ):
        return False
    if _PROGRESS_LABEL.search(sentence.label) or sentence.has("progress.generic"):
        return True
    stems = {word[:4] for word in goal.content() if word not in _NOT_NAMED}
    return any(word[:4] in stems for word in sentence.content())


def _own(member: MemberReading) -> list[Passage]:
    return [s for s in member.sentences if s.actor not in {Actor.GROUP, Actor.OTHER}]


def judge_necessity(member: MemberReading) -> Verdict:
    """Met where the session's work is tied to this patient's diagnosis or symptoms and to a treatment goal."""
    name = named(member.label)
    fix = f"How did this session's work bear on {name}'s diagnosis or symptoms, and which treatment goal did it serve?"
    sentences = _own(member)
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
    return missing(
        f"No sentence connects this session's work to {name}'s diagnosis or symptoms and to a treatment goal.", fix
    )


def _ties(sentence: Passage) -> tuple[bool, bool]:
    """Whether a sentence ties the session's work to a diagnosis or symptom, and to a goal.

    Work and link must stand outside the goal's own words, and a symptom too: "exposure targets her goal of less
    avoidance" ties to the goal alone.
    """
    if sentence.has("group.whole"):
        return False, False
    goals = named_goals([sentence])
    inside = {at for goal in goals for at in range(goal.own_first, goal.last + 1)}
    work = [hit for hit in sentence.found("work.session") if hit.first not in inside]
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
    symptom = bool(symptoms) and (opens_with_doing or any(hit.first not in symptoms for hit in work))
    goal = bool(goals) or (sentence.has("goal.plain") and bool(sentence.content(GENERIC)))
    return symptom, goal
