"""A review as cards: the ten-second summary, the session, then one card a member."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.review.models import Copy, PatientReport, Readiness, Report, Status
from bot.review.wording import FAULTS, SPLIT_GUESSED, WORST_FIRST, absent_line, copy_line, payers_line, summary_line
from bot.slack.blocks.buttons import button
from bot.slack.blocks.findings import READINESS, member_name
from bot.slack.blocks.member import member_blocks
from bot.slack.blocks.report_file import report_text, sides
from bot.slack.blocks.session import session_blocks
from bot.slack.blocks.shared import Shared, shared_lines, shared_paragraphs, shared_rows
from bot.slack.blocks.split import Block, Message, context, messages, section_each, sections
from bot.slack.blocks.split_help import listed
from bot.slack.blocks.text import clip, escape, one_line, quoted
from bot.slack.noteref import NoteRef

# A group this small gets a card for each member; a larger one the cards to fix first, and a file.
CARDS_AT_ONCE = 10
_OPTIONS = 100
AGAIN = "review_again"
_MORE_REPORTS = {"docx": "Word", "csv": "CSV"}


@dataclass(frozen=True)
class Cards:
    """All that is posted for one review, in order; `file` is the whole report where not every member has a card."""

    summary: tuple[Message, ...]
    session: tuple[Message, ...]
    members: tuple[Message, ...]
    file: str = ""


def review_cards(report: Report, text: str, claims_value: str, note: NoteRef) -> Cards:
    """The cards of a review.

    `text` is the note, for the words of copied stretches; `claims_value` goes into the button that adds
    claim facts, `note` into the list that shows one member of a large group and the buttons that disagree.
    """
    large = len(report.patients) > CARDS_AT_ONCE
    shared = shared_rows(report)
    chosen = in_order(report)[:CARDS_AT_ONCE]
    return Cards(
        tuple(messages(summary_blocks(report, text, claims_value, note.dumps(), shared))),
        tuple(messages(session_blocks(report, note))),
        tuple(message for number in chosen for message in messages(member_blocks(report, number, note, shared))),
        report_text(report, text, summary_line(report)) if large else "",
    )


def in_order(report: Report) -> list[int]:
    """Members' numbers: as written in a small group, those to fix first in a large one."""
    numbers = range(len(report.patients))
    if len(numbers) <= CARDS_AT_ONCE:
        return list(numbers)
    return sorted(numbers, key=lambda number: WORST_FIRST.index(report.patients[number].readiness))


def summary_blocks(
    report: Report, text: str, claims_value: str, note_value: str, shared: Shared | None = None
) -> list[Block]:
    """The summary, who stands where, copies, what holds for every claim, and what to press."""
    shared = shared or shared_rows(report)
    paragraphs = [
        f"{READINESS[report.readiness][0]} *{escape(summary_line(report))}*",
        *_who_stands_where(report, shared),
    ]
    if not report.split_is_sure:
        paragraphs[1:1] = [_unsure_split(report)]
    paragraphs += [escape(absent_line(report.absent))] if report.absent else []
    blocks = sections(paragraphs)
    if report.copies:
        blocks += sections(_copies(report.copies, text))
    common, settled = shared_paragraphs(shared), shared_lines(shared)
    if common or settled:
        blocks += section_each(["*For every claim*", *common])
        blocks += context(settled)
    # Of an unsure split the first paragraph warns, with the button that corrects it.
    warnings = (warning for warning in report.warnings if not warning.startswith(SPLIT_GUESSED))
    blocks += sections([f"⚠️ {escape(warning)}" for warning in warnings])
    blocks += context(_small_print(report))
    buttons = [button("claim_facts", "Add claim facts", claims_value), button("report_pdf", "Report as PDF", "pdf")]
    if report.late_entry:  # something is asked for that more words would mend
        buttons.insert(1, button(AGAIN, "Fixed: review again", "again"))
    if len(report.patients) > CARDS_AT_ONCE:
        buttons.insert(0, _member_list(report, note_value))
    correct = button("correct_split", "Correct the split", listed([patient.label for patient in report.patients]))
    if report.split_is_sure:
        buttons.append(correct)
    else:
        buttons.insert(0, correct | {"style": "primary"})
    buttons.append(_report_menu())
    return [*blocks, *_by_number(report), {"type": "actions", "elements": buttons}]


