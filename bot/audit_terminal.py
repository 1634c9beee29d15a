"""The summary of an audit for a terminal."""

from pathlib import Path

from rich.table import Table

from bot.audit.models import Audit
from bot.console import inert_console
from bot.review.wording import counted, element_name


def show_audit(audit: Audit, out: Path | None) -> None:
    """The rates, what is at risk and what could not be read; the whole of it is in the folder `out`."""
    console = inert_console()
    days = f", {audit.first} to {audit.last}" if audit.first else ""
    read = f"{counted(audit.notes, 'note')} of {counted(audit.sessions, 'session')}{days}"
    console.print(read, style="bold", highlight=False)
    risk = audit.at_risk
    dollars = f", ${risk.dollars:,.2f}" if risk.dollars is not None else ""
    console.print(f"Claims at risk: {risk.claims.part} of {risk.claims.of}{dollars}", highlight=False)
    copied = f"{counted(audit.copied.part, 'note')}, {counted(len(audit.copy_clusters), 'cluster')}"
    console.print(f"In copies: {copied}", highlight=False)
    if audit.sample:
        console.print(f"A sample of {audit.sample.sessions} of {audit.sample.of} sessions.", highlight=False)
    table = Table("Element", "Met", "95 %", "Partial", "Missing", box=None, pad_edge=False)
    for element, rate in audit.elements.items():
        table.add_row(
            element_name(element),
            f"{rate.rate:.0%}",
            f"{rate.low:.0%} to {rate.high:.0%}",
            str(rate.partial),
            str(rate.missing),
        )
    if audit.notes:
        console.print(table)
    for one in audit.failures[:20]:
        console.print(f"Not read: {one.place}: {one.reason}", highlight=False, markup=False)
    if len(audit.failures) > 20:
        console.print(f"and {len(audit.failures) - 20} more", highlight=False)
    if out:
        console.print(f"The report is {out / 'report.html'}.", highlight=False, markup=False)
    elif audit.findings:
        told = counted(len(audit.findings), "finding")
        console.print(f"{told}, each with its note and why: add --out DIR for the report.", highlight=False)
