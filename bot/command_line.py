"""What every command shares: its options, the copilot, and how input and output are handled."""

import getpass
import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.app import Copilot

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of a page to read.")]
PayerName = Annotated[str, typer.Option("--payer", help="The payer, as you call it.")]
Workspace = Annotated[
    str,
    typer.Option("--workspace", help="Slack team id of the practice to speak for; without it the only one on record."),
]
COMMAND_LINE = "command line"
"""Who recorded what was recorded here."""


def copilot() -> "Copilot":
    """The program, as its settings have it, and its logs."""
    from bot.app import Copilot
    from bot.logs import configure_logs
    from bot.record.acting import act_as
    from bot.settings import load_settings

    settings = load_settings()
    configure_logs(settings.log_level, settings.log_format)
    _leave_no_core()
    act_as(settings.audit_user or f"os:{_os_user()}")
    return Copilot(settings)


def _leave_no_core() -> None:
    """A process that is brought down would write its memory, notes and all, to a file."""
    try:
        import resource
    except ImportError:  # Windows writes none
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user often has no name
        return str(os.getuid())


def print_json(document: object) -> None:
    """One JSON document on one line of standard output."""
    # A half of a character, which a broken argument or file may hold, is no text: it shows as "?".
    typer.echo(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace").decode())


def parse_date(text: str, what: str = "The date of service") -> date | None:
    """The day written as YYYY-MM-DD, None for nothing; raises UserError."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{what} is not a date: write it as YYYY-MM-DD, for example 2026-03-14.") from None


def read_bytes(path: Path) -> bytes:
    """The file's bytes; raises UserError where there are none to read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file.") from None
    except IsADirectoryError:
        raise UserError(f"{path} is a folder: name the files in it.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
