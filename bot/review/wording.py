"""A review in plain words, the same on every surface: names of checks and elements, and the ten-second summary."""

import re
from collections.abc import Iterable, Sequence

from bot.review.models import SESSION_ELEMENTS, Absent, Copy, Element, Item, PatientReport, Readiness, Report, Status

STATUS_WORDS = {
    Status.MET: "met",
    Status.PARTIAL: "partly there",
    Status.MISSING: "missing",
    Status.NEEDS_CONFIRMATION: "to confirm",
    Status.NOT_APPLICABLE: "does not apply",
}
SPLIT_GUESSED = "The split into members is a guess"
"""Begins the warning of a split that is not sure; a surface that warns of it first of all leaves this one out."""
READINESS_WORDS = {Readiness.READY: "ready", Readiness.FIX: "to fix", Readiness.CONFIRM: "to confirm"}
WORST_FIRST = (Readiness.FIX, Readiness.CONFIRM, Readiness.READY)
ITEMS = {
    Item.ELIGIBILITY_VERIFIED: "Eligibility verified",
    Item.GROUP_AUTHORIZATION_ACTIVE: "Group authorization active",
    Item.ACTIVE_PSYCHOTHERAPY: "Active psychotherapy",
    Item.SESSION_DOCUMENTATION: "Session documentation",
    Item.INDIVIDUAL_DOCUMENTATION: "Individual documentation",
    Item.MEDICAL_NECESSITY: "Medical necessity",
    Item.INDIVIDUALIZED: "Words of their own",
    Item.SAME_DAY_POLICY_CONFIRMED: "Same-day policy confirmed",
    Item.DIAGNOSIS_CODE: "Diagnosis code",
}
# What is wrong where an item is not met, in a word or two.
FAULTS = {
    Item.ELIGIBILITY_VERIFIED: "eligibility",
    Item.GROUP_AUTHORIZATION_ACTIVE: "group authorization",
    Item.ACTIVE_PSYCHOTHERAPY: "active psychotherapy",
    Item.SESSION_DOCUMENTATION: "the session's part",
    Item.INDIVIDUAL_DOCUMENTATION: "participation, response or progress",
    Item.MEDICAL_NECESSITY: "medical necessity",
    Item.INDIVIDUALIZED: "no words of their own",
    Item.SAME_DAY_POLICY_CONFIRMED: "same-day policy",
    Item.DIAGNOSIS_CODE: "diagnosis code",
}
# What each item of a member is read from; the session's own items rest on the session's elements.
READ_FROM = {
    Item.INDIVIDUAL_DOCUMENTATION: (
        Element.PATIENT_PARTICIPATION,
        Element.CLINICAL_RESPONSE,
        Element.PROGRESS_TOWARD_GOALS,
    ),
    Item.MEDICAL_NECESSITY: (Element.MEDICAL_NECESSITY,),
    Item.DIAGNOSIS_CODE: (Element.DIAGNOSIS_PRESENT,),
}
# These rest on the session's part: whatever holds for one claim of the session holds for each.
OF_THE_SESSION = (Item.ACTIVE_PSYCHOTHERAPY, Item.SESSION_DOCUMENTATION)
RESTS_ON = READ_FROM | {
    Item.ACTIVE_PSYCHOTHERAPY: (Element.ACTIVE_PSYCHOTHERAPY,),
    Item.SESSION_DOCUMENTATION: tuple(one for one in SESSION_ELEMENTS if one is not Element.ACTIVE_PSYCHOTHERAPY),
}
READ_FROM_NOTE = (
    Item.ACTIVE_PSYCHOTHERAPY,
    Item.SESSION_DOCUMENTATION,
    Item.INDIVIDUAL_DOCUMENTATION,
    Item.MEDICAL_NECESSITY,
    Item.INDIVIDUALIZED,
)
"""What more words in the note would mend; the other checks are facts of the claim."""
SETTLED = (Status.MET, Status.NOT_APPLICABLE)
_MOST_NAMED, _LABEL = 3, 80
LATE_ENTRY = "Words added later go in as a late entry, dated and signed as such."


