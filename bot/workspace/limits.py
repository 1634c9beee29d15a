"""Slack's documented limits, checked on everything the app sends, and refused in Slack's own words.

Sources, by their names on docs.slack.dev: the reference pages of each block, element and composition object
(Block Kit), "view object", "chat.postMessage", "chat.update", "chat.appendStream". The budget of a whole
message is undocumented: 13,297 characters for one block and 125 fewer for each further one was measured in
bolt-js issues 2509 and 2867.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.workspace.element_limits import (
    ACCESSORIES,
    ACTION_ELEMENTS,
    IDENTIFIER,
    INPUT_ELEMENTS,
    INPUT_LABEL,
    URL,
    check_element,
    check_image,
)
from bot.workspace.errors import ApiError
from bot.workspace.problems import Obj, Problems, is_one_of
from bot.workspace.rich_text_limits import check_rich_text

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TEXT_POSTED, TEXT_UPDATED = 40_000, 4_000
SECTION_TEXT, FIELD_TEXT, FIELDS = 3_000, 2_000, 10
MARKDOWN_TEXT, HEADER_TEXT = 12_000, 150
ACTIONS, CONTEXT_ELEMENTS, CONTEXT_ACTIONS = 25, 10, 5
TABLE_ROWS, TABLE_CELLS, TABLE_TEXT = 100, 20, 10_000
VIEW_TITLE, PRIVATE_METADATA, VIEW_BYTES, MODAL_STACK = 24, 3_000, 250_000, 3
MESSAGE_BUDGET, BLOCK_COST = 13_297, 125
PROMPTS, ATTACHMENTS = 4, 100
VIDEO_TEXT, VIDEO_AUTHOR = 199, 49

_BOTH_SURFACES = {"section", "divider", "header", "context", "actions", "input", "image", "rich_text", "video"}
_MESSAGE_ONLY = {
    *("markdown", "table", "context_actions", "file", "call", "plan", "task_card"),
    *("alert", "card", "carousel", "container", "auth_provider"),
}


def check_message(payload: Obj, *, update: bool = False) -> None:
    """Refuse a message as chat.postMessage or chat.update would.

    Slack cuts a posted text over 40,000 characters short without a word; here it is refused, since a reply
    cut in the middle is a bug of the sender.
    """
    text, blocks, markdown = payload.get("text"), payload.get("blocks"), payload.get("markdown_text")
    if markdown is not None and (text or blocks):
        raise ApiError("markdown_text_conflict")
    if not (text or blocks or markdown or payload.get("attachments")):
        raise ApiError("no_text")
    if text is not None and not isinstance(text, str):
        raise ApiError("invalid_arguments", ["[ERROR] must be a string [json-pointer:/text]"])
    if len(text or "") > (TEXT_UPDATED if update else TEXT_POSTED) or len(markdown or "") > MARKDOWN_TEXT:
        raise ApiError("msg_too_long")
    attachments = payload.get("attachments")
    if isinstance(attachments, list) and len(attachments) > ATTACHMENTS:
        raise ApiError("too_many_attachments")
    if blocks:
        check_blocks(blocks)
    check_metadata(payload.get("metadata"))


def check_metadata(metadata: Any) -> None:
    """Refuse what is no event type with a payload, as chat.postMessage does ("Message metadata")."""
    if metadata is None:
        return
    payload = metadata.get("event_payload") if isinstance(metadata, Mapping) else None
    if not isinstance(payload, Mapping) or not isinstance(metadata.get("event_type"), str):
        raise ApiError("invalid_metadata_format")


def check_blocks(blocks: Any) -> None:
    """Refuse a message's blocks with `invalid_blocks`, or `msg_blocks_too_long` when they are too much together."""
    if not isinstance(blocks, list) or not all(isinstance(block, Mapping) for block in blocks):
        raise ApiError("invalid_blocks_format")
    problems = Problems()
    problems.items(blocks, "/blocks", MESSAGE_BLOCKS)
    _check_each(problems, blocks, "/blocks", _BOTH_SURFACES | _MESSAGE_ONLY, "message")
    written = sum(len(str(b.get("text", ""))) for b in blocks if b.get("type") == "markdown")
    if written > MARKDOWN_TEXT:
        problems.add("/blocks", f"markdown blocks must be less than {MARKDOWN_TEXT + 1} characters together")
    if sum(block.get("type") == "table" for block in blocks) > 1:
        problems.add("/blocks", "only_one_table_allowed")
    if problems.found:
        raise ApiError("invalid_blocks", [f"[ERROR] {problem}" for problem in problems.found])
    if weight(blocks) > MESSAGE_BUDGET:
        raise ApiError("msg_blocks_too_long")


def weight(blocks: Sequence[Any]) -> int:
    """What a message's blocks cost of its budget of 13,297: their text, and 125 for each block after the first."""
    return _text_length(blocks) + BLOCK_COST * max(0, len(blocks) - 1)


