"""`billing-copilot claims check` as a biller runs it: output, exit status, and what is kept of members' names."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

from tests.bench.invented_claims import Envelope, Invented, Line, as_text, segments, write
from tests.test_cli import ROOT, Run, cli, data_dir  # noqa: F401  # fixtures

CLAIMS = (
    Invented("C-1", last="Zebrowska", first="Ana", payer="MEDICARE PART B", filing="MB", lines=(Line(units="2"),)),
    Invented("C-2", last="Zebrowska", first="Bo", payer="PRAIRIE MUTUAL", authorization=""),
    Invented("C-3", last="Zebrowska", first="Cy", payer="MEDICARE PART B", filing="MB"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "out.837", CLAIMS)


def test_the_page_says_figures_payers_and_what_to_do(cli: Run, file: Path) -> None:  # noqa: F811
    done = cli("claims", "check", str(file))
    assert done.returncode == 0
    assert "3 claims with 90853 (3 lines): 1 ready, 1 to fix, 1 to confirm" in done.stdout
    assert "PRAIRIE MUTUAL" in done.stdout
    assert "C-1 A.Z." in done.stdout
    assert "Zebrowska" not in done.stdout + done.stderr


def test_json_is_one_document_with_findings_figures_and_sources(cli: Run, file: Path) -> None:  # noqa: F811
    done = cli("claims", "check", str(file), "--json")
    document = json.loads(done.stdout)
    assert (document["claims"], document["ready"], document["fix"], document["confirm"]) == (3, 1, 1, 1)
    units = next(one for one in document["findings"] if one["kind"] == "units")
    assert (units["claim"], units["member"], units["verdict"]) == ("C-1", "A.Z.", "fix_before_submission")
    assert units["sources"][0].keys() >= {"snippet_id", "source_title", "publisher", "checked_on"}
    assert "Zebrowska" not in done.stdout


def test_csv_has_a_row_for_each_finding_and_may_go_beside_the_page(cli: Run, file: Path, tmp_path: Path) -> None:  # noqa: F811
    done = cli("claims", "check", str(file), "--csv", "found.csv", "--json")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "found.csv").read_text("utf-8-sig"), newline="")))
    assert [row["claim_number"] for row in rows] == [one["claim"] for one in json.loads(done.stdout)["findings"]]
    assert cli("claims", "check", str(file), "--csv", "-").stdout.startswith("verdict,kind,place,claim_number")


def test_a_part_that_could_not_be_read_is_exit_status_1_with_the_rest_checked(cli: Run, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "two.837"
    remittance = Envelope(kind="835", guide="005010X221A1", functional="HP")
    path.write_text(as_text(segments(CLAIMS, remittance)) + as_text(segments(CLAIMS)))
    done = cli("claims", "check", str(path), "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert (document["claims"], document["not_read"]) == (3, 1)
    assert document["findings"][0]["place"] == 3
    assert done.stderr.strip() == "two.837: 1 part not read, or read with doubt; the findings say which."


def test_what_cannot_be_read_at_all_is_one_line_and_exit_status_1(cli: Run, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    for name in ("x.csv", "none.837", "."):
        done = cli("claims", "check", name, "--json")
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert json.loads(done.stdout).keys() == {"error"}


@pytest.mark.parametrize(
    "arguments",
    [("--json", "--csv", "-"), ("--csv", "out.837"), ("--payer-is", "AETNA")],
)
def test_what_does_not_go_together_is_exit_status_2(cli: Run, file: Path, arguments: tuple[str, ...]) -> None:  # noqa: F811
    before = file.read_bytes()
    assert cli("claims", "check", str(file), *arguments).returncode == 2
    assert file.read_bytes() == before


def test_strict_ends_with_status_1_where_a_claim_is_not_ready(cli: Run, file: Path, tmp_path: Path) -> None:  # noqa: F811
    assert cli("claims", "check", str(file), "--strict").returncode == 1
    fine = write(tmp_path / "fine.837", CLAIMS[2:])
    assert cli("claims", "check", str(fine), "--strict").returncode == 0


def test_the_samples_of_the_docs_show_what_they_are_for(cli: Run) -> None:  # noqa: F811
    samples = ROOT / "knowledge" / "samples"
    notes = ("--notes", str(samples / "eight-ready.txt"), "--json")
    x12 = json.loads(cli("claims", "check", str(samples / "group-claims.837"), *notes).stdout)
    assert {one["kind"] for one in x12["findings"]} >= {
        "units", "telehealth", "diagnosis", "repeated_line", "same_day", "authorization", "note", "payer",
    }  # fmt: skip
    table = json.loads(cli("claims", "check", str(samples / "group-claims.csv"), *notes).stdout)
    assert (table["format"], table["not_read"]) == ("csv", 1)


def test_notes_are_held_against_the_claims(cli: Run, tmp_path: Path) -> None:  # noqa: F811
    file = write(tmp_path / "n.837", [Invented("C-1", payer="MEDICARE PART B", filing="MB"), *CLAIMS[2:]])
    notes = ROOT / "knowledge" / "samples" / "eight-ready.txt"
    document = json.loads(cli("claims", "check", str(file), "--notes", str(notes), "--json").stdout)
    assert [(one["kind"], one["claim"]) for one in document["findings"]] == [("note", "C-3")]
    assert (document["notes"], document["ready"]) == (8, 1)


def test_no_name_of_a_member_is_left_behind_anywhere(cli: Run, file: Path, tmp_path: Path, data_dir: Path) -> None:  # noqa: F811
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    done = cli("claims", "check", str(file), "--csv", "found.csv", LOG_LEVEL="debug", TMPDIR=str(temporary))
    assert "Zebrowska" not in done.stdout + done.stderr
    assert list(temporary.iterdir()) == []
    left = [path for top in (data_dir, tmp_path) for path in top.rglob("*") if path.is_file() and path != file]
    assert left
    assert not [path for path in left if b"zebrowska" in path.read_bytes().lower()]


def test_the_check_is_on_the_audit_record_by_counts_alone(cli: Run, file: Path) -> None:  # noqa: F811
    cli("claims", "check", str(file))
    entry = json.loads(cli("audit-log", "export").stdout.splitlines()[-1])
    assert (entry["kind"], entry["format"]) == ("claims_check", "x12")
    assert entry["readiness"] == {"ready": 1, "fix_before_submission": 1, "confirm_before_submission": 1}
    assert entry["about"] == ["medicare", "not_on_file"]
    assert "C-1" not in json.dumps(entry)


@pytest.mark.skipif(os.name != "posix", reason="a pipe of POSIX")
def test_a_pipe_is_refused_in_a_line(cli: Run, tmp_path: Path) -> None:  # noqa: F811
    os.mkfifo(tmp_path / "pipe")
    done = cli("claims", "check", "pipe")
    assert done.returncode == 1
    assert "a pipe will not do" in done.stderr
