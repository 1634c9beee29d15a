"""Orders, tricks and oversized text in notes: no verdict gets looser, every quote stands, and it takes seconds."""

import json
from time import process_time

import pytest
from typer.testing import CliRunner

from bot.app import Copilot
from bot.cli import app
from bot.errors import UserError
from bot.review.models import Readiness, Report
from bot.review.service import ReviewService
from bot.terminal import show_report
from tests.hostile.attacks import Attack, each
from tests.hostile.note import CLEAN, LABELS, attacked, loosened, misquoted

_SECONDS = 10.0


@pytest.fixture(scope="module")
def clean(copilot: Copilot) -> Report:
    report = copilot.reviews.review(CLEAN)
    assert tuple(patient.label for patient in report.patients) == LABELS
    assert [patient.readiness for patient in report.patients[1:]] == [Readiness.FIX] * 2
    return report


@each("notes")
def test_hostile_text_in_a_note_loosens_no_verdict(
    copilot: Copilot, clean: Report, attack: Attack, capsys: pytest.CaptureFixture[str]
) -> None:
    text, started = attacked(attack), process_time()
    report = copilot.reviews.review(text)
    assert process_time() - started < _SECONDS
    assert loosened(clean, report) == []
    assert [p.label for p in report.patients if p.readiness is Readiness.READY] == []
    assert misquoted(report, text) == []
    report.model_dump_json()
    show_report(report)
    shown = capsys.readouterr().out
    assert not set(shown) & set("\x1b\x07\x08\x9b\x9d\x9c\r\u202e\u202c\u200b\u2067\ufeff")


@each("refused")
def test_what_no_note_is_gets_one_clear_line_and_soon(copilot: Copilot, attack: Attack) -> None:
    started = process_time()
    with pytest.raises(UserError) as refused:
        copilot.reviews.review(attack.text)
    assert process_time() - started < _SECONDS
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_a_note_of_broken_bytes_is_reviewed_and_printed_as_json(copilot: Copilot, tmp_path) -> None:
    for name, data in {
        "cut utf-8": CLEAN.encode() + b"\xe2\x82",
        "wrong bytes": b"\xff\xfe\xfd" + CLEAN.encode(),
        "cut utf-16": b"\xff\xfe" + CLEAN.encode("utf-16-le") + b"\x00",
        "surrogate": CLEAN.encode() + "\ud800".encode("utf-8", "surrogatepass"),
        "utf-16 surrogate": b"\xff\xfe" + CLEAN.encode("utf-16-le") + b"\x00\xd8",
    }.items():
        file = tmp_path / "note.txt"
        file.write_bytes(data)
        done = CliRunner(env={"DATA_DIR": str(tmp_path / "data")}).invoke(app, ["review", str(file), "--json"])
        assert done.exit_code in (0, 1), name
        if done.exit_code == 0:
            json.loads(done.stdout_bytes.decode("utf-8"))


def test_the_runs_that_are_refused_are_longer_than_any_that_a_page_lays_out(copilot: Copilot) -> None:
    laid_out = CLEAN.replace("attended.", "attended." + " " * 300 + "x").replace("was there.", "y" * 1500)
    assert isinstance(copilot.reviews, ReviewService)
    assert len(copilot.reviews.review(laid_out).patients) == 3
