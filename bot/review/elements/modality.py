"""modality: the clinical approach by name."""

import re

from bot.review.elements.passages import Actor, Passage, Reading
from bot.review.elements.untold import is_question
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lacking import asked, question
from bot.review.lexicon.phrases import Hit
from bot.review.models import Element, Evidence, Status, Verdict

_ELSEWHERE = re.compile(
    r"\b(?:no|not|without|never|refer(?:red|ral)?|recommend(?:ed)?|waitlist(?:ed)?|individual|outside|"
    r"previous(?:ly)?|prior|past|next|will|billed|bill|code)\b[^.;,]{0,24}$",
    re.IGNORECASE,
)
FIX = question(Element.MODALITY)


def judge_modality(reading: Reading) -> Verdict:
    """Met by a named modality; a technique that implies one is partial; "group therapy" or "support" is none."""
    told = [passage for passage in reading.session if not is_question(passage)]
    passages = [*told, *_provider_passages(reading)]
    for passage in passages:
        for hit in passage.found("modality.named"):
            if not _is_elsewhere(passage, hit):
                return met(Evidence(quote=reading.note[hit.start : hit.end], start=hit.start, end=hit.end))
        label = _named_in_label(passage)
        if label:
            return met(label)
    for passage in passages:
        for hit in passage.found("modality.technique"):
            if not _is_elsewhere(passage, hit):
                evidence = Evidence(quote=reading.note[hit.start : hit.end], start=hit.start, end=hit.end)
                return partial([evidence], "A technique is named, but not the modality that it belongs to.", FIX)
    return missing(*asked(Element.MODALITY, Status.MISSING))


def _provider_passages(reading: Reading) -> list[Passage]:
    """What members' parts say of the provider's work in the session."""
    return [
        clause
        for member in reading.members
        for clause in member.clauses(Actor.PROVIDER, Actor.SESSION)
        if clause.has("act.therapy", "modality.named")
    ]


def _named_in_label(passage: Passage) -> Evidence | None:
    """A modality in the heading itself: "CBT group: ..."."""
    if passage.label_start < 0:
        return None
    from bot.review.lexicon.phrases import lexicon, tokenize

    hits = lexicon().tag(tokenize(passage.note, passage.label_start, passage.start)).get("modality.named")
    return (
        Evidence(quote=passage.note[hits[0].start : hits[0].end], start=hits[0].start, end=hits[0].end)
        if hits
        else None
    )


def _is_elsewhere(passage: Passage, hit: Hit) -> bool:
    """Denied, or of another time or treatment; or the billing code's own "CPT"."""
    before = passage.note[max(passage.start, hit.start - 40) : hit.start]
    if _ELSEWHERE.search(before):
        return True
    words = passage.note[hit.start : hit.end]
    after = passage.note[hit.end : hit.end + 12]
    return words == "CPT" and bool(re.match(r"[\s:#-]*(?:code|\d{5})", after, re.IGNORECASE))
