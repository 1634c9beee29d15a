"""Slack's documented limits, checked on everything the app sends, and refused in Slack's own words.

Sources, by their names on docs.slack.dev: the reference pages of each block, element and composition object
(Block Kit), "view object", "chat.postMessage", "chat.update", "chat.appendStream". The budget of a whole
message is undocumented: 13,297 characters for one block and 125 fewer for each further one was measured in
bolt-js issues 2509 and 2867.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from bot.workspace.errors import ApiError

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TEXT_POSTED, TEXT_UPDATED = 40_000, 4_000
SECTION_TEXT, FIELD_TEXT, FIELDS = 3_000, 2_000, 10
MARKDOWN_TEXT, HEADER_TEXT = 12_000, 150
BUTTON_TEXT, BUTTON_VALUE, URL = 75, 2_000, 3_000
IDENTIFIER, PLACEHOLDER = 255, 150
OPTION_TEXT, OPTION_VALUE, OPTIONS, CHOICES, OVERFLOW = 75, 150, 100, 10, 5
INPUT_LABEL, PLAIN_INPUT = 2_000, 3_000
ACTIONS, CONTEXT_ELEMENTS, CONTEXT_ACTIONS = 25, 10, 5
TABLE_ROWS, TABLE_CELLS, TABLE_TEXT = 100, 20, 10_000
VIEW_TITLE, PRIVATE_METADATA, VIEW_BYTES, MODAL_STACK = 24, 3_000, 250_000, 3
MESSAGE_BUDGET, BLOCK_COST = 13_297, 125
PROMPTS = 4

_SELECTS = {
    f"{many}{source}_select"
    for many in ("", "multi_")
    for source in ("static", "external", "users", "conversations", "channels")
}
_PICKERS = {"datepicker", "timepicker", "datetimepicker"}
_CHOOSERS = {"checkboxes", "radio_buttons"}
_TEXT_INPUTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
INPUT_ELEMENTS = _SELECTS | _PICKERS | _CHOOSERS | _TEXT_INPUTS | {"file_input"}
_ACTION_ELEMENTS = _SELECTS | _PICKERS | _CHOOSERS | {"button", "overflow", "workflow_button"}
_ACCESSORIES = _ACTION_ELEMENTS | {"image"}
_BOTH_SURFACES = {"section", "divider", "header", "context", "actions", "input", "image", "rich_text", "video"}
_MESSAGE_ONLY = {
    *("markdown", "table", "context_actions", "file", "call", "plan", "task_card"),
    *("alert", "card", "carousel", "container", "auth_provider"),
}

Obj = Mapping[str, Any]


class Problems:
    """What Slack would list in response_metadata.messages, each with a JSON pointer to the block."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, pointer: str, what: str) -> None:
        self.found.append(f"{what} [json-pointer:{pointer}]")

    def longest(self, value: Any, pointer: str, maximum: int, *, required: bool = False) -> None:
        """`value` is a string of at most `maximum` characters; an empty one counts as missing where required."""
        if value is None:
            if required:
                parent, _, name = pointer.rpartition("/")
                self.add(parent, f"missing required field: {name}")
        elif not isinstance(value, str):
            self.add(pointer, "must be a string")
        elif required and not value:
            self.add(pointer, "must be more than 0 characters")
        elif len(value) > maximum:
            self.add(pointer, f"must be less than {maximum + 1} characters")

    def text(self, value: Any, pointer: str, maximum: int, *kinds: str, required: bool = True) -> None:
        """`value` is a text object of one of `kinds` (plain_text and mrkdwn unless told)."""
        if value is None:
            if required:
                parent, _, name = pointer.rpartition("/")
                self.add(parent, f"missing required field: {name}")
        elif not isinstance(value, Mapping):
            self.add(pointer, "must provide an object")
        elif not _is_one_of(value.get("type"), kinds or ("plain_text", "mrkdwn")):
            self.add(f"{pointer}/type", f"unsupported type: {value.get('type')}")
        else:
            self.longest(value.get("text"), f"{pointer}/text", maximum, required=True)

    def items(self, value: Any, pointer: str, maximum: int, minimum: int = 1) -> list[Any]:
        """`value` is a list of `minimum` to `maximum` items; returns them for a closer look."""
        if not isinstance(value, list):
            self.add(pointer, "must provide an array" if value is not None else "missing required field")
            return []
        if len(value) > maximum:
            self.add(pointer, f"no more than {maximum} items allowed")
        if len(value) < minimum:
            self.add(pointer, f"no fewer than {minimum} items allowed")
        return value


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
    if not _is_one_of(kind, ("modal", "home")):
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
            problems.add("/view", "missing required field: submit")
    _check_each(problems, blocks, "/view/blocks", _BOTH_SURFACES, str(kind))
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
        kind, block_id = block.get("type"), block.get("block_id")
        if not _is_one_of(kind, allowed):
            problems.add(f"{pointer}/type", f"unsupported type: {kind}")
            continue
        problems.longest(block_id, f"{pointer}/block_id", IDENTIFIER)
        if isinstance(block_id, str) and block_id in seen:
            problems.add(f"{pointer}/block_id", "`block_id` already exists for another block")
        if isinstance(block_id, str):
            seen.add(block_id)
        if kind == "input" and surface != "modal" and _element_kind(block) == "file_input":
            problems.add(f"{pointer}/element/type", "unsupported type: file_input")
        check = _BLOCKS.get(str(kind))
        if check:
            check(problems, block, pointer)


