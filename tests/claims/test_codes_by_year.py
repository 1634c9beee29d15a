"""Codes change every 1 October: a code counts on a date of service by the release of that date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.codes import Release, code_set
from bot.claims.diagnosis import check_diagnosis, claim_codes, release_for


@pytest.mark.parametrize(
    ("code", "day", "outcome", "says"),
    [
        # In both releases.
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
        # Beyond the newest release: held against it, and said.
        ("F41.1", date(2026, 10, 1), "met", "codes in force on 2026-10-01 are not on file"),
        ("F99.9", date(2026, 10, 1), "missing", "codes in force on 2026-10-01 are not on file"),
        ("F41", date(2026, 11, 20), "missing", "codes in force on 2026-11-20 are not on file"),
        # Further away than the newest can stand for.
        ("F41.1", date(2027, 10, 1), "needs_confirmation", "No codes for 2027-10-01 are on file"),
        ("F41.1", date(2024, 9, 30), "needs_confirmation", "No codes for 2024-09-30 are on file"),
        ("F43.8", date(2021, 5, 4), "needs_confirmation", "No codes for 2021-05-04"),
        ("F99.9", date(2021, 5, 4), "missing", "not in the ICD-10-CM set"),
        # No date: the newest.
        ("F41.1", None, "met", "fiscal year 2026 (1 Oct 2025 – 30 Sep 2026)."),
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
    assert [release.name for release in codes.releases] == ["April 2025", "April 2026"]
    assert codes.newest.source.startswith("simple-icd-10-cm")
    in_force = {day: codes.in_force(day) for day in (date(2024, 9, 30), date(2025, 9, 30), date(2025, 10, 1))}
    assert [release.year if release else None for release in in_force.values()] == [None, 2025, 2026]
    assert codes.in_force(date(2026, 10, 1)) is None
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


@pytest.mark.parametrize("code", ["H35.3113", "H353113"])
def test_a_code_whose_title_was_written_with_a_tab_is_read(code: str) -> None:
    assert code_set().look_up(code)
