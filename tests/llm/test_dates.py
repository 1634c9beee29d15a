"""A birth date is hidden however it is written again; a date of service stays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.identifying.dates import dates_in
from bot.llm.redaction import redact

FORMS = ("%m/%d/%Y", "%m-%d-%Y", "%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%b %d %Y", "%Y%m%d")


@given(st.dates(date(1940, 1, 1), date(2015, 12, 31)), st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_a_birth_date_told_once_is_hidden_in_every_writing(birth: date, first: str, again: str) -> None:
    written = birth.strftime(again)
    text = f"Session 09/14/2026.\nPatient: K.L., DOB {birth.strftime(first)}.\nSpoke of {written} and of worry."
    redacted = redact(text, ["K.L."])
    assert written not in redacted.text
    assert "09/14/2026" in redacted.text
    assert redacted.restore(redacted.text) == text


@given(st.integers(0, 3 * 365))
def test_dates_of_the_last_years_stay(days: int) -> None:
    earlier = date(2026, 9, 14) - timedelta(days=days)
    text = f"Date of service 2026-09-14. Seen in group on {earlier:%m/%d/%Y}."
    assert redact(text).text == text


@pytest.mark.parametrize("unlabelled", ["07-11-1990", "7/11/90", "July 11, 1990", "1990-07-11"])
def test_a_date_long_before_the_session_goes_without_a_label(unlabelled: str) -> None:
    assert unlabelled not in redact(f"09/14/2026\nClient: T.W., {unlabelled}\nSpoke.", ["T.W."]).text


@pytest.mark.parametrize("text", ["GAD-7 14/21/3", "F41.1", "90853", "1:1", "99/99/2026"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert list(dates_in(text)) == []
