"""What a person filled into a modal."""

from collections.abc import Mapping
from typing import Any


def filled_in(view: Mapping[str, Any]) -> dict[str, str]:
    """The answers by block, where each block has one element named "value"; empty where nothing was given."""
    found = {}
    for name, element in view["state"]["values"].items():
        field = element["value"]
        chosen = (field.get("selected_option") or {}).get("value")
        found[name] = str(field.get("value") or field.get("selected_date") or chosen or "")
    return found
