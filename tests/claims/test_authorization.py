"""An authorization covers its first day, its last day and all between, while units are left and it is for group."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.authorization import check_authorization, is_number
from bot.claims.models import Authorization

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


def authorization(first: date | None, last: date | None, **changed: object) -> Authorization:
    return Authorization(
        **{"number": "A1", "starts_on": first, "ends_on": last, "units_left": 4, "covers_group": True} | changed
    )


@given(DAYS, st.integers(0, 800), st.integers(-900, 900))
def test_it_covers_a_day_exactly_when_the_day_is_not_before_its_first_nor_after_its_last(
    first: date, length: int, offset: int
) -> None:
    last, day = first + timedelta(days=length), first + timedelta(days=offset)
    outcome = check_authorization(authorization(first, last), day).outcome
    assert outcome == ("met" if first <= day <= last else "missing")


@pytest.mark.parametrize(
    ("changed", "outcome", "says"),
    [
        ({"units_left": 1}, "met", "1 unit left"),
        ({"units_left": 0}, "missing", "no units left"),
        ({"units_left": None}, "needs_confirmation", "the units left"),
        ({"number": ""}, "needs_confirmation", "its number"),
        ({"covers_group": False}, "missing", "another service, not for group"),
        ({"covers_group": None}, "needs_confirmation", "whether it covers group"),
        # The stricter wins: expired and without a number is still expired.
        ({"number": "", "ends_on": date(2026, 3, 13)}, "missing", "ended on 2026-03-13"),
        ({"ends_on": None, "starts_on": date(2026, 3, 15)}, "missing", "begins on 2026-03-15"),
        ({"starts_on": date(2026, 3, 20), "ends_on": date(2026, 3, 10)}, "missing", "2026-03-10"),
    ],
)  # fmt: skip
def test_units_number_and_what_it_covers(changed: dict[str, object], outcome: str, says: str) -> None:
    given_ = authorization(date(2026, 1, 1), date(2026, 6, 30), **changed)
    check = check_authorization(given_, date(2026, 3, 14))
    assert check.outcome == outcome
    assert says in check.reason


@pytest.mark.parametrize("changed", [{"units_left": 0}, {"number": ""}, {"covers_group": False}])
def test_where_the_payer_asks_for_none_one_that_falls_short_harms_nothing(changed: dict[str, object]) -> None:
    given_ = authorization(date(2026, 1, 1), date(2026, 6, 30), **changed)
    assert check_authorization(given_, date(2026, 3, 14), not_needed="QualChoice asks for none.").outcome == "met"


@pytest.mark.parametrize("written", ["A-0", "20117", "AUTH 7", "0A"])
def test_a_number_is_one_with_or_without_letters(written: str) -> None:
    assert is_number(written)


@pytest.mark.parametrize("written", ["", "-", "none", "n/a", "PENDING", "0", "000-00", "TBD"])
def test_a_word_or_zeros_in_place_of_a_number_are_none(written: str) -> None:
    assert not is_number(written)
