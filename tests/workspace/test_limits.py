"""Slack's limits: at the limit it is taken, one past it is refused, and the refusal names the block."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.workspace import limits
from bot.workspace.errors import ApiError


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def words(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": words(text), **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def options(count: int) -> list[dict[str, Any]]:
    return [{"text": plain(f"{n}"), "value": f"{n}"} for n in range(count)]


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def buttons(count: int) -> dict[str, Any]:
    return actions(*(button(action_id=f"a{n}") for n in range(count)))


def select(**more: Any) -> dict[str, Any]:
    return actions({"type": "static_select", "action_id": "s", "options": options(1), **more})


def chooser(kind: str, count: int) -> dict[str, Any]:
    return actions({"type": kind, "action_id": "c", "options": options(count)})


def text_input(**more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "i", **more}
    return {"type": "input", "label": plain("Label"), "element": element}


def table(rows: int, cells: int) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * cells for _ in range(rows)]}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a", **more}


def refusal(blocks: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        limits.check_blocks(blocks)
    return caught.value


AT_AND_PAST = [
    ("section text", section("x" * 3000), section("x" * 3001), "/blocks/0/text/text"),
    ("fields", section(fields=[words("x")] * 10), section(fields=[words("x")] * 11), "/blocks/0/fields"),
    ("field", section(fields=[words("x" * 2000)]), section(fields=[words("x" * 2001)]), "/blocks/0/fields/0/text"),
    (
        "header",
        {"type": "header", "text": plain("x" * 150)},
        {"type": "header", "text": plain("x" * 151)},
        "/blocks/0/text/text",
    ),
    (
        "markdown",
        {"type": "markdown", "text": "x" * 12000},
        {"type": "markdown", "text": "x" * 12001},
        "/blocks/0/text",
    ),
    (
        "context",
        {"type": "context", "elements": [words("x")] * 10},
        {"type": "context", "elements": [words("x")] * 11},
        "/blocks/0/elements",
    ),
    (
        "button text",
        actions(button(text=plain("x" * 75))),
        actions(button(text=plain("x" * 76))),
        "/elements/0/text/text",
    ),
    ("button value", actions(button(value="x" * 2000)), actions(button(value="x" * 2001)), "/elements/0/value"),
    ("button url", actions(button(url="x" * 3000)), actions(button(url="x" * 3001)), "/elements/0/url"),
    ("action id", actions(button(action_id="x" * 255)), actions(button(action_id="x" * 256)), "/elements/0/action_id"),
    ("block id", section(block_id="x" * 255), section(block_id="x" * 256), "/blocks/0/block_id"),
    ("actions", buttons(25), buttons(26), "/blocks/0/elements"),
    ("options", select(options=options(100)), select(options=options(101)), "/elements/0/options"),
    ("overflow", chooser("overflow", 5), chooser("overflow", 6), "/elements/0/options"),
    ("checkboxes", chooser("checkboxes", 10), chooser("checkboxes", 11), "/elements/0/options"),
    ("radio", chooser("radio_buttons", 10), chooser("radio_buttons", 11), "/elements/0/options"),
    (
        "option text",
        select(options=[{"text": plain("x" * 75), "value": "v"}]),
        select(options=[{"text": plain("x" * 76), "value": "v"}]),
        "/options/0/text/text",
    ),
    (
        "option value",
        select(options=[{"text": plain("x"), "value": "v" * 150}]),
        select(options=[{"text": plain("x"), "value": "v" * 151}]),
        "/options/0/value",
    ),
    (
        "placeholder",
        select(placeholder=plain("x" * 150)),
        select(placeholder=plain("x" * 151)),
        "/elements/0/placeholder/text",
    ),
    ("input length", text_input(max_length=3000), text_input(max_length=3001), "/element/max_length"),
    (
        "initial value",
        text_input(initial_value="x" * 3000),
        text_input(initial_value="x" * 3001),
        "/element/initial_value",
    ),
    ("table rows", table(100, 2), table(101, 2), "/blocks/0/rows"),
    ("table cells", table(2, 20), table(2, 21), "/blocks/0/rows/0"),
    ("alt text", image(alt_text="x" * 2000), image(alt_text="x" * 2001), "/blocks/0/alt_text"),
]


@pytest.mark.parametrize(("name", "at", "past", "pointer"), AT_AND_PAST, ids=[row[0] for row in AT_AND_PAST])
def test_at_the_limit_it_is_taken_and_past_it_refused(name: str, at: Any, past: Any, pointer: str) -> None:
    limits.check_blocks([at])
    error = refusal([past])
    assert error.code == "invalid_blocks"
    assert any(f"{pointer}]" in message for message in error.messages)
    assert all(message.startswith("[ERROR] ") for message in error.messages)


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        ({"type": "scroll"}, "unsupported type: scroll [json-pointer:/blocks/0/type]"),
        ({"type": "section"}, "missing required field: text or fields [json-pointer:/blocks/0]"),
        (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ({"type": "header", "text": words("x")}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
        (actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
        (actions(button(style="loud")), "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]"),
        (actions(button(), button()), "`action_id` go already exists"),
        (image(alt_text=None), "missing required field: alt_text [json-pointer:/blocks/0]"),
        (table(1, 0), "no fewer than 1 items allowed [json-pointer:/blocks/0/rows/0]"),
        (actions({"type": "plain_text_input", "action_id": "i"}), "unsupported type: plain_text_input"),
        ({"type": "context_actions", "elements": [button()]}, "unsupported type: button"),
    ],
)
def test_a_malformed_block_is_refused_in_slacks_words(block: dict[str, Any], complaint: str) -> None:
    assert any(complaint in message for message in refusal([block]).messages)


def test_a_message_has_fifty_blocks_at_most() -> None:
    limits.check_blocks([{"type": "divider"}] * 50)
    assert refusal([{"type": "divider"}] * 51).messages == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]


def test_a_block_id_names_one_block() -> None:
    assert "already exists" in refusal([section(block_id="a"), section(block_id="a")]).messages[0]


def test_markdown_blocks_count_together() -> None:
    half = {"type": "markdown", "text": "x" * 6000}
    limits.check_blocks([half, half])
    assert refusal([half, half, {"type": "markdown", "text": "x"}]).code == "invalid_blocks"


def test_a_message_holds_one_table() -> None:
    assert "only_one_table_allowed" in refusal([table(1, 1), table(1, 1)]).messages[0]


def test_blocks_that_are_too_much_together_are_refused_though_each_is_short() -> None:
    limits.check_blocks([section("x" * 3000)] * 4)
    assert refusal([section("x" * 3000)] * 5).code == "msg_blocks_too_long"


@pytest.mark.parametrize("blocks", ["text", {"type": "divider"}, ["divider"], [None]])
def test_what_is_no_list_of_blocks_has_its_own_name(blocks: Any) -> None:
    assert refusal(blocks).code == "invalid_blocks_format"


def test_an_update_takes_less_text_than_a_post() -> None:
    limits.check_message({"text": "x" * 40_000})
    limits.check_message({"text": "x" * 4_000}, update=True)
    with pytest.raises(ApiError, match="msg_too_long"):
        limits.check_message({"text": "x" * 4_001}, update=True)


def test_markdown_text_stands_alone() -> None:
    limits.check_message({"markdown_text": "x" * 12_000})
    with pytest.raises(ApiError, match="markdown_text_conflict"):
        limits.check_message({"markdown_text": "x", "text": "y"})


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Title"), "blocks": [{"type": "divider"}], **more}


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        (modal(title=plain("x" * 25)), "/view/title/text"),
        (modal(title=None), "/view"),
        (modal(submit=plain("x" * 25)), "/view/submit/text"),
        (modal(close=plain("x" * 25)), "/view/close/text"),
        (modal(private_metadata="x" * 3001), "/view/private_metadata"),
        (modal(callback_id="x" * 256), "/view/callback_id"),
        (modal(external_id="x" * 256), "/view/external_id"),
        (modal(blocks=[{"type": "divider"}] * 101), "/view/blocks"),
        (modal(blocks=[text_input()]), "/view"),
        (modal(blocks=[{"type": "markdown", "text": "x"}]), "/view/blocks/0/type"),
        ({"type": "sheet", "blocks": []}, "/view/type"),
    ],
)
def test_a_view_past_a_limit_is_refused_with_its_place(view: dict[str, Any], pointer: str) -> None:
    with pytest.raises(ApiError, match="invalid_arguments") as caught:
        limits.check_view(view)
    assert caught.value.messages[0].endswith(f"[json-pointer:{pointer}]")


def test_a_view_at_its_limits_is_taken() -> None:
    limits.check_view(
        modal(
            title=plain("x" * 24),
            submit=plain("x" * 24),
            private_metadata="x" * 3000,
            blocks=[{"type": "divider"}] * 99 + [text_input()],
        )
    )
    limits.check_view({"type": "home", "blocks": []})


def test_a_view_too_large_in_all_is_refused() -> None:
    big = [section("x" * 3000) for _ in range(99)]
    with pytest.raises(ApiError, match="view_too_large"):
        limits.check_view(modal(blocks=big))


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "text", "elements", "element", "options", "rows", "accessory", "fields", "title"]
                ),
                inner | st.sampled_from(["section", "actions", "button", "static_select", "table", "input", "context"]),
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_is_sent_is_taken_or_refused_but_never_breaks_the_check(payload: Any) -> None:
    for check in (limits.check_blocks, limits.check_view):
        with contextlib.suppress(ApiError):
            check(payload)
