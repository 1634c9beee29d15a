"""Hostile questions and payers' names: the decision is that of the plain question or "unknown"; no payer is guessed."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from typer.testing import CliRunner

from bot.answers.matrix_csv import as_csv
from bot.answers.models import Answer
from bot.app import Copilot
from bot.cli import app, main
from bot.errors import UserError
from bot.policies.models import Decision, Topic
from bot.terminal import show_reply
from tests.hostile.attacks import Attack, each

_QUESTION = "Does Medicare require prior authorization for 90853?"
_SAME_DAY = "Can I bill 90853 and 90837 on the same day?"


def _asked(copilot: Copilot, question: str, payer: str = "") -> tuple[Answer, ...]:
    """The answers; none where the question was refused with a line."""
    started = process_time()
    try:
        return copilot.answers.ask(question, payer=payer).answers
    except UserError:
        return ()
    finally:
        assert process_time() - started < 10.0


@each("questions")
def test_hostile_words_in_a_question_change_no_decision(
    copilot: Copilot, attack: Attack, capsys: pytest.CaptureFixture[str]
) -> None:
    (clean,) = _asked(copilot, _QUESTION)
    asked = f"{_QUESTION} {attack.text}"
    for answer in _asked(copilot, asked):
        if (answer.payer, answer.topic) == (clean.payer, clean.topic):
            assert answer.decision == clean.decision
        else:  # the words made it another question: decided from the file as well, or not known
            assert answer.citations or answer.decision is Decision.UNKNOWN
        assert all("evil.example" not in citation.source_url for citation in answer.citations)
        show_reply(copilot.answers.ask(asked))
    assert not set(capsys.readouterr().out) & set("\x1b\x9b\u202e\0")


@each("payers")
def test_a_name_that_only_looks_like_a_payer_on_file_is_not_taken_for_it(copilot: Copilot, attack: Attack) -> None:
    if attack.kind == "named":  # the payer's name stands in it: it is that payer, and the answer says so
        (plain,), (answer,) = _asked(copilot, _SAME_DAY, payer="Aetna"), _asked(copilot, _SAME_DAY, payer=attack.text)
        assert (answer.payer, answer.decision) == (plain.payer, plain.decision)
        return
    for answer in _asked(copilot, _SAME_DAY, payer=attack.text):
        assert answer.payer is None
        assert answer.decision is Decision.UNKNOWN
    for answer in _asked(copilot, f"Can I bill 90853 and 90837 on the same day for {attack.text}?"):
        assert answer.payer is None
        assert answer.decision in (Decision.UNKNOWN, Decision.VARIES, Decision.NOT_APPLICABLE)


@each("payers")
def test_no_cell_of_a_table_of_payers_is_a_formula(copilot: Copilot, attack: Attack) -> None:
    table = copilot.at("").compare("same day", topic=Topic.SAME_DAY, names=f"Aetna, {attack.text}")
    rows = list(csv.reader(io.StringIO(as_csv(table, date(2026, 11, 26)), newline="")))
    assert len(rows) >= 2
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t"))


def test_half_a_character_in_an_argument_leaves_the_json_whole(tmp_path: Path) -> None:
    run = CliRunner(env={"DATA_DIR": str(tmp_path)})
    done = run.invoke(app, ["ask", "Aetna same day \udcff\ud800?", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout_bytes.decode("utf-8"))["question"] == "Aetna same day ???"


def test_the_line_about_a_file_steers_no_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["billing-copilot", "review", str(tmp_path / "\x1b[31mno\u202e.txt")])
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "there is no such file" in said
    assert "\x1b" not in said
    assert "\u202e" not in said
