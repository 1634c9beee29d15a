"""Answers, reports and checks as pages to read in a terminal (rich)."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.markup import escape
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.answers.models import Answer, Comparison, Reply, Row
from bot.answers.phrases import HOW_LEARNT
from bot.answers.relevance import shorten
from bot.console import inert_console
from bot.policies.models import Decision
from bot.policies.own_payers import OwnPayer
from bot.policies.payer_list import ListChange
from bot.review.checklist import FROM_ELEMENTS
from bot.review.models import Element, Item, ItemVerdict, PatientReport, Readiness, Report, Status, Verdict
from bot.review.wording import ITEMS, OF_THE_SESSION, READ_FROM, STATUS_WORDS, absent_line, copy_line, payers_line

if TYPE_CHECKING:
    from bot.doctor import Check
    from bot.storage.disputes import GivenDispute
    from bot.storage.feedback import GivenThumb

_STATUS = {
    Status.MET: "[green]✓ met[/]",
    Status.PARTIAL: "[yellow]◐ partial[/]",
    Status.MISSING: "[red]✗ missing[/]",
    Status.NEEDS_CONFIRMATION: "[cyan]? confirm[/]",
    Status.NOT_APPLICABLE: "[dim]– n/a[/]",
}
_READINESS = {
    Readiness.READY: "[green]ready[/]",
    Readiness.FIX: "[red]fix before submission[/]",
    Readiness.CONFIRM: "[cyan]confirm before submission[/]",
}
_COLOUR = {
    Decision.ALLOWED: "green",
    Decision.NOT_REQUIRED: "green",
    Decision.ALLOWED_WITH_CONDITIONS: "yellow",
    Decision.NOT_ALLOWED: "red",
    Decision.REQUIRED: "yellow",
}


def words(name: str) -> str:
    """An identifier as people say it: same_day is "same day"."""
    return name.replace("_", " ")


def show_reply(reply: Reply, console: Console | None = None) -> None:
    """One panel an answer: decision first, then why, sources and the next step; a table over the practice's payers."""
    console = console or inert_console()
    if reply.table:
        show_comparison(reply.table, console)
        return
    for answer in reply.answers:
        console.print(_answer(answer))


def _answer(answer: Answer) -> Panel:
    parts: list[RenderableType] = [Markdown(answer.answer)]
    if answer.conditions:
        parts += [Text("\nConditions", style="bold"), *(Text(f"• {line}") for line in answer.conditions)]
    if answer.modifiers:
        parts.append(Text.assemble(("\nModifiers ", "bold"), ", ".join(answer.modifiers)))
    if answer.conflicts:
        parts += [Text("\nSources disagree", style="bold yellow"), *(Text(f"• {line}") for line in answer.conflicts)]
    if answer.citations:
        parts.append(Text("\nSources", style="bold"))
    for number, citation in enumerate(answer.citations, 1):
        dated = citation.effective_date or "no date stated"
        line = f"[{number}] {citation.source_title} · {citation.publisher} · {dated} · read {citation.checked_on}"
        parts.append(Text(line, style="dim"))
        if citation.source_url:
            parts.append(Text(f"    {citation.source_url}", style="dim"))
    if answer.call_script:
        parts += [Text("\nAsk the payer", style="bold"), *(Text(f"• {line}") for line in answer.call_script)]
    if answer.next_step:
        parts.append(Text(f"\nNext: {answer.next_step}", style="bold"))
    who = answer.payer.name if answer.payer else "No single payer"
    return Panel(
        Group(*parts),
        title=f"[bold]{words(answer.decision).capitalize()}[/] · {escape(who)} · {words(answer.topic)}",
        subtitle=f"confidence {answer.confidence}{' · stale: verify first' if answer.stale else ''}",
        border_style=_COLOUR.get(answer.decision, "cyan"),
        title_align="left",
        subtitle_align="right",
    )


def show_comparison(table: Comparison, console: Console | None = None) -> None:
    """A row a payer: the decision and its age, the terms, and where that stands."""
    console = console or inert_console()
    title = f"{table.matter[:1].upper()}{table.matter[1:]}: {len(table.rows)} payers"
    grid = Table(title=title, title_justify="left", title_style="bold", show_lines=True, expand=True)
    for name, ratio in (("Payer", 4), ("Decision", 3), ("Terms and source", 8)):
        grid.add_column(name, ratio=ratio)
    for row in table.rows:
        grid.add_row(Text(f"{row.name}\n{row.plan}".strip()), _decided(row), _terms(row))
    console.print(grid)


