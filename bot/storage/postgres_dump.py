"""PostgreSQL's own tools, as backup and restore call them. A password goes by the environment, never as an argument."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL

from bot.errors import OperatorError


def dump(url: URL, target: Path, snapshot: str) -> None:
    """Write the database as it stands in that exported snapshot; raises OperatorError."""
    _run(
        "pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"
    )


def load(url: URL, source: Path) -> None:
    """Put a dump into the database, all of it or nothing; raises OperatorError."""
    options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run("pg_restore", url, *options, str(source))


def _run(tool: str, url: URL, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise OperatorError(f"{tool} was not found: install PostgreSQL's client programs (Debian: postgresql-client).")
    address = url.set(drivername="postgresql", password=None).render_as_string()
    environment = {**os.environ, "PGPASSWORD": str(url.password or "")}
    command = [program, "--no-password", f"--dbname={address}", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)  # noqa: S603  # our own words
    if done.returncode != 0:
        said = next((line for line in done.stderr.splitlines() if "error:" in line), "").partition("error:")[2]
        raise OperatorError(f"{tool} failed:{said or ' it did not say why'}.")
