"""The CSV file says everything, reads back as it was written, and runs nothing in a spreadsheet."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.matrix_csv import COLUMNS, as_csv, csv_name, guarded
from bot.answers.models import Comparison, Row
from bot.policies.models import Decision, Topic
from tests.slack.fakes import make_answer

TODAY = date(2026, 11, 26)


def table(**changes: object) -> Comparison:
    answer = make_answer(**changes)
    row = Row(payer_id="aetna", name="Aetna", answer=answer, source=answer.citations[0], year=2026)
    return Comparison(question="Same day?", topic=Topic.SAME_DAY, matter="both on one date", rows=(row,))


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_has_every_column_in_full() -> None:
    (row,) = read(as_csv(table(conditions=("own note", "own time"), stale=True), TODAY))
    assert tuple(row) == COLUMNS
    assert (row["decision"], row["conditions"]) == ("allowed_with_conditions", "own note; own time")
    assert (row["stale"], row["last_known_year"], row["confidence"]) == ("yes", "2026", "high")
    assert (row["effective_date"], row["checked_on"]) == ("2026-01-01", "2026-11-01")
    assert "https://example.org/manual?a=1&b=2" in row["all_citations"]
    assert (row["next_step"], row["made_on"]) == ("Put the times in both notes.", "2026-11-26")


def test_the_file_is_named_after_its_matter_and_day() -> None:
    assert csv_name(Topic.SAME_DAY, TODAY) == "payer_policies_same_day_2026-11-26.csv"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r", "\n", "\uff1d", "|", "\u00a0="])
def test_no_cell_is_a_formula(start: str) -> None:
    answer = make_answer(decision=Decision.ALLOWED, next_step=f"{start}cmd|' /C calc'!A0")
    row = Row(name=f"{start}HYPERLINK(1)", answer=answer)
    (read_back,) = read(as_csv(table().model_copy(update={"rows": (row,)}), TODAY))
    assert read_back["payer"].startswith("'")
    assert read_back["next_step"].startswith("'")


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60), min_size=1))
def test_what_goes_in_comes_out(texts: list[str]) -> None:
    rows = tuple(Row(name=text, answer=make_answer(conditions=(text,))) for text in texts)
    found = read(as_csv(table().model_copy(update={"rows": rows}), TODAY))
    assert [row["payer"] for row in found] == [guarded(text) for text in texts]
    assert [row["conditions"] for row in found] == [guarded(text) for text in texts]


@given(st.text())
def test_the_guard_is_taken_off_again(text: str) -> None:
    shown = guarded(text)
    assert shown.removeprefix("'") == text
    assert shown[:1] not in set("=+-@\t\r\n")
