"""One member's card: what is wrong in full, with its words and questions; what is settled in a line each."""

from bot.review.checklist import FROM_ELEMENTS
from bot.review.models import Element, Evidence, Item, ItemVerdict, PatientReport, Readiness, Report, Status, Verdict
from bot.review.wording import ITEMS, OF_THE_SESSION, READ_FROM, RESTS_ON, SETTLED, element_name
from bot.slack.blocks.findings import STATUS, Disagree, carried_by, disagree, folded, member_name, question, row
from bot.slack.blocks.lesson import lessons_behind
from bot.slack.blocks.shared import Shared, shared_rows
from bot.slack.blocks.split import Block, context, section_each, with_button
from bot.slack.blocks.text import escape, one_line, quoted
from bot.slack.noteref import NoteRef

BESIDE = (Element.SAFETY, Element.PLAN)
_READY = {
    Readiness.READY: ("✅", "ready"),
    Readiness.FIX: ("❌", "fix before submission"),
    Readiness.CONFIRM: ("❔", "confirm before submission"),
}


def member_blocks(report: Report, number: int, note: NoteRef, shared: Shared | None = None) -> list[Block]:
    """The nine items, safety and plan of the member with this number; what was read from the note can be disputed."""
    shared = shared or shared_rows(report)
    patient = report.patients[number]
    button = disagree(report, patient, note)
    heading = section_each([_heading(patient, number)])
    blocks: list[Block] = []
    settled: list[str] = []
    at_fault: list[Element | Item] = []
    named: dict[Status, list[str]] = {}
    for item, verdict in patient.checklist.items():
        if _said_before(report, item, verdict, shared):
            named.setdefault(verdict.status, []).append(ITEMS[item].lower())
        elif verdict.status in SETTLED:
            settled.append(_folded_item(patient, item, verdict))
        else:
            check = _disputed(patient, item)
            at_fault += _faulty(patient, item)
            blocks += with_button(section_each([_item(patient, item, verdict)]), button(check) if check else None)
    rows, folds = _beside(patient, button)
    at_fault += [one for one in BESIDE if one in patient.elements and patient.elements[one].status not in SETTLED]
    blocks += rows
    lines = [*settled, *folds, *_codes(patient)]
    if named:
        said = [f"{' '.join(STATUS[status])}: {', '.join(items)}" for status, items in named.items()]
        lines.append(f"As said above for every claim: {' · '.join(said)}")
    if not any("accessory" in block for block in blocks):
        # Nothing is amiss on this card, and that may be disputed too.
        heading = with_button(heading, button(Element.PATIENT_PARTICIPATION))
    return [{"type": "divider"}, *heading, *blocks, *lessons_behind(at_fault), *context(lines)]


def _faulty(patient: PatientReport, item: Item) -> list[Element | Item]:
    """The elements that make a row what it is; the check itself where none does."""
    read = [one for one in READ_FROM.get(item, ()) if one in patient.elements]
    return [one for one in read if patient.elements[one].status not in SETTLED] or [item]


def _beside(patient: PatientReport, button: Disagree) -> tuple[list[Block], list[str]]:
    """What stands beside the nine: rows of what is not settled, and a line each of what is."""
    rows: list[Block] = []
    folds: list[str] = []
    for element in BESIDE:
        if (beside := patient.elements.get(element)) is None:
            continue
        if beside.status in SETTLED:
            folds.append(folded(element_name(element), beside.status, beside.evidence, beside.reason))
        else:
            told = section_each([row(element_name(element), beside, evidence=beside.evidence)])
            rows += with_button(told, button(element))
    if held := patient.telehealth:
        if held.status in SETTLED:
            folds.append(folded("Telehealth", held.status, (), held.reason))
        else:
            rows += section_each([row("Telehealth (beside the nine)", held)])
    return rows, folds


