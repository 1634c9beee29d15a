"""The offline judge: rules and a tagger of sentences over the thirteen elements; always there, always the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from bot.claims.codes import find_codes
from bot.review.elements.diagnosis import CONSIDERED
from bot.review.elements.necessity import both_ties
from bot.review.elements.passages import Actor, Reading, read_note
from bot.review.elements.safety import plainly_answered
from bot.review.elements.topic_focus import names_no_topic
from bot.review.elements.untold import tells_of_nothing_done
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lacking import asked
from bot.review.models import Element, Engine, Evidence, Judgement, Segments, Status, Verdict
from bot.review.plain import answers_nothing, caps, plainly_met, tells_danger
from bot.review.prose import reads_as_prose
from bot.review.rules import judge_by_rules
from bot.review.settle import Weights, member_signs, session_signs
from bot.review.tagger import TAGGED, Earns, Kind, SentenceTagger, Tagger, Tags
from bot.review.units import Unit, member_units, session_units

_LEAST_ODDS = 0.1
"""A sentence with less earns no `met` of the session by itself and can be no evidence of it."""
_QUIET = re.compile(
    r"\W*(?:(?:pt|patient|client|he|she|they|was|[A-Z][\w.]*)\s+){0,2}(?:(?:very|mostly|fairly|rather|more|a bit)\s+)?"
    r"quiet(?:er)?(?:\s(?:today|tonight|this (?:week|session)|in (?:group|session)))?\W*",
    re.IGNORECASE,
)
# A question may well be the topic ("Topic: what do we owe our parents?").
_OF_WHAT_WAS_DONE = (
    Element.GROUP_COMPOSITION,
    Element.MODALITY,
    Element.PROVIDER_INTERVENTIONS,
    Element.ACTIVE_PSYCHOTHERAPY,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Units of one part with their odds."""

    label: str
    units: Sequence[Unit]
    tags: Tags


class OfflineJudge:
    """Judges a split note with no language model and no network. Without a tagger it takes the shipped one."""

    def __init__(self, tagger: SentenceTagger | None = None) -> None:
        self._tagger = tagger

    def judge(self, text: str, segments: Segments) -> tuple[Judgement, Engine]:
        """The verdicts of the session and of each member, in the order of `segments.members`."""
        (judged,) = self.judge_all([(text, segments)])
        return judged

    def judge_all(self, notes: Sequence[tuple[str, Segments]]) -> list[tuple[Judgement, Engine]]:
        """The same for many notes, whose sentences are tagged together: one that stands in several is tagged once."""
        readings = [read_note(text, segments) for text, segments in notes]
        labels, units = [], []
        for reading, (_, segments) in zip(readings, notes, strict=True):
            labels += ["", *(member.label for member in segments.members)]
            units += [session_units(reading), *(member_units(reading, member) for member in reading.members)]
        tagged = iter(_tagged(self._tagger or Tagger.shipped(), labels, units))
        return [
            (_settled_note(reading, next(tagged), list(islice(tagged, len(reading.members)))), Engine(name="offline"))
            for reading in readings
        ]


def _settled_note(reading: Reading, session: _Part, members: Sequence[_Part]) -> Judgement:
    ruled = judge_by_rules(reading)
    session = _without_untold(session)
    weights, of_members = Weights.load(), [member.tags for member in members]
    settled = {
        element: weights.settle(element, one.status, session_signs(element, session.tags, of_members, one.status))
        for element, one in ruled.session.items()
    }
    return Judgement(
        session=_verdicts(ruled.session, settled, session),
        members=tuple(
            _verdicts(verdicts, _settled(weights, verdicts, part), part)
            for part, verdicts in zip(members, ruled.members, strict=True)
        ),
    )


def _tagged(tagger: SentenceTagger, labels: Sequence[str], parts: Sequence[Sequence[Unit]]) -> list[_Part]:
    """All parts tagged in one go: sentences of a length share a batch whoever's they are."""
    every = [unit.text for units in parts for unit in units]
    once = {text: row for row, text in enumerate(dict.fromkeys(every))}
    no_prose = [row for text, row in once.items() if not reads_as_prose(text)]
    of_once = tagger.tag(list(once)).silenced(no_prose, tuple(Element))
    tags = Tags(of_once.rows[[once[text] for text in every]])
    found, start = [], 0
    for label, units in zip(labels, parts, strict=True):
        own = tags.part(start, start + len(units))
        lowered = own.capped((row, *cap) for row, unit in enumerate(units) for cap in caps(unit))
        found.append(_Part(label, units, lowered))
        start += len(units)
    return found


def _without_untold(session: _Part) -> _Part:
    """The session's part with questions, absences and denials of therapy earning nothing, whatever words they hold."""
    rows = [row for row, unit in enumerate(session.units) if tells_of_nothing_done(unit.passage)]
    unnamed = [row for row in rows if not session.units[row].passage.label]
    unnamed += [row for row, unit in enumerate(session.units) if names_no_topic(unit.passage)]
    tags = session.tags.silenced(rows, _OF_WHAT_WAS_DONE).silenced(unnamed, (Element.TOPIC_FOCUS,))
    return replace(session, tags=tags)