def _decided(row: Row) -> Text:
    answer = row.answer
    text = Text(words(answer.decision).capitalize(), style=_COLOUR.get(answer.decision, "cyan"))
    if row.source:
        text.append(f"\n{row.year or 'undated'}", style="dim")
    if answer.stale:
        text.append("\nstale: verify first", style="yellow")
    if answer.conflicts:
        text.append("\nsources disagree", style="yellow")
    if answer.decision is not Decision.UNKNOWN:
        text.append(f"\nconfidence {answer.confidence}", style="dim")
    return text


def _terms(row: Row) -> Text:
    answer = row.answer
    if answer.decision is Decision.UNKNOWN:
        known = "No rule on file settles it" if row.payer_id else "Not on file"
        known = known if answer.call_script else "This name fits several payers"
        return Text(f"{known}: ask them before the claim goes out; `billing-copilot ask` gives the questions.")
    said = next((line[2:] for line in answer.answer.split("\n") if line.startswith("- ")), "")
    text = Text(shorten(re.sub(r" ?\[\d+\]", "", said)))
    if answer.conditions:
        text.append(f"\nIf: {'; '.join(answer.conditions)}")
    if answer.modifiers:
        text.append(f"\nModifiers: {', '.join(answer.modifiers)}")
    if row.source:
        source, dated = row.source, row.source.effective_date or "no date stated"
        learnt = HOW_LEARNT[source.source_kind]
        text.append(f"\n{source.source_title} · {source.publisher} · {dated} · {learnt}", style="dim")
    return text


def show_payers(payers: Sequence[OwnPayer], change: ListChange | None, console: Console | None = None) -> None:
    """The practice's list after a change, and what of the change could not be done."""
    console = console or inert_console()
    for payer in payers:
        console.print(Text(f"{payer.label}{'' if payer.payer_id else ' (unknown: not on file)'}"))
    if not payers:
        console.print('The list is empty. Make it: billing-copilot payers add "Aetna, Cigna Medicare Advantage, HUSKY"')
    for unclear in change.unclear if change else ():
        console.print(Text(unclear.told, style="yellow"))
    for missing in change.missing if change else ():
        console.print(Text(f"Not on the list: {missing.label}", style="yellow"))


def show_report(report: Report, console: Console | None = None) -> None:
    """The ten-second summary, the session, then each member with what to fix."""
    console = console or inert_console()
    console.print(Panel(_summary(report), title="[bold]Review[/]", title_align="left"))
    console.print(Text("The session", style="bold"))
    console.print(_elements(report.session.elements))
    for patient in report.patients:
        console.print(_patient(patient))


def _summary(report: Report) -> Text:
    counts = Counter(patient.readiness for patient in report.patients)
    line = f"{len(report.patients)} claims: {counts[Readiness.READY]} ready, {counts[Readiness.FIX]} to fix, "
    text = Text(line + f"{counts[Readiness.CONFIRM]} to confirm", style="bold")
    if len(report.patients) > 1:
        for patient in report.patients:
            text.append(f"\n{patient.label}: {_stands(patient)}", style="not bold")
    if report.absent:
        text.append(f"\n{absent_line(report.absent)}", style="not bold")
    if payers := payers_line(report.patients):
        text.append(f"\n{payers}", style="not bold")
    if report.split:
        text.append(f"\nSplit: {report.split}", style="not bold dim")
    for copy in report.copies:
        text.append(f"\n⚠ {copy_line(copy)}", style="red")
    for warning in report.warnings:
        text.append(f"\n⚠ {warning}", style="yellow")
    if report.engine.note:
        who = f"Read by {report.engine.model} beside the rules: " if report.engine.model else ""
        text.append(f"\n{who}{report.engine.note}", style="not bold dim")
    return text


def _stands(patient: PatientReport) -> str:
    """Where one claim stands, in a line: what is to fix, else what is to confirm."""
    for verb, statuses in (
        ("fix", (Status.MISSING, Status.PARTIAL)),
        ("confirm", (Status.NEEDS_CONFIRMATION,)),
    ):
        named = [ITEMS[item].lower() for item, verdict in patient.checklist.items() if verdict.status in statuses]
        if named:
            return f"{verb} {', '.join(named)}"
    return "ready"


def _table() -> Table:
    table = Table(show_header=False, box=None, expand=True, pad_edge=False)
    table.add_column(ratio=5)
    table.add_column(width=11)
    table.add_column(ratio=14)
    return table


def _elements(elements: dict[Element, Verdict]) -> Table:
    table = _table()
    for element, verdict in elements.items():
        table.add_row(words(element), _STATUS[verdict.status], _why(verdict))
    return table


def _checklist(patient: PatientReport) -> Table:
    """The nine items; those that rest on the elements point at them, where the words and questions stand."""
    table = _table()
    for item, verdict in patient.checklist.items():
        why = _pointer(item, verdict, patient) if item in FROM_ELEMENTS else _why(verdict)
        table.add_row(ITEMS[item].lower(), _STATUS[verdict.status], why)
    return table


