"""The command line: `billing-copilot ask | review | audit | matrix | payers | index | run`, thin over `bot.app`."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.audit_cli import audit
from bot.audit_log_cli import audit_log
from bot.claims_cli import claims as claims_group
from bot.command_line import AsJson, PayerName, Workspace
from bot.command_line import copilot as _copilot
from bot.command_line import parse_date as _parse_date
from bot.command_line import print_json as _print_json
from bot.command_line import read_bytes as _read_bytes
from bot.course_cli import learn
from bot.errors import CopilotError, UserError
from bot.feedback_cli import feedback
from bot.inert import inert
from bot.knowledge_cli import knowledge
from bot.state_cli import backup, erase_practice, migrate, restore

if TYPE_CHECKING:
    from bot.claims.models import ClaimFacts
    from bot.policies.payer_list import ListChange

app = typer.Typer(
    name="billing-copilot",
    help="Cited payer answers and note review for CPT 90853, group psychotherapy. Works offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(knowledge)
for command in (audit, learn, migrate, backup, restore, erase_practice, feedback):
    app.command()(command)
app.add_typer(audit_log)
app.add_typer(claims_group)


def main() -> None:
    """Run the command line: every error is one line on stderr and an exit status of 1 or 3."""
    try:
        app()
    except CopilotError as error:
        _fail(str(error), error.exit_status)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our output went away; python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as error:
        if os.environ.get("LOG_LEVEL", "").lower() == "debug":
            from bot.logs import trail

            for place in trail(error):
                typer.echo(place, err=True)
        _fail(f"Something went wrong on our side ({type(error).__name__}). LOG_LEVEL=debug shows where.", 3)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        from bot import __version__

        typer.echo(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def ask(  # noqa: PLR0913, PLR0917  # typer makes each option a parameter
    question: Annotated[str, typer.Argument(help="The question, in your own words.")] = "",
    payer: PayerName = "",
    state: Annotated[str, typer.Option("--state", help="Two-letter state, where the rule depends on it.")] = "",
    date_of_service: Annotated[str, typer.Option("--date-of-service", help="YYYY-MM-DD; the rule of that day.")] = "",
    questions: Annotated[Path | None, typer.Option("--from", help="A file with one question a line.")] = None,
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """Answer a payer question with its sources."""
    if bool(question) == (questions is not None):
        raise typer.BadParameter("give one question, or --from FILE with one a line.")
    office = _copilot().at_command_line(workspace)
    on = _parse_date(date_of_service)

    def answer(one: str) -> None:
        reply = office.ask(one, payer=payer, state=state, date_of_service=on)
        if as_json or questions:
            _print_json(reply.as_json())
        else:
            from bot.terminal import show_reply

            show_reply(reply)

    if questions is None:
        answer(question)
    else:
        lines = _read(questions).splitlines()
        _each(((f"line {number}", line) for number, line in enumerate(lines, 1) if line.strip()), answer)


@app.command()
def review(  # noqa: PLR0913, PLR0917  # typer makes each option a parameter
    files: Annotated[
        list[str],
        typer.Argument(help="Notes (.txt, .md, .csv, .docx, .pdf); - is standard input."),
    ],
    payer: PayerName = "",
    claims: Annotated[Path | None, typer.Option("--claims", help="CSV of claim facts, one row a member.")] = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Write the whole report to this .pdf, .docx or .csv file.")
    ] = None,
    members: Annotated[
        str, typer.Option("--members", help="Split at these members, as the note names them: A.B., C.D., E.F.")
    ] = "",
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """Review group notes before the claims go out."""
    from bot.documents.note_file import read_note
    from bot.reports.saving import format_of
    from bot.review.segment_named import labels_of

    if save and len(files) > 1:
        raise typer.BadParameter("--save writes one report: review one note at a time.")
    kind = format_of(str(save)) if save else ""
    copilot = _copilot()
    office = copilot.at_command_line(workspace)
    named = labels_of(members)
    facts: tuple[ClaimFacts, ...] = ()
    remarks: tuple[str, ...] = ()
    if claims is not None:
        from bot.claims.csv_file import read_table

        table = read_table(_read(claims))
        facts, remarks = table.facts, table.remarks

    settings = copilot.settings
    if settings.llm_model and sys.stderr.isatty():
        wait = f"{settings.llm_review_seconds:g} s at most"
        typer.echo(f"Read by the rules and by {settings.llm_model} ({wait}) …", err=True)

    def judge(name: str) -> None:
        data = sys.stdin.buffer.read() if name == "-" else _read_bytes(Path(name))
        text = read_note(data, name)
        report = office.review(text, facts, payer=payer, members=named).saying(*remarks)
        if save:
            from bot.reports.content import content_of
            from bot.reports.saving import laid_out

            content = content_of(report, text, facts, payer=payer, made_on=date.today())
            _write(save, laid_out(content, kind))
        if as_json or len(files) > 1:
            _print_json(report.model_dump(mode="json"))
        else:
            from bot.terminal import show_report

            show_report(report)
        if save:
            typer.echo(f"The whole report is in {save}.", err=True)

    if len(files) == 1:
        judge(files[0])
    else:
        _each(((name, name) for name in files), judge)


@app.command()
def matrix(  # noqa: PLR0913, PLR0917  # typer makes each option a parameter
    topic: Annotated[str, typer.Argument(help="The matter: same_day, prior_auth, telehealth …, or in your own words.")],
    payers: Annotated[str, typer.Option("--payers", help="Payers with commas, instead of the practice's list.")] = "",
    everyone: Annotated[bool, typer.Option("--all", help="All payers on file that have a rule on the matter.")] = False,
    state: Annotated[str, typer.Option("--state", help="Two-letter state, where the rule depends on it.")] = "",
    date_of_service: Annotated[str, typer.Option("--date-of-service", help="YYYY-MM-DD; the rule of that day.")] = "",
    csv: Annotated[str, typer.Option("--csv", help="Write the table to this CSV file; - is standard output.")] = "",
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """Compare payers on one matter: the practice's own, those named, or all on file."""
    from bot.answers.across import topic_named
    from bot.answers.matrix_csv import as_csv

    if as_json and csv == "-":
        raise typer.BadParameter("--json and --csv - cannot both go to standard output.")
    named = topic_named(topic)
    table = (
        _copilot()
        .at_command_line(workspace)
        .compare(
            topic.replace("_", " "),
            topic=named,
            names=payers,
            everyone=everyone,
            state=state,
            date_of_service=_parse_date(date_of_service),
        )
    )
    if csv == "-":
        sys.stdout.write(as_csv(table, date.today()).replace("\r\n", "\n"))
    elif csv:
        # A spreadsheet takes a file for UTF-8 only with the mark in front.
        _write(Path(csv), as_csv(table, date.today()).encode("utf-8-sig"))
    if as_json:
        _print_json(table.model_dump(mode="json"))
    elif not csv:
        from bot.terminal import show_comparison

        show_comparison(table)