def _text_length(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(
            len(inner) if key == "text" and isinstance(inner, str) else _text_length(inner)
            for key, inner in value.items()
        )
    return sum(_text_length(inner) for inner in value) if isinstance(value, list) else 0


def check_view(view: Any) -> None:
    """Refuse a view as views.open, push, update and publish would (`invalid_arguments`, `view_too_large`)."""
    problems = Problems()
    if not isinstance(view, Mapping):
        raise ApiError("invalid_arguments", ["[ERROR] must provide an object [json-pointer:/view]"])
    kind = view.get("type")
    if not is_one_of(kind, ("modal", "home")):
        raise ApiError("invalid_arguments", [f"[ERROR] unsupported type: {kind} [json-pointer:/view/type]"])
    problems.longest(view.get("private_metadata"), "/view/private_metadata", PRIVATE_METADATA)
    problems.longest(view.get("callback_id"), "/view/callback_id", IDENTIFIER)
    problems.longest(view.get("external_id"), "/view/external_id", IDENTIFIER)
    blocks = problems.items(view.get("blocks"), "/view/blocks", VIEW_BLOCKS, minimum=0 if kind == "home" else 1)
    if kind == "modal":
        problems.text(view.get("title"), "/view/title", VIEW_TITLE, "plain_text")
        for button in ("submit", "close"):
            problems.text(view.get(button), f"/view/{button}", VIEW_TITLE, "plain_text", required=False)
        if any(isinstance(b, Mapping) and b.get("type") == "input" for b in blocks) and not view.get("submit"):
            problems.missing("/view/submit")
    _check_each(problems, blocks, "/view/blocks", _BOTH_SURFACES, str(kind))
    focused = [at for at, block in enumerate(blocks) if isinstance(block, Mapping) and _asks_for_focus(block)]
    for at in focused[1:]:
        problems.add(f"/view/blocks/{at}", "only one element may set focus_on_load")
    if problems.found:
        raise ApiError("invalid_arguments", [f"[ERROR] {problem}" for problem in problems.found])
    if len(json.dumps(view)) > VIEW_BYTES:
        raise ApiError("view_too_large")


def _check_each(problems: Problems, blocks: Sequence[Any], root: str, allowed: set[str], surface: str) -> None:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        pointer = f"{root}/{index}"
        if not isinstance(block, Mapping):
            problems.add(pointer, "must provide an object")
            continue
        kind, block_id = problems.kind(block, pointer, allowed), block.get("block_id")
        if kind is None:
            continue
        problems.longest(block_id, f"{pointer}/block_id", IDENTIFIER)
        if isinstance(block_id, str) and block_id in seen:
            problems.add(f"{pointer}/block_id", "`block_id` already exists for another block")
        if isinstance(block_id, str):
            seen.add(block_id)
        if kind == "input" and surface != "modal" and _element_kind(block) == "file_input":
            problems.add(f"{pointer}/element/type", "unsupported type: file_input")
        check = _BLOCKS.get(kind)
        if check:
            check(problems, block, pointer)


def _asks_for_focus(block: Obj) -> bool:
    elements = block.get("elements")
    inner = [block.get("element"), block.get("accessory"), *(elements if isinstance(elements, list) else ())]
    return any(isinstance(element, Mapping) and element.get("focus_on_load") is True for element in inner)


def _element_kind(block: Obj) -> Any:
    element = block.get("element")
    return element.get("type") if isinstance(element, Mapping) else None


def _section(problems: Problems, block: Obj, pointer: str) -> None:
    if block.get("text") is None and not block.get("fields"):
        problems.add(pointer, "missing required field: text or fields")
    problems.text(block.get("text"), f"{pointer}/text", SECTION_TEXT, required=False)
    if block.get("fields") is not None:
        for index, field in enumerate(problems.items(block["fields"], f"{pointer}/fields", FIELDS)):
            problems.text(field, f"{pointer}/fields/{index}", FIELD_TEXT)
    if block.get("accessory") is not None:
        check_element(problems, block["accessory"], f"{pointer}/accessory", ACCESSORIES)


def _header(problems: Problems, block: Obj, pointer: str) -> None:
    problems.text(block.get("text"), f"{pointer}/text", HEADER_TEXT, "plain_text")


def _markdown(problems: Problems, block: Obj, pointer: str) -> None:
    problems.longest(block.get("text"), f"{pointer}/text", MARKDOWN_TEXT, required=True)


def _context(problems: Problems, block: Obj, pointer: str) -> None:
    for index, element in enumerate(problems.items(block.get("elements"), f"{pointer}/elements", CONTEXT_ELEMENTS)):
        at = f"{pointer}/elements/{index}"
        if isinstance(element, Mapping) and element.get("type") == "image":
            check_image(problems, element, at)
        else:
            problems.text(element, at, SECTION_TEXT)


def _actions(problems: Problems, block: Obj, pointer: str) -> None:
    _elements(problems, block, pointer, ACTIONS, ACTION_ELEMENTS)


def _context_actions(problems: Problems, block: Obj, pointer: str) -> None:
    _elements(problems, block, pointer, CONTEXT_ACTIONS, {"feedback_buttons", "icon_button"})


def _elements(problems: Problems, block: Obj, pointer: str, maximum: int, allowed: set[str]) -> None:
    seen: set[str] = set()
    for index, element in enumerate(problems.items(block.get("elements"), f"{pointer}/elements", maximum)):
        at = f"{pointer}/elements/{index}"
        check_element(problems, element, at, allowed)
        action_id = element.get("action_id") if isinstance(element, Mapping) else None
        if action_id in seen:
            problems.add(f"{at}/action_id", f"`action_id` {action_id} already exists for another element")
        if isinstance(action_id, str):
            seen.add(action_id)


def _input(problems: Problems, block: Obj, pointer: str) -> None:
    problems.text(block.get("label"), f"{pointer}/label", INPUT_LABEL, "plain_text")
    problems.text(block.get("hint"), f"{pointer}/hint", INPUT_LABEL, "plain_text", required=False)
    if block.get("element") is None:
        problems.missing(f"{pointer}/element")
    else:
        check_element(problems, block["element"], f"{pointer}/element", INPUT_ELEMENTS)


def _table(problems: Problems, block: Obj, pointer: str) -> None:
    rows = problems.items(block.get("rows"), f"{pointer}/rows", TABLE_ROWS)
    for row_index, row in enumerate(rows):
        at = f"{pointer}/rows/{row_index}"
        for index, cell in enumerate(problems.items(row, at, TABLE_CELLS)):
            if problems.kind(cell, f"{at}/{index}", ("raw_text", "raw_number", "rich_text")) == "raw_text":
                problems.longest(cell.get("text"), f"{at}/{index}/text", TABLE_TEXT, required=True)
    if _text_length(rows) > TABLE_TEXT:
        problems.add(f"{pointer}/rows", f"must be less than {TABLE_TEXT + 1} characters together")
    if block.get("column_settings") is not None:
        columns = problems.items(block["column_settings"], f"{pointer}/column_settings", TABLE_CELLS, minimum=0)
        for index, column in enumerate(columns):
            align = column.get("align") if isinstance(column, Mapping) else None
            problems.choice(align, f"{pointer}/column_settings/{index}/align", ("left", "center", "right"))


def _video(problems: Problems, block: Obj, pointer: str) -> None:
    problems.text(block.get("title"), f"{pointer}/title", VIDEO_TEXT, "plain_text")
    problems.text(block.get("description"), f"{pointer}/description", VIDEO_TEXT, "plain_text", required=False)
    problems.longest(block.get("alt_text"), f"{pointer}/alt_text", INPUT_LABEL, required=True)
    problems.longest(block.get("author_name"), f"{pointer}/author_name", VIDEO_AUTHOR)
    problems.longest(block.get("thumbnail_url"), f"{pointer}/thumbnail_url", URL, required=True)
    problems.longest(block.get("video_url"), f"{pointer}/video_url", URL, required=True)
    for name in ("video_url", "title_url"):
        if block.get(name) and not str(block[name]).startswith("https://"):
            problems.add(f"{pointer}/{name}", "must be an HTTPS URL")


def _call(problems: Problems, block: Obj, pointer: str) -> None:
    problems.longest(block.get("call_id"), f"{pointer}/call_id", IDENTIFIER, required=True)


def _file(problems: Problems, block: Obj, pointer: str) -> None:
    problems.longest(block.get("external_id"), f"{pointer}/external_id", IDENTIFIER, required=True)
    if block.get("source") != "remote":
        problems.missing(f"{pointer}/source")


def _task_card(problems: Problems, block: Obj, pointer: str) -> None:
    for name in ("task_id", "title"):
        problems.longest(block.get(name), f"{pointer}/{name}", SECTION_TEXT, required=True)
    problems.choice(block.get("status"), f"{pointer}/status", _TASK_STATES)


def _plan(problems: Problems, block: Obj, pointer: str) -> None:
    problems.longest(block.get("title"), f"{pointer}/title", SECTION_TEXT, required=True)
    tasks = block.get("tasks")
    for index, task in enumerate(
        problems.items(tasks, f"{pointer}/tasks", MESSAGE_BLOCKS) if tasks is not None else ()
    ):
        at = f"{pointer}/tasks/{index}"
        if isinstance(task, Mapping):
            _task_card(problems, task, at)
        else:
            problems.add(at, "must provide an object")


_TASK_STATES = ("pending", "in_progress", "complete", "error")
_BLOCKS: dict[str, Callable[[Problems, Obj, str], None]] = {
    "section": _section,
    "header": _header,
    "markdown": _markdown,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "input": _input,
    "image": check_image,
    "table": _table,
    "rich_text": check_rich_text,
    "video": _video,
    "call": _call,
    "file": _file,
    "task_card": _task_card,
    "plan": _plan,
}
