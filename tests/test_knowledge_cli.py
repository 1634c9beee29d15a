"""`billing-copilot knowledge` as its users run it: whole processes, their output and exit status."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents.files import MANUAL, make_pdf

ROOT = Path(__file__).parents[1]
QUESTION = "Can I bill group and individual therapy the same day for Aetna?"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def cli(tmp_path: Path) -> Run:
    """Run billing-copilot in a folder with a manual in it, with no setting but a data folder of its own."""
    (tmp_path / "manual.md").write_text(MANUAL, "utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DATA_DIR": str(tmp_path / "data")}
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return run


def add(cli: Run, file: str = "manual.md", *more: str) -> dict:
    done = cli("knowledge", "add", file, "--payer", "Aetna", "--effective", "2026-01-01", "--json", *more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ask(cli: Run) -> dict:
    return json.loads(cli("ask", QUESTION, "--date-of-service", "2026-06-01", "--json").stdout)


@pytest.mark.long
def test_from_a_file_to_an_answer_that_rests_on_it_and_back(cli: Run) -> None:
    added = add(cli)
    assert added["document"]["payer_id"] == "aetna"
    before = ask(cli)
    assert before["decision"] == "unknown"
    assert "In your own document, Provider Manual 2026" in before["answer"]

    proposal = next(one for one in added["proposals"] if one["topic"] == "same_day")
    refused = cli("knowledge", "approve", proposal["id"])
    assert refused.returncode == 1
    assert "Say what these words decide" in refused.stderr
    decided = ["--decision", "allowed_with_conditions", "--modifier", "59", "--condition", "separate and distinct"]
    own = json.loads(cli("knowledge", "approve", proposal["id"], *decided, "--json").stdout)
    after = ask(cli)
    assert (after["decision"], after["modifiers"]) == ("allowed_with_conditions", ["59"])
    assert after["citations"][0]["snippet_id"] == own["fact"]["id"]

    shown = json.loads(cli("knowledge", "show", own["fact"]["id"], "--json").stdout)
    assert [(one["action"], one["by"]) for one in shown["history"]] == [("recorded", "command line")]

    listed = json.loads(cli("knowledge", "list", "--json").stdout)
    assert [one["fact"]["id"] for one in listed["facts"]] == [own["fact"]["id"]]
    removed = json.loads(cli("knowledge", "remove", added["document"]["id"], "--json").stdout)
    assert removed["facts_withdrawn"] == 1
    assert ask(cli)["decision"] == "unknown"
    assert "own document" not in ask(cli)["answer"]


def test_pages_read_well_in_a_terminal(cli: Run) -> None:
    shown = cli("knowledge", "add", "manual.md", "--payer", "Aetna", "--effective", "2026-01-01").stdout
    assert "facts proposed, none in force" in shown
    assert "the file itself is" in shown
    waiting = cli("knowledge", "proposals").stdout
    assert "“A therapy group may have no more than 10 members.”" in waiting
    document_id = next(word for word in cli("knowledge", "list").stdout.split() if word.startswith("d-"))
    page = cli("knowledge", "show", document_id).stdout
    assert "Prior authorization is required for group psychotherapy" in page
    assert "recorded by command line" in page


def test_the_same_file_again_is_told_and_no_fault(cli: Run) -> None:
    add(cli)
    done = cli("knowledge", "add", "manual.md", "--payer", "aetna", "--effective", "2026-02-01")
    assert done.returncode == 0
    assert "Already on record" in done.stdout


def test_a_new_version_tells_what_it_ends(cli: Run, tmp_path: Path) -> None:
    add(cli)
    (tmp_path / "next.pdf").write_bytes(make_pdf([["Groups may have 12 members."]], title="Provider Manual 2027"))
    done = cli("knowledge", "add", "next.pdf", "--payer", "Aetna", "--effective", "2027-01-01")
    assert "Provider Manual 2026" in done.stdout
    assert "now holds until 2026-12-31" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("add", "none.pdf", "--payer", "Aetna", "--effective", "2026-01-01"), 1, "there is no such file"),
        (("add", "manual.md", "--payer", "Aetna", "--effective", "January"), 1, "is not a date"),
        (("add", "manual.md", "--payer", "Medicaid", "--effective", "2026-01-01"), 1, "fits several payers"),
        (("add", "manual.md", "--effective", "2026-01-01"), 2, "--payer"),
        (("add", "manual.md", "--payer", "Aetna", "--effective", "2026-01-01", "--line", "x"), 1, "line of business"),
        (("add", "manual.md", "--payer", "Aetna", "--effective", "2026-01-01", "--state", "ZZ"), 1, "no such US state"),
        (("show", "d-000000000000"), 1, "There is no document"),
        (("remove", "f-000000000000"), 1, "There is no fact"),
        (("reject", "p-000000000000"), 1, "waits"),
        (("approve", "p-000000000000", "--decision", "maybe"), 1, "There is no decision"),
    ],
)
def test_bad_input_is_one_clear_line(cli: Run, arguments: tuple[str, ...], status: int, told: str) -> None:
    done = cli("knowledge", *arguments)
    assert done.returncode == status
    assert told in done.stderr
    assert status == 2 or done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_lint_lists_and_ends_well_unless_asked_to_be_strict(cli: Run) -> None:
    done = cli("knowledge", "lint", "--json")
    kinds = {one["kind"] for one in json.loads(done.stdout)["findings"]}
    assert done.returncode == 0
    assert {"conflict", "stale", "dead_alias", "no_same_day"} <= kinds
    assert cli("knowledge", "lint", "--strict").returncode == 1
    shown = cli("knowledge", "lint").stdout
    assert "sources that disagree" in shown


def test_lint_looks_at_own_facts_too(cli: Run) -> None:
    for proposal in add(cli)["proposals"]:
        decision = {"same_day": "allowed_with_conditions", "prior_auth": "required"}.get(proposal["topic"])
        if decision:
            cli("knowledge", "approve", proposal["id"], "--decision", decision)
    findings = json.loads(cli("knowledge", "lint", "--json").stdout)["findings"]
    aetna = [one for one in findings if one["payer_id"] == "aetna"]
    assert "no_same_day" not in {one["kind"] for one in aetna}
    assert not any(one["kind"] == "no_source" for one in aetna)


def test_a_decision_that_is_none_on_its_matter_is_refused(cli: Run) -> None:
    same_day = next(proposal for proposal in add(cli)["proposals"] if proposal["topic"] == "same_day")
    done = cli("knowledge", "approve", same_day["id"], "--decision", "required")
    assert done.returncode == 1
    assert "one of allowed, allowed_with_conditions, not_allowed, varies" in done.stderr


def test_a_document_is_filed_under_one_payer(cli: Run, tmp_path: Path) -> None:
    manual = tmp_path / "manual.txt"
    manual.write_text("Group psychotherapy needs no prior authorization.", "utf-8")
    done = cli("knowledge", "add", str(manual), "--payer", "Cigna, Aetna", "--effective", "2026-01-01")
    assert done.returncode == 1
    assert "more than one payer" in done.stderr