def _settled(weights: Weights, ruled: Mapping[Element, Verdict], part: _Part) -> dict[Element, Status]:
    return {
        element: weights.settle(element, one.status, member_signs(element, part.tags, one.status))
        for element, one in ruled.items()
    }


def _verdicts(
    ruled: Mapping[Element, Verdict], settled: Mapping[Element, Status], part: _Part
) -> dict[Element, Verdict]:
    return {element: _verdict(element, one, settled[element], part) for element, one in ruled.items()}


def _verdict(element: Element, ruled: Verdict, status: Status, part: _Part) -> Verdict:
    """The rules' own verdict where the status is theirs; else one that rests on the sentence with the best odds."""
    if status is ruled.status or _is_fact(element, ruled) or _is_hint(element, ruled, status):
        return ruled
    plain = plainly_met(element, part.units) if ruled.status is Status.MET else None
    if plain is not None:
        return met(plain)
    reason, fix = asked(element, status, part.label)
    unit = _best(element, part, status) if status is not Status.MISSING else None
    if _leaves_danger(element, ruled, status, unit, part):
        return ruled
    if status is Status.MISSING:
        return missing(reason, fix)
    if unit is None:
        return ruled if ruled.status is not Status.MET else missing(*asked(element, Status.MISSING, part.label))
    return met(*_words(element, unit, part)) if status is Status.MET else partial([unit.evidence()], reason, fix)


def _leaves_danger(element: Element, ruled: Verdict, status: Status, unit: Unit | None, part: _Part) -> bool:
    """Whether a wish to be dead that the rules found unanswered would be passed over, or count as its own answer."""
    if element is not Element.SAFETY or ruled.status is not Status.PARTIAL:
        return False
    rests_on_danger = any(
        tells_danger(one) and one.start < said.end and said.start < one.end
        for one in part.units
        for said in ruled.evidence
    )
    return rests_on_danger and (status is Status.MISSING or unit is None or tells_danger(unit) or answers_nothing(unit))


def _words(element: Element, unit: Unit, part: _Part) -> list[Evidence]:
    """What a `met` shows: the sentence that earned it; for necessity all of it, and the other tie's where apart."""
    if element is not Element.MEDICAL_NECESSITY:
        return [unit.evidence()]
    return [passage.evidence() for passage in both_ties(unit.passage, [one.passage for one in part.units])]


def _best(element: Element, part: _Part, status: Status) -> Unit | None:
    """The sentence that earns a status most; the whole group's, or a bare name, earns a member nothing."""
    if element in TAGGED:
        odds = part.tags.of(element)
        scores = odds[:, Earns.MET] if status is Status.MET else odds[:, Earns.PARTIAL] + odds[:, Earns.MET]
    else:
        scores = np.maximum(
            part.tags.kinds[:, Kind.THERAPY], part.tags.of(Element.PROVIDER_INTERVENTIONS)[:, Earns.MET]
        )
    # A silenced sentence has no odds at all.
    least = 0.0 if part.label or status is not Status.MET else _LEAST_ODDS
    likeliest = sorted(range(len(part.units)), key=lambda row: -scores[row])
    return next(
        (
            part.units[row]
            for row in likeliest
            if scores[row] > least and not (part.label and _earns_no_one(part.units[row], part))
        ),
        None,
    )


def _is_fact(element: Element, ruled: Verdict) -> bool:
    """What no reading of sentences undoes: a code of the set, a diagnosis that is only considered, a plain denial."""
    if element is Element.SAFETY:
        return plainly_answered(ruled)
    if ruled.reason == CONSIDERED:
        return True
    return (
        element is Element.DIAGNOSIS_PRESENT
        and ruled.status is Status.MET
        and any(found.diagnosis for one in ruled.evidence for found in find_codes(one.quote))
    )


def _is_hint(element: Element, ruled: Verdict, status: Status) -> bool:
    """The name of a group hints at whom and what it is for, "quiet today" at how one took part: partials at least."""
    if element is Element.PATIENT_PARTICIPATION and any(_QUIET.fullmatch(one.quote) for one in ruled.evidence):
        return (ruled.status, status) == (Status.PARTIAL, Status.MISSING)
    hinted = element in {Element.GROUP_COMPOSITION, Element.TOPIC_FOCUS}
    return hinted and (ruled.status, status) == (Status.PARTIAL, Status.MISSING)


def _earns_no_one(unit: Unit, part: _Part) -> bool:
    return _of_everyone(unit) or _letters(unit.evidence().quote) == _letters(part.label)


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def _of_everyone(unit: Unit) -> bool:
    return all(clause.actor is Actor.GROUP or clause.has("group.whole") for clause in unit.clauses)