def _is_one_of(kind: object, kinds: Collection[str]) -> bool:
    """A kind may be anything that JSON holds, lists too."""
    return isinstance(kind, str) and kind in kinds


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
        _element(problems, block["accessory"], f"{pointer}/accessory", _ACCESSORIES)


def _header(problems: Problems, block: Obj, pointer: str) -> None:
    problems.text(block.get("text"), f"{pointer}/text", HEADER_TEXT, "plain_text")


def _markdown(problems: Problems, block: Obj, pointer: str) -> None:
    problems.longest(block.get("text"), f"{pointer}/text", MARKDOWN_TEXT, required=True)


def _context(problems: Problems, block: Obj, pointer: str) -> None:
    for index, element in enumerate(problems.items(block.get("elements"), f"{pointer}/elements", CONTEXT_ELEMENTS)):
        at = f"{pointer}/elements/{index}"
        if isinstance(element, Mapping) and element.get("type") == "image":
            _image(problems, element, at)
        else:
            problems.text(element, at, SECTION_TEXT)


def _actions(problems: Problems, block: Obj, pointer: str) -> None:
    _elements(problems, block, pointer, ACTIONS, _ACTION_ELEMENTS)


def _context_actions(problems: Problems, block: Obj, pointer: str) -> None:
    _elements(problems, block, pointer, CONTEXT_ACTIONS, {"feedback_buttons", "icon_button"})


def _elements(problems: Problems, block: Obj, pointer: str, maximum: int, allowed: set[str]) -> None:
    seen: set[str] = set()
    for index, element in enumerate(problems.items(block.get("elements"), f"{pointer}/elements", maximum)):
        at = f"{pointer}/elements/{index}"
        _element(problems, element, at, allowed)
        action_id = element.get("action_id") if isinstance(element, Mapping) else None
        if action_id in seen:
            problems.add(f"{at}/action_id", f"`action_id` {action_id} already exists for another element")
        if isinstance(action_id, str):
            seen.add(action_id)


def _input(problems: Problems, block: Obj, pointer: str) -> None:
    problems.text(block.get("label"), f"{pointer}/label", INPUT_LABEL, "plain_text")
    problems.text(block.get("hint"), f"{pointer}/hint", INPUT_LABEL, "plain_text", required=False)
    if block.get("element") is None:
        problems.add(pointer, "missing required field: element")
    else:
        _element(problems, block["element"], f"{pointer}/element", INPUT_ELEMENTS)


def _image(problems: Problems, block: Obj, pointer: str) -> None:
    if not block.get("slack_file"):
        problems.longest(block.get("image_url"), f"{pointer}/image_url", URL, required=True)
    problems.longest(block.get("alt_text"), f"{pointer}/alt_text", INPUT_LABEL, required=True)
    problems.text(block.get("title"), f"{pointer}/title", INPUT_LABEL, "plain_text", required=False)


def _table(problems: Problems, block: Obj, pointer: str) -> None:
    rows = problems.items(block.get("rows"), f"{pointer}/rows", TABLE_ROWS)
    for row_index, row in enumerate(rows):
        at = f"{pointer}/rows/{row_index}"
        for index, cell in enumerate(problems.items(row, at, TABLE_CELLS)):
            kind = cell.get("type") if isinstance(cell, Mapping) else None
            if not _is_one_of(kind, ("raw_text", "raw_number", "rich_text")):
                problems.add(f"{at}/{index}/type", f"unsupported type: {kind}")
            elif kind == "raw_text":
                problems.longest(cell.get("text"), f"{at}/{index}/text", TABLE_TEXT, required=True)
    if _text_length(rows) > TABLE_TEXT:
        problems.add(f"{pointer}/rows", f"must be less than {TABLE_TEXT + 1} characters together")
    if block.get("column_settings") is not None:
        problems.items(block["column_settings"], f"{pointer}/column_settings", TABLE_CELLS, minimum=0)


def _rich_text(problems: Problems, block: Obj, pointer: str) -> None:
    kinds = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
    for index, element in enumerate(problems.items(block.get("elements"), f"{pointer}/elements", 1_000)):
        kind = element.get("type") if isinstance(element, Mapping) else None
        if not _is_one_of(kind, kinds):
            problems.add(f"{pointer}/elements/{index}/type", f"unsupported type: {kind}")


_BLOCKS: dict[str, Callable[[Problems, Obj, str], None]] = {
    "section": _section,
    "header": _header,
    "markdown": _markdown,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "input": _input,
    "image": _image,
    "table": _table,
    "rich_text": _rich_text,
}


