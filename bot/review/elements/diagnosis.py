"""diagnosis_present: a diagnosis of this patient by name or by code."""

import re
from collections.abc import Iterator

from bot.claims.codes import find_codes
from bot.claims.unsettled import is_unsettled, is_unsettled_code
from bot.review.elements.participation import is_plan
from bot.review.elements.passages import Actor, MemberReading, Passage
from bot.review.elements.verdicts import met, missing, named, partial
from bot.review.lacking import asked, question
from bot.review.models import Element, Evidence, Status, Verdict

_LABEL = re.compile(r"\b(?:dx|diagnos[ie]s|diagnostic|icd[\w-]*|primary|impression)\b")
_TOUCHED = frozenset(
    ["mood", "sleep", "checking", "concentration", "appetite", "esteem", "self", "substance", "relapse"]
)
_NO_ANSWER = re.compile(r"\W*(?:none|deferred|pending|tbd|n/?a|no\b|not|unknown|to be)", re.IGNORECASE)
_ICD_9 = re.compile(r"(?<![\d$.])(?:29\d|30\d|31[0-9])\.\d{1,2}(?![\d%])")
_CLEAR_BREAK = re.compile(r"[.;]")
CONSIDERED = "A diagnosis is only considered or ruled out, not given."


def judge_diagnosis(member: MemberReading) -> Verdict:
    """Met by a diagnosis name or a code of the ICD-10-CM set; symptoms, "dx on file" or "rule out" are partial."""
    name = named(member.label)
    fix = question(Element.DIAGNOSIS_PRESENT, member.label)
    sentences = [s for s in member.sentences if s.actor not in {Actor.GROUP, Actor.OTHER} and not s.has("group.whole")]
    # A code in the heading is this member's, whoever the sentence after it speaks of.
    own = {sentence.start for sentence in sentences}
    codes = [
        (code, known)
        for sentence in member.sentences
        for code, known in _codes(sentence)
        if sentence.start in own or code.end <= sentence.start
    ]
    names = [name for sentence in member.sentences for name in _names(sentence)]
    sure = [
        code
        for code, known in codes
        if known and not is_unsettled_code(member.sentences[0].note, code.start, code.end, names)
    ]
    given = sure + [one for s in sentences if (one := _named_diagnosis(s))]
    if given:
        firsts = [min(given, key=lambda one: one.start), *sure][:2]
        return met(*sorted(firsts, key=lambda one: one.start))
    unknown: list[Passage | Evidence] = [code for code, known in codes if not known]
    unknown.extend(one for sentence in sentences for one in _former_codes(sentence))
    weak: list[tuple[list[Passage | Evidence], str]] = [
        (unknown, "The code given is not in the ICD-10-CM set, and no diagnosis is named."),
        ([s for s in sentences if _points_elsewhere(s)], "The note only points to a diagnosis kept elsewhere."),
        ([s for s in sentences if _considers(s)], CONSIDERED),
        (
            [c for c in member.clauses() if _tells_symptoms(c)],
            f"Symptoms of {name} are mentioned, but no diagnosis.",
        ),
    ]
    for rests, reason in weak:
        if rests:
            return partial(rests[:1], reason, fix)
    return missing(*asked(Element.DIAGNOSIS_PRESENT, Status.MISSING, member.label))


def _tells_symptoms(clause: Passage) -> bool:
    """Symptoms of this patient: not those of a goal, a plan or the group's name, nor words that symptoms only touch."""
    if re.search(r"^g$|goal|objective", clause.label) or is_plan(clause) or clause.has("plan.generic", "group.whole"):
        return False
    if re.match(r"\W*(?:(?:pt|patient|client|he|she|they)\s+)?(?:denie[sd]|no)\b", clause.text, re.IGNORECASE):
        return False
    told = {clause.tokens[hit.first].word for hit in clause.found("symptom.plain", "symptom")}
    return bool(told - _TOUCHED) or (bool(_LABEL.search(clause.label)) and _answers(clause))


def _answers(clause: Passage) -> bool:
    """Words of their own under a diagnosis label."""
    return bool(clause.content()) and not _NO_ANSWER.match(clause.text)


def _named_diagnosis(sentence: Passage) -> Evidence | None:
    """A diagnosis by name; a loose word such as "depression" counts where the note calls it the diagnosis."""
    labelled = bool(_LABEL.search(sentence.label)) or sentence.has("dx.label_word")
    hits = sentence.found("dx.name")
    if labelled and not sentence.has("dx.on_file"):
        hits = hits + sentence.found("dx.loose")
    for hit in hits:
        if not _not_this_patient(sentence, hit.start) and not is_unsettled(sentence.note, hit.start, hit.end):
            return Evidence(quote=sentence.note[hit.start : hit.end], start=hit.start, end=hit.end)
    return None


def _considers(sentence: Passage) -> bool:
    """Whether a diagnosis is named or coded as one that may be."""
    if sentence.has("dx.considered") and sentence.has("dx.name"):
        return True
    coded = ((code.start, code.end) for code, known in _codes(sentence) if known)
    return any(is_unsettled(sentence.note, *where) for where in (*_names(sentence), *coded))


def _names(sentence: Passage) -> list[tuple[int, int]]:
    """Where a sentence names diagnoses, whoever's they are."""
    return [(hit.start, hit.end) for hit in sentence.found("dx.name")]


def _points_elsewhere(sentence: Passage) -> bool:
    return sentence.has("dx.on_file") or (bool(_LABEL.search(sentence.label)) and sentence.has("dx.elsewhere"))


def _codes(sentence: Passage) -> Iterator[tuple[Evidence, bool]]:
    """Codes in a sentence or its label, each with whether the ICD-10-CM set has it."""
    start = sentence.label_start if sentence.label_start >= 0 else sentence.start
    for found in find_codes(sentence.note, start, sentence.end):
        yield (
            Evidence(quote=sentence.note[found.start : found.end], start=found.start, end=found.end),
            bool(found.diagnosis),
        )


def _former_codes(sentence: Passage) -> Iterator[Evidence]:
    """Codes of ICD-9-CM, which no claim may carry since October 2015."""
    for found in _ICD_9.finditer(sentence.note, sentence.start, sentence.end):
        yield Evidence(quote=found.group(), start=found.start(), end=found.end())


def _not_this_patient(sentence: Passage, at: int) -> bool:
    """Ruled out, denied, or somebody else's: said before the name, in the same clause."""
    for hit in sentence.found("dx.not"):
        if hit.start <= at and not _CLEAR_BREAK.search(sentence.note[hit.end : at]) and at - hit.end < 50:
            return True
    return False
