"""Each claim has a note of its day, and that note is ready; a match is the name or the initials, never made up."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.claimfile.models import Finding, Kind, Verdict
from bot.claimfile.note_files import read_notes
from bot.claimfile.notes import Notes
from bot.claimfile.service import FileCheck
from bot.errors import UserError
from bot.resources import KNOWLEDGE
from bot.settings import Settings
from tests.bench.invented_claims import Invented, Line, write
from tests.claimfile.filing import SURE, check, checked, kinds, rules

READY = KNOWLEDGE / "samples" / "eight-ready.txt"
"""A session of 2026-05-12 whose eight members have initials for labels."""
NAMED = """Group psychotherapy note
Date: 2026-06-02. CBT group, 6 members, 60 minutes. Topic: sleep and worry. Therapist led a thought record.

Patient: Ana Frost
Spoke of lying awake. Dx: F41.1.

Patient: Arno Fisk
Spoke of his job. Dx: F33.1.

Absent: Ida Lowell
"""


@pytest.fixture(scope="module")
def copilot(tmp_path_factory: pytest.TempPathFactory) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path_factory.mktemp("notes"), fingerprint_days=0))


def notes_of(copilot: Copilot, path: Path) -> Notes:
    return read_notes(path, copilot.at_command_line().review)


@pytest.fixture
def ready(copilot: Copilot) -> Notes:
    return notes_of(copilot, READY)


@pytest.fixture
def named(copilot: Copilot, tmp_path: Path) -> Notes:
    (tmp_path / "june.txt").write_text(NAMED, "utf-8")
    return notes_of(copilot, tmp_path / "june.txt")


def claim(number: str, first: str, last: str, **more: object) -> Invented:
    return Invented(**{"number": number, "first": first, "last": last, "payer": SURE, **more})  # type: ignore[arg-type]


def about_notes(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if one.kind is Kind.NOTE]


def june(number: str, first: str, last: str, **more: object) -> Invented:
    return claim(number, first, last, lines=(Line(day="20260602"),), diagnoses=("ABK:F411",), **more)


def test_a_claim_whose_initials_stand_in_a_ready_note_of_its_day_is_ready(tmp_path: Path, ready: Notes) -> None:
    assert checked(tmp_path, claim("C-1", "Ana", "Frost"), notes=ready) == []


def test_no_note_of_the_day_is_to_fix(tmp_path: Path, ready: Notes) -> None:
    found = about_notes(checked(tmp_path, claim("C-1", "Ana", "Frost", lines=(Line(day="20260513"),)), notes=ready))
    assert kinds(found) == [("fix", "note")]
    assert found[0].what == "None of the notes given is of that day."
    assert found[0].beside == "2026-05-13"


def test_nobody_of_these_initials_in_the_days_note_is_to_fix_and_nobody_else_is_taken(
    tmp_path: Path, ready: Notes
) -> None:
    found = about_notes(checked(tmp_path, claim("C-1", "Wes", "Yule"), notes=ready))
    assert kinds(found) == [("fix", "note")]
    assert "nobody is called by this member's name or initials" in found[0].what
    assert "eight-ready.txt" in found[0].what


def test_two_members_of_the_file_with_the_same_initials_are_not_told_apart(tmp_path: Path, ready: Notes) -> None:
    found = about_notes(checked(tmp_path, claim("C-1", "Ana", "Frost"), claim("C-2", "Al", "Fox"), notes=ready))
    assert kinds(found) == [("confirm", "note")] * 2
    assert "2 members of the file are billed" in found[0].what


def test_a_whole_name_in_the_note_is_told_apart_from_the_same_initials(tmp_path: Path, named: Notes) -> None:
    found = checked(tmp_path, june("C-1", "Ana", "Frost"), notes=named)
    assert [one.what.split(":")[0] for one in about_notes(found)] == ["The note (june.txt) lacks"]


def test_initials_that_fit_two_parts_of_the_notes_are_not_chosen_from(tmp_path: Path, named: Notes) -> None:
    found = about_notes(checked(tmp_path, june("C-1", "Alma", "Finch"), notes=named))
    assert kinds(found) == [("confirm", "note")]
    assert "2 parts of the notes" in found[0].what


def test_a_member_whom_the_note_calls_absent_is_not_billed(tmp_path: Path, named: Notes) -> None:
    found = about_notes(checked(tmp_path, june("C-1", "Ida", "Lowell"), notes=named))
    assert kinds(found) == [("fix", "note")]
    assert "absent" in found[0].what


def test_another_diagnosis_in_the_note_than_on_the_claim_is_to_confirm(tmp_path: Path, ready: Notes) -> None:
    found = about_notes(checked(tmp_path, claim("C-1", "Ana", "Frost", diagnoses=("ABK:F411",)), notes=ready))
    assert kinds(found) == [("confirm", "note")]
    assert "claim has F41.1" in found[0].what
    assert "F33.1" in found[0].what


def test_parts_that_were_not_billed_are_remarked_and_not_by_name(tmp_path: Path, named: Notes) -> None:
    checked(tmp_path, june("C-1", "Ana", "Frost"), notes=named)
    named.by_day[next(iter(named.by_day))][0].claimed = False
    _, summary = check(tmp_path / "claims.837", named)
    assert [one for one in summary.remarks if "no 90853 line" in one] == [
        "june.txt (2026-06-02) has notes of A.F., and no 90853 line of this file is for them."
    ]
    assert "Fisk" not in summary.model_dump_json()


def test_notes_in_folders_within_the_folder_are_held_against_too_and_hidden_ones_are_not(
    copilot: Copilot, tmp_path: Path
) -> None:
    for place in ("monday", ".trash"):
        (tmp_path / "notes" / place).mkdir(parents=True)
        (tmp_path / "notes" / place / "june.txt").write_text(NAMED, "utf-8")
    assert notes_of(copilot, tmp_path / "notes").count == notes_of(copilot, tmp_path / "notes" / "monday").count > 0


def test_a_note_that_cannot_be_read_is_one_line_and_the_rest_goes_on(copilot: Copilot, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.txt").write_text("")
    (folder / "b.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "c.txt").write_text(READY.read_text("utf-8"), "utf-8")
    notes = notes_of(copilot, folder)
    assert [one.what[:6] for one in notes.unread] == ["a.txt:", "b.docx"]
    found = checked(tmp_path, claim("C-1", "Ana", "Frost"), notes=notes)
    assert [one.verdict for one in found] == [Verdict.NOT_READ] * 2


def test_a_note_without_a_day_is_remarked(copilot: Copilot, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("Patient: Ana Frost\nSpoke of lying awake in the group and was met with nods.\n")
    notes = notes_of(copilot, tmp_path / "old.txt")
    checked(tmp_path, claim("C-1", "Ana", "Frost"), notes=notes)
    assert any("old.txt has no date" in one for one in check(tmp_path / "claims.837", notes)[1].remarks)


def test_a_folder_without_notes_is_refused(copilot: Copilot, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no notes"):
        notes_of(copilot, tmp_path)
    with pytest.raises(UserError, match="no such file or folder"):
        notes_of(copilot, tmp_path / "none")


def test_everybody_who_was_not_billed_is_named_however_many_they_are(copilot: Copilot, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for session in ("am", "pm"):
        (folder / f"{session}.txt").write_text(READY.read_text("utf-8"), "utf-8")
    notes = notes_of(copilot, folder)
    checked(tmp_path, claim("C-1", "Ana", "Frost"), notes=notes)
    done = FileCheck(tmp_path / "claims.837", rules(), notes)
    list(done.findings())
    text = " ".join(done.summary().remarks)
    assert [text.count(initials) for initials in ("B.Q.", "C.O.", "H.Z.", "A.F.")] == [2, 2, 2, 0]


def test_notes_of_days_that_the_file_does_not_bill_are_one_remark(copilot: Copilot, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for month in ("06", "07", "08"):
        (folder / f"{month}.txt").write_text(NAMED.replace("2026-06", f"2026-{month}"), "utf-8")
    notes = notes_of(copilot, folder)
    done = FileCheck(write(tmp_path / "claims.837", [june("C-1", "Ana", "Frost")]), rules(), notes)
    list(done.findings())
    assert [one for one in done.summary().remarks if "2026-07" in one] == [
        "The notes of 2 other days (2026-07-02 to 2026-08-02) were given, and the file bills no 90853 on them."
    ]


def test_two_sessions_of_a_day_and_two_lines_need_two_ready_notes(
    copilot: Copilot, tmp_path: Path, ready: Notes
) -> None:
    twice = claim("C-1", "Ana", "Frost", lines=(Line(), Line(modifiers=("76",))))
    (missing,) = about_notes(checked(tmp_path, twice, notes=ready))
    assert missing.verdict is Verdict.FIX
    assert "2 lines are billed for that day, and the notes have 1 session" in missing.what
    ready.add("afternoon.txt", copilot.at_command_line().review(READY.read_text("utf-8")))
    assert about_notes(checked(tmp_path, twice, notes=ready)) == []


def test_two_parts_of_one_session_are_two_members_and_no_two_sessions(tmp_path: Path, named: Notes) -> None:
    twice = june("C-1", "Alma", "Finch")
    twice = replace(twice, lines=(*twice.lines, replace(twice.lines[0], modifiers=("76",))))
    found = about_notes(checked(tmp_path, twice, notes=named))
    assert kinds(found) == [("confirm", "note")] * 2
    assert "cannot be told" in found[0].what


def test_two_sessions_of_a_day_and_one_line_ask_whether_the_other_is_billed(
    copilot: Copilot, tmp_path: Path, ready: Notes
) -> None:
    ready.add("afternoon.txt", copilot.at_command_line().review(READY.read_text("utf-8")))
    (found,) = about_notes(checked(tmp_path, claim("C-1", "Ana", "Frost"), notes=ready))
    assert found.verdict is Verdict.CONFIRM
    assert "is the other one billed" in found.do


@pytest.mark.parametrize("label", ["Ana Frost Jr.", "Ana Frost III"])
def test_a_suffix_of_the_name_is_no_last_name(copilot: Copilot, tmp_path: Path, label: str) -> None:
    (tmp_path / "june.txt").write_text(NAMED.replace("Ana Frost", label), "utf-8")
    found = about_notes(checked(tmp_path, june("C-1", "Ana", "Frost"), notes=notes_of(copilot, tmp_path / "june.txt")))
    assert [one.what.split(":")[0] for one in found] == ["The note (june.txt) lacks"]
