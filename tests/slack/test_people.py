"""A name that an admin types is the one person of the practice who goes by it, or nobody."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.errors import UserError
from bot.slack.people import find_person

PEOPLE = (
    {"id": "U0000001", "name": "sam", "real_name": "Sam Ortiz", "profile": {"display_name": "Sam"}},
    {"id": "U0000002", "name": "rosa", "real_name": "Rosa  Lindqvist", "profile": {"display_name": "Alex"}},
    {"id": "U0000003", "name": "alex", "real_name": "Alex Moss", "profile": {}},
    {"id": "U0000004", "name": "gone", "deleted": True, "profile": {}},
    {"id": "U0000005", "name": "helper", "is_bot": True, "profile": {}},
    {"id": "U0000006", "name": "partner", "is_stranger": True, "profile": {}},
)


class Client:
    """Lists people two a page, as Slack pages a long list."""

    def users_list(self, limit: int) -> Iterator[dict[str, Any]]:
        assert limit
        return iter([{"members": PEOPLE[at : at + 2]} for at in range(0, len(PEOPLE), 2)])

    def users_info(self, user: str) -> dict[str, Any]:
        return {"user": next(one for one in PEOPLE if one["id"] == user)}


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("@sam", "U0000001"),
        ("@Sam Ortiz", "U0000001"),
        ("@rosa lindqvist", "U0000002"),
        ("@Alex Moss", "U0000003"),
        ("U0000003", "U0000003"),
        ("<@U0000003|alex>", "U0000003"),
    ],
)
def test_one_person_is_found(typed: str, person: str) -> None:
    assert find_person(Client(), typed) == person


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("@alex", "Several people"),
        ("@nobody", "nobody of that name"),
        ("@gone", "nobody of that name"),
        ("@helper", "nobody of that name"),
        ("@partner", "nobody of that name"),
        ("U0000006", "nobody of that name"),
    ],
)
def test_nobody_or_several_is_one_line(typed: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        find_person(Client(), typed)
