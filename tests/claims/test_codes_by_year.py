"""Codes change every 1 October: a code counts on a date of service by the release of that date."""

import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.codes import Release, code_set
from bot.claims.diagnosis import check_billable, check_diagnosis, claim_codes, release_for
from bot.resources import KNOWLEDGE

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("code", "day", "outcome", "says"),
    [
        # In every release.
        ("F41.1", date(2024, 10, 1), "met", "fiscal year 2025 (1 Oct 2024 – 30 Sep 2025)"),
        ("F41.1", date(2025, 9, 30), "met", "fiscal year 2025 (1 Oct 2024 – 30 Sep 2025)"),
        ("F41.1", date(2025, 10, 1), "met", "fiscal year 2026 (1 Oct 2025 – 30 Sep 2026)"),
        ("F41.1", date(2026, 9, 30), "met", "fiscal year 2026 (1 Oct 2025 – 30 Sep 2026)"),
        # Came on 1 October 2025 (financial abuse was Z59.86 until then).
        ("Z59.861", date(2025, 9, 30), "missing", "came with the codes of 2025-10-01"),
        ("Z59.861", date(2025, 10, 1), "met", "fiscal year 2026"),
        # Got finer codes on that day.
        ("Z59.86", date(2025, 9, 30), "met", "fiscal year 2025"),
        ("Z59.86", date(2025, 10, 1), "missing", "until 2025-09-30"),
        # Went away.
        ("S30.1XXA", date(2025, 10, 1), "missing", "until 2025-09-30"),
        ("S30.1XXA", date(2025, 9, 30), "met", "fiscal year 2025"),
        # Came on 1 October 2026.
        ("F64.A", date(2026, 9, 30), "missing", "came with the codes of 2026-10-01"),
        ("F64.A", date(2026, 10, 1), "met", "fiscal year 2027 (1 Oct 2026 – 30 Sep 2027)."),
        ("Z87.8903", date(2026, 9, 30), "missing", "came with the codes of 2026-10-01"),
        ("Z87.8903", date(2026, 10, 1), "met", "fiscal year 2027"),
        ("T65.851A", date(2026, 11, 20), "met", "fiscal year 2027"),
        # Got finer codes on that day.
        ("Z87.890", date(2026, 9, 30), "met", "fiscal year 2026"),
        ("Z87.890", date(2026, 10, 1), "missing", "could be billed until 2026-09-30 and not on 2026-10-01"),
        ("Z68.1", date(2026, 9, 30), "met", "fiscal year 2026"),
        ("Z68.1", date(2026, 11, 20), "missing", "until 2026-09-30"),
        # Went away.
        ("T52.8X1A", date(2026, 9, 30), "met", "fiscal year 2026"),
        ("T52.8X1A", date(2026, 10, 1), "missing", "until 2026-09-30"),
        # Never there, or a category, in the newest year too.
        ("F99.9", date(2026, 10, 1), "missing", "not in the ICD-10-CM set (in ICD-10-CM fiscal year 2027"),
        ("F41", date(2026, 11, 20), "missing", "a category with finer codes beneath it"),
        # Beyond the newest release: held against it, and said.
        ("F41.1", date(2027, 9, 30), "met", "fiscal year 2027 (1 Oct 2026 – 30 Sep 2027)."),
        ("F41.1", date(2027, 10, 1), "met", "codes in force on 2027-10-01 are not on file"),
        ("F99.9", date(2027, 10, 1), "missing", "codes in force on 2027-10-01 are not on file"),
        ("F41", date(2027, 11, 20), "missing", "codes in force on 2027-11-20 are not on file"),
        # Further away than the newest can stand for.
        ("F41.1", date(2028, 10, 1), "needs_confirmation", "No codes for 2028-10-01 are on file"),
        ("F41.1", date(2024, 9, 30), "needs_confirmation", "No codes for 2024-09-30 are on file"),
        ("F43.8", date(2021, 5, 4), "needs_confirmation", "No codes for 2021-05-04"),
        ("F99.9", date(2021, 5, 4), "missing", "not in the ICD-10-CM set"),
        # No date: the newest.
        ("F41.1", None, "met", "fiscal year 2027 (1 Oct 2026 – 30 Sep 2027)."),
    ],
)  # fmt: skip
def test_a_code_counts_by_the_release_of_its_date_of_service(
    code: str, day: date | None, outcome: str, says: str
) -> None:
    note = "Dx: GAD, worry; financial abuse; contusion." if code == "F41.1" else f"Dx {code}"
    check = check_diagnosis(code, note, day)
    assert (check.outcome, says in check.reason) == (outcome, True), check.reason


