"""A button that does what a `/billing` command would."""

from bot.slack.blocks.split import Block
from bot.slack.blocks.text import clip

RUN = "run_command"
_VALUE_LIMIT = 2_000


def run_button(command: str, label: str = "") -> Block:
    """`command` is what would follow `/billing`."""
    text = {"type": "plain_text", "text": clip(label or f"Run /billing {command}", 75)}
    action_id = f"{RUN}_{command.split(maxsplit=1)[0]}"
    return {"type": "button", "action_id": action_id, "text": text, "value": command[:_VALUE_LIMIT]}
