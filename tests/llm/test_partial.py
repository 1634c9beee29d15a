"""An object read while it comes gives each member once, when it is whole, wherever the pieces are cut."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.partial import Members

REPLY = {
    "decision": "allowed",
    "sentences": [{"text": 'He said "a, ]}" \\ é 🙂', "rests_on": ["F1"]}, {"text": ""}],
    "n": 12,
}
WHOLE = [("decision", "allowed"), ("sentences", REPLY["sentences"][0]), ("sentences", {"text": ""}), ("n", 12)]


def read(text: str, size: int) -> list[tuple[str, object]]:
    members = Members()
    return [found for at in range(0, len(text), size) for found in members.feed(text[at : at + size])]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("text", [json.dumps(REPLY), json.dumps(REPLY, indent=2), f"```json\n{json.dumps(REPLY)}\n```"])
def test_every_member_is_given_once_whatever_the_pieces(text: str, size: int) -> None:
    assert read(text, size) == WHOLE


def test_what_is_not_closed_is_not_given() -> None:
    text = json.dumps(REPLY)
    cut = text.index("rests_on")

    assert read(text[:cut], 5) == WHOLE[:1]
    assert read('{"decision": "allow', 4) == []
    assert read('{"n": 12', 8) == []


@pytest.mark.parametrize("text", ["", "no", "[[[]]]", '{"a" "b"}', "{1: 2}", '{"a": }', '{"a": [1, }', "}{"])
def test_what_is_no_object_gives_nothing_wrong(text: str) -> None:
    assert [name for name, _ in read(text, 1) if name not in ("a",)] == []


@given(
    st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text() | st.none()), max_size=4),
    st.integers(1, 9),
)
def test_any_object_is_read_as_json_reads_it(value: dict[str, object], size: int) -> None:
    found: dict[str, object] = {name: [] for name, one in value.items() if isinstance(one, list)}
    for name, one in read(json.dumps(value, ensure_ascii=False), size):
        if isinstance(found.get(name), list) and isinstance(value[name], list):
            found[name] = [*found[name], one]  # type: ignore[misc]
        else:
            found[name] = one

    assert found == value
