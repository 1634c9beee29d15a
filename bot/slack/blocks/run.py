"""A button that does what a `/billing` command would."""

from bot.slack.blocks.buttons import button
from bot.slack.blocks.split import Block

RUN = "run_command"
_VALUE_LIMIT = 2_000


def run_button(command: str, label: str = "") -> Block:
    """`command` is what would follow `/billing`."""
    action = f"{RUN}_{command.split(maxsplit=1)[0]}"
    return button(action, label or f"Run /billing {command}", command[:_VALUE_LIMIT])
