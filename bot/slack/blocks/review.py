"""A review as cards: the ten-second summary, the session, then one card a member."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.review.models import (
    SESSION_ELEMENTS,
    Copy,
    CopySpan,
    Element,
    Evidence,
    Item,
    PatientReport,
    Readiness,
    Report,
    Status,
    Verdict,
)
from bot.slack.blocks.split import Block, Message, context, messages, sections
from bot.slack.blocks.text import clip, escape, one_line, quoted

# A group this small gets a card for each member; a larger one the cards to fix first, and a file.
CARDS_AT_ONCE = 10
_OPTIONS = 100

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
    Item.SESSION_DOCUMENTATION: "Session documented",
    Item.INDIVIDUAL_DOCUMENTATION: "This member documented",
    Item.MEDICAL_NECESSITY: "Medical necessity",
    Item.INDIVIDUALIZED: "Individual, not copied",
    Item.SAME_DAY_POLICY_CONFIRMED: "Same-day policy confirmed",
    Item.DIAGNOSIS_CODE: "Diagnosis code",
}
# Which words of the note to show under an item; the session's own stand once, on the session's card.
SHOWN_UNDER = {
    Item.INDIVIDUAL_DOCUMENTATION: (
        Element.PATIENT_PARTICIPATION,
        Element.CLINICAL_RESPONSE,
        Element.PROGRESS_TOWARD_GOALS,
    ),
    Item.MEDICAL_NECESSITY: (Element.MEDICAL_NECESSITY,),
    Item.DIAGNOSIS_CODE: (Element.DIAGNOSIS_PRESENT,),
}
BESIDE = (Element.SAFETY, Element.PLAN)
_WORST_FIRST = (Readiness.FIX, Readiness.CONFIRM, Readiness.READY)


@dataclass(frozen=True)
class Cards:
    """All that is posted for one review, in order; `file` is the whole report where not every member has a card."""

    summary: tuple[Message, ...]
    session: tuple[Message, ...]
    members: tuple[Message, ...]
    file: str = ""


def review_cards(report: Report, text: str, claims_value: str, note_value: str) -> Cards:
    """The cards of a review.

    `text` is the note, for the words of copied stretches; `claims_value` goes into the button that adds
    claim facts, `note_value` into the list that shows one member of a large group.
    """
    large = len(report.patients) > CARDS_AT_ONCE
    chosen = in_order(report)[:CARDS_AT_ONCE]
    return Cards(
        tuple(messages(summary_blocks(report, text, claims_value, note_value))),
        tuple(messages(session_blocks(report))),
        tuple(message for number in chosen for message in messages(member_blocks(report, number))),
        report_text(report, text) if large else "",
    )


def in_order(report: Report) -> list[int]:
    """Members' numbers: as written in a small group, those to fix first in a large one."""
    numbers = range(len(report.patients))
    if len(numbers) <= CARDS_AT_ONCE:
        return list(numbers)
    return sorted(numbers, key=lambda number: _WORST_FIRST.index(report.patients[number].readiness))


def summary_line(report: Report) -> str:
    """The ten-second summary: "8 claims: 5 ready, 2 to fix, 1 to confirm"."""
    number = len(report.patients)
    counts = [
        f"{count} {READINESS[kind][1]}"
        for kind in (Readiness.READY, Readiness.FIX, Readiness.CONFIRM)
        if (count := sum(patient.readiness is kind for patient in report.patients))
    ]
    return f"{number} claim{'' if number == 1 else 's'}: {', '.join(counts) or 'none found'}"


