"""A button, and buttons side by side."""

from collections.abc import Iterable

from bot.slack.blocks.split import Block
from bot.slack.blocks.text import clip


def button(action: str, label: str, value: str = "-", *, primary: bool = False) -> Block:
    """A button; Slack wants a value that is not empty."""
    made: Block = {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": clip(label, 75)},
        "value": value,
    }
    return made | {"style": "primary"} if primary else made


def row(buttons: Iterable[Block]) -> list[Block]:
    """Buttons side by side; no block where there are none."""
    found = list(buttons)
    return [{"type": "actions", "elements": found}] if found else []
