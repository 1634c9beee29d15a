"""provider_interventions: what the provider did, as therapy."""

import re
from collections.abc import Iterable

from bot.review.elements.passages import Actor, Passage, Reading
from bot.review.elements.untold import tells_of_nothing_done
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lacking import question
from bot.review.models import Element, Verdict

_LABEL = re.compile(
    r"\b(?:interventions?|techniques?|^i$|methods?|strateg\w+|clinical tools|intervention\(s\))\b", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(?:no|not|without|none|never|zero|didn't|wasn't|weren't)\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:will|next (?:session|group|week)|plan(?:s|ned)? to|homework)\b", re.IGNORECASE)
_STANCES = frozenset(
    [
        "validation",
        "reflection",
        "reflections",
        "clarification",
        "support",
        "and",
        "affirmations",
        "modeling",
        "mirroring",
    ]
)
_LED = frozenset(["guided", "led", "ran", "conducted", "directed"])
_BEFORE_EXERCISE = frozenset(
    [*("a", "an", "the", "one", "two", "three", "several", "members", "group", "through", "brief", "short", "written"),
     *("in", "session", "cbt", "dbt", "paired", "full")]
)  # fmt: skip
_EXERCISES = frozenset(
    [*("record", "records", "analysis", "analyses", "play", "plays", "roleplay", "roleplays", "exposure", "exposures"),
     *("experiment", "experiments", "rehearsal", "imagery", "chair", "restructuring", "questioning")]
)  # fmt: skip
"""What is therapy by its name; a "guided mindfulness practice" may be a class."""
_NO_EXERCISE = frozenset(
    [*("discussion", "discussions", "talk", "lesson", "form", "forms", "topic", "module", "skills", "overview"),
     *("review", "demonstration", "example", "examples", "group", "class", "training")]
)  # fmt: skip
FIX = question(Element.PROVIDER_INTERVENTIONS)


def judge_interventions(reading: Reading) -> Verdict:
    """Met by a therapeutic act of the provider; "facilitated discussion" is partial; lecturing alone is none."""
    acts = therapeutic_acts(reading)
    if acts:
        return met(*acts[:3])
    vague = [
        clause
        for clause in _provider_clauses(reading)
        if clause.has("act.vague", "act.technique") and not _denied(clause)
    ]
    vague = [clause for clause in vague if not _is_taught(clause)]
    if vague:
        return partial(
            vague[:2],
            "What the provider did is only named in general (as facilitating or supporting), not as therapy.",
            FIX,
        )
    taught = [clause for clause in _provider_clauses(reading) if clause.has("act.class")]
    if taught:
        return missing(
            "The provider is only described as teaching or handing out material; that is not an intervention.", FIX
        )
    return missing("The note does not say what the provider did.", FIX)


def therapeutic_acts(reading: Reading) -> list[Passage]:
    """Clauses in which the provider does therapy."""
    return [clause for clause in _provider_clauses(reading) if _is_therapeutic(clause)]


def _provider_clauses(reading: Reading) -> list[Passage]:
    of_session = [
        c
        for s in reading.session
        if not tells_of_nothing_done(s)
        for c in s.clauses
        if c.actor in {Actor.PROVIDER, Actor.NOBODY, Actor.SESSION}
    ]
    of_members = [c for member in reading.members for c in member.clauses(Actor.PROVIDER)]
    return _once([*of_session, *of_members])


def _once(clauses: Iterable[Passage]) -> list[Passage]:
    seen: dict[tuple[int, int], Passage] = {}
    for clause in clauses:
        seen.setdefault((clause.start, clause.end), clause)
    return list(seen.values())


def _is_therapeutic(clause: Passage) -> bool:
    if _denied(clause):
        return False
    if clause.actor is Actor.PROVIDER or clause.actor is Actor.NOBODY:
        if _beyond_sharing(clause) or _plain_act(clause):
            return not _only_teaching(clause)
        return bool(_LABEL.search(clause.label)) and clause.has("act.technique") and not _one_ticked_word(clause)
    return clause.has("act.technique") and bool(
        _LABEL.search(clause.label) or re.match(r"interventions?\b", clause.text, re.IGNORECASE)
    )


def _beyond_sharing(clause: Passage) -> bool:
    """A therapeutic act that is more than an invitation to share: "invited each one to share" is hosting."""
    hosting = {hit.first for hit in clause.found("act.share")}
    return any(hit.first not in hosting for hit in clause.found("act.therapy"))


def _is_taught(clause: Passage) -> bool:
    """A lesson, and what it was about: "slides on cognitive restructuring"."""
    lessons, named = clause.found("act.class"), clause.found("act.technique")
    return bool(lessons) and all(min(lesson.first for lesson in lessons) < hit.first for hit in named)


def _one_ticked_word(clause: Passage) -> bool:
    """A ticked "Validation" says no more than "facilitated discussion"; a ticked "Role play" names what was done."""
    return clause.ticked and {token.word for token in clause.tokens} <= _STANCES


def _plain_act(clause: Passage) -> bool:
    """A therapeutic act in plain words: its verb stands first, or right after the provider, and is no mere hosting."""
    hosting = {hit.first for hit in clause.found("act.vague")}
    furthest = 4 if clause.actor is Actor.PROVIDER else 0
    return any(
        hit.first <= furthest and hit.first not in hosting for hit in clause.found("act.verb")
    ) and not clause.has("act.share", "act.class")


def _only_teaching(clause: Passage) -> bool:
    """Taught about a technique: no act but the class's own, before it or in a list with a verb of its own after it."""
    if not clause.has("act.class"):
        return False
    lessons = clause.found("act.class")
    after_list = {hit.first for hit in clause.found("act.verb", "act.therapy") if _opens_item(clause, hit.first)}
    return not any(
        hit.first < min(lesson.first for lesson in lessons)
        or (hit.first in after_list and hit.first > max(lesson.first for lesson in lessons))
        for hit in clause.found("act.therapy")
    )


def _opens_item(clause: Passage, at: int) -> bool:
    """Whether a verb of the past stands at the head of an item: ", used Socratic dialogue"."""
    if at == 0 or not clause.tokens[at].word.endswith(("ed", "ran", "led", "did", "set")):
        return False
    between = clause.note[clause.tokens[at - 1].end : clause.tokens[at].start]
    return "," in between or ";" in between or clause.tokens[at - 1].word in {"then", "and"}


def _denied(clause: Passage) -> bool:
    hits = clause.found("act.therapy", "act.vague", "act.technique")
    first = min((hit.start for hit in hits), default=clause.start)
    head = clause.note[clause.start : first + 3]
    return bool(_NEGATED.search(head) or _LATER.search(head))


def is_plain_exercise(clause: Passage) -> bool:
    """A technique that the provider led the group through, by its name: "Therapist guided a thought record"."""
    if clause.actor not in {Actor.PROVIDER, Actor.NOBODY} or clause.has("act.class") or not _is_therapeutic(clause):
        return False
    words = [token.word for token in clause.tokens]
    furthest = 2 if clause.actor is Actor.PROVIDER else 0
    led = next((at for at, word in enumerate(words[: furthest + 1]) if word in _LED), None)
    if led is None:
        return False
    return any(
        all(word in _BEFORE_EXERCISE for word in words[led + 1 : hit.first])
        and words[hit.last] in _EXERCISES
        and not _NO_EXERCISE & set(words[hit.last + 1 : hit.last + 3])
        for hit in clause.found("act.technique")
        if led < hit.first
    )