def _disputed(patient: PatientReport, item: Item) -> Element | Item | None:
    """What the button of a row disputes: the first element at fault; None for a fact of the claim."""
    if item is Item.INDIVIDUALIZED:
        return item
    if item not in FROM_ELEMENTS:
        return None
    faulty = (one for one in RESTS_ON[item] if one in patient.elements)
    return next((one for one in faulty if patient.elements[one].status not in SETTLED), RESTS_ON[item][0])


def _heading(patient: PatientReport, number: int) -> str:
    icon, word = _READY[patient.readiness]
    statuses = [verdict.status for verdict in patient.checklist.values()]
    counted = [
        f"{count} {name}"
        for kinds, name in (
            ((Status.MISSING, Status.PARTIAL), "to fix"),
            ((Status.NEEDS_CONFIRMATION,), "to confirm"),
        )
        if (count := sum(status in kinds for status in statuses))
    ]
    return f"{icon} *{number + 1}. {member_name(patient)}* · {word}" + (f" ({', '.join(counted)})" if counted else "")


def _said_before(report: Report, item: Item, verdict: ItemVerdict, shared: Shared) -> bool:
    """Whether the summary or the session's card says all that this row says."""
    if item in OF_THE_SESSION:
        # Its reason and question are those of the session's elements, where they stand with their words.
        return verdict.status is Status.MET or carried_by_session(report, item, verdict)
    return shared.covers(item, verdict)


def carried_by_session(report: Report, item: Item, verdict: ItemVerdict) -> bool:
    elements = report.session.elements
    if item is Item.ACTIVE_PSYCHOTHERAPY:
        elements = {key: elements[key] for key in (Element.ACTIVE_PSYCHOTHERAPY,) if key in elements}
    else:
        elements = {key: found for key, found in elements.items() if key is not Element.ACTIVE_PSYCHOTHERAPY}
    return carried_by(verdict, elements)


def _item(patient: PatientReport, item: Item, verdict: ItemVerdict) -> str:
    """A row to fix or confirm; where it sums up several elements, each with its own words and question."""
    elements = {
        element: patient.elements[element] for element in READ_FROM.get(item, ()) if element in patient.elements
    }
    if len(elements) < 2 or not carried_by(verdict, elements):
        evidence = [piece for found in elements.values() for piece in found.evidence]
        return row(ITEMS[item], verdict, evidence=evidence)
    icon, word = STATUS[verdict.status]
    lines = [f"{icon} *{ITEMS[item]}* · {word}"]
    for element, found in elements.items():
        lines += _part(element, found)
    return "\n".join(lines)


def _part(element: Element, found: Verdict) -> list[str]:
    if found.status in SETTLED:
        return [folded(element_name(element), found.status, found.evidence, found.reason)]
    icon, word = STATUS[found.status]
    lines = [f"{icon} {element_name(element)}, {word}: {escape(one_line(found.reason))}".rstrip(": ")]
    lines += [quoted(piece.quote) for piece in found.evidence[:2] if piece.quote.strip()]
    return lines + question(found.fix)


def _folded_item(patient: PatientReport, item: Item, verdict: ItemVerdict) -> str:
    evidence: list[Evidence] = []
    for element in READ_FROM.get(item, ()):
        evidence += patient.elements[element].evidence[:1] if element in patient.elements else ()
    line = folded(ITEMS[item], verdict.status, evidence, verdict.reason)
    # A code's reason tells of the code itself, which the quoted name does not.
    return f"{line} · {escape(one_line(verdict.reason))}" if item is Item.DIAGNOSIS_CODE and evidence else line


def _codes(patient: PatientReport) -> list[str]:
    """The codes that would not pass; a good one stands in its item's row."""
    poor = [code for code in patient.diagnosis_codes if not (code.valid and code.billable)]
    codes = [
        f"{escape(code.code)} ({'needs a more specific code' if code.valid else 'not in the ICD-10-CM set'})"
        for code in poor
    ]
    return [f"⚠️ Codes in the note or on the claim: {', '.join(codes)}"] if codes else []
