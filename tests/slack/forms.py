"""Fills in modals as a person would."""

from typing import Any

_SHOWN = (("initial_value", "value"), ("initial_option", "selected_option"), ("initial_date", "selected_date"))


def values_in(view: dict[str, Any], **filled: str) -> dict[str, Any]:
    """The state of a view's fields: what stands in them, and what was filled in, by block id; each has to be there."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        element = block.get("element")
        if not element:
            continue
        field: dict[str, Any] = {"type": element["type"]}
        for name, shown in _SHOWN:
            if name in element:
                field[shown] = element[name]
        # Which answers there are depends on the topic, and with them the block's name.
        name = "decision" if block["block_id"].startswith("decision_") else block["block_id"]
        if name in filled:
            field |= _given(element["type"], filled.pop(name))
        values[block["block_id"]] = {element["action_id"]: field}
    assert not filled, f"no such field: {', '.join(filled)}"
    return values


def _given(kind: str, value: str) -> dict[str, Any]:
    if kind in ("static_select", "radio_buttons"):
        return {"selected_option": {"text": {"type": "plain_text", "text": value}, "value": value}}
    return {"selected_date" if kind == "datepicker" else "value": value}
