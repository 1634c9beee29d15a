"""What Slack's reference asks of elements and of the blocks around them, beyond plain lengths."""

from typing import Any

import pytest

from bot.workspace import limits
from bot.workspace.errors import ApiError

from .test_limits import actions, button, modal, options, plain, refusal, select, text_input, words

Json = dict[str, Any]


def pick(kind: str, **more: Any) -> Json:
    return actions({"type": kind, "action_id": "p", **more})


def typed(kind: str, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": {"type": kind, "action_id": "i", **more}}


def video(**more: Any) -> Json:
    whole = {"type": "video", "title": plain("Lesson"), "alt_text": "A lesson"}
    return {**whole, "video_url": "https://example.com/v", "thumbnail_url": "https://example.com/t.png", **more}


def task(**more: Any) -> Json:
    return {"type": "task_card", "task_id": "t", "title": "Read", **more}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def listed(**more: Any) -> Json:
    return rich({"type": "rich_text_list", "style": "bullet", "elements": [], **more})


TWO = options(2)
GROUPS = [{"label": plain("G"), "options": TWO}]
TAKEN_AND_REFUSED = [
    ("initial option", select(options=TWO, initial_option=TWO[1]), select(initial_option=TWO[1]), "initial_option"),
    (
        "initial option in a group",
        pick("static_select", option_groups=GROUPS, initial_option=TWO[1]),
        pick("static_select", option_groups=GROUPS, initial_option=options(3)[2]),
        "initial_option",
    ),
    (
        "initial options",
        pick("checkboxes", options=TWO, initial_options=TWO),
        pick("checkboxes", options=TWO, initial_options=options(3)),
        "initial_options/2",
    ),
    ("options or groups", select(options=TWO), select(options=TWO, option_groups=GROUPS), "elements/0"),
    ("date", pick("datepicker", initial_date="2026-03-04"), pick("datepicker", initial_date="3/4/26"), "initial_date"),
    ("time", pick("timepicker", initial_time="23:59"), pick("timepicker", initial_time="24:00"), "initial_time"),
    (
        "moment",
        pick("datetimepicker", initial_date_time=1_772_600_000),
        pick("datetimepicker", initial_date_time="2026-03-04"),
        "initial_date_time",
    ),
    (
        "a moment stands in actions and inputs",
        typed("datetimepicker"),
        {"type": "section", "text": words("x"), "accessory": {"type": "datetimepicker", "action_id": "d"}},
        "accessory/type",
    ),
    (
        "most chosen",
        typed("multi_users_select", max_selected_items=1),
        typed("multi_users_select", max_selected_items=0),
        "max_selected_items",
    ),
    (
        "query",
        typed("external_select", min_query_length=0),
        typed("external_select", min_query_length=-1),
        "min_query_length",
    ),
    (
        "shortest over longest",
        text_input(min_length=2, max_length=2),
        text_input(min_length=3, max_length=2),
        "min_length",
    ),
    (
        "numbers",
        typed("number_input", is_decimal_allowed=True, min_value="1", max_value="2.5"),
        typed("number_input", is_decimal_allowed=True, min_value="one"),
        "min_value",
    ),
    (
        "least over most",
        typed("number_input", is_decimal_allowed=False, min_value="1", max_value="12"),
        typed("number_input", is_decimal_allowed=False, min_value="12", max_value="1"),
        "min_value",
    ),
    (
        "when to tell",
        text_input(dispatch_action_config={"trigger_actions_on": ["on_character_entered"]}),
        text_input(dispatch_action_config={"trigger_actions_on": ["on_blur"]}),
        "trigger_actions_on",
    ),
    (
        "an address in an overflow menu only",
        pick("overflow", options=[{**TWO[0], "url": "https://example.com"}]),
        select(options=[{**TWO[0], "url": "https://example.com"}]),
        "options/0/url",
    ),
    (
        "style of a confirmation",
        actions(
            button(
                confirm={
                    "title": plain("a"),
                    "text": words("b"),
                    "confirm": plain("c"),
                    "deny": plain("d"),
                    "style": "danger",
                }
            )
        ),
        actions(
            button(
                confirm={
                    "title": plain("a"),
                    "text": words("b"),
                    "confirm": plain("c"),
                    "deny": plain("d"),
                    "style": "red",
                }
            )
        ),
        "confirm/style",
    ),
    (
        "a workflow's trigger",
        pick("workflow_button", text=plain("Go"), workflow={"trigger": {"url": "https://example.com"}}),
        pick("workflow_button", text=plain("Go")),
        "elements/0",
    ),
    ("video title", video(title=plain("x" * 199)), video(title=plain("x" * 200)), "title/text"),
    ("video author", video(author_name="x" * 49), video(author_name="x" * 50), "author_name"),
    ("video address", video(), video(video_url="http://example.com/v"), "video_url"),
    ("video alt text", video(), video(alt_text=None), "blocks/0"),
    (
        "image or file",
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a"},
        {"type": "image", "slack_file": {}, "alt_text": "a"},
        "slack_file",
    ),
    ("call", {"type": "call", "call_id": "R1"}, {"type": "call"}, "blocks/0"),
    (
        "file",
        {"type": "file", "external_id": "F", "source": "remote"},
        {"type": "file", "external_id": "F"},
        "blocks/0",
    ),
    ("task", task(status="complete"), task(status="done"), "status"),
    ("task title", task(), task(title=None), "blocks/0"),
    (
        "plan",
        {"type": "plan", "title": "P", "tasks": [task()]},
        {"type": "plan", "title": "P", "tasks": [{}]},
        "tasks/0",
    ),
    ("list style", listed(), listed(style="dotted"), "style"),
    (
        "rich text piece",
        rich({"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}),
        rich({"type": "rich_text_section", "elements": [{"type": "mrkdwn", "text": "x"}]}),
        "elements/0/elements/0/type",
    ),
    (
        "column",
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]], "column_settings": [{"align": "right"}]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]], "column_settings": [{"align": "middle"}]},
        "column_settings/0/align",
    ),
]


@pytest.mark.parametrize(
    ("name", "taken", "refused", "pointer"), TAKEN_AND_REFUSED, ids=[r[0] for r in TAKEN_AND_REFUSED]
)
def test_what_the_reference_asks_is_asked(name: str, taken: Json, refused: Json, pointer: str) -> None:
    limits.check_blocks([taken])
    assert any(f"{pointer}]" in message for message in refusal([refused]).messages)


def test_a_file_input_takes_one_to_ten_files() -> None:
    limits.check_view(modal(submit=plain("Go"), blocks=[typed("file_input", max_files=10)]))
    with pytest.raises(ApiError) as caught:
        limits.check_view(modal(submit=plain("Go"), blocks=[typed("file_input", max_files=11)]))
    assert "/element/max_files]" in caught.value.messages[0]


def test_one_element_of_a_view_may_ask_for_the_focus() -> None:
    limits.check_view(modal(submit=plain("Go"), blocks=[text_input(focus_on_load=True), text_input()]))
    with pytest.raises(ApiError) as caught:
        limits.check_view(modal(submit=plain("Go"), blocks=[text_input(focus_on_load=True)] * 2))
    assert "focus_on_load" in caught.value.messages[0]


def test_a_message_holds_a_hundred_attachments() -> None:
    limits.check_message({"attachments": [{"text": "x"}] * 100})
    with pytest.raises(ApiError, match="too_many_attachments"):
        limits.check_message({"attachments": [{"text": "x"}] * 101})
