"""The check of a claims file as a page for a terminal: findings that say the same stand once, with their claims."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.answers.models import Citation
from bot.claimfile.models import Finding, Kind, Summary, Verdict
from bot.claimfile.output import cited
from bot.console import inert_console
from bot.review.wording import counted

_HEADINGS = {
    Verdict.NOT_READ: ("Not read", "red"),
    Verdict.FIX: ("Fix before submission", "red"),
    Verdict.CONFIRM: ("Confirm before submission", "cyan"),
}
_MOST_GROUPS = 300
_MOST_PLACES = 8
_GroupKey = tuple[Verdict, Kind, str, str, str]


@dataclass
class _Group:
    """Findings that say the same: the first few places, and how many there are."""

    first: Finding
    places: list[str] = field(default_factory=list)
    count: int = 0


class Page:
    """Gathers findings for the page, in memory that does not grow with the file."""

    def __init__(self, place_word: str) -> None:
        self._word = place_word
        self._groups: dict[_GroupKey, _Group] = {}
        self._left_out: Counter[Verdict] = Counter()

    def gather(self, findings: Iterable[Finding]) -> Iterable[Finding]:
        """The same findings, each noted on its way."""
        for one in findings:
            self._add(one)
            yield one

    def _add(self, one: Finding) -> None:
        key = (one.verdict, one.kind, one.payer, one.what, one.do)
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) >= _MOST_GROUPS:
                self._left_out[one.verdict] += 1
                return
            group = self._groups[key] = _Group(one)
        group.count += 1
        if len(group.places) < _MOST_PLACES:
            group.places.append(self._place(one))

    def _place(self, one: Finding) -> str:
        if not one.claim:
            return f"{self._word} {one.place}" if one.place else "notes"
        member = f" {one.member}" if one.member else ""
        return f"{one.claim}{member} · {self._word} {one.place}"

    def show(self, summary: Summary, console: Console | None = None) -> None:
        """Figures first, then what could not be read, what is to fix, what is to confirm, and the sources."""
        console = console or inert_console()
        console.print(
            Panel(_figures(summary), title=f"[bold]Claims file[/] {_plain(summary.file)}", title_align="left")
        )
        if summary.payers:
            console.print(_payers(summary))
        sources: list[Citation] = []
        for verdict, (heading, colour) in _HEADINGS.items():
            groups = [group for group in self._groups.values() if group.first.verdict is verdict]
            if groups:
                console.print(Text(f"\n{heading}", style=f"bold {colour}"))
                console.print(_table(groups, sources))
            if left := self._left_out[verdict]:
                console.print(Text(f"And {left} more findings: --csv FILE has all of them.", style="yellow"))
        if sources:
            console.print(Text("\nSources", style="bold"))
        for number, source in enumerate(sources, 1):
            console.print(Text(f"[{number}] {cited(source)}", style="dim"))


def _figures(summary: Summary) -> Text:
    line = (
        f"{counted(summary.claims, 'claim')} with 90853 ({counted(summary.lines, 'line')}): {summary.ready} ready, "
        f"{summary.fix} to fix, {summary.confirm} to confirm"
    )
    text = Text(line, style="bold")
    if summary.not_read:
        text.append(f"\n⚠ {counted(summary.not_read, 'part')} not read, or read with doubt: see below", style="red")
    if summary.other_claims:
        others = counted(summary.other_claims, "claim")
        text.append(f"\n{others} without 90853, read for services of the same day", style="not bold")
    if summary.notes is not None:
        text.append(f"\nHeld against {summary.notes} members' parts of notes", style="not bold")
    for remark in summary.remarks:
        text.append(f"\n{remark}", style="not bold yellow")
    return text


def _payers(summary: Summary) -> Table:
    table = Table(title="Payers", title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name in ("in the file", "on file", "line of business", "claims"):
        table.add_column(name, header_style="dim", justify="right" if name == "claims" else "left")
    for one in summary.payers:
        line = " ".join(filter(None, (one.line_of_business.replace("_", " "), f"({one.how})" if one.how else "")))
        table.add_row(Text(one.as_written), Text(one.payer or "not on file"), Text(line), str(one.claims))
    return table


def _table(groups: list[_Group], sources: list[Citation]) -> Table:
    table = Table(show_header=False, expand=True, show_lines=True)
    table.add_column(ratio=3)
    table.add_column(ratio=10)
    for group in groups:
        where = Text(group.first.kind.replace("_", " "), style="bold")
        for place in group.places:
            where.append(f"\n{place}", style="not bold")
        if group.count > len(group.places):
            where.append(f"\nand {group.count - len(group.places)} more", style="not bold dim")
        table.add_row(where, _said(group.first, sources))
    return table


def _said(one: Finding, sources: list[Citation]) -> Text:
    text = Text(one.what)
    marks = []
    for source in one.sources:
        if source not in sources:
            sources.append(source)
        marks.append(f"[{sources.index(source) + 1}]")
    if marks:
        text.append(f" {''.join(marks)}", style="dim")
    if one.rule:
        text.append(f" (837P: {one.rule})", style="dim")
    if one.do:
        text.append(f"\n→ {one.do}", style="bold")
    return text


def _plain(name: str) -> str:
    return name.replace("[", "\\[")
