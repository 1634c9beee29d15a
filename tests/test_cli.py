"""The command line as its users run it: whole processes, their output and exit status."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from bot.app import Copilot
from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.disputes import Dispute, DisputeStore

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "knowledge" / "samples" / "seven-members.txt"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def cli(data_dir: Path, tmp_path: Path) -> Run:
    """Run billing-copilot from an unrelated folder, with no setting but the data folder."""

    def run(*arguments: str, stdin: str | bytes = "", **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DATA_DIR": str(data_dir), **settings}
        sent = stdin if isinstance(stdin, bytes) else stdin.encode()
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=tmp_path,
            env=environment,
            input=sent,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def test_ask_prints_one_json_document_to_the_contract(cli: Run) -> None:
    done = cli("ask", "Can I bill 90853 and 90837 on the same day for Medicare?", "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert (answer["topic"], answer["decision"]) == ("same_day", "allowed_with_conditions")
    assert answer["payer"]["line_of_business"] == "medicare"
    assert {"59", "XE"} <= set(answer["modifiers"])
    assert answer["citations"][0].keys() == {
        "snippet_id", "source_title", "source_url", "publisher", "source_kind", "effective_date", "checked_on",
    }  # fmt: skip


def test_several_payers_stand_under_answers(cli: Run) -> None:
    reply = json.loads(cli("ask", "same day group and individual: Aetna or Cigna?", "--json").stdout)
    assert [answer["payer"]["name"].split()[0] for answer in reply["answers"]] == ["Aetna", "Cigna"]


def test_a_payer_not_on_file_is_unknown_and_brings_the_questions_to_ask(cli: Run) -> None:
    answer = json.loads(cli("ask", "Does Molina need an auth for group?", "--json").stdout)
    assert (answer["decision"], answer["payer"]) == ("unknown", None)
    assert {citation["source_kind"] for citation in answer["citations"]} <= {"guide"}
    assert "Molina" in answer["answer"]
    assert answer["next_step"]


def test_an_answer_reads_well_in_a_terminal(cli: Run) -> None:
    done = cli("ask", "Is prior auth needed for group at QualChoice?")
    assert done.returncode == 0
    assert "Not required" in done.stdout
    assert "Sources" in done.stdout


def test_questions_from_a_file_come_out_in_order_and_a_bad_one_does_not_stop_the_rest(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text(
        "How many members may a group have in Connecticut Medicaid?\n😀😀\nSame day for TRICARE?\n"
    )
    done = cli("ask", "--from", "q.txt", "--json")
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(documents) == 3
    assert documents[0]["topic"] == "group_size"
    assert documents[2]["topic"] == "same_day"


def test_review_prints_one_json_document_whose_quotes_stand_in_the_note(cli: Run) -> None:
    done = cli("review", str(SAMPLE), "--json")
    report, text = json.loads(done.stdout), SAMPLE.read_text("utf-8")
    assert done.returncode == 0
    assert len(report["patients"]) == 7
    scopes = [report["session"], *report["patients"]]
    evidence = [e for scope in scopes for verdict in scope["elements"].values() for e in verdict["evidence"]]
    assert evidence
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in evidence)


def test_the_copied_sections_of_the_sample_are_found(cli: Run) -> None:
    report = json.loads(cli("review", str(SAMPLE), "--json").stdout)
    assert len(report["copies"]) == 1
    copied = {report["copies"][0]["a"], report["copies"][0]["b"]}
    verdicts = {p["label"]: p["checklist"]["individualized"]["status"] for p in report["patients"]}
    assert {label for label, status in verdicts.items() if status == "missing"} == copied


def test_a_note_may_come_on_standard_input_and_several_files_as_json_lines(cli: Run) -> None:
    note = SAMPLE.read_text("utf-8")
    assert len(json.loads(cli("review", "-", "--json", stdin=note).stdout)["patients"]) == 7
    lines = cli("review", str(SAMPLE), str(SAMPLE), "--json").stdout.splitlines()
    assert [len(json.loads(line)["patients"]) for line in lines] == [7, 7]


def test_named_members_correct_the_split(cli: Run) -> None:
    note = "Topic: grief.\n\nAna: spoke of home.\n\nPeter: her brother, ill.\n\nTom: wept and left.\n"
    done = cli("review", "-", "--members", "Ana, Tom", "--json", stdin=note)
    assert [patient["label"] for patient in json.loads(done.stdout)["patients"]] == ["Ana", "Tom"]


def test_a_member_the_note_does_not_have_is_named_in_one_line(cli: Run) -> None:
    done = cli("review", "-", "--members", "Ana, Q.Q.", stdin="Ana: spoke of home.\nTom: wept and left.\n")
    assert done.returncode == 1
    assert "“Q.Q.”" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_claims_beside_the_notes_can_make_all_eight_ready(cli: Run) -> None:
    samples = ROOT / "knowledge" / "samples"
    done = cli(
        "review", str(samples / "eight-ready.txt"), "--claims", str(samples / "eight-ready-claims.csv"), "--json"
    )
    report = json.loads(done.stdout)
    assert [patient["readiness"] for patient in report["patients"]] == ["ready"] * 8
    assert report["readiness"] == "ready"


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        (["ask", "   "], "", "Ask in words"),
        (["ask", "x" * 5000], "", "review"),
        (["ask", "Same day for Aetna?", "--date-of-service", "soon"], "", "YYYY-MM-DD"),
        (["review", "nowhere.txt"], "", "no such file"),
        (["review", "."], "", "folder"),
        (["review", "-"], "", "empty"),
        (["review", "-"], "😀😀😀", "note"),
        (["review", "-"], b"%PDF-1.4 \x00", "broken or cut short"),
        (["review", "-"], b"\x00\x01\x02", "not text"),
        (["review", "-"], "word " * 50_000, "200,000"),
    ],
    ids=["blank", "long question", "date", "no file", "folder", "empty", "emoji", "pdf", "binary", "too long"],
)
def test_bad_input_is_one_clear_line_and_exit_status_one(
    cli: Run, arguments: list[str], stdin: str | bytes, says: str
) -> None:
    done = cli(*arguments, stdin=stdin)
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize("ending", ["pdf", "docx", "csv"])
def test_the_whole_report_is_saved_in_the_format_of_the_ending(cli: Run, tmp_path: Path, ending: str) -> None:
    done = cli("review", str(SAMPLE), "--save", f"report.{ending}")
    assert done.returncode == 0
    assert done.stderr == f"The whole report is in report.{ending}.\n"
    assert "7 claims" in done.stdout
    begins = {"pdf": b"%PDF-", "docx": b"PK", "csv": b"\xef\xbb\xbfmember_number,member"}
    assert (tmp_path / f"report.{ending}").read_bytes().startswith(begins[ending])


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["review", str(SAMPLE), "--save", "report.xlsx"], 1, "a report is saved as .pdf, .docx or .csv"),
        (["review", str(SAMPLE), "--save", "nowhere/report.pdf"], 1, "cannot be written"),
        (["review", str(SAMPLE), str(SAMPLE), "--save", "report.pdf"], 2, "one note at a time"),
    ],
    ids=["ending", "folder", "several"],
)
def test_a_report_that_cannot_be_saved_says_why_in_a_line(
    cli: Run, arguments: list[str], status: int, says: str
) -> None:
    done = cli(*arguments)
    assert done.returncode == status
    assert says in " ".join(done.stderr.split())
    assert status == 2 or len(done.stderr.strip().splitlines()) == 1


def test_a_note_in_word_is_reviewed_and_a_picture_refused_in_a_line(cli: Run, tmp_path: Path) -> None:
    document = Document()
    for line in SAMPLE.read_text("utf-8").split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "note.docx"))
    assert len(json.loads(cli("review", "note.docx", "--json").stdout)["patients"]) == 7
    (tmp_path / "note.png").write_bytes(b"\x89PNG\r\n")
    refused = cli("review", "note.png")
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)
    assert refused.stderr.startswith("note.png is a picture")


@pytest.mark.parametrize("named", ["soap", "dap", "birp", "girp", "pirp", "narrative"])
def test_a_blank_note_is_printed_for_copying_and_earns_nothing_in_review(cli: Run, tmp_path: Path, named: str) -> None:
    done = cli("template", "--format", named, "--members", "3")
    assert done.stdout.startswith("SESSION\nDate of service: [")
    assert "Fix the template first" in done.stderr
    assert cli("template", "--format", named, "--members", "3", "--save", "blank.docx").returncode == 0
    for report in (cli("review", "-", "--json", stdin=done.stdout), cli("review", "blank.docx", "--json")):
        patients = json.loads(report.stdout)["patients"]
        assert len(patients) == 3
        assert {v["status"] for p in patients for v in p["elements"].values()} == {"missing"}


def test_a_template_that_cannot_be_made_says_why_in_a_line(cli: Run) -> None:
    for arguments, says in (
        (["--format", "zebra"], "soap, dap, birp, girp, pirp, narrative"),
        (["--members", "90"], "1 to 40 members"),
        (["--save", "blank.xlsx"], ".txt or .docx"),
    ):
        done = cli("template", *arguments)
        assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1)
        assert says in done.stderr


def test_the_review_list_is_empty_at_first_and_one_json_document(cli: Run, tmp_path: Path) -> None:
    apart = {"DATA_DIR": str(tmp_path / "own")}
    assert json.loads(cli("feedback", "--json", **apart).stdout) == {"thumbs": {}, "answers": [], "disputes": []}
    assert "No verdict is disputed" in cli("feedback", **apart).stdout
    store = DisputeStore(open_database("", tmp_path / "own"))
    store.put("T1", "D1", "1.0", "U1", Dispute("plan", "missing", "met", "words_not_seen", "", "offline", "0.1.0"))
    (listed,) = json.loads(cli("feedback", "--json", **apart).stdout)["disputes"]
    assert (listed["check"], listed["judged"], listed["proposed"], listed["by"]) == ("plan", "missing", "met", "U1")
    shown = cli("feedback", **apart).stdout
    assert listed["id"] in shown, "to be copied from there"
    assert "They say" in shown
    assert "The words" in shown


def test_bad_input_with_json_is_one_document_too(cli: Run) -> None:
    done = cli("review", "-", "--json", stdin="")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] == done.stderr.strip()


@pytest.mark.parametrize("arguments", [["aks"], ["review"], ["ask"], ["ask", "--colour", "x"]])
def test_wrong_usage_is_exit_status_two(cli: Run, arguments: list[str]) -> None:
    assert cli(*arguments).returncode == 2


def test_a_data_folder_that_cannot_be_written_is_one_clear_line_and_exit_status_three(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = cli("index", DATA_DIR=str(tmp_path / "file" / "data"))
    assert done.returncode == 3
    assert "DATA_DIR" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_bad_setting_is_named_and_exit_status_is_three(cli: Run) -> None:
    done = cli("ask", "Same day for Aetna?", WORKSPACE_PORT="door")
    assert done.returncode == 3
    assert "WORKSPACE_PORT" in done.stderr


def test_indexing_twice_changes_nothing(cli: Run) -> None:
    assert cli("index").returncode == 0
    again = json.loads(cli("index", "--json").stdout)
    assert (again["added"], again["changed"], again["removed"]) == (0, 0, 0)


def test_no_library_of_ours_keeps_a_mark_of_this_computer_to_send_somewhere(cli: Run, tmp_path: Path) -> None:
    """onnxruntime from 1.32 on makes a device id in the user's home and reports to its maker, unless told not to."""
    assert cli("review", str(SAMPLE), DATA_DIR=str(tmp_path / "own")).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_doctor_finds_a_fresh_installation_healthy(cli: Run, data_dir: Path) -> None:
    cli("index")
    done = cli("doctor", "--json")
    report = json.loads(done.stdout)
    assert report["ok"], report
    assert {check["name"] for check in report["checks"]} >= {
        "knowledge",
        "embedder",
        "index",
        "state",
        "model",
        "slack",
    }
    # In the same words as Home and `/billing payers all`, which leave out the national programmes behind them.
    payers = Copilot(Settings(data_dir=data_dir)).at("T1").payers()
    told = next(check["detail"] for check in report["checks"] if check["name"] == "knowledge")
    assert told.startswith(f"{len(payers)} payers and programmes on file, ")


