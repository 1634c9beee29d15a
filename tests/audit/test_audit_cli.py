"""`billing-copilot audit` as its users run it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.settings import Settings
from tests.audit.month import GOOD, OTHER, THIN, as_csv, row

Run = Callable[..., subprocess.CompletedProcess[str]]
KEYS = {"sessions", "notes", "elements", "copy_clusters", "clinicians", "findings", "seconds", "peak_memory_mb"}
ROWS = [row("a", "K.L.", GOOD), row("b", "T.W.", OTHER), row("c", "M.P.", THIN)]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def cli(tmp_path: Path, environment: dict[str, str]) -> Run:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot", "audit", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100, check=False
        )

    return run


def test_json_is_one_document_to_the_contract_and_stderr_is_silent(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(as_csv(ROWS))
    done = cli("m.csv", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout).keys() >= KEYS


def test_what_could_not_be_read_is_told_and_gives_exit_status_1(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(as_csv([*ROWS, row("d", "X.Y.", THIN, date_of_service="soon")]))
    done = cli("m.csv", "--out", "report")
    assert done.returncode == 1
    assert "1 thing could not be read" in done.stderr
    assert "row 5" in done.stdout
    assert {path.name for path in (tmp_path / "report").iterdir()} == {
        "report.html", "report.pdf", "findings.csv", "audit.json",
    }  # fmt: skip
    assert not list((tmp_path / "data").glob("*.work*"))


def test_an_audit_is_put_on_record_by_its_counts(tmp_path: Path, environment: dict[str, str], cli: Run) -> None:
    (tmp_path / "m.csv").write_text(as_csv(ROWS))
    cli("m.csv", "--json")
    command = [sys.executable, "-m", "bot", "audit-log", "export", "--format", "jsonl"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    (entry,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert "audit" in done.stdout
    assert entry.get("members", entry.get("entry", {}).get("members")) == 3
    assert "landlord" not in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--publish",), "--workspace"),
        (("--publish", "--workspace", "T1"), "/billing audit here"),
        (("--publish", "--workspace", "T1", "--clinician", "Rosa Lindqvist"), "leave --clinician"),
    ],
)
def test_what_may_not_be_published_is_said_before_anything_is_reviewed(
    cli: Run, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    (tmp_path / "m.csv").write_text(as_csv(ROWS))
    done = cli("m.csv", *options)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert said in done.stderr


def test_an_audit_is_published_for_a_practice_that_asked_for_it(
    cli: Run, tmp_path: Path, environment: dict[str, str]
) -> None:
    copilot = Copilot(Settings(data_dir=Path(environment["DATA_DIR"])))
    copilot.at("T1").audits.posts.choose("C1", "UADMIN")
    (tmp_path / "m.csv").write_text(as_csv(ROWS))
    done = cli("m.csv", "--publish", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout).keys() >= KEYS
    assert "Published: the audit of 2026-10" in done.stderr
    audits = copilot.at("T1").audits
    assert audits.report("2026-10").startswith(b"%PDF")
    assert [one.clinician for one in audits.clinicians()] == ["Rosa Lindqvist"]
    copilot.close()


def test_a_wrong_option_is_one_line(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(as_csv(ROWS))
    done = cli("m.csv", "--since", "October")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "--since is not a date" in done.stderr


def test_ctrl_c_keeps_what_was_done_and_the_same_command_ends_it(
    cli: Run, tmp_path: Path, environment: dict[str, str]
) -> None:
    rows = [
        row(f"{at}", "K.L.", f"{OTHER} Case {at} of the file, told in {at} words.", group=f"Group {at}")
        for at in range(60)
    ]
    (tmp_path / "m.csv").write_text(as_csv(rows))
    command = [sys.executable, "-m", "bot", "audit", "m.csv", "--json"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell in the background hands on that Ctrl-C is not heard.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # nothing else runs in it
    ) as running:
        until = time.monotonic() + 60
        while time.monotonic() < until and not any(
            path.stat().st_size for path in (tmp_path / "data").glob("audit-*.work")
        ):
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "the same command goes on" in said
    done = cli("m.csv", "--json")
    assert json.loads(done.stdout)["notes"] == 60
    assert not list((tmp_path / "data").glob("*.work*"))
