"""diagnosis_present: a diagnosis of this patient by name or by code."""

import re
from collections.abc import Iterator

from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.models import Evidence, Verdict

_CODE_SHAPE = re.compile(r"\b[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?\b")
_LABEL = re.compile(r"\b(?:dx|diagnos[ie]s|diagnostic|icd[\w-]*|primary|impression)\b")
_CLEAR_BREAK = re.compile(r"[.;]")


def judge_diagnosis(member: MemberReading) -> Verdict:
    """Met by a diagnosis name or a code of the ICD-10-CM set; symptoms or "dx on file" are partial."""
    name = named(member.label)
    fix = f"What is {name}'s diagnosis, by name and ICD-10-CM code?"
    odd: Evidence | None = None
    loose: Passage | None = None
    considered: Passage | None = None
    for sentence in _own(member):
        start = sentence.label_start if sentence.label_start >= 0 else sentence.start
        for code, known in _codes(sentence, start):
            if known:
                return met(code)
            odd = odd or code
        for hit in sentence.found("dx.name"):
            if not _not_this_patient(sentence, hit.start):
                return met(Evidence(quote=sentence.note[hit.start : hit.end], start=hit.start, end=hit.end))
            if sentence.has("dx.considered"):
                considered = considered or sentence
        if (_LABEL.search(sentence.label) or sentence.has("dx.label_word")) and sentence.has("dx.loose"):
            hit = sentence.found("dx.loose")[0]
            if not _not_this_patient(sentence, hit.start) and not sentence.has("dx.on_file"):
                return met(Evidence(quote=sentence.note[hit.start : hit.end], start=hit.start, end=hit.end))
        if sentence.has("dx.on_file") or (_LABEL.search(sentence.label) and sentence.has("dx.elsewhere")):
            loose = loose or sentence
    if odd is not None:
        return partial([odd], "The code given is not in the ICD-10-CM set, and no diagnosis is named.", fix)
    if loose is not None:
        return partial([loose], "The note only points to a diagnosis kept elsewhere.", fix)
    if considered is not None:
        return partial([considered], "A diagnosis is only considered or ruled out, not given.", fix)
    symptoms = [c for c in member.clauses() if c.has("symptom.plain", "symptom")]
    if symptoms:
        return partial(symptoms[:1], f"Symptoms of {name} are mentioned, but no diagnosis.", fix)
    return missing(f"No diagnosis of {name} is given, by name or by code.", fix)


def _own(member: MemberReading) -> list[Passage]:
    return [s for s in member.sentences if s.actor not in {Actor.GROUP, Actor.OTHER}]


def _codes(sentence: Passage, start: int) -> Iterator[tuple[Evidence, bool]]:
    """Codes in a sentence, each with whether the ICD-10-CM set has it."""
    for match in _CODE_SHAPE.finditer(sentence.note, start, sentence.end):
        yield Evidence(quote=match.group(), start=match.start(), end=match.end()), _is_in_set(match.group())


def _is_in_set(code: str) -> bool:
    """Until the code table answers: the shape of a chapter that exists."""
    return bool(re.fullmatch(r"(?:F\d\d|Z\d\d|R\d\d|G\d\d|T\d\d)(?:\.\w{1,4})?", code))


def _not_this_patient(sentence: Passage, at: int) -> bool:
    """Ruled out, denied, or somebody else's: said before the name, in the same clause."""
    for hit in sentence.found("dx.not"):
        if hit.start <= at and not _CLEAR_BREAK.search(sentence.note[hit.end : at]) and at - hit.end < 50:
            return True
    return False