def summary_blocks(report: Report, text: str, claims_value: str, note_value: str) -> list[Block]:
    """The summary, who stands where, copies, and what to press."""
    paragraphs = [f"{READINESS[report.readiness][0]} *{summary_line(report)}*"]
    paragraphs += [_member_line(number, patient) for number, patient in enumerate(report.patients, 1)]
    blocks = sections(paragraphs)
    if report.copies:
        blocks += sections(_copies(report.copies, text))
    small = [escape(warning) for warning in report.warnings]
    if report.split:
        small.append(f"How I split the note: {escape(report.split)}")
    small.append(_engine(report))
    blocks += context(small)
    buttons: list[Block] = [_button("claim_facts", "Add claim facts", claims_value)]
    if len(report.patients) > CARDS_AT_ONCE:
        buttons.insert(0, _member_list(report, note_value))
    return [*blocks, {"type": "actions", "elements": buttons}]


def session_blocks(report: Report) -> list[Block]:
    """The six elements of the session, each with its words."""
    paragraphs = ["*The session* (the same for every member)"]
    for element in SESSION_ELEMENTS:
        if verdict := report.session.elements.get(element):
            paragraphs += _verdict_lines(element_name(element), verdict)
    return sections(paragraphs)


def member_blocks(report: Report, number: int) -> list[Block]:
    """One member's card: readiness, the nine items with their words and questions, safety and plan."""
    patient = report.patients[number]
    icon, word = READINESS[patient.readiness]
    paragraphs = [f"{icon} *{number + 1}. {_name(patient)}*: {word}"]
    for item, verdict in patient.checklist.items():
        paragraphs.append(_status_line(ITEMS[item], verdict.status, verdict.reason))
        for element in SHOWN_UNDER.get(item, ()):
            if found := patient.elements.get(element):
                paragraphs += _words(found.evidence[:1])
        if verdict.fix and verdict.status not in (Status.MET, Status.NOT_APPLICABLE):
            paragraphs.append(_fix(verdict.fix))
    for element in BESIDE:
        if beside := patient.elements.get(element):
            paragraphs += _verdict_lines(element_name(element), beside)
    codes = [
        f"{escape(code.code)} ({_code_words(valid=code.valid, billable=code.billable)})"
        for code in patient.diagnosis_codes
    ]
    blocks = sections(paragraphs)
    return [*blocks, *context([f"Codes in the note: {', '.join(codes)}"])] if codes else blocks


def element_name(element: Element) -> str:
    return element.value.replace("_", " ").capitalize()


def report_text(report: Report, text: str) -> str:
    """The whole report as a text file: nothing clipped, nothing to be read by Slack."""
    lines = [summary_line(report), ""]
    for copy in report.copies:
        lines.append(f"COPY: {copy.a} and {copy.b}, {copy.similarity:.0%} alike")
        lines += [f'  "{one_line(words)}"' for span in copy.spans[:3] for words in _sides(span, text)]
    lines += ["", "THE SESSION"]
    for element, verdict in report.session.elements.items():
        lines += _text_lines(element_name(element), verdict.status, verdict.reason, verdict.fix, verdict.evidence)
    for number, patient in enumerate(report.patients, 1):
        lines += ["", f"{number}. {patient.label}: {READINESS[patient.readiness][1].upper()}"]
        for item, check in patient.checklist.items():
            lines += _text_lines(ITEMS[item], check.status, check.reason, check.fix, ())
        lines.append("  What the note says:")
        for element, verdict in patient.elements.items():
            lines += _text_lines(element_name(element), verdict.status, verdict.reason, verdict.fix, verdict.evidence)
    lines += ["", *report.warnings]
    return "\n".join(lines).rstrip() + "\n"


def _member_line(number: int, patient: PatientReport) -> str:
    icon, word = READINESS[patient.readiness]
    wrong = [
        ITEMS[item].lower()
        for item, verdict in patient.checklist.items()
        if verdict.status in (Status.MISSING, Status.PARTIAL)
    ]
    asked = [
        ITEMS[item].lower()
        for item, verdict in patient.checklist.items()
        if verdict.status is Status.NEEDS_CONFIRMATION
    ]
    listed = wrong or asked
    about = f": {', '.join(listed[:4])}{' …' if len(listed) > 4 else ''}" if listed else ""
    return f"{icon} {number}. *{_name(patient)}*: {word}{about}"