def _element(problems: Problems, element: Any, pointer: str, allowed: set[str]) -> None:
    kind = element.get("type") if isinstance(element, Mapping) else None
    if not _is_one_of(kind, allowed):
        problems.add(f"{pointer}/type", f"unsupported type: {kind}")
        return
    if kind == "image":
        _image(problems, element, pointer)
        return
    problems.longest(element.get("action_id"), f"{pointer}/action_id", IDENTIFIER)
    problems.text(element.get("placeholder"), f"{pointer}/placeholder", PLACEHOLDER, "plain_text", required=False)
    if element.get("confirm") is not None:
        _confirm(problems, element["confirm"], f"{pointer}/confirm")
    if kind in ("button", "workflow_button"):
        _button(problems, element, pointer)
    elif kind == "feedback_buttons":
        for side in ("positive_button", "negative_button"):
            _feedback(problems, element.get(side), f"{pointer}/{side}")
    elif kind == "icon_button":
        problems.longest(element.get("icon"), f"{pointer}/icon", IDENTIFIER, required=True)
        problems.text(element.get("text"), f"{pointer}/text", BUTTON_TEXT, "plain_text")
    elif kind in _TEXT_INPUTS:
        _text_input(problems, element, pointer)
    else:
        _chooser(problems, element, pointer)


def _confirm(problems: Problems, confirm: Any, pointer: str) -> None:
    if not isinstance(confirm, Mapping):
        problems.add(pointer, "must provide an object")
        return
    for name, maximum in (("title", 100), ("confirm", 30), ("deny", 30)):
        problems.text(confirm.get(name), f"{pointer}/{name}", maximum, "plain_text")
    problems.text(confirm.get("text"), f"{pointer}/text", 300)


def _button(problems: Problems, element: Obj, pointer: str) -> None:
    problems.text(element.get("text"), f"{pointer}/text", BUTTON_TEXT, "plain_text")
    problems.longest(element.get("value"), f"{pointer}/value", BUTTON_VALUE)
    problems.longest(element.get("url"), f"{pointer}/url", URL)
    problems.longest(element.get("accessibility_label"), f"{pointer}/accessibility_label", BUTTON_TEXT)
    if element.get("style") not in (None, "primary", "danger"):
        problems.add(f"{pointer}/style", "must be one of: primary, danger")


def _feedback(problems: Problems, button: Any, pointer: str) -> None:
    if not isinstance(button, Mapping):
        parent, _, name = pointer.rpartition("/")
        problems.add(parent, f"missing required field: {name}")
        return
    problems.text(button.get("text"), f"{pointer}/text", BUTTON_TEXT, "plain_text")
    problems.longest(button.get("value"), f"{pointer}/value", BUTTON_VALUE, required=True)
    problems.longest(button.get("accessibility_label"), f"{pointer}/accessibility_label", BUTTON_TEXT)


def _text_input(problems: Problems, element: Obj, pointer: str) -> None:
    if element.get("type") != "rich_text_input":
        problems.longest(element.get("initial_value"), f"{pointer}/initial_value", PLAIN_INPUT)
    for name, minimum in (("min_length", 0), ("max_length", 1)):
        value = element.get(name)
        if value is not None and not (isinstance(value, int) and minimum <= value <= PLAIN_INPUT):
            problems.add(f"{pointer}/{name}", f"must be between {minimum} and {PLAIN_INPUT}")
    if element.get("type") == "number_input" and "is_decimal_allowed" not in element:
        problems.add(pointer, "missing required field: is_decimal_allowed")


def _chooser(problems: Problems, element: Obj, pointer: str) -> None:
    kind = str(element.get("type"))
    maximum = OVERFLOW if kind == "overflow" else CHOICES if kind in _CHOOSERS else OPTIONS
    options, groups = element.get("options"), element.get("option_groups")
    if kind in ("overflow", *_CHOOSERS) or (kind.endswith("static_select") and not groups) or options is not None:
        _options(problems, options, f"{pointer}/options", maximum, mrkdwn=kind in _CHOOSERS)
    if groups is not None:
        for index, group in enumerate(problems.items(groups, f"{pointer}/option_groups", OPTIONS)):
            at = f"{pointer}/option_groups/{index}"
            if not isinstance(group, Mapping):
                problems.add(at, "must provide an object")
                continue
            problems.text(group.get("label"), f"{at}/label", OPTION_TEXT, "plain_text")
            _options(problems, group.get("options"), f"{at}/options", OPTIONS, mrkdwn=False)


def _options(problems: Problems, options: Any, pointer: str, maximum: int, *, mrkdwn: bool) -> None:
    kinds = ("plain_text", "mrkdwn") if mrkdwn else ("plain_text",)
    for index, option in enumerate(problems.items(options, pointer, maximum)):
        at = f"{pointer}/{index}"
        if not isinstance(option, Mapping):
            problems.add(at, "must provide an object")
            continue
        problems.text(option.get("text"), f"{at}/text", OPTION_TEXT, *kinds)
        problems.longest(option.get("value"), f"{at}/value", OPTION_VALUE, required=True)
        problems.text(option.get("description"), f"{at}/description", OPTION_TEXT, *kinds, required=False)
