"""Eligibility counts within the benefit year of the date of service, whenever that year begins."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.eligibility import benefit_year, check_eligibility

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))
STARTS = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: f"{day:%m-%d}") | st.just("")


@pytest.mark.parametrize(
    ("verified", "service", "starts", "outcome"),
    [
        # The calendar year, both ends included.
        (date(2026, 1, 1), date(2026, 12, 31), "", "met"),
        (date(2025, 12, 31), date(2026, 1, 1), "", "needs_confirmation"),
        (date(2027, 1, 1), date(2026, 12, 31), "", "needs_confirmation"),
        # A plan year from 1 July.
        (date(2025, 12, 31), date(2026, 1, 1), "07-01", "met"),
        (date(2026, 6, 30), date(2026, 7, 1), "07-01", "needs_confirmation"),
        (date(2026, 7, 1), date(2027, 6, 30), "07-01", "met"),
        (date(2026, 1, 15), date(2026, 9, 1), "07-01", "needs_confirmation"),
        # A federal or a school year.
        (date(2025, 10, 1), date(2026, 9, 30), "10-01", "met"),
        (date(2025, 9, 30), date(2025, 10, 1), "10-01", "needs_confirmation"),
        # Verified after the session, still in its year: the word of the biller stands.
        (date(2026, 5, 20), date(2026, 5, 12), "", "met"),
        # A year that begins on a leap day.
        (date(2024, 2, 29), date(2025, 2, 28), "02-29", "met"),
        (date(2025, 2, 28), date(2025, 3, 1), "02-29", "needs_confirmation"),
    ],
)  # fmt: skip
def test_a_verification_counts_in_its_own_benefit_year_only(
    verified: date, service: date, starts: str, outcome: str
) -> None:
    assert check_eligibility(verified, service, benefit_year_starts=starts).outcome == outcome


def test_the_year_that_was_taken_is_said_and_its_start_is_asked_where_it_matters() -> None:
    met = check_eligibility(date(2026, 1, 5), date(2026, 5, 12))
    assert "2026, taken as the calendar year" in met.reason
    other = check_eligibility(date(2025, 9, 5), date(2026, 5, 12))
    assert "earlier benefit year" in other.reason
    assert "does not begin on 1 January" in other.fix
    told = check_eligibility(date(2025, 6, 5), date(2026, 5, 12), benefit_year_starts="07-01")
    assert "2025-07-01 to 2026-06-30" in told.reason
    assert "1 January" not in told.fix


def test_a_day_still_to_come_verifies_nothing() -> None:
    check = check_eligibility(date(2026, 6, 1), date(2026, 5, 12), today=date(2026, 5, 20))
    assert check.outcome == "needs_confirmation"
    assert "still to come" in check.reason


@given(DAYS, STARTS)
def test_every_day_is_in_exactly_one_benefit_year_of_twelve_months(day: date, starts: str) -> None:
    first, last = benefit_year(day, starts)
    assert first <= day <= last
    assert 365 <= (last - first).days + 1 <= 366
    assert benefit_year(first, starts) == benefit_year(last, starts) == (first, last)
    assert benefit_year(last + timedelta(days=1), starts)[0] == last + timedelta(days=1)


@given(DAYS, DAYS, STARTS)
def test_two_days_share_a_year_both_ways_or_not_at_all(one: date, other: date, starts: str) -> None:
    there = check_eligibility(one, other, benefit_year_starts=starts).outcome
    back = check_eligibility(other, one, benefit_year_starts=starts).outcome
    assert there == back
