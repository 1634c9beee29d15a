"""A number is read with what it bounds and what it counts."""

import pytest

from bot.llm.bounds import bounds, counted, rates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at least 45 minutes", {"45": {"least"}}),
        ("no more than ten members", {"10": {"most"}}),
        ("3 to 12 members", {"3": {"least"}, "12": {"most"}}),
        ("12 members or fewer", {"12": {"most"}}),
        ("more than one session", {"1": {"least"}}),
        ("until April 11, 2023", {"2023": {"most"}}),
        ("since 2017", {"2017": {"least"}}),
        ("modifier 59 or 95", {"59": {""}, "95": {""}}),
        ("not to 90853", {}),
    ],
)
def test_which_way_a_figure_bounds(text: str, found: dict[str, set[str]]) -> None:
    assert bounds(text) == found


def test_what_a_figure_counts() -> None:
    assert counted("3 to 12 members for 45 minutes") == {"3": {"member"}, "12": {"member"}, "45": {"minut"}}


def test_how_often_it_holds() -> None:
    assert rates("two units per day") == {"day"}
    assert rates("each session has its own note") == set()