def _copies(copies: Sequence[Copy], text: str) -> list[str]:
    paragraphs = ["⚠️ *These parts read as copies of each other.* Each claim needs words of its own member."]
    for alike in copy_groups(copies):
        names = dict.fromkeys(name for copy in alike for name in (copy.a, copy.b))
        named = ", ".join(f"*{escape(clip(one_line(name), 80))}*" for name in names)
        low, high = (f"{pick(copy.similarity for copy in alike):.0%}" for pick in (min, max))
        paragraphs.append(f"{named}: {high if low == high else f'{low} to {high}'} alike")
        spans = (span for copy in alike for span in copy.spans)
        longest = max(spans, key=lambda span: span.a_end - span.a_start, default=None)
        if longest:
            left, right = _sides(longest, text)
            paragraphs += [quoted(left, 200), quoted(right, 200)]
    return paragraphs


def copy_groups(copies: Sequence[Copy]) -> list[list[Copy]]:
    """Pairs that share a member stand together: seven alike are one group and not twenty-one pairs."""
    groups: list[list[Copy]] = []
    for copy in copies:
        near = [group for group in groups if any({copy.a, copy.b} & {other.a, other.b} for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), copy])
    return groups


def _sides(span: CopySpan, text: str) -> tuple[str, str]:
    return text[span.a_start : span.a_end], text[span.b_start : span.b_end]


def _verdict_lines(name: str, verdict: Verdict) -> list[str]:
    lines = [_status_line(name, verdict.status, verdict.reason), *_words(verdict.evidence[:2])]
    if verdict.fix and verdict.status is not Status.MET:
        lines.append(_fix(verdict.fix))
    return lines


def _status_line(name: str, status: Status, reason: str) -> str:
    icon, word = STATUS[status]
    return f"{icon} *{name}*: {word}" + (f". {escape(one_line(reason))}" if reason else "")


def _words(evidence: Sequence[Evidence]) -> list[str]:
    return [quoted(piece.quote) for piece in evidence if piece.quote.strip()]


def _fix(fix: str) -> str:
    return f"✏️ _To fix:_ {escape(one_line(fix))}"


def _name(patient: PatientReport) -> str:
    return escape(clip(one_line(patient.label), 80)) or "(no name)"


def _code_words(*, valid: bool, billable: bool) -> str:
    if not valid:
        return "not in the ICD-10-CM set"
    return "billable" if billable else "needs a more specific code"


def _engine(report: Report) -> str:
    parts = ["A reading aid, not a guarantee of payment"]
    if report.engine.name == "model":
        parts.append(f"judged with {report.engine.model or 'a model'}, every quote checked against the note")
    if report.engine.note:
        parts.append(report.engine.note)
    return escape(" · ".join(parts))


def _button(action: str, label: str, value: str) -> Block:
    return {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": label}, "value": value}


def _member_list(report: Report, note_value: str) -> Block:
    options = [
        {
            "text": {"type": "plain_text", "text": clip(f"{number}. {one_line(patient.label)}", 75)},
            "value": f"{number - 1}|{note_value}",
        }
        for number, patient in list(enumerate(report.patients, 1))[:_OPTIONS]
    ]
    placeholder = {"type": "plain_text", "text": "Show a member"}
    return {"type": "static_select", "action_id": "show_member", "placeholder": placeholder, "options": options}


def _text_lines(name: str, status: Status, reason: str, fix: str, evidence: Sequence[Evidence]) -> list[str]:
    lines = [f"  {name}: {STATUS[status][1]}" + (f". {one_line(reason)}" if reason else "")]
    lines += [f'      "{one_line(piece.quote)}"' for piece in evidence]
    return [*lines, f"      To fix: {one_line(fix)}"] if fix and status is not Status.MET else lines
