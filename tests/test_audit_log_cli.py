"""The audit record at the command line: made by using the program, checked and exported."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.test_cli import SAMPLE, Run, cli  # noqa: F401  # a fixture


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


QUESTION = "Can I bill 90853 and 90837 on the same day for Medicare?"


def exported(cli: Run, *arguments: str) -> list[dict]:  # noqa: F811
    return [json.loads(line) for line in cli("audit-log", "export", *arguments).stdout.splitlines()]


def test_an_answer_and_a_review_are_on_record_with_their_versions_and_without_content(cli: Run) -> None:  # noqa: F811
    cli("ask", QUESTION, AUDIT_USER="dana")
    cli("review", str(SAMPLE), AUDIT_USER="dana")
    answer, review = exported(cli)
    assert (answer["kind"], answer["who"], answer["about"]) == ("answer", "dana", ["medicare"])
    assert answer["decisions"] == {"allowed_with_conditions": 1}
    assert review["kind"] == "review"
    assert review["members"] == sum(review["readiness"].values()) == 7
    assert sum(review["verdicts"].values()) == 6 + 7 * (7 + 9)
    for entry in (answer, review):
        assert entry["engine"] == "offline"
        assert entry["rules"].startswith("0.1.0+")
        assert "@20" in entry["knowledge"]
        assert entry["milliseconds"] > 0
    assert "same day" not in json.dumps([answer, review])


def test_a_whole_record_gives_the_mark_to_keep_and_a_changed_one_names_the_entry(
    cli: Run,  # noqa: F811
    data_dir: Path,
) -> None:
    for _ in range(3):
        cli("ask", QUESTION)
    done = cli("audit-log", "verify", "--json")
    (practice,) = json.loads(done.stdout)["practices"]
    assert (done.returncode, practice["entries"], practice["problem"]) == (0, 3, None)
    assert cli("audit-log", "verify", "--head", practice["head"]).returncode == 0
    with closing(sqlite3.connect(data_dir / "copilot.sqlite3", isolation_level=None)) as database:
        database.execute("DROP TRIGGER audit_record_stands")
        database.execute("UPDATE audit_record SET who = 'nobody' WHERE number = 2")
    done = cli("audit-log", "verify")
    assert done.returncode == 1
    assert "entry 2: changed" in done.stdout


def test_a_practice_or_mark_that_was_mistyped_is_told_apart_from_a_record_that_was_cut_off(cli: Run) -> None:  # noqa: F811
    cli("ask", QUESTION)
    for verb in ("verify", "export"):
        done = cli("audit-log", verb, "--practice", "T0123ABCD")
        assert (done.returncode, done.stdout) == (1, "")
        assert "Nothing is on record of T0123ABCD" in done.stderr
    done = cli("audit-log", "verify", "--head", "5f0c")
    assert done.returncode == 1
    assert "--head is not a mark" in done.stderr
    assert "NOT WHOLE" not in done.stdout
    # All of a practice may have been taken out of the record: only its mark shows it.
    assert "cut off" in cli("audit-log", "verify", "--practice", "T0123ABCD", "--head", "5f" * 32).stdout


def test_an_export_may_be_a_table_of_some_days(cli: Run) -> None:  # noqa: F811
    cli("ask", QUESTION)
    (row,) = csv.DictReader(io.StringIO(cli("audit-log", "export", "--format", "csv").stdout))
    assert row["decisions"] == "allowed_with_conditions 1"
    assert exported(cli, "--until", "2020-01-01") == []
    assert len(exported(cli, "--since", row["at"][:10], "--until", row["at"][:10])) == 1


def test_nothing_is_put_on_record_where_the_setting_says_so(cli: Run) -> None:  # noqa: F811
    cli("ask", QUESTION, AUDIT_RECORD="false")
    done = cli("audit-log", "verify")
    assert (done.returncode, done.stdout) == (0, "The audit record is empty.\n")


def test_an_answer_is_not_withheld_where_it_cannot_be_put_on_record(cli: Run, data_dir: Path) -> None:  # noqa: F811
    cli("ask", QUESTION)
    (data_dir / "audit.key").write_text("short")
    done = cli("ask", QUESTION, "--json")
    assert json.loads(done.stdout)["decision"] == "allowed_with_conditions"
    assert "not_recorded" in done.stderr