@app.command(name="payers")
def own_payers(
    action: Annotated[str, typer.Argument(help="add, remove or clear; nothing shows the list.")] = "",
    names: Annotated[list[str] | None, typer.Argument(help="Payers as you call them, with commas.")] = None,
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """Show or change the practice's own list of payers."""
    listed = _copilot().at_command_line(workspace).payer_list
    told, by = " ".join(names or ()), "command line"
    if action not in {"", "add", "remove", "clear"}:
        raise typer.BadParameter("say add, remove or clear, or nothing to see the list.")
    if action in {"add", "remove"} and not told:
        raise typer.BadParameter(f'name the payers: payers {action} "Aetna, HUSKY".')
    change: ListChange | None = None
    if action == "add":
        change = listed.add(told, by)
    elif action == "remove":
        change = listed.remove(told, by)
    elif action:
        change = listed.clear(by)
    if as_json:
        _print_json({"payers": [payer.model_dump(mode="json") for payer in listed.payers()]})
    else:
        from bot.terminal import show_payers

        show_payers(listed.payers(), change)
    if change and (change.unclear or change.missing):
        raise typer.Exit(1)


@app.command()
def template(
    named: Annotated[str, typer.Option("--format", help="soap, dap, birp, girp, pirp or narrative.")] = "",
    members: Annotated[int, typer.Option("--members", help="How many members' parts.")] = 2,
    save: Annotated[Path | None, typer.Option("--save", help="Write it to this .txt or .docx file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a blank group note that asks for what the review wants, session and members apart."""
    from bot.review.template import ADVICE, blank_note, format_named, templates

    chosen = format_named(named)
    text = blank_note(chosen, members)
    if save:
        _write(save, _as_template_file(save, text, f"Group note, {templates().formats[chosen].name}"))
    if as_json:
        _print_json({"format": chosen, "members": members, "text": text, "advice": ADVICE})
    elif save:
        typer.echo(f"The template is in {save}.", err=True)
    else:
        typer.echo(text, nl=False)
        typer.echo(ADVICE, err=True)


def _as_template_file(path: Path, text: str, title: str) -> bytes:
    ending = path.suffix.lower()
    if ending == ".docx":
        from bot.reports.template_file import template_docx

        return template_docx(text, title)
    if ending not in {".txt", ".md"}:
        raise UserError(f"{path}: a template is saved as .txt or .docx, by the ending of its name.")
    return text.encode()


@app.command()
def index(
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing when all is well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the search index up to date with the knowledge files; safe to run twice."""
    copilot = _copilot()
    report = copilot.build_index()
    copilot.embed_documents()
    for problem in copilot.catalog.problems:
        typer.echo(str(problem), err=True)
    if as_json:
        _print_json(report.as_json())
    elif not quiet:
        typer.echo(str(report))


@app.command()
def run(
    http: Annotated[int | None, typer.Option("--http", help="Serve Slack's HTTP delivery on this port.")] = None,
) -> None:
    """Join Slack when its tokens are set; otherwise open the local workspace in a browser."""
    from bot.serve import serve

    serve(_copilot(), http_port=http)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check the installation: knowledge, index, data folder, model, Slack."""
    from bot.doctor import examine

    checks = examine(_copilot())
    healthy = all(check.status != "fail" for check in checks)
    if as_json:
        _print_json({"ok": healthy, "checks": [check.as_json() for check in checks]})
    else:
        from bot.terminal import show_checks

        show_checks(checks)
    if not healthy:
        raise typer.Exit(3)


def _each(inputs: Iterator[tuple[str, str]], work: Callable[[str], None]) -> None:
    """Do the work for each input; one that fails becomes one JSON line with its error, and the rest goes on."""
    status = 0
    for name, value in inputs:
        try:
            work(value)
        except CopilotError as error:
            _print_json({"error": str(error)})
            typer.echo(inert(f"{name}: {error}"), err=True)
            status = max(status, error.exit_status)
    if status:
        raise typer.Exit(status)


def _fail(line: str, status: int) -> None:
    if "--json" in sys.argv:
        _print_json({"error": line})
    typer.echo(inert(line), err=True)
    raise SystemExit(status)


def _read(path: Path) -> str:
    from bot.review.reading import decode_note

    return decode_note(_read_bytes(path), str(path))


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from None
