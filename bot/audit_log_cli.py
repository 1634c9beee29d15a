"""`billing-copilot audit-log verify|export`: whether the audit record is whole, and what stands in it."""

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from bot.command_line import AsJson, copilot, parse_date, print_json
from bot.errors import UserError

if TYPE_CHECKING:
    from bot.record.chain import Checked, Link
    from bot.storage.audit_record import AuditRecord

audit_log = typer.Typer(name="audit-log", help="Who had what done, when, under which rules: no content, chained.")

Practice = Annotated[str | None, typer.Option("--practice", help="One practice by its Slack team id; else all.")]


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


@audit_log.command()
def verify(
    practice: Practice = None,
    head: Annotated[str, typer.Option("--head", help="A mark that verify printed before: finds a cut-off end.")] = "",
    as_json: AsJson = False,
) -> None:
    """Check the chain: status 0 and the mark to keep elsewhere, or 1 and the first entry that is wrong."""
    record = copilot().stored_audit_record
    names = _named(record, practice, missing=bool(head))
    if head and not re.fullmatch(r"[0-9a-f]{64}", head.strip()):
        raise UserError("--head is not a mark: give the 64 letters and digits that verify printed.")
    if head and len(names) != 1:
        raise UserError(f"--head goes with one practice: add --practice, one of {', '.join(names) or 'none'}.")
    checked = [record.check(name, head.strip()) for name in names]
    whole = all(one.problem is None for one in checked)
    if as_json:
        print_json({"ok": whole, "practices": [_as_json(one) for one in checked]})
    else:
        for one in checked:
            typer.echo(_told(one))
        if not checked:
            typer.echo("The audit record is empty.")
    if not whole:
        raise typer.Exit(1)


@audit_log.command()
def export(
    practice: Practice = None,
    since: Annotated[str, typer.Option("--since", help="YYYY-MM-DD (UTC), that day included.")] = "",
    until: Annotated[str, typer.Option("--until", help="YYYY-MM-DD (UTC), that day included.")] = "",
    form: Annotated[Format, typer.Option("--format", help="One JSON document a line, or a table.")] = Format.JSONL,
    as_json: AsJson = False,
) -> None:
    """Print the entries, oldest first, practice by practice."""
    record = copilot().stored_audit_record
    first, last = parse_date(since, "--since"), parse_date(until, "--until")
    before = (last + timedelta(days=1)).isoformat() if last else ""
    names = _named(record, practice)
    links = (link for name in names for link in record.links(name, first.isoformat() if first else "", before))
    if as_json:
        print_json({"entries": [_flat(link) for link in links]})
    elif form is Format.JSONL:
        for link in links:
            print_json(_flat(link))
    else:
        sys.stdout.writelines(_table(links))


def _named(record: "AuditRecord", practice: str | None, *, missing: bool = False) -> Sequence[str]:
    """The practices on record, or the one asked for, which may be `missing` from it; raises UserError otherwise."""
    known = record.practices()
    if practice is None:
        return known
    if practice not in known and not missing:
        raise UserError(
            f"Nothing is on record of {practice}: on record is {', '.join(filter(None, known)) or 'nobody'}."
        )
    return [practice]


def _as_json(one: "Checked") -> dict[str, object]:
    problem = {"number": one.problem.number, "what": one.problem.what} if one.problem else None
    return {
        "practice": one.practice,
        "entries": one.entries,
        "first": one.first,
        "last": one.last,
        "head": one.head,
        "problem": problem,
    }


def _told(one: "Checked") -> str:
    name = one.practice or "the whole installation"
    if one.problem:
        return f"{name}: NOT WHOLE at entry {one.problem.number}: {one.problem.what}. {one.entries} before it hold."
    return f"{name}: {one.entries} entries hold, {one.first} to {one.last}. Keep this mark elsewhere: {one.head or '-'}"


def _flat(link: "Link") -> dict[str, object]:
    told = {"practice": link.practice, "number": link.number, "at": link.at, "who": link.who, "kind": link.kind}
    return {**told, **json.loads(link.body), "key": link.key, "previous": link.previous, "mark": link.mark}


def _table(links: "Iterator[Link]") -> Iterator[str]:
    """As CSV; counts by name are one cell, "allowed 2; unknown 1"."""
    from bot.record.entry import Entry

    chained = ("practice", "number", "at", "who", "kind")
    names = (*chained, *(name for name in Entry.model_fields if name != "kind"), "key", "previous", "mark")
    rows: Iterator[dict[str, object]] = chain([{name: name for name in names}], map(_flat, links))
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow([_cell(row.get(name, "")) for name in names])
        yield line.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {count}" for name, count in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
