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
_MOST_BESIDE = 4
_FEW = 2
_GroupKey = tuple[Verdict, Kind, str, str, tuple[str, ...]]


@dataclass
class _Claim:
    """A claim of a group: what it is called, where its lines are, and what each rests on beside it."""

    called: str
    places: list[int]
    beside: str


@dataclass
class _Group:
    """Findings that say the same: the first few claims, and how many there are."""

    first: Finding
    claims: list[_Claim] = field(default_factory=list)
    count: int = 0
    last: str = ""


class Page:
    """Gathers findings for the page, in memory that does not grow with the file."""

    def __init__(self, place_word: str) -> None:
        self._word = place_word
        self._groups: dict[_GroupKey, _Group] = {}
        self._left_out: Counter[Verdict] = Counter()
        self._matters: Counter[tuple[Verdict, Kind]] = Counter()
        self._last: dict[tuple[Verdict, Kind], str] = {}
        self._unnamed = False

    def gather(self, findings: Iterable[Finding]) -> Iterable[Finding]:
        """The same findings, each noted on its way."""
        for one in findings:
            self._add(one)
            yield one

    def _add(self, one: Finding) -> None:
        called = " ".join(filter(None, (one.claim, one.member)))
        # A claim's findings follow each other; one without a number is a claim of its own.
        claim = called if one.claim else f"{self._word} {one.place}"
        if self._last.get((one.verdict, one.kind)) != claim:
            self._last[one.verdict, one.kind] = claim
            self._matters[one.verdict, one.kind] += 1
        key = (one.verdict, one.kind, one.what, one.do, tuple(source.snippet_id for source in one.sources))
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) >= _MOST_GROUPS:
                self._left_out[one.verdict] += 1
                return
            group = self._groups[key] = _Group(one)
        if group.last == claim and not one.beside and len(group.claims) == group.count:
            group.claims[-1].places.append(one.place)
        elif group.last != claim or one.beside:
            group.count += 1
            if len(group.claims) < _MOST_PLACES:
                group.claims.append(_Claim(called, [one.place] if one.place else [], one.beside))
        group.last = claim

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
            if verdict is not Verdict.NOT_READ:
                # What holds most claims back is mended first.
                groups.sort(key=lambda group: -group.count)
            if groups:
                console.print(Text(f"\n{heading}", style=f"bold {colour}"))
                if max(group.count for group in groups) > _FEW:
                    console.print(self._overview(verdict))
                console.print(self._table(groups, sources))
            if left := self._left_out[verdict]:
                console.print(Text(f"And {left} more findings: --csv FILE has all of them.", style="yellow"))
        if self._unnamed:
            console.print(Text("Claims that are not named here: --csv FILE names every claim.", style="yellow"))
        if sources:
            console.print(Text("\nSources", style="bold"))
        for number, source in enumerate(sources, 1):
            console.print(Text(f"[{number}] {cited(source)}", style="dim"))

    def _overview(self, verdict: Verdict) -> Text:
        matters = [(kind, count) for (of, kind), count in self._matters.most_common() if of is verdict]
        unit = "part" if verdict is Verdict.NOT_READ else "claim"
        return Text(", ".join(f"{_matter(kind)} {counted(count, unit)}" for kind, count in matters), style="dim")

    def _table(self, groups: list[_Group], sources: list[Citation]) -> Table:
        table = Table(show_header=False, expand=True, show_lines=True)
        table.add_column(min_width=15)
        table.add_column(ratio=1)
        for group in groups:
            about = Text(_matter(group.first.kind), style="bold")
            if group.first.claim:
                about.append(f"\n{counted(group.count, 'claim')}", style="not bold dim")
            table.add_row(about, _said(group.first, sources).append(self._claims(group)))
        return table

    def _claims(self, group: _Group) -> Text:
        beside = any(one.beside for one in group.claims)
        shown = group.claims[: _MOST_BESIDE if beside else _MOST_PLACES]
        text = Text("\n" + ("\n" if beside else "; ").join(map(self._called, shown)))
        if group.count > len(shown):
            self._unnamed = True
            text.append(f"{chr(10) if beside else ' '}and {group.count - len(shown)} more", style="dim")
        return text

    def _called(self, one: _Claim) -> str:
        word = f"{self._word}s" if len(one.places) > 1 else self._word
        where = f"{word} {', '.join(map(str, one.places))}" if one.places else ""
        told = " · ".join(filter(None, (one.called, where))) or "notes"
        return f"{told}: {one.beside}" if one.beside else told


def _figures(summary: Summary) -> Text:
    line = (
        f"{counted(summary.claims, 'claim')} with 90853 ({counted(summary.lines, 'line')}): {summary.ready} ready, "
        f"{summary.fix} to fix, {summary.confirm} to confirm"
    )
    if summary.not_read and not summary.claims:
        line = "No claim with 90853 was read"
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


def _matter(kind: Kind) -> str:
    return kind.replace("_", " ")


def _plain(name: str) -> str:
    return name.replace("[", "\\[")
