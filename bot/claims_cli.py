"""`billing-copilot claims check`: the claims file before it goes out."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bot.command_line import AsJson, Workspace, copilot
from bot.errors import UserError

if TYPE_CHECKING:
    from bot.claimfile.models import Finding
    from bot.claimfile.notes import Notes
    from bot.office import Office

claims = typer.Typer(name="claims", help="The claims file before it goes out.", no_args_is_help=True)


@claims.callback()
def _group() -> None:
    """The claims file before it goes out."""


@claims.command()
def check(  # noqa: PLR0913, PLR0917  # typer makes each option a parameter
    file: Annotated[Path, typer.Argument(help="An X12 837P file, or a CSV with a row a service line.")],
    notes: Annotated[
        Path | None,
        typer.Option("--notes", help="The sessions' notes, a file or a folder, to hold the claims against."),
    ] = None,
    csv: Annotated[str, typer.Option("--csv", help="Write every finding to this CSV file; - is standard output.")] = "",
    payer_is: Annotated[
        list[str] | None,
        typer.Option("--payer-is", help='Who a payer of the file is: "AETNA LIFE=Aetna"; may be given again.'),
    ] = None,
    state: Annotated[str, typer.Option("--state", help="Two-letter state, where the file has no address.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="End with status 1 where any claim is not ready.")] = False,
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """Check the 90853 lines of a claims file; nothing in it is changed."""
    from bot.claimfile.output import json_pieces
    from bot.claimfile.payers import PayerRules
    from bot.claimfile.service import FileCheck
    from bot.claims_terminal import Page

    if as_json and csv == "-":
        raise typer.BadParameter("--json and --csv - cannot both go to standard output.")
    if csv not in {"", "-"} and Path(csv).resolve() == file.resolve():
        raise typer.BadParameter("--csv would write over the claims file.")
    called = _called(payer_is or [])
    office = copilot().at_command_line(workspace)
    services = office.services
    rules = PayerRules(services.catalog, services.resolver, date.today(), state=state.upper(), called=called)
    began = perf_counter()
    done = FileCheck(file, rules, _notes(office, notes))
    page = Page(done.place_word)
    found = page.gather(_begun(done.findings()))
    with ExitStack() as files:
        if csv:
            found = _also_as_csv(found, sys.stdout if csv == "-" else files.enter_context(_opened(Path(csv))))
        if as_json:
            sys.stdout.writelines(json_pieces(found, done.summary))
            sys.stdout.write("\n")
        else:
            for _ in found:
                pass
    summary = done.summary()
    office.recorder.claims_checked(summary, began)
    if not as_json and csv != "-":
        page.show(summary)
    if summary.not_read:
        parts = "1 part" if summary.not_read == 1 else f"{summary.not_read} parts"
        typer.echo(f"{file.name}: {parts} not read, or read with doubt; the findings say which.", err=True)
        raise typer.Exit(1)
    if strict and summary.ready < summary.claims:
        raise typer.Exit(1)


def _called(told: list[str]) -> dict[str, str]:
    """The payers that the user names, by their names in the file."""
    pairs = [one.partition("=") for one in told]
    if any(not name.strip() or not payer.strip() for name, _, payer in pairs):
        raise typer.BadParameter('write --payer-is "NAME IN THE FILE=Payer".')
    return {name.strip(): payer.strip() for name, _, payer in pairs}


def _notes(office: "Office", path: Path | None) -> "Notes | None":
    from bot.claimfile.note_files import read_notes

    return read_notes(path, office.review) if path else None


def _begun(findings: "Iterable[Finding]") -> "Iterable[Finding]":
    """The same, the first already found: a file that cannot be read at all is refused before a word is written."""
    rest = iter(findings)
    first = next(rest, None)
    return chain([first] if first else [], rest)


def _also_as_csv(findings: "Iterable[Finding]", file: TextIO) -> "Iterator[Finding]":
    from bot.claimfile.output import csv_heading, csv_line

    file.write(csv_heading())
    for one in findings:
        file.write(csv_line(one))
        yield one


def _opened(path: Path) -> TextIO:
    try:
        # A spreadsheet takes a file for UTF-8 only with the mark in front.
        return path.open("w", encoding="utf-8-sig", errors="replace", newline="")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from None
