"""Slack's documented limits of block elements and composition objects ("Block elements", "Composition objects")."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.workspace.problems import Obj, Problems, is_one_of

BUTTON_TEXT, BUTTON_VALUE, URL = 75, 2_000, 3_000
IDENTIFIER, PLACEHOLDER = 255, 150
OPTION_TEXT, OPTION_VALUE, OPTIONS, CHOICES, OVERFLOW = 75, 150, 100, 10, 5
INPUT_LABEL, PLAIN_INPUT = 2_000, 3_000

_SELECTS = {
    f"{many}{source}_select"
    for many in ("", "multi_")
    for source in ("static", "external", "users", "conversations", "channels")
}
_PICKERS = {"datepicker", "timepicker", "datetimepicker"}
_CHOOSERS = {"checkboxes", "radio_buttons"}
_TEXT_INPUTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
INPUT_ELEMENTS = _SELECTS | _PICKERS | _CHOOSERS | _TEXT_INPUTS | {"file_input"}
ACTION_ELEMENTS = _SELECTS | _PICKERS | _CHOOSERS | {"button", "overflow", "workflow_button"}
ACCESSORIES = (ACTION_ELEMENTS | {"image"}) - {"datetimepicker"}
_INITIAL = {
    "datepicker": ("initial_date", re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), "a date as YYYY-MM-DD"),
    "timepicker": ("initial_time", re.compile(r"([01]\d|2[0-3]):[0-5]\d"), "a time as HH:mm"),
    "datetimepicker": ("initial_date_time", re.compile(r"\d{10}"), "a UNIX timestamp of 10 digits"),
}
_TRIGGERS = {"on_enter_pressed", "on_character_entered"}
_STYLES = ("primary", "danger")


def check_image(problems: Problems, block: Obj, pointer: str) -> None:
    file = block.get("slack_file")
    if file is not None:
        if not isinstance(file, Mapping) or bool(file.get("id")) == bool(file.get("url")):
            problems.add(f"{pointer}/slack_file", "must provide either id or url")
    else:
        problems.longest(block.get("image_url"), f"{pointer}/image_url", URL, required=True)
    problems.longest(block.get("alt_text"), f"{pointer}/alt_text", INPUT_LABEL, required=True)
    problems.text(block.get("title"), f"{pointer}/title", INPUT_LABEL, "plain_text", required=False)


def check_element(problems: Problems, element: Any, pointer: str, allowed: set[str]) -> None:
    kind = problems.kind(element, pointer, allowed)
    if kind is None:
        return
    if kind == "image":
        check_image(problems, element, pointer)
        return
    problems.longest(element.get("action_id"), f"{pointer}/action_id", IDENTIFIER)
    problems.text(element.get("placeholder"), f"{pointer}/placeholder", PLACEHOLDER, "plain_text", required=False)
    if element.get("confirm") is not None:
        _confirm(problems, element["confirm"], f"{pointer}/confirm")
    _CHECKS.get(kind, _chooser)(problems, element, pointer)


def _feedback_buttons(problems: Problems, element: Obj, pointer: str) -> None:
    for side in ("positive_button", "negative_button"):
        _feedback(problems, element.get(side), f"{pointer}/{side}")


def _icon_button(problems: Problems, element: Obj, pointer: str) -> None:
    problems.longest(element.get("icon"), f"{pointer}/icon", IDENTIFIER, required=True)
    problems.text(element.get("text"), f"{pointer}/text", BUTTON_TEXT, "plain_text")
    problems.longest(element.get("value"), f"{pointer}/value", BUTTON_VALUE)
    problems.longest(element.get("accessibility_label"), f"{pointer}/accessibility_label", BUTTON_TEXT)


def _file_input(problems: Problems, element: Obj, pointer: str) -> None:
    problems.whole(element.get("max_files"), f"{pointer}/max_files", 1, 10)


def _picker(problems: Problems, element: Obj, pointer: str) -> None:
    name, form, words = _INITIAL[str(element.get("type"))]
    value = element.get(name)
    # A time is text, a moment is a number: neither passes for the other.
    right_kind = isinstance(value, int if name == "initial_date_time" else str)
    if value is not None and not (right_kind and form.fullmatch(str(value))):
        problems.add(f"{pointer}/{name}", f"must be {words}")


def _confirm(problems: Problems, confirm: Any, pointer: str) -> None:
    if not isinstance(confirm, Mapping):
        problems.add(pointer, "must provide an object")
        return
    for name, maximum in (("title", 100), ("confirm", 30), ("deny", 30)):
        problems.text(confirm.get(name), f"{pointer}/{name}", maximum, "plain_text")
    problems.text(confirm.get("text"), f"{pointer}/text", 300)
    problems.choice(confirm.get("style"), f"{pointer}/style", _STYLES)


def _button(problems: Problems, element: Obj, pointer: str) -> None:
    problems.text(element.get("text"), f"{pointer}/text", BUTTON_TEXT, "plain_text")
    problems.longest(element.get("value"), f"{pointer}/value", BUTTON_VALUE)
    problems.longest(element.get("url"), f"{pointer}/url", URL)
    problems.longest(element.get("accessibility_label"), f"{pointer}/accessibility_label", BUTTON_TEXT)
    problems.choice(element.get("style"), f"{pointer}/style", _STYLES)
    if element.get("type") == "workflow_button":
        workflow = element.get("workflow")
        trigger = workflow.get("trigger") if isinstance(workflow, Mapping) else None
        if not isinstance(trigger, Mapping) or not trigger.get("url"):
            problems.missing(f"{pointer}/workflow")


def _feedback(problems: Problems, button: Any, pointer: str) -> None:
    if not isinstance(button, Mapping):
        problems.missing(pointer)
        return
    problems.text(button.get("text"), f"{pointer}/text", BUTTON_TEXT, "plain_text")
    problems.longest(button.get("value"), f"{pointer}/value", BUTTON_VALUE, required=True)
    problems.longest(button.get("accessibility_label"), f"{pointer}/accessibility_label", BUTTON_TEXT)


def _text_input(problems: Problems, element: Obj, pointer: str) -> None:
    if element.get("type") != "rich_text_input":
        problems.longest(element.get("initial_value"), f"{pointer}/initial_value", PLAIN_INPUT)
    for name, minimum in (("min_length", 0), ("max_length", 1)):
        value = element.get(name)
        problems.whole(value, f"{pointer}/{name}", minimum, PLAIN_INPUT)
    problems.ordered(element.get("min_length"), element.get("max_length"), f"{pointer}/min_length")
    config = element.get("dispatch_action_config")
    if config is not None:
        when = config.get("trigger_actions_on") if isinstance(config, Mapping) else None
        if not isinstance(when, list) or not all(is_one_of(one, _TRIGGERS) for one in when):
            problems.add(
                f"{pointer}/dispatch_action_config/trigger_actions_on", f"must be of: {', '.join(sorted(_TRIGGERS))}"
            )
    if element.get("type") == "number_input":
        _number_input(problems, element, pointer)


def _number_input(problems: Problems, element: Obj, pointer: str) -> None:
    if "is_decimal_allowed" not in element:
        problems.missing(f"{pointer}/is_decimal_allowed")
    read: dict[str, float] = {}
    for name in ("min_value", "max_value", "initial_value"):
        value = element.get(name)
        if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
            read[name] = float(value)
        elif value is not None:
            problems.add(f"{pointer}/{name}", "must be a number as text")
    problems.ordered(read.get("min_value"), read.get("max_value"), f"{pointer}/min_value")


def _chooser(problems: Problems, element: Obj, pointer: str) -> None:
    kind = str(element.get("type"))
    maximum = OVERFLOW if kind == "overflow" else CHOICES if kind in _CHOOSERS else OPTIONS
    options, groups = element.get("options"), element.get("option_groups")
    if options is not None and groups is not None:
        problems.add(pointer, "only one of options and option_groups is allowed")
    problems.whole(element.get("max_selected_items"), f"{pointer}/max_selected_items", 1)
    problems.whole(element.get("min_query_length"), f"{pointer}/min_query_length", 0)
    _initial(problems, element, pointer)
    if kind in ("overflow", *_CHOOSERS) or (kind.endswith("static_select") and not groups) or options is not None:
        _options(problems, options, f"{pointer}/options", maximum, kind)
    if groups is not None:
        for index, group in enumerate(problems.items(groups, f"{pointer}/option_groups", OPTIONS)):
            at = f"{pointer}/option_groups/{index}"
            if not isinstance(group, Mapping):
                problems.add(at, "must provide an object")
                continue
            problems.text(group.get("label"), f"{at}/label", OPTION_TEXT, "plain_text")
            _options(problems, group.get("options"), f"{at}/options", OPTIONS, kind)


def _options(problems: Problems, options: Any, pointer: str, maximum: int, kind: str) -> None:
    kinds = ("plain_text", "mrkdwn") if kind in _CHOOSERS else ("plain_text",)
    for index, option in enumerate(problems.items(options, pointer, maximum)):
        at = f"{pointer}/{index}"
        if not isinstance(option, Mapping):
            problems.add(at, "must provide an object")
            continue
        problems.text(option.get("text"), f"{at}/text", OPTION_TEXT, *kinds)
        problems.longest(option.get("value"), f"{at}/value", OPTION_VALUE, required=True)
        problems.text(option.get("description"), f"{at}/description", OPTION_TEXT, *kinds, required=False)
        problems.longest(option.get("url"), f"{at}/url", URL)
        if option.get("url") is not None and kind != "overflow":
            problems.add(f"{at}/url", "is allowed in an overflow menu only")


def _initial(problems: Problems, element: Obj, pointer: str) -> None:
    """What is chosen at first has to be one of the options, to the letter; those of the app's server are not known."""
    offered = _offered(element)
    if offered is None:
        return
    if element.get("initial_option") is not None and element["initial_option"] not in offered:
        problems.add(f"{pointer}/initial_option", "must exactly match one of the options")
    several = element.get("initial_options")
    if several is not None:
        for index, option in enumerate(problems.items(several, f"{pointer}/initial_options", OPTIONS)):
            if option not in offered:
                problems.add(f"{pointer}/initial_options/{index}", "must exactly match one of the options")


def _offered(element: Obj) -> list[Any] | None:
    """The options of an element with its groups' ones; None where they come from elsewhere."""
    options, groups = element.get("options"), element.get("option_groups")
    lists = [options]
    if isinstance(groups, list):
        lists += [group.get("options") for group in groups if isinstance(group, Mapping)]
    elif not isinstance(options, list):
        return None
    return [option for some in lists if isinstance(some, list) for option in some]


_CHECKS: dict[str, Callable[[Problems, Obj, str], None]] = {
    "button": _button,
    "workflow_button": _button,
    "feedback_buttons": _feedback_buttons,
    "icon_button": _icon_button,
    "file_input": _file_input,
    **dict.fromkeys(_TEXT_INPUTS, _text_input),
    **dict.fromkeys(_PICKERS, _picker),
}