def test_half_a_slack_login_says_which_token_is_missing(cli: Run) -> None:
    done = cli("run", SLACK_BOT_TOKEN="xoxb-1")
    assert done.returncode == 3
    assert "SLACK_APP_TOKEN" in done.stderr


def test_help_names_every_command(cli: Run) -> None:
    done = cli("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in ("ask", "review", "index", "run", "doctor"))


def test_the_practices_payers_are_listed_and_compared(cli: Run, tmp_path: Path) -> None:
    apart = {"DATA_DIR": str(tmp_path / "own")}
    asked = json.loads(cli("ask", "which of our payers allow same-day?", "--json", **apart).stdout)
    assert (asked["payer"], asked["topic"]) == (None, "same_day")
    assert "payers add" in asked["next_step"]
    listed = json.loads(cli("payers", "add", "Aetna, HUSKY", "and Molina", "--json", **apart).stdout)
    assert [payer["name"] for payer in listed["payers"]][-1] == "Molina Healthcare"
    answers = json.loads(cli("ask", "which of our payers allow same-day?", "--json", **apart).stdout)["answers"]
    assert {answer["topic"] for answer in answers} == {"same_day"}
    assert len(answers) == 3
    table = json.loads(cli("matrix", "same_day", "--json", **apart).stdout)
    assert [row["answer"]["decision"] for row in table["rows"]] == [answer["decision"] for answer in answers]
    shown = cli("matrix", "prior auth", **apart)
    assert (shown.returncode, "Molina Healthcare" in shown.stdout) == (0, True)


def test_a_comparison_goes_to_a_csv_file_or_standard_output(cli: Run, tmp_path: Path) -> None:
    done = cli("matrix", "telehealth", "--payers", "Aetna, Molina", "--csv", "-")
    assert len(done.stdout.splitlines()) == 3
    assert cli("matrix", "telehealth", "--payers", "Aetna, Molina", "--csv", "out.csv").stdout == ""
    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines() == done.stdout.splitlines()
    assert cli("matrix", "telehealth", "--all", "--csv", "no/such/folder.csv").returncode == 1


def test_a_comparison_that_cannot_be_made_says_so_in_one_line(cli: Run) -> None:
    for arguments in (("matrix", "zebra", "--payers", "Aetna"), ("matrix", "same_day"), ("payers", "add", "BCBS")):
        done = cli(*arguments)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
    assert cli("payers", "zebra").returncode == 2
    assert cli("matrix", "same_day", "--csv", "-", "--json").returncode == 2
