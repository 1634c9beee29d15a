"""The offline judge: rules and a tagger of sentences over the thirteen elements; always there, always the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.claims.codes import find_codes
from bot.review.elements.passages import Actor, read_note
from bot.review.elements.safety import plainly_answered
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lacking import asked
from bot.review.models import Element, Engine, Judgement, Segments, Status, Verdict
from bot.review.prose import reads_as_prose
from bot.review.rules import judge_by_rules
from bot.review.settle import Weights, member_signs, session_signs
from bot.review.tagger import TAGGED, Earns, Kind, Tagger, Tags
from bot.review.units import Unit, member_units, session_units


@dataclass(frozen=True, slots=True)
class _Part:
    """Units of one part with their odds."""

    label: str
    units: Sequence[Unit]
    tags: Tags


class OfflineJudge:
    """Judges a split note with no language model and no network."""

    def judge(self, text: str, segments: Segments) -> tuple[Judgement, Engine]:
        """The verdicts of the session and of each member, in the order of `segments.members`."""
        reading = read_note(text, segments)
        ruled = judge_by_rules(reading)
        units = [session_units(reading), *(member_units(reading, member) for member in reading.members)]
        session, *members = _tagged(["", *(member.label for member in segments.members)], units)
        weights, of_members = Weights.load(), [member.tags for member in members]
        settled = {
            element: weights.settle(element, one.status, session_signs(element, session.tags, of_members, one.status))
            for element, one in ruled.session.items()
        }
        judged = Judgement(
            session=_verdicts(ruled.session, settled, session),
            members=tuple(
                _verdicts(verdicts, _settled(weights, verdicts, part), part)
                for part, verdicts in zip(members, ruled.members, strict=True)
            ),
        )
        return judged, Engine(name="offline")


def _tagged(labels: Sequence[str], parts: Sequence[Sequence[Unit]]) -> list[_Part]:
    """All parts tagged in one go: sentences of a length share a batch whoever's they are."""
    every = [unit.text for units in parts for unit in units]
    tags = Tagger.shipped().tag(every).silenced([not reads_as_prose(text) for text in every])
    found, start = [], 0
    for label, units in zip(labels, parts, strict=True):
        found.append(_Part(label, units, tags.part(start, start + len(units))))
        start += len(units)
    return found


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
    if status is ruled.status or _is_fact(element, ruled):
        return ruled
    reason, fix = asked(element, status, part.label)
    if status is Status.MISSING:
        return missing(reason, fix)
    unit = _best(element, part, status)
    if unit is None:
        return ruled if ruled.status is not Status.MET else missing(*asked(element, Status.MISSING, part.label))
    return met(unit.evidence()) if status is Status.MET else partial([unit.evidence()], reason, fix)


def _best(element: Element, part: _Part, status: Status) -> Unit | None:
    """The sentence that earns a status most; the whole group's, or a bare name, earns a member nothing."""
    if element in TAGGED:
        odds = part.tags.of(element)
        scores = odds[:, Earns.MET] if status is Status.MET else odds[:, Earns.PARTIAL] + odds[:, Earns.MET]
    else:
        scores = part.tags.kinds[:, Kind.THERAPY]
    likeliest = sorted(range(len(part.units)), key=lambda row: -scores[row])
    return next(
        (part.units[row] for row in likeliest if not (part.label and _earns_no_one(part.units[row], part))), None
    )


def _is_fact(element: Element, ruled: Verdict) -> bool:
    """What no reading of sentences undoes: a code of the ICD-10-CM set in the note, a plain answer on suicide."""
    if element is Element.SAFETY:
        return plainly_answered(ruled)
    return (
        element is Element.DIAGNOSIS_PRESENT
        and ruled.status is Status.MET
        and any(found.diagnosis for one in ruled.evidence for found in find_codes(one.quote))
    )


def _earns_no_one(unit: Unit, part: _Part) -> bool:
    if not reads_as_prose(unit.text):
        return True
    return _of_everyone(unit) or _letters(unit.evidence().quote) == _letters(part.label)


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def _of_everyone(unit: Unit) -> bool:
    return all(clause.actor is Actor.GROUP or clause.has("group.whole") for clause in unit.clauses)
