"""topic_focus: what this session was about."""

import re
from collections.abc import Sequence

from bot.review.elements.passages import Actor, Passage, Reading
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lacking import asked, question
from bot.review.lexicon.phrases import words_of
from bot.review.models import Element, Evidence, Status, Verdict

_LABEL = re.compile(
    r"\b(?:topic|theme|focus|agenda|subject|content|session title|title|lesson|material|module)\b", re.IGNORECASE
)
_GENERIC = words_of("topic_generic")
_HEAD, _LONGEST_THEME, _LONGEST_NAME, _OWN_WORDS = 10, 14, 8, 2
_KNOWN_LABEL = re.compile(
    r"\b(?:date|time|group|location|place|room|present|attend\w*|members?|clients?|patients?|modality|approach|model|"
    r"interventions?|therapist|provider|facilitators?|leaders?|duration|service|type|encounter|cpt|code|name|id|mrn|dob|"
    r"size|census|plan|response|objective|subjective|assessment|goals?|safety|risk|signed|signature|payer|insurance)\b"
)
_NO_THEME = (
    "part.act", "act.vague", "act.class", "act.therapy", "people.who", "topic.group_name", "safe.denial", "name.other",
)  # fmt: skip
_JOINING = frozenset(
    ["about", "of", "what", "how", "when", "and", "without", "with", "to", "after", "between", "behind", "that", "who"]
)
_SETTING = words_of("setting")
_TODAY = re.compile(r"(?:today|tonight)(?:['’]?s (?:group|session|topic|work))?")
_SHORT_NAME = 4
_NO_TOPIC = re.compile(
    r"\W*(?:see (?:above|below|chart|note|plan|attached|agenda)|as (?:above|usual|planned|scheduled)|same(?: as .*)?|"
    r"to be \w+|tb[ad]|n/?a|none|various|open|ongoing|continued|per (?:curriculum|manual|schedule|agenda))\W*",
    re.IGNORECASE,
)
_PLAINLY = re.compile(
    r"\b(?:topic|theme|subject|focus)\b.{0,20}\b(?:was|is|were)\b|"
    r"^\W*(?:(?:the|today['’]?s?|tonight['’]?s?|this|our) )*(?:\w+ ){0,2}(?:group|session|hour|we|members|meeting)\s"
    r"(?:time )?(?:was |were )?(?:focuss?ed|cent(?:er|re)d|worked|talked|concentrated|spent (?:the )?\w+) "
    r"(?:on|around|about|upon)\b|^\W*(?:focuss?ed|worked) on\b",
    re.IGNORECASE,
)
FIX = question(Element.TOPIC_FOCUS)


def judge_topic_focus(reading: Reading) -> Verdict:
    """Met by a stated topic of this session; a group's name that only implies one is partial."""
    told = _labelled(reading.session) or _stated(reading.session) or _said_in_passing(reading.session)
    if told is not None:
        return met(told)
    hint = next((name for passage in reading.session if (name := _group_name(passage))), None)
    if hint is not None:
        return partial([hint], "Only the group's name hints at a topic; what this session dealt with is not said.", FIX)
    return missing(*asked(Element.TOPIC_FOCUS, Status.MISSING))


def is_plain_topic(passage: Passage) -> bool:
    """A topic under its label, or after words that say no more than that it is one."""
    if _labelled([passage]) is not None:
        return True
    told = _stated([passage])
    return told is not None and bool(_PLAINLY.search(told.text))


def _labelled(session: Sequence[Passage]) -> Passage | None:
    return next((p for p in session if p.start < p.end and (_names_topic(p) or _of_today(p))), None)


def _names_topic(passage: Passage) -> bool:
    return bool(_LABEL.search(passage.label) and passage.content(_GENERIC)) and not names_no_topic(passage)


def _of_today(passage: Passage) -> bool:
    """ "Tonight: trusting again"."""
    own = passage.content(_GENERIC | _SETTING)
    return bool(_TODAY.fullmatch(passage.label)) and len(own) >= _OWN_WORDS and not passage.has(*_NO_THEME)


def names_no_topic(passage: Passage) -> bool:
    """Whether what stands under a topic's label is none: a bare group name, a pointer, nothing of its own."""
    if not _LABEL.search(passage.label):
        return False
    return not passage.content(_GENERIC) or bool(_NO_TOPIC.fullmatch(passage.text) or _only_group_name(passage))


def _only_group_name(passage: Passage) -> bool:
    words = passage.tokens
    named = bool(words) and words[-1].word in {"group", "grp", "program", "track"}
    return named and len(words) <= _SHORT_NAME and not _JOINING & {token.word for token in words}


def _said_in_passing(session: Sequence[Passage]) -> Passage | None:
    return next((passage for passage in session[:_HEAD] if _is_theme(passage)), None)


def _is_theme(passage: Passage) -> bool:
    """A topic as a phrase at the note's head, "Stuck points about trust.": no doer, name or number in it."""
    if len(passage.tokens) > _LONGEST_THEME or (passage.label and _KNOWN_LABEL.search(passage.label)):
        return False
    if passage.actor is not Actor.NOBODY or passage.has(*_NO_THEME) or any(t.word[0].isdigit() for t in passage.tokens):
        return False
    known = {t.word for hit in passage.found("modality.named") for t in passage.tokens[hit.first : hit.last + 1]}
    own = set(passage.content(_GENERIC | _SETTING)) - known
    in_lower_case = [t for at, t in enumerate(passage.tokens) if t.word in own and (at == 0 or t.raw[0].islower())]
    joined = bool(_JOINING & {t.word for t in passage.tokens}) or passage.has("modality.named", "modality.technique")
    return joined and len(in_lower_case) >= _OWN_WORDS


def _stated(session: Sequence[Passage]) -> Passage | None:
    """A clause that says what was worked on, with words of its own after the cue."""
    for clause in (clause for passage in session for clause in passage.clauses):
        if clause.actor in {Actor.PATIENT, Actor.OTHER}:
            continue
        for hit in clause.found("topic.verb"):
            rest = clause.tokens[hit.last + 1 :]
            words = [t.word for t in rest if t.word in {*clause.content(_GENERIC)} and len(t.word) > 2]
            if words and not re.search(r"\b(?:not|no)\b", clause.note[clause.start : hit.start].lower()[-16:]):
                return clause
    return None


def _group_name(passage: Passage) -> Evidence | None:
    if names_no_topic(passage) and _only_group_name(passage) and passage.content(_GENERIC):
        return passage.evidence()
    for hit in passage.found("topic.group_name"):
        return Evidence(quote=passage.note[hit.start : hit.end], start=hit.start, end=hit.end)
    if (
        re.search(r"\bgroup\b", passage.label)
        and passage.content(_GENERIC)
        and len(passage.text.split()) <= _LONGEST_NAME
    ):
        return passage.evidence_with_label()
    return None
