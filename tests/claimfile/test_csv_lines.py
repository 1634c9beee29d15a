"""A CSV of service lines is checked like an 837P, row by row."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.claimfile.csv_lines import TEMPLATE
from bot.claimfile.models import Finding, Summary, Verdict
from bot.errors import UserError
from tests.claimfile.filing import check, kinds

HEAD = "Claim #,Client,Insurance,DOS,CPT,Mods,Units,POS,Dx,Auth #\n"
FINE = "C-1,Ana Frost,Testland Health Plan,05/12/2026,90853,,1,11,F33.1,A-1\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.csv"


def read(path: Path, text: str | bytes) -> tuple[list[Finding], Summary]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check(path)


def test_a_row_in_order_is_ready(path: Path) -> None:
    findings, summary = read(path, HEAD + FINE)
    assert (findings, summary.format, summary.claims, summary.ready) == ([], "csv", 1, 1)


def test_the_columns_that_the_page_names_are_read(path: Path) -> None:
    row = "C-1,A.F.,Testland Health Plan,MN,CI,2026-05-12,90853,95,1,10,F33.1 F41.1,A-1\n"
    assert read(path, f"{TEMPLATE}\n{row}")[0] == []


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_separators_and_a_windows_spreadsheets_letters_are_read(path: Path, mark: str) -> None:
    text = (HEAD + FINE.replace("Ana", "Änne")).replace(",", mark)
    findings, summary = read(path, text.encode("cp1252"))
    assert (findings, summary.claims) == ([], 1)


def test_a_finding_names_the_row_as_a_spreadsheet_counts_it(path: Path) -> None:
    findings, _ = read(path, f"{HEAD}{FINE}\n{FINE.replace('C-1', 'C-2').replace('Ana', 'Bo').replace(',1,', ',3,')}")
    assert [(one.place, one.claim, one.member) for one in findings] == [(4, "C-2", "B.F.")]


def test_same_day_services_and_repeated_rows_are_found_over_rows(path: Path) -> None:
    other = FINE.replace("90853", "90837").replace("C-1", "C-2")
    findings, _ = read(path, HEAD + FINE + other + FINE)
    assert kinds(findings) == [("fix", "same_day"), ("fix", "repeated_line"), ("fix", "same_day")]
    findings, _ = read(path, HEAD + FINE + other.replace("90837,", "90837-59,"))
    assert findings == []


def test_rows_under_the_same_initials_may_be_two_members_and_are_to_confirm(path: Path) -> None:
    row = FINE.replace("Ana Frost", "A.F.")
    findings, _ = read(path, HEAD + row + row.replace("C-1", "C-2"))
    assert kinds(findings) == [("confirm", "repeated_line")]
    assert "one member?" in findings[0].do


def test_a_table_without_claim_numbers_is_checked_by_its_rows(path: Path) -> None:
    assert read(path, HEAD.replace("Claim #,", "") + FINE.removeprefix("C-1,"))[0] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("90853", "group", "the service code is not one"),
        ("90853,,", "90853,xyz,", "modifiers are not two signs"),
        ("F33.1", "sad", "not an ICD-10-CM code"),
    ],
)
def test_a_row_that_cannot_be_read_is_said_and_the_rest_goes_on(path: Path, old: str, new: str, said: str) -> None:
    findings, summary = read(path, HEAD + FINE.replace(old, new) + FINE)
    assert [(one.verdict, one.place) for one in findings] == [(Verdict.NOT_READ, 2)]
    assert said in findings[0].what.lower() or said in findings[0].what
    assert "Frost" not in findings[0].what
    assert (summary.claims, summary.not_read) == (1, 1)


def test_a_day_that_cannot_be_read_is_to_fix(path: Path) -> None:
    assert ("fix", "date_of_service") in kinds(read(path, HEAD + FINE.replace("05/12/2026", "tomorrow"))[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "names no member and no date_of_service and no code"),
        ("Client,DOS\nA.F.,5/12/26\n", "names no code"),
        (HEAD.replace("Mods", "Client") + FINE, "member twice"),
        ("", "is empty"),
        (b"PK\x03\x04", "neither X12 nor CSV"),
        (b"%PDF-1.7", "neither X12 nor CSV"),
        ('{"claims": []}', "neither X12 nor CSV"),
    ],
)
def test_what_is_no_claims_file_is_refused_in_a_line(path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        read(path, text)
    assert "\n" not in str(refused.value)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_rows_are_read_or_said(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes((HEAD + text).encode("utf-8", "replace"))
    with suppress(UserError):
        check(path)


def test_a_spreadsheets_unicode_text_is_read(path: Path) -> None:
    findings, summary = read(path, (HEAD + FINE).replace(",", "\t").encode("utf-16"))
    assert (findings, summary.ready) == ([], 1)


def test_blank_rows_before_the_heading_are_nothing_and_rows_keep_their_numbers(path: Path) -> None:
    findings, _ = read(path, "\n,,,\n" + HEAD + FINE.replace(",1,", ",3,"))
    assert [one.place for one in findings] == [4]


@pytest.mark.parametrize("heads", ["From DOS,To DOS", "Date of Service From,Date of Service To", "DOS,DOS to"])
def test_a_first_and_a_last_day_are_read_where_a_table_has_both(path: Path, heads: str) -> None:
    head = HEAD.replace("DOS", heads)
    assert read(path, head + FINE.replace("05/12/2026", "05/12/2026,05/12/2026"))[0] == []
    (found,) = read(path, head + FINE.replace("05/12/2026", "05/12/2026,05/14/2026"))[0]
    assert "covers 2026-05-12 to 2026-05-14" in found.what


@pytest.mark.parametrize(("cell", "said"), [("05/12/2026 - 05/12/2026", ""), ("05/12/2026-05/19/2026", "covers 2026")])
def test_a_range_in_the_cell_of_the_day_is_a_range(path: Path, cell: str, said: str) -> None:
    findings, _ = read(path, HEAD + FINE.replace("05/12/2026", cell))
    assert [said in one.what for one in findings] == ([True] if said else [])


@pytest.mark.parametrize("name", ["Frequency", "Resubmission Code", "claim_frequency_code"])
def test_voids_and_replacements_are_known_by_their_column(path: Path, name: str) -> None:
    head, row = HEAD.strip() + f",{name}\n", FINE.strip()
    findings, summary = read(path, f"{head}{row},1\n{row},8\n{row},7\n")
    assert (findings, summary.voids, summary.claims) == ([], 1, 2)


def test_a_quote_that_is_not_closed_is_said_with_the_rows_that_ran_into_it(path: Path) -> None:
    (found,), _ = read(path, HEAD + FINE.replace("Ana Frost", '"Ana Frost') + FINE * 3)
    assert "quotation mark" in found.what
    assert "4 lines" in found.what
    assert "Frost" not in found.what


def test_rows_that_ran_into_the_last_cell_of_one_that_reads_well_are_not_lost_in_silence(path: Path) -> None:
    (found,), summary = read(path, HEAD + FINE.replace("A-1", '"A-1') + FINE * 3)
    assert "4 lines" in found.what
    assert (summary.claims, summary.not_read) == (0, 1)
    assert read(path, HEAD + FINE.replace("A-1", '"A-1\nA-2"'))[1].ready == 1


def test_a_row_without_a_payer_is_asked_for_it_and_for_nothing_of_that_payer(path: Path) -> None:
    findings, _ = read(path, HEAD + FINE.replace("Testland Health Plan", "").replace("A-1", ""))
    assert kinds(findings) == [("fix", "payer")]


def test_another_provider_is_known_by_the_column(path: Path) -> None:
    head, row = HEAD.strip() + ",Rendering Provider,Rendering NPI\n", FINE.strip()
    individual = row.replace("90853", "90837")
    assert kinds(read(path, f"{head}{row},West,\n{individual},East,\n")[0]) == [("confirm", "same_day")]
    assert kinds(read(path, f"{head}{row},West,\n{individual},West,\n")[0]) == [("fix", "same_day")]


def test_one_claim_number_for_rows_of_two_members_is_to_confirm(path: Path) -> None:
    findings, _ = read(path, HEAD + FINE + FINE.replace("Ana Frost", "Bo Quill"))
    assert kinds(findings) == [("confirm", "claim")]
