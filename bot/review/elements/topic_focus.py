"""topic_focus: what this session was about."""

import re

from bot.review.elements.passages import Actor, Passage, Reading
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lexicon.phrases import words_of
from bot.review.models import Evidence, Verdict

_LABEL = re.compile(
    r"\b(?:topic|theme|focus|agenda|subject|content|session title|title|lesson|material|module)\b", re.IGNORECASE
)
_GENERIC = words_of("topic_generic")
FIX = "What was this session's topic or therapeutic focus?"


def judge_topic_focus(reading: Reading) -> Verdict:
    """Met by a stated topic of this session; a group's name that only implies one is partial."""
    for passage in reading.session:
        if passage.start == passage.end or not _LABEL.search(passage.label):
            continue
        if passage.content(_GENERIC):
            return met(passage)
    for passage in reading.session:
        found = _stated(passage)
        if found:
            return met(found)
    for passage in reading.session:
        start = passage.label_start if passage.label_start >= 0 else passage.start
        name = _group_name(passage)
        if name:
            return partial(
                [name], "Only the group's name hints at a topic; what this session dealt with is not said.", FIX
            )
        if re.search(r"\bgroup\b", passage.label) and passage.content(_GENERIC) and len(passage.text.split()) <= 8:
            evidence = Evidence(quote=reading.note[start : passage.end], start=start, end=passage.end)
            return partial(
                [evidence], "Only the group's name hints at a topic; what this session dealt with is not said.", FIX
            )
    return missing("The note does not say what the session was about.", FIX)


def _stated(passage: Passage) -> Passage | None:
    """A clause that says what was worked on, with words of its own after the cue."""
    for clause in passage.clauses:
        if clause.actor in {Actor.PATIENT, Actor.OTHER}:
            continue
        for hit in clause.found("topic.verb"):
            rest = clause.tokens[hit.last + 1 :]
            words = [t.word for t in rest if t.word in {*clause.content(_GENERIC)} and len(t.word) > 2]
            if words and not re.search(r"\b(?:not|no)\b", passage.note[clause.start : hit.start].lower()[-16:]):
                return clause
    return None


def _group_name(passage: Passage) -> Evidence | None:
    for hit in passage.found("topic.group_name"):
        return Evidence(quote=passage.note[hit.start : hit.end], start=hit.start, end=hit.end)
    return None
