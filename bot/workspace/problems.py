"""What is wrong with a payload, gathered in Slack's own words, each with a JSON pointer to its place."""

from collections.abc import Collection, Mapping
from typing import Any

Obj = Mapping[str, Any]


class Problems:
    """What Slack would list in response_metadata.messages, each with a JSON pointer to the block."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, pointer: str, what: str) -> None:
        self.found.append(f"{what} [json-pointer:{pointer}]")

    def missing(self, pointer: str) -> None:
        """What has to stand at `pointer` does not: Slack points at what holds it, and names it."""
        parent, _, name = pointer.rpartition("/")
        self.add(parent, f"missing required field: {name}")

    def kind(self, value: Any, pointer: str, kinds: Collection[str]) -> str | None:
        """The type of `value`, an object of one of `kinds`; None where it is anything else, which is then said."""
        kind = value.get("type") if isinstance(value, Mapping) else None
        if is_one_of(kind, kinds):
            return str(kind)
        self.add(f"{pointer}/type", f"unsupported type: {kind}")
        return None

    def choice(self, value: Any, pointer: str, choices: Collection[str], *, required: bool = False) -> None:
        """`value` is one of `choices`; where it is not required there may be none."""
        if (required or value is not None) and not is_one_of(value, choices):
            self.add(pointer, f"must be one of: {', '.join(choices)}")

    def longest(self, value: Any, pointer: str, maximum: int, *, required: bool = False) -> None:
        """`value` is a string of at most `maximum` characters; an empty one counts as missing where required."""
        if value is None:
            if required:
                self.missing(pointer)
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
                self.missing(pointer)
        elif not isinstance(value, Mapping):
            self.add(pointer, "must provide an object")
        elif self.kind(value, pointer, kinds or ("plain_text", "mrkdwn")):
            self.longest(value.get("text"), f"{pointer}/text", maximum, required=True)

    def whole(self, value: Any, pointer: str, minimum: int, maximum: int | None = None) -> None:
        """`value`, if there is one, is a whole number within these bounds."""
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int) or value < minimum:
            self.add(pointer, f"must be a whole number of at least {minimum}")
        elif maximum is not None and value > maximum:
            self.add(pointer, f"must be between {minimum} and {maximum}")

    def ordered(self, low: Any, high: Any, pointer: str) -> None:
        """The least is no more than the most, where both are numbers."""
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            self.add(pointer, "must be no more than the maximum")

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


def is_one_of(kind: object, kinds: Collection[str]) -> bool:
    """A kind may be anything that JSON holds, lists too."""
    return isinstance(kind, str) and kind in kinds
