"""What Slack's own client refuses in a modal before it is submitted: missing, too short, too long, malformed."""

import re
from collections.abc import Mapping
from typing import Any

from bot.workspace.element_limits import PLAIN_INPUT
from bot.workspace.state import Json

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def mistakes(blocks: list[Json], values: Json) -> dict[str, str]:
    """A sentence for each input block that cannot be submitted as it is, by block id."""
    found: dict[str, str] = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element.get("action_id"), {})
        value = chosen(state)
        if value in (None, "", []):
            if not block.get("optional"):
                found[block["block_id"]] = "Please complete this required field."
        elif isinstance(value, str):
            wrong = _wrong_text(element, value)
            if wrong:
                found[block["block_id"]] = wrong
    return found


def chosen(state: Mapping[str, Any]) -> Any:
    """The value inside one element's state, whatever its kind calls it."""
    keys = ("value", "rich_text_value", "files", *(key for key in state if key.startswith("selected_")))
    return next((state[key] for key in keys if state.get(key)), None)


def _wrong_text(element: Json, value: str) -> str | None:
    kind = element["type"]
    low, high = element.get("min_length", 0), element.get("max_length", PLAIN_INPUT)
    if kind == "plain_text_input" and not low <= len(value) <= high:
        return f"Between {low} and {high} characters, please: this has {len(value)}."
    if kind == "email_text_input" and not _EMAIL.fullmatch(value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not _URL.fullmatch(value):
        return "Please enter a valid URL."
    return _wrong_number(element, value) if kind == "number_input" else None


def _wrong_number(element: Json, value: str) -> str | None:
    if not _NUMBER.fullmatch(value) or ("." in value and not element.get("is_decimal_allowed")):
        return "Please enter a number." if element.get("is_decimal_allowed") else "Please enter a whole number."
    low, high = element.get("min_value"), element.get("max_value")
    if (low is not None and float(value) < float(low)) or (high is not None and float(value) > float(high)):
        return f"Please enter a number from {low or 'any'} to {high or 'any'}."
    return None
