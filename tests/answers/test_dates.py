"""Dates of service as people write them."""

from datetime import date

import pytest

from bot.answers.dates import find_date
from bot.answers.service import AnswerService
from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver

TODAY = date(2026, 11, 24)
CATALOG = load_catalog()
SERVICE = AnswerService(CATALOG, Resolver(CATALOG), None, None, lambda: TODAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DOS 2024-03-14", date(2024, 3, 14)),
        ("for 3/14/2024", date(2024, 3, 14)),
        ("for 3/14/24", date(2024, 3, 14)),
        ("on March 3, 2025", date(2025, 3, 3)),
        ("on 3rd of March 2025", date(2025, 3, 3)),
        ("back in March 2023", date(2023, 3, 15)),
        ("last March", date(2026, 3, 15)),
        ("last December", date(2025, 12, 15)),
        ("seen on 12/30", date(2025, 12, 30)),
        ("yesterday's group", date(2026, 11, 23)),
        ("two weeks ago", date(2026, 11, 10)),
        ("last year", date(2025, 7, 1)),
        ("claims in 2012", date(2012, 7, 1)),
        ("in 2026", TODAY),
        ("90853 and 90837 at 10/20 minutes", None),
        ("on 2/30/2024", None),
        ("may I bill 2 units", None),
        ("POS 10 vs 02", None),
    ],
)
def test_a_date_of_service_is_found(text: str, found: date | None) -> None:
    assert find_date(text, TODAY) == found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Aetna same day on 2031-05-05?", "2031-05-05 lies ahead"),
        ("Medicare group and individual on 13/45/2026?", "13/45/2026 is no date"),
    ],
)
def test_a_date_that_lies_ahead_or_that_no_calendar_has_is_told_first(question: str, said: str) -> None:
    assert SERVICE.ask(question).answers[0].next_step.startswith(said)
