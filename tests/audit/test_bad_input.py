"""Whatever a month holds, the rest of it is audited, and what was not read is told with its reason."""

import json
from pathlib import Path

import pytest
from docx import Document

from bot.audit.columns import ColumnMap, read_columns
from bot.errors import UserError
from tests.audit.month import GOOD, OTHER, SESSION, THIN, as_csv, audited, row


def reasons(folder: Path, source: Path) -> dict[str, str]:
    return {one.place: one.reason for one in audited(folder, source).audit.failures}


def test_three_broken_pdfs_among_many_files_are_three_rows(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    (notes / "Monday Anxiety").mkdir(parents=True)
    for at in range(4):
        text = f"Date of service: 2026-10-{at + 5:02}\nClient: K{at}.L.\n{GOOD.format(f'K{at}.L.')}"
        (notes / "Monday Anxiety" / f"{at}.txt").write_text(text)
    for at in range(3):
        (notes / f"broken{at}.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(40 * at, 40 * at + 40)))
    audit = audited(tmp_path, notes).audit
    assert (audit.notes, len(audit.failures)) == (4, 3)
    assert all(one.place.startswith("broken") and one.reason for one in audit.failures)


def test_a_column_named_note_is_the_text_where_the_id_has_a_column_of_its_own(tmp_path: Path) -> None:
    source = tmp_path / "ehr.csv"
    names = "Note ID,DOS,Group,Provider,Client,Note,Group Note"
    source.write_text(f'{names}\nA1,10/05/2026,Monday,Lee,K.L.,"{GOOD.format("K.L.")}","{SESSION}"\n')
    run = audited(tmp_path, source)
    assert run.audit.failures == ()
    assert [note.id for session in run.sessions for note in session.notes] == ["A1"]


def test_a_word_file_and_a_markdown_file_are_read(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    document = Document()
    for line in ("Date of service: 2026-10-05", "Client: T.W.", OTHER.format("T.W.")):
        document.add_paragraph(line)
    document.save(str(notes / "tw.docx"))
    (notes / "kl.md").write_text(f"# Note\n\n**Client:** K.L.\n\nDOS: 10/5/2026\n\n{GOOD.format('K.L.')}")
    audit = audited(tmp_path, notes).audit
    assert (audit.notes, audit.failures) == (2, ())


def test_a_file_of_a_whole_session_is_split_into_its_members(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    head = "Date: 2026-10-05\nTherapist: Rosa Lindqvist"
    parts = f"{head}\n\nK.L.:\n{GOOD.format('K.L.')}\n\nT.W.:\n{OTHER.format('T.W.')}\n"
    (notes / "session.txt").write_text(parts)
    audit = audited(tmp_path, notes).audit
    assert (audit.sessions, audit.notes) == (1, 2)
    assert [one.name for one in audit.clinicians] == ["Rosa Lindqvist"]


@pytest.mark.parametrize(
    ("heading", "born"), [("Client", ""), ("Member", ""), ("**Patient", ""), ("Client", " (DOB 3/4/1985)")]
)
def test_a_file_that_heads_each_member_by_client_is_a_session_with_all_its_members(
    tmp_path: Path, heading: str, born: str
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    parts = "\n\n".join(
        f"{heading}: {name}{born}\n{text.format(name.split()[0])}"
        for name, text in (("Mona Reyes", GOOD), ("Dot Hansen", GOOD), ("Jill Trask", OTHER))
    )
    (notes / "session.txt").write_text(f"Date of service: 10/05/2026\nPayer: Aetna\n\n{SESSION}\n\n{parts}")
    audit = audited(tmp_path, notes).audit
    assert (audit.sessions, audit.notes, audit.copied.rate) == (1, 3, pytest.approx(2 / 3, abs=0.001))


def test_a_session_whose_split_is_a_guess_says_so_since_a_member_may_be_missing(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    parts = "\n\n".join(
        f"Client: {name} DOB 3/4/1985\n{text.format(name.split()[0])}"
        for name, text in (("Mona Reyes", GOOD), ("Dot Hansen", GOOD), ("Jill Trask", OTHER))
    )
    (notes / "session.txt").write_text(f"Date of service: 10/05/2026\n\n{SESSION}\n\n{parts}")
    run = audited(tmp_path, notes)
    (told,) = [one for one in run.audit.findings if one.kind == "split"]
    assert (told.status, "guess" in told.reason) == ("needs_confirmation", True)


def test_a_member_named_again_in_their_own_note_stays_its_one_member(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    text = GOOD.format("Mona")
    spoken = "Therapist: What stops you from calling?\nClient: I would be a burden.\n"
    (notes / "one.txt").write_text(
        f"Client: Mona Reyes\nDate of service: 10/05/2026\n\n{SESSION}\n{spoken}{text}\nClient: M.R.\n"
    )
    run = audited(tmp_path, notes)
    assert [note.note.member for session in run.sessions for note in session.notes] == ["Mona Reyes"]


def test_a_csv_in_windows_1252_keeps_its_characters(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_bytes(as_csv([row("a", "Zoë", GOOD)]).encode("cp1252"))
    done = audited(tmp_path, tmp_path / "m.csv")
    assert done.sessions[0].notes[0].label == "Zoë"


def test_a_csv_in_no_known_encoding_is_one_row(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_bytes(as_csv([row("a", "K.L.", GOOD)]).encode("utf-16-be"))
    assert "UTF-8" in reasons(tmp_path, tmp_path / "m.csv")["m.csv"]


def test_missing_columns_are_named_with_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("Client,Progress Report\nK.L.,words\n")
    reason = reasons(tmp_path, tmp_path / "m.csv")["m.csv"]
    assert "date_of_service and note_text" in reason
    assert "Progress Report" in reason
    assert "--columns" in reason


def test_a_column_map_names_any_column(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(f'Client;Progress Report;Seen\nK.L.;"{GOOD.format("K.L.")}";10/05/2026\n')
    (tmp_path / "map.yaml").write_text("note_text: Progress Report\ndate_of_service: Seen\n")
    done = audited(tmp_path, tmp_path / "m.csv", columns=read_columns(tmp_path / "map.yaml"))
    assert (done.audit.notes, str(done.audit.first)) == (1, "2026-10-05")


@pytest.mark.parametrize(
    ("yaml", "told"),
    [
        ("notes: Text\n", "“notes” is no field"),
        ("note_text: [a]\n", "note_text: write the name"),
        ("a: b: c", "no YAML"),
    ],
)
def test_a_wrong_column_map_is_refused_before_anything_is_read(tmp_path: Path, yaml: str, told: str) -> None:
    (tmp_path / "map.yaml").write_text(yaml)
    with pytest.raises(UserError, match=told):
        read_columns(tmp_path / "map.yaml")


def test_a_mapped_column_that_the_file_lacks_is_told(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("date,text\n2026-10-05,words\n")
    failures = audited(tmp_path, tmp_path / "m.csv", columns=ColumnMap(note_text="Body")).audit.failures
    assert "no column “Body”" in failures[0].reason


def test_a_note_id_that_stands_twice_is_audited_once(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(as_csv([row("a", "K.L.", GOOD), row("a", "T.W.", OTHER), row("b", "M.P.", THIN)]))
    audit = audited(tmp_path, tmp_path / "m.csv").audit
    assert audit.notes == 2
    assert [(one.place, one.note) for one in audit.failures] == [("m.csv, row 3", "a")]


def test_dates_in_mixed_forms_are_read_and_what_is_no_date_is_one_row(tmp_path: Path) -> None:
    forms = ("2026-10-05", "10/5/26", "Oct 5, 2026", "5-Oct-2026", "46300", "2026-10-05T09:30")
    rows = [row(f"n{at}", "K.L.", THIN, date_of_service=form) for at, form in enumerate(forms)]
    rows += [row("bad", "K.L.", THIN, date_of_service="13/45/26"), row("none", "K.L.", THIN, date_of_service="")]
    (tmp_path / "m.csv").write_text(as_csv(rows))
    audit = audited(tmp_path, tmp_path / "m.csv").audit
    assert (audit.notes, str(audit.first), str(audit.last)) == (6, "2026-10-05", "2026-10-05")
    assert {one.note: "13/45/26" in one.reason for one in audit.failures} == {"bad": True, "none": False}


@pytest.mark.parametrize("content", ["", "note_id,date_of_service,note_text\n", "\n\n"])
def test_an_empty_month_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "m.csv").write_text(content)
    audit = audited(tmp_path, tmp_path / "m.csv").audit
    assert (audit.notes, len(audit.failures)) == (0, 1)


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    assert "no notes" in reasons(tmp_path, tmp_path / "notes")["notes"]


def test_json_lines_are_read_and_a_broken_line_is_one_row(tmp_path: Path) -> None:
    lines = [
        json.dumps(row("a", "K.L.", GOOD)),
        "{broken",
        json.dumps(["no object"]),
        json.dumps(row("b", "T.W.", OTHER)),
    ]
    (tmp_path / "m.jsonl").write_text("\n".join(lines))
    audit = audited(tmp_path, tmp_path / "m.jsonl").audit
    assert (audit.notes, [one.place for one in audit.failures]) == (2, ["m.jsonl, row 2", "m.jsonl, row 3"])


def test_a_row_that_holds_no_note_is_one_row_and_its_session_is_audited(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(as_csv([row("a", "K.L.", GOOD), row("b", "T.W.", " ")]))
    audit = audited(tmp_path, tmp_path / "m.csv").audit
    assert (audit.notes, [one.note for one in audit.failures]) == (1, ["b"])


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file or folder"):
        audited(tmp_path, tmp_path / "nowhere")


@pytest.mark.parametrize(
    "head",
    [
        "LATE ENTRY, written 10/20/2026 for the group of 10/05/2026",
        "Date: 10/20/2026 (late entry)\nDate of service: 10/05/2026",
        "Signed: 10/20/2026\nGroup of 10/05/2026",
        "DOB: 03/04/1980, seen 10/05/2026",
    ],
)
def test_a_late_entry_is_of_its_day_of_service_and_not_of_the_day_it_was_written(tmp_path: Path, head: str) -> None:
    (tmp_path / "kl.txt").write_text(f"{head}\nClient: K.L.\n\n{GOOD.format('K.L.')}")
    audit = audited(tmp_path, tmp_path / "kl.txt").audit
    assert str(audit.first) == "2026-10-05"
