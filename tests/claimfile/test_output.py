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


def test_what_most_claims_are_held_back_by_comes_first_and_what_is_to_fix_before_what_is_to_confirm() -> None:
    few = [finding("C-1", what="Rare.")]
    often = [finding(f"C-{number}", what="Often.", kind=Kind.DIAGNOSIS) for number in range(2, 9)]
    asked = [finding(f"C-{number}", what="Asked.", verdict=Verdict.CONFIRM) for number in range(20, 60)]
    text = shown([*few, *asked, *often])
    assert text.index("Often.") < text.index("Rare.") < text.index("Asked.")
    assert "diagnosis 7 claims, units 1 claim" in text


def test_the_same_matter_of_several_payers_stands_once_and_of_other_sources_apart() -> None:
    text = shown([finding(f"C-{number}", payer=f"Payer {number}") for number in range(5)])
    assert text.count("Two units.") == 1


def test_a_claims_lines_stand_together_and_where_its_other_line_is_stands_with_it() -> None:
    text = shown([finding(place=7), finding(place=9), finding("C-2", place=20, beside="The first is at segment 4.")])
    assert "C-1 · segments 7, 9" in text
    assert "C-2 · segment 20: The first is at segment 4." in text
    assert "2 claims" in text
    assert text.count("Two units.") == 1


def test_a_row_of_the_csv_has_the_other_line_in_what_it_says() -> None:
    (row,) = csv.DictReader(io.StringIO(csv_heading() + csv_line(finding(beside="The first is at row 2."))))
    assert row["what"] == "Two units. The first is at row 2."


def test_where_claims_are_left_off_the_page_says_where_all_of_them_are() -> None:
    assert "--csv FILE names every claim" in shown([finding(f"C-{number}") for number in range(30)])
    assert "--csv FILE" not in shown([finding(f"C-{number}") for number in range(3)])


def test_a_file_of_which_nothing_could_be_read_is_not_headed_as_one_without_faults() -> None:
    console = Console(file=io.StringIO(), width=120)
    nothing = {"claims": 0, "lines": 0, "ready": 0, "fix": 0, "not_read": 1}
    Page("segment").show(SUMMARY.model_copy(update=nothing), console)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "No claim with 90853 was read" in text
    assert "0 ready" not in text
