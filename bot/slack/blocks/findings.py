"""A verdict in words: its sign, its name, the words it rests on and the question. Shared by the review's cards."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.review.models import Element, Evidence, Item, ItemVerdict, PatientReport, Readiness, Status, Verdict
from bot.slack.blocks.text import clip, escape, one_line, quoted

STATUS = {
    Status.MET: ("✅", "met"),
    Status.PARTIAL: ("🟠", "partly there"),
    Status.MISSING: ("❌", "missing"),
    Status.NEEDS_CONFIRMATION: ("❔", "to confirm"),
    Status.NOT_APPLICABLE: ("⚪", "does not apply"),
}
READINESS = {
    Readiness.READY: ("✅", "ready"),
    Readiness.FIX: ("❌", "to fix"),
    Readiness.CONFIRM: ("❔", "to confirm"),
}
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
    Item.INDIVIDUALIZED: "reads as a copy",
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
SETTLED = (Status.MET, Status.NOT_APPLICABLE)
LATE_ENTRY = "Words added later go in as a late entry, dated and signed as such."
_SHORT_QUOTE = 90
_LATE_ENTRY = re.compile(r"\s*Words added later go in as a late entry[^.]*\.")


def element_name(element: Element) -> str:
    return element.value.replace("_", " ").capitalize()


def member_name(patient: PatientReport) -> str:
    """The label as written, inert and short enough for a line."""
    return escape(clip(one_line(patient.label), 80)) or "(no name)"


def row(name: str, verdict: Verdict | ItemVerdict, *, evidence: Sequence[Evidence] = ()) -> str:
    """A row that is not settled: status, reason, the words it rests on, the question."""
    icon, word = STATUS[verdict.status]
    lines = [f"{icon} *{name}* · {word}"]
    if verdict.reason:
        lines.append(escape(one_line(verdict.reason)))
    lines += [quoted(piece.quote) for piece in evidence[:2] if piece.quote.strip()]
    return "\n".join(lines + question(verdict.fix))


def question(fix: str) -> list[str]:
    """The question whose true answer mends a row; the hint on late entries is said once, elsewhere."""
    asked = one_line(_LATE_ENTRY.sub("", fix))
    return [f"✏️ {escape(asked)}"] if asked else []


def speaks_of_late_entries(verdicts: Iterable[ItemVerdict]) -> bool:
    return any(_LATE_ENTRY.search(verdict.fix) for verdict in verdicts)


def folded(name: str, status: Status, evidence: Sequence[Evidence], reason: str = "") -> str:
    """A settled row in one line: "✅ Medical necessity: “…”"."""
    words = [f"“{escape(quote)}”" for quote in short_quotes(evidence)]
    said = [escape(one_line(reason))] if reason and (not words or status is Status.NOT_APPLICABLE) else []
    return f"{STATUS[status][0]} {name}: {' · '.join([*said, *words]) or STATUS[status][1]}"


def short_quotes(evidence: Sequence[Evidence]) -> list[str]:
    """The quotes cut to a line's length, each once."""
    return list(dict.fromkeys(clip(one_line(piece.quote), _SHORT_QUOTE) for piece in evidence if piece.quote.strip()))


def carried_by(item: ItemVerdict, verdicts: Mapping[Element, Verdict]) -> bool:
    """Whether the elements say all that the item says, so that it need not be said beside them."""
    faulty = [verdict for verdict in verdicts.values() if verdict.status is not Status.MET]
    left = item.reason + item.fix
    for verdict in faulty:
        if verdict.reason not in left or verdict.fix not in left:
            return False
    return bool(faulty)
