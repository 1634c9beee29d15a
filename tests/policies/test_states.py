"""States in free text: codes, names, short forms, and the two-letter English words that are none."""

import pytest

from bot.policies.states import find_states, state_code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("in Minnesota", ["MN"]),
        ("group size, TX", ["TX"]),
        ("in mn", ["MN"]),
        ("North Dakota and New Jersey", ["ND", "NJ"]),
        ("Califronia", ["CA"]),
        ("washington dc", ["DC"]),
        ("let me know or ask him in time", []),
        ("OK, so is it ok", []),
    ],
)
def test_states_named(text: str, codes: list[str]) -> None:
    assert [span.code for span in find_states(text) if span.sure] == codes


@pytest.mark.parametrize(
    ("given", "code"), [("mn", "MN"), ("New York", "NY"), ("D.C.", "DC"), ("ZZ", ""), ("Atlantis", ""), ("", "")]
)
def test_a_state_given_alone(given: str, code: str) -> None:
    assert state_code(given) == code