def _pointer(item: Item, verdict: ItemVerdict, patient: PatientReport) -> Text:
    """Which elements hold an item back, and where they stand: this member's above, the session's at the top."""
    if verdict.status is Status.MET:
        return Text("read from the note", style="dim")
    if item in OF_THE_SESSION:
        return Text("see the session, above", style="dim")
    lacking = [words(one) for one in READ_FROM[item] if patient.elements[one].status is not Status.MET]
    return Text(f"see {', '.join(lacking)}", style="dim")


def _beside(telehealth: ItemVerdict) -> Table:
    table = _table()
    table.add_row("telehealth", _STATUS[telehealth.status], _why(telehealth))
    return table


def _why(verdict: Verdict | ItemVerdict) -> Text:
    text = Text()
    if isinstance(verdict, Verdict) and verdict.evidence:
        text.append("; ".join(f"“{_short(evidence.quote)}”" for evidence in verdict.evidence[:2]), style="italic")
    if verdict.reason and (verdict.status is not Status.MET or isinstance(verdict, ItemVerdict)):
        text.append(("\n" if text.plain else "") + verdict.reason)
    if verdict.fix:
        text.append(f"\n→ {verdict.fix}", style="bold")
    return text


def _short(quote: str, most: int = 110) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def _patient(patient: PatientReport) -> Group:
    title = Text.from_markup(f"[bold]{escape(patient.label)}[/] · {_READINESS[patient.readiness]}")
    note = Text("Read from the note", style="dim")
    claim = Text("The claim's nine checks", style="dim")
    beside: list[RenderableType] = []
    if patient.telehealth:
        beside = [Text("Beside the nine", style="dim"), _beside(patient.telehealth)]
    return Group(Rule(style="dim"), title, note, _elements(patient.elements), claim, _checklist(patient), *beside)


def show_feedback(
    counts: Mapping[str, int],
    thumbs: "Sequence[GivenThumb]",
    disputes: "Sequence[GivenDispute]",
    console: Console | None = None,
) -> None:
    """What people say of answers, and the review list: what was judged, what a person says, and why."""
    console = console or inert_console()
    counted = ", ".join(f"{count} {value}" for value, count in sorted(counts.items())) or "none yet"
    console.print(f"Thumbs on answers: {counted}")
    pointing_down = [one for one in thumbs if one.value == "down"]
    if pointing_down:
        console.print(_thumbs(pointing_down))
    if disputes:
        console.print(_disputes(disputes))
    else:
        console.print("No verdict is disputed: “Disagree” on a finding in Slack puts it here.")
    if pointing_down or disputes:
        console.print("A case for the evaluation: billing-copilot feedback --to-case ID FILE --text “…”")


def _feedback_table(title: str, *columns: tuple[str, int]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", expand=True)
    for name, ratio in columns:
        # An id is there to be copied, and a day cut short is none.
        table.add_column(name, ratio=ratio or None, no_wrap=not ratio)
    return table


def _thumbs(thumbs: "Sequence[GivenThumb]") -> Table:
    table = _feedback_table(f"{len(thumbs)} did not help", ("Id", 0), ("Given", 0), ("Answered", 10), ("Because", 5))
    for one in thumbs:
        told = "\n".join(
            f"{told.payer or 'no payer'} · {told.topic} · {told.decision}".replace("_", " ") for told in one.about
        )
        because = one.reason.replace("_", " ") or "not said"
        table.add_row(one.id, one.given_at.date().isoformat(), Text(told or "not known"), Text(because))
    return table


def _disputes(disputes: "Sequence[GivenDispute]") -> Table:
    from bot.review.disputing import CHECKS, REASONS

    columns = (("Id", 0), ("Given", 0), ("Check", 3), ("Judged", 0), ("They say", 0), ("Because", 7))
    table = _feedback_table(f"{len(disputes)} disputed", *columns)
    for one in disputes:
        dispute = one.dispute
        because = Text(REASONS.get(dispute.reason, dispute.reason))
        if dispute.comment:
            because.append(f"\n{dispute.comment}", style="italic")
        table.add_row(
            one.id,
            one.given_at.date().isoformat(),
            Text(CHECKS.get(dispute.check, dispute.check)),
            STATUS_WORDS[Status(dispute.judged)],
            STATUS_WORDS[Status(dispute.proposed)],
            because,
        )
    return table


def show_checks(checks: "Sequence[Check]", console: Console | None = None) -> None:
    """The doctor's findings, a row each."""
    marks = {"ok": "[green]✓[/]", "warn": "[yellow]![/]", "fail": "[red]✗[/]"}
    table = Table(show_header=False, box=None)
    for check in checks:
        table.add_row(marks[check.status], check.name, Text(check.detail))
    (console or inert_console()).print(table)
