"""`billing-copilot audit`: a month of notes in, a report to look at out."""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from bot.command_line import AsJson, Workspace, copilot, parse_date, print_json, read_bytes
from bot.errors import UserError

if TYPE_CHECKING:
    from bot.app import Copilot
    from bot.audit.run import AuditRun, Plan, Progress
    from bot.audit.scope import Scope
    from bot.audit.work_file import WorkFile
    from bot.office import Office
    from bot.settings import Settings


def audit(  # noqa: PLR0913, PLR0917  # typer makes each option a parameter
    source: Annotated[
        str,
        typer.Argument(
            help="A folder of notes, a .csv or a .jsonl with a row a note; or its address, s3://bucket/notes."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write report.html, report.pdf, findings.csv, audit.json here.")
    ] = None,
    columns: Annotated[Path | None, typer.Option("--columns", help="YAML that names the columns of the table.")] = None,
    fees: Annotated[Path | None, typer.Option("--fees", help="CSV payer,code,amount: what a claim pays.")] = None,
    history: Annotated[
        Path | None, typer.Option("--history", help="Rates of earlier audits; else a file in DATA_DIR.")
    ] = None,
    since: Annotated[str, typer.Option("--since", help="First date of service, YYYY-MM-DD.")] = "",
    until: Annotated[str, typer.Option("--until", help="Last date of service, YYYY-MM-DD.")] = "",
    clinician: Annotated[str, typer.Option("--clinician", help="Only this clinician's notes.")] = "",
    payer: Annotated[str, typer.Option("--payer", help="Only notes with this payer, as the table writes it.")] = "",
    sample: Annotated[int, typer.Option("--sample", min=0, help="Look at so many sessions only.")] = 0,
    seed: Annotated[int, typer.Option("--seed", help="Which sessions a sample takes.")] = 0,
    code_names: Annotated[bool, typer.Option("--code-names", help="Codes instead of clinicians' names.")] = False,
    cluster: Annotated[
        str, typer.Option("--cluster", help="Address of a Dask scheduler, or local:N for N workers here.")
    ] = "",
    publish: Annotated[
        bool,
        typer.Option("--publish", help="Show it in Slack, where an admin asked for it: counts, and this PDF sealed."),
    ] = False,
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """Audit a month of notes: rates, copies, findings, claims at risk."""
    from bot.audit.run import run_audit
    from bot.audit.scope import Scope
    from bot.audit.source import is_url

    program = copilot()
    # Once: who the only practice on record is may change while an audit runs.
    office = program.at_command_line(workspace)
    place = source if is_url(source) else Path(source)
    if publish:
        _refuse_to_publish(office, clinician or payer)
    scope = Scope(parse_date(since, "--since"), parse_date(until, "--until"), clinician, payer, sample, seed)
    with _progress(quiet=as_json) as progress:
        plan = _plan(office, program.settings, place, columns, fees, history, scope, progress, code_names=code_names)
        if cluster:
            from bot.audit.cluster import Cluster

            plan = replace(plan, executor=Cluster(cluster))
        work = _work_file(program, place, plan.practice)
        try:
            with work:
                began = perf_counter()
                done = run_audit(plan, work)
                office.recorder.audited(done.audit, began)
                if out:
                    _write(done, out)
                if publish:
                    _publish(office, done)
                work.delete()
        except KeyboardInterrupt:
            typer.echo("Stopped. What was done is kept, sealed: the same command goes on from there.", err=True)
            raise
    if as_json:
        print_json(done.audit.model_dump(mode="json"))
    else:
        from bot.audit_terminal import show_audit

        show_audit(done.audit, out)
    if failures := len(done.audit.failures):
        were = "1 thing" if failures == 1 else f"{failures} things"
        typer.echo(f"{were} could not be read or reviewed; each is listed with its reason.", err=True)
        raise typer.Exit(1)


def _refuse_to_publish(office: "Office", narrowed: str) -> None:
    """Before an hour of work rather than after it; raises UserError."""
    if narrowed:
        raise UserError(
            "--publish is for everybody's notes: leave --clinician and --payer out, or leave --publish out."
        )
    if not office.practice:
        raise UserError("--publish has to know whose audit this is: name the practice with --workspace T….")
    if not office.audits.is_wanted:
        raise UserError(
            f"Nobody of {office.practice} asked for audits in Slack: an admin types `/billing audit here` there, or "
            "`/billing audit coaching on`."
        )


def _publish(office: "Office", done: "AuditRun") -> None:
    """Keep the counts and the sealed PDF for Slack; the bot posts within a day."""
    from bot.audit.pdf import audit_pdf

    summary = office.audits.publish(done.audit, audit_pdf(done.audit))
    typer.echo(f"Published: the audit of {summary.month} comes in Slack within a day.", err=True)


def _plan(  # noqa: PLR0913, PLR0917  # the options of the command
    office: "Office",
    settings: "Settings",
    source: Path | str,
    columns: Path | None,
    fees: Path | None,
    history: Path | None,
    scope: "Scope",
    progress: "Progress",
    *,
    code_names: bool,
) -> "Plan":
    from bot.audit.columns import ColumnMap, read_columns
    from bot.audit.fees import read_fees
    from bot.audit.history import History
    from bot.audit.run import Plan
    from bot.recorder import rules_version
    from bot.review.reading import decode_note
    from bot.storage.secret_key import secret_key

    key = secret_key(settings.fingerprint_key.get_secret_value(), settings.data_dir) if code_names else None
    return Plan(
        source,
        read_columns(columns) if columns else ColumnMap(),
        scope,
        read_fees(decode_note(read_bytes(fees), str(fees)), str(fees)) if fees else None,
        key,
        office.earlier,
        History(history or settings.data_dir / "audit-history.json"),
        office.practice,
        rules_version(),
        progress=progress,
    )


def _work_file(program: "Copilot", source: Path | str, practice: str) -> "WorkFile":
    from bot.audit.work_file import WorkFile, forget_old

    folder = program.settings.data_dir
    forget_old(folder, timedelta(hours=program.settings.work_hours))
    where = source.resolve() if isinstance(source, Path) else source
    name = hashlib.sha256(f"{practice}\x1f{where}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return WorkFile(folder / f"audit-{name}.work", program.seal)


def _write(done: "AuditRun", folder: Path) -> None:
    from bot.audit.output import write_report

    write_report(done, folder)


@contextmanager
def _progress(*, quiet: bool) -> "Iterator[Progress]":
    """A bar on stderr with the rate and the time left, where somebody looks at a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("sessions, {task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("Reading", total=None, rate="")

        began: list[tuple[float, int]] = []

        def told(step: str, done: int, of: int) -> None:
            if step == "reviewing":
                # What an earlier run finished came at once, and says nothing of how quick this one is.
                began.append((perf_counter(), done))
                seconds, sessions = perf_counter() - began[0][0], done - began[0][1]
                rate = f"{sessions / seconds:.1f} a second" if sessions else "starting"
                bar.update(task, description="Reviewing", total=of, completed=done, rate=rate)
            else:
                bar.update(task, description="Comparing", total=None, rate="")

        yield told
