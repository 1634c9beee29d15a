"""The nine checks of a claim and its readiness, from what was read and what the biller knows (docs/review.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.claims.check import Check
from bot.review.models import Copy, EarlierCopy, Element, Item, ItemVerdict, Readiness, Status, Verdict

SESSION_DOCUMENTATION = (
    Element.SESSION_DATE,
    Element.GROUP_COMPOSITION,
    Element.TOPIC_FOCUS,
    Element.MODALITY,
    Element.PROVIDER_INTERVENTIONS,
)
INDIVIDUAL_DOCUMENTATION = (
    Element.PATIENT_PARTICIPATION,
    Element.CLINICAL_RESPONSE,
    Element.PROGRESS_TOWARD_GOALS,
)
FROM_ELEMENTS = frozenset(
    {Item.ACTIVE_PSYCHOTHERAPY, Item.SESSION_DOCUMENTATION, Item.INDIVIDUAL_DOCUMENTATION, Item.MEDICAL_NECESSITY}
)
"""The items that only sum up what was read from the note."""

_WORST_FIRST = (Status.MISSING, Status.PARTIAL, Status.NEEDS_CONFIRMATION, Status.NOT_APPLICABLE, Status.MET)


@dataclass(frozen=True, slots=True)
class ClaimChecks:
    """What the claims room found for one claim."""

    eligibility: Check
    authorization: Check
    same_day: Check
    diagnosis: Check


def judge_items(  # noqa: PLR0913  # all that a claim's rows rest on
    session: Mapping[Element, Verdict],
    patient: Mapping[Element, Verdict],
    copies: Iterable[Copy],
    label: str,
    claim: ClaimChecks,
    *,
    earlier: Iterable[EarlierCopy] = (),
    empty: bool = False,
) -> dict[Item, ItemVerdict]:
    """The nine rows of one claim, in the checklist's order; `empty` says that nothing stands in the member's part.

    A part in which no element but a diagnosis finds anything is as empty, whatever words fill it.
    """
    copies = [copy for copy in copies if copy.taints(label)]
    empty = empty or (not copies and _found_in(patient) <= {Element.DIAGNOSIS_PRESENT})
    return {
        Item.ELIGIBILITY_VERIFIED: verdict_of(claim.eligibility),
        Item.GROUP_AUTHORIZATION_ACTIVE: verdict_of(claim.authorization),
        Item.ACTIVE_PSYCHOTHERAPY: _from_elements(session, (Element.ACTIVE_PSYCHOTHERAPY,)),
        Item.SESSION_DOCUMENTATION: _from_elements(session, SESSION_DOCUMENTATION),
        Item.INDIVIDUAL_DOCUMENTATION: _from_elements(patient, INDIVIDUAL_DOCUMENTATION),
        Item.MEDICAL_NECESSITY: _from_elements(patient, (Element.MEDICAL_NECESSITY,)),
        Item.INDIVIDUALIZED: _says_nothing(label) if empty else _individualized(copies, earlier, label),
        Item.SAME_DAY_POLICY_CONFIRMED: verdict_of(claim.same_day),
        Item.DIAGNOSIS_CODE: verdict_of(claim.diagnosis),
    }


def readiness(verdicts: Iterable[ItemVerdict]) -> Readiness:
    """Ready when all are met or not applicable; to fix when any is missing or partial; else to confirm."""
    statuses = {verdict.status for verdict in verdicts}
    if statuses & {Status.MISSING, Status.PARTIAL}:
        return Readiness.FIX
    return Readiness.CONFIRM if Status.NEEDS_CONFIRMATION in statuses else Readiness.READY


def worst(claims: Iterable[Readiness]) -> Readiness:
    """The readiness of a session is that of its claim furthest from going out."""
    found = set(claims)
    return next(one for one in (Readiness.FIX, Readiness.CONFIRM, Readiness.READY) if one in found)


def verdict_of(check: Check) -> ItemVerdict:
    """What the claims room found, as a row of the report."""
    return ItemVerdict(status=Status(check.outcome), reason=check.reason, fix=check.fix)


def _from_elements(verdicts: Mapping[Element, Verdict], elements: Sequence[Element]) -> ItemVerdict:
    faulty = [(element, verdicts[element]) for element in elements if verdicts[element].status is not Status.MET]
    if not faulty:
        return ItemVerdict(status=Status.MET, reason=f"Documented: {_listed(elements)}.")
    status = min((verdict.status for _, verdict in faulty), key=_WORST_FIRST.index)
    reasons = [_reason(element, verdict, alone=len(elements) == 1) for element, verdict in faulty]
    fixes = [verdict.fix for _, verdict in faulty if verdict.fix]
    return ItemVerdict(status=status, reason=" ".join(reasons), fix=" ".join(fixes))


def _reason(element: Element, verdict: Verdict, *, alone: bool) -> str:
    reason = verdict.reason or f"{verdict.status.value}."
    return reason if alone else f"{_name(element).capitalize()}: {reason}"


def _found_in(patient: Mapping[Element, Verdict]) -> set[Element]:
    return {element for element, verdict in patient.items() if verdict.status is not Status.MISSING}


def _says_nothing(label: str) -> ItemVerdict:
    reason = f"{label}'s part says nothing of this session: what is not written cannot be {label}'s own."
    return ItemVerdict(
        status=Status.MISSING,
        reason=reason,
        fix=f"Was {label} there, and what did {label} say or do in this session?",
    )


def _individualized(copies: Iterable[Copy], earlier: Iterable[EarlierCopy], label: str) -> ItemVerdict:
    against = list(copies)
    pointed = [copy.b if copy.a == label else copy.a for copy in against if copy.points]
    others = [(copy.b if copy.a == label else copy.a, copy.similarity) for copy in against if not copy.points]
    before = [one for one in earlier if one.label == label]
    if not against and not before:
        return ItemVerdict(status=Status.MET, reason="Reads as no other member's part of this note.")
    reasons = []
    if pointed:
        reasons.append(f"Only points at the part of {', '.join(pointed)} and has no words of its own.")
    if others:
        named = ", ".join(f"{other} ({similarity:.0%} alike)" for other, similarity in others)
        reasons.append(f"Reads as a copy of {named}.")
    reasons += [_as_before(one) for one in before]
    asked = f"What did {label} say or do in this session that no other member did?"
    if not against:
        asked = f"What was new in this session in {label}'s own words or acts, that no earlier note says?"
    return ItemVerdict(status=Status.MISSING, reason=" ".join(reasons), fix=asked)


def _as_before(one: EarlierCopy) -> str:
    whose = "this member's" if one.same_member else "another member's"
    when = f"note of {one.date}" if one.date else "earlier note, which had no date"
    return f"Reads as {whose} {when} ({one.similarity:.0%} alike)."


def _listed(elements: Sequence[Element]) -> str:
    return ", ".join(_name(element) for element in elements)


def _name(element: Element) -> str:
    return element.value.replace("_", " ")