def test_each_release_is_in_force_for_one_fiscal_year() -> None:
    codes = code_set()
    assert [release.name for release in codes.releases] == ["April 2025", "April 2026", "October 2026"]
    assert [release.source.split()[0] for release in codes.releases] == [
        "simple-icd-10-cm",
        "simple-icd-10-cm",
        "icd10cm_order_addenda_2027.txt",
    ]
    days = (date(2024, 9, 30), date(2025, 9, 30), date(2025, 10, 1), date(2026, 10, 1), date(2027, 9, 30))
    in_force = [codes.in_force(day) for day in days]
    assert [release.year if release else None for release in in_force] == [None, 2025, 2026, 2027, 2027]
    assert codes.in_force(date(2027, 10, 1)) is None
    assert codes.in_force(None) == codes.newest


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_release_covers_1_october_to_30_september_and_no_day_has_two(day: date) -> None:
    fiscal_year = day.year + (day >= date(day.year, 10, 1))
    assert Release(fiscal_year, "").covers(day)
    found = code_set().in_force(day)
    assert found is None or found.year == fiscal_year
    # What a date is judged by is never a later year's release.
    judged_by = release_for(day)
    assert judged_by is None or judged_by.year in {fiscal_year, fiscal_year - 1}


def test_a_claim_of_several_codes_stands_when_all_are_billable_and_one_is_what_the_note_treats() -> None:
    day = date(2026, 5, 12)
    assert claim_codes("F41.1; f331,Z63.0") == ("F41.1", "F33.1", "Z63.0")
    assert check_diagnosis("F33.1, F41.1", "Dx: GAD.", day).outcome == "met"
    assert check_diagnosis("F41.1, F33", "Dx: GAD.", day).outcome == "missing"
    assert check_diagnosis("F33.1, F20.9", "Dx: GAD.", day).outcome == "missing"


def test_each_year_has_as_many_codes_as_cms_counts_and_only_headers_have_finer_codes_beneath() -> None:
    rows = gzip.decompress((KNOWLEDGE / "codes" / "icd10cm.tsv.gz").read_bytes()).decode().splitlines()[1:]
    counted: dict[int, Counter[str]] = {}
    for at, release in enumerate(code_set().releases):
        marks = {code: mark for code, told, _ in (row.split("\t") for row in rows) if (mark := told[at]) != "-"}
        counted[release.year] = Counter(marks.values())
        following = zip(marks, [*list(marks)[1:], ""], strict=True)
        assert [code for code, after in following if (marks[code] == "0") != after.startswith(code)] == []
    # CMS, icd10cm_order_addenda_2027.txt: codes and headers of the order files of 2026 and of 2027.
    assert counted[2026] == {"1": 74719, "0": 23467}
    assert counted[2027] == {"1": 74879, "0": 23524}


def test_every_code_that_came_or_went_on_1_october_2026_counts_from_that_day_or_until_it() -> None:
    lines = (ROOT / "deploy" / "icd10cm_addenda_2027.tsv").read_text("utf-8").splitlines()[2:]
    told = {(change, code) for change, mark, code, _ in (line.split("\t") for line in lines) if mark == "1"}
    came = {code for change, code in told if change == "Add"}
    went = {code for change, code in told if change == "Delete"}
    assert (len(came), len(went)) == (190, 30)

    def billable(code: str, day: date) -> bool:
        return check_billable((code,), day) is None

    before, since = date(2026, 9, 30), date(2026, 10, 1)
    assert {(billable(code, before), billable(code, since)) for code in came} == {(False, True)}
    assert {(billable(code, before), billable(code, since)) for code in went} == {(True, False)}


@pytest.mark.parametrize("code", ["H35.3113", "H353113"])
def test_a_code_whose_title_was_written_with_a_tab_is_read(code: str) -> None:
    assert code_set().look_up(code)