def _by_number(report: Report) -> list[Block]:
    """Who has which number, for the form of claim facts: it asks for a number, since names stay in messages."""
    if len(report.patients) < 2:
        return []
    # A number stays on the line of its name.
    named = (f"{number}.\N{NO-BREAK SPACE}{member_name(patient)}" for number, patient in enumerate(report.patients, 1))
    return context([f"Members by number, for the claim facts: {' · '.join(named)}"])


def _unsure_split(report: Report) -> str:
    """Said first of all: where the members are wrong, so is everything beneath."""
    number = len(report.patients)
    found = "one member" if number == 1 else f"{number} members"
    return f"⚠️ *I am not sure who is who.* I read {found}; if that is wrong, press *Correct the split* before the rest."


def copy_groups(copies: Sequence[Copy]) -> list[list[Copy]]:
    """Pairs that share a member stand together: seven alike are one group and not twenty-one pairs."""
    groups: list[list[Copy]] = []
    for copy in copies:
        near = [group for group in groups if any({copy.a, copy.b} & {other.a, other.b} for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), copy])
    return groups


def _who_stands_where(report: Report, shared: Shared) -> list[str]:
    """Members with the same findings of their own share a line, the worst first."""
    lines: dict[tuple[Readiness, str], list[str]] = {}
    for number, patient in enumerate(report.patients, 1):
        about = _own_findings(patient, shared)
        lines.setdefault((patient.readiness, about), []).append(f"{number}.\N{NO-BREAK SPACE}*{member_name(patient)}*")
    ordered = sorted(lines.items(), key=lambda line: WORST_FIRST.index(line[0][0]))
    return [
        f"{READINESS[kind][0]} {', '.join(names)}: {READINESS[kind][1]}" + (f" ({about})" if about else "")
        for (kind, about), names in ordered
    ]


def _own_findings(patient: PatientReport, shared: Shared) -> str:
    """The items that make this claim what it is; those it has in common with the others are said below."""

    def having(*statuses: Status) -> list[str]:
        return [
            FAULTS[item]
            for item, verdict in patient.checklist.items()
            if verdict.status in statuses and not shared.covers(item, verdict)
        ]

    own = having(Status.MISSING, Status.PARTIAL) or having(Status.NEEDS_CONFIRMATION)
    if own:
        return ", ".join(own)
    return "" if patient.readiness is Readiness.READY else "only what holds for every claim"


def _copies(copies: Sequence[Copy], text: str) -> list[str]:
    paragraphs = [f"⚠️ *{escape(clip(copy_line(copy), 200))}*: no words of its own." for copy in copies if copy.points]
    copies = [copy for copy in copies if not copy.points]
    if copies:
        told = "⚠️ *These parts read as copies of each other.* Each claim needs words of its own member."
        paragraphs.append(told)
    for alike in copy_groups(copies):
        names = dict.fromkeys(name for copy in alike for name in (copy.a, copy.b))
        named = ", ".join(f"*{escape(clip(one_line(name), 80))}*" for name in names)
        low, high = (f"{pick(copy.similarity for copy in alike):.0%}" for pick in (min, max))
        paragraphs.append(f"{named}: {high if low == high else f'{low} to {high}'} alike")
        longest = max(
            ((copy, span) for copy in alike for span in copy.spans),
            key=lambda found: found[1].a_end - found[1].a_start,
            default=None,
        )
        if longest:
            copy, span = longest
            left, right = sides(span, text)
            paragraphs += [f"{escape(clip(one_line(copy.a), 80))}:", quoted(left, 180)]
            paragraphs += [f"{escape(clip(one_line(copy.b), 80))}:", quoted(right, 180)]
    return paragraphs


def _small_print(report: Report) -> list[str]:
    payers = payers_line(report.patients)
    lines = [escape(payers)] if payers else []
    lines += [report.late_entry] if report.late_entry else []
    if report.split:
        lines.append(f"How I split the note: {escape(report.split)}")
    return [*lines, _engine(report)]


def _engine(report: Report) -> str:
    parts = ["A reading aid, not a guarantee of payment"]
    if report.engine.name == "model":
        parts.append(f"judged with {report.engine.model or 'a model'}, every quote checked against the note")
    if report.engine.note:
        parts.append(report.engine.note)
    return escape(" · ".join(parts))


def _report_menu() -> Block:
    """The whole report as another kind of file, behind three dots: a phone shows a button a line."""
    options = [
        {"text": {"type": "plain_text", "text": f"Report as {name}"}, "value": kind}
        for kind, name in _MORE_REPORTS.items()
    ]
    return {"type": "overflow", "action_id": "report_menu", "options": options}


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
