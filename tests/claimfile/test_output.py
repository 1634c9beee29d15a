"""Rows for a spreadsheet that runs nothing of them, one JSON document, and a page that stays short."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date

from rich.console import Console

from bot.claimfile.models import Finding, Kind, Summary, Verdict
from bot.claimfile.output import COLUMNS, csv_heading, csv_line, json_pieces
from bot.claims_terminal import Page

SUMMARY = Summary(
    file="x.837", format="x12", claims=9, lines=9, other_claims=0, voids=0, ready=1, fix=8, confirm=0, not_read=0
)


def finding(claim: str = "C-1", **more: object) -> Finding:
    said = {"verdict": Verdict.FIX, "kind": Kind.UNITS, "place": 7, "claim": claim, "what": "Two units.", "do": "One."}
    return Finding.model_validate({**said, **more})


def test_cells_that_a_spreadsheet_would_run_begin_with_an_apostrophe() -> None:
    hostile = finding('=HYPERLINK("http://x.test")', payer="+1", what="@SUM(A1)", member="-A")
    rows = list(csv.reader(io.StringIO(csv_heading() + csv_line(hostile))))
    row = dict(zip(COLUMNS, rows[1], strict=True))
    assert [row[name][0] for name in ("claim_number", "payer", "what", "member")] == ["'"] * 4


def test_the_json_is_one_document_also_when_there_is_nothing_to_say() -> None:
    day = date(2026, 5, 12)
    for findings in ([], [finding()], [finding(), finding("\ud800", date_of_service=day)]):
        document = json.loads("".join(json_pieces(findings, lambda: SUMMARY)))
        assert len(document["findings"]) == len(findings)
        assert document["claims"] == 9


def shown(findings: list[Finding]) -> str:
    page = Page("segment")
    assert list(page.gather(findings)) == findings
    console = Console(file=io.StringIO(), width=120)
    page.show(SUMMARY, console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_findings_that_say_the_same_stand_once_with_their_claims() -> None:
    text = shown([finding(f"C-{number}", place=number) for number in range(30)])
    assert text.count("Two units.") == 1
    assert "C-3 · segment 3" in text
    assert "and 22 more" in text


def test_a_page_of_ten_thousand_findings_stays_a_page() -> None:
    def many() -> Iterator[Finding]:
        return (finding(f"C-{number}", what=f"Number {number}.") for number in range(10_000))

    text = shown(list(many()))
    assert len(text) < 200_000
    assert "9700 more findings" in text


def test_a_claim_number_is_shown_as_data() -> None:
    assert "[red]C[/]" in shown([finding("[red]C[/]")])
