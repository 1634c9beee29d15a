"""`billing-copilot migrate` and what it stands for, as its users run it: whole processes, on both databases."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from bot.cli import app

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
COMMANDS = typer.main.get_command(app).commands
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def cli(tmp_path: Path) -> Run:
    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "DATA_DIR": str(tmp_path / "data"),
            **settings,
        }
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_in_the_readme_and_takes_json(name: str) -> None:
    assert f"`billing-copilot {name}" in README
    command = COMMANDS[name]
    for one in getattr(command, "commands", {name: command}).values():
        assert name == "run" or any("--json" in parameter.opts for parameter in one.params)


def test_migrate_says_what_it_did_and_the_second_time_that_there_was_nothing_to_do(cli: Run) -> None:
    first = json.loads(cli("migrate", "--json").stdout)
    assert (first["changed"], first["before"], first["copy"]) == (True, None, None)
    again = cli("migrate")
    assert (again.returncode, again.stdout) == (0, f"The tables are at revision {first['after']}: nothing to do.\n")


@pytest.mark.long
def test_a_bot_that_may_not_migrate_waits_for_the_command_and_then_works_on_postgresql(
    cli: Run, postgres_url: str
) -> None:
    settings = {"DATABASE_URL": postgres_url, "MIGRATE_ON_START": "false"}
    refused = cli("payers", "add", "Aetna", **settings)
    assert refused.returncode == 3
    assert "run billing-copilot migrate first" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert cli("migrate", **settings).returncode == 0
    assert cli("payers", "add", "Aetna", **settings).returncode == 0
    listed = json.loads(cli("payers", "--json", **settings).stdout)
    assert [payer["name"] for payer in listed["payers"]] == ["Aetna"]
    asked = cli("ask", "which of our payers allow same-day?", "--json", **settings)
    assert asked.returncode == 0


def test_a_database_that_is_not_there_is_one_line_without_its_password(cli: Run) -> None:
    done = cli("migrate", DATABASE_URL="postgresql://copilot:hunter2@127.0.0.1:9/copilot")
    assert done.returncode == 3
    assert "DATABASE_URL" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "hunter2" not in done.stderr


def test_a_practice_is_counted_first_and_erased_when_that_is_asked_for(cli: Run) -> None:
    for team in ("T1", "T2"):
        assert cli("payers", "add", "Aetna", "--workspace", team).returncode == 0
    counted = json.loads(cli("erase-practice", "T1", "--json").stdout)
    assert (counted["erased"], counted["rows"]["ledger_entries"], counted["app_installed"]) == (False, 1, False)
    assert "would be erased: add --yes" in cli("erase-practice", "T1").stdout
    done = json.loads(cli("erase-practice", "T1", "--yes", "--json", AUDIT_USER="dana").stdout)
    assert (done["erased"], done["rows"]) == (True, counted["rows"])
    entries = [json.loads(line) for line in cli("audit-log", "export", "--practice", "T1").stdout.splitlines()]
    assert (entries[-1]["kind"], entries[-1]["who"]) == ("erasure", "dana")
    assert entries[-1]["rows"] == done["rows"]
    assert cli("audit-log", "verify").returncode == 0
    again = cli("erase-practice", "T1", "--yes")
    assert again.returncode == 1
    assert again.stderr == "Nothing is on record of T1, so there is nothing to erase: on record is T2.\n"