def late_entry(patients: Iterable[PatientReport]) -> str:
    """The advice on words added later, where anything read from the note is missing; it is said once a report."""
    faulty = (Status.MISSING, Status.PARTIAL)
    for patient in patients:
        if any(patient.checklist[item].status in faulty for item in READ_FROM_NOTE if item in patient.checklist):
            return LATE_ENTRY
        if any(verdict.status in faulty for verdict in patient.elements.values()):
            return LATE_ENTRY
    return ""


def copy_line(copy: Copy) -> str:
    """Who reads as whom, in a line; a part that only says "same as" is told apart from two that share words."""
    if copy.points:
        other = copy.other(copy.points)
        return f"{copy.points} only points at the part of {other}"
    return f"{copy.a} and {copy.b} read as copies ({copy.similarity:.0%} alike)"


_WHY = {
    re.compile(r"no[- ]?show|\bn/s\b|\bncns\b|\bdna\b", re.IGNORECASE): " (no-show)",
    re.compile(r"(?<!un)excused", re.IGNORECASE): " (excused)",
    re.compile(r"cancel", re.IGNORECASE): " (cancelled)",
}


def absent_line(absent: Sequence[Absent]) -> str:
    """Who was not there, in a line: "Absent, not billed: J.R., T.K. (no-show)"; "" where nobody is told absent."""
    named = [
        " ".join(one.label.split()) + next((why for said, why in _WHY.items() if said.search(one.quote)), "")
        for one in absent
    ]
    return f"Absent, not billed: {', '.join(named)}" if named else ""


def payers_line(patients: Sequence[PatientReport]) -> str:
    """Whose rules the claims were held against: "Payer of every claim: Aetna"; "" where nobody named a payer."""
    billed: dict[str, list[str]] = {}
    for patient in patients:
        billed.setdefault(patient.payer, []).append(" ".join(patient.label.split()))
    if set(billed) <= {""}:
        return ""
    if len(billed) == 1:
        return f"Payer{' of every claim' if len(patients) > 1 else ''}: {patients[0].payer}"
    told = (f"{payer or 'not said'} ({', '.join(labels)})" for payer, labels in billed.items())
    return f"Payers: {'; '.join(told)}"


def element_name(element: Element) -> str:
    return element.value.replace("_", " ").capitalize()


def counted(number: int, word: str) -> str:
    """As in “1 note” and “2 notes”, for words that take an s."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def summary_line(report: Report) -> str:
    """The ten-second summary: "8 claims: 5 ready, 2 to fix, 1 to confirm"; a risk nobody spoke to comes first."""
    risk = risk_line(report)
    counts = [
        f"{count} {READINESS_WORDS[kind]}"
        for kind in (Readiness.READY, Readiness.FIX, Readiness.CONFIRM)
        if (count := sum(patient.readiness is kind for patient in report.patients))
    ]
    told = f"{counted(len(report.patients), 'claim')}: {', '.join(counts) or 'none found'}"
    return f"{risk.removesuffix('.')}. {told}" if risk else told  # a label may end in its own stop: "J.P."


def risk_line(report: Report) -> str:
    """Whose note mentions a risk that nothing in it speaks to (safety *partial*, rubric); empty where nobody's does."""
    named = [patient.label for patient in report.patients if _has_open_risk(patient)]
    if not named:
        return ""
    few = [_one_line(label)[:_LABEL] or "(no name)" for label in named[:_MOST_NAMED]]
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    return f"Risk mentioned and not addressed: {', '.join(few)}{more}"


def _has_open_risk(patient: PatientReport) -> bool:
    safety = patient.elements.get(Element.SAFETY)
    return safety is not None and safety.status is Status.PARTIAL


def _one_line(text: str) -> str:
    return " ".join(text.split())
