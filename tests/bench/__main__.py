"""`python -m tests.bench [SUBJECT ...]` measures and prints one table a subject; exits 1 where a target is missed."""

import os
import platform
import sys

from rich.console import Console
from rich.table import Table

from tests.bench.rows import Row, benches

console = Console(width=None if sys.stdout.isatty() else 120)


def main() -> int:
    wanted = set(sys.argv[1:])
    missed = 0
    tables: dict[str, Table] = {}
    console.print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    for subject, bench in benches():
        if wanted and subject not in wanted:
            continue
        table = tables.setdefault(subject, _table(subject))
        # No spinner: its thread would be measured too.
        console.print(f"[dim]measuring {subject}: {bench.__name__.removeprefix('bench_').replace('_', ' ')}[/]")
        rows = bench()
        for row in rows:
            table.add_row(*_cells(row))
            missed += row.met is False
    for table in tables.values():
        console.print(table)
    if wanted - tables.keys():
        console.print(f"No such subject: {', '.join(sorted(wanted - tables.keys()))}")
        return 2
    if missed:
        console.print(f"{missed} target{'s' if missed > 1 else ''} missed")
    return 1 if missed else 0


def _table(subject: str) -> Table:
    table = Table(title=subject, title_justify="left")
    table.add_column("what")
    for heading in ("value", "beside", "ratio", "target"):
        table.add_column(heading, justify="right")
    table.add_column("met")
    return table


def _cells(row: Row) -> list[str]:
    beside = f"{row.baseline} {_number(row.baseline_value)} {row.unit}" if row.baseline_value is not None else ""
    sign = "≥" if row.at_least else "≤"
    targets = []
    if row.target is not None:
        targets.append(f"{sign} {_number(row.target)} {row.unit}")
    if row.target_ratio is not None:
        targets.append(f"{sign} {row.target_ratio:g}x")
    met = {True: "[green]yes[/]", False: "[red]no[/]", None: ""}[row.met]
    ratio = f"{row.ratio:.2f}x" if row.ratio is not None else ""
    return [row.name, f"{_number(row.value)} {row.unit}", beside, ratio, ", ".join(targets), met]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
