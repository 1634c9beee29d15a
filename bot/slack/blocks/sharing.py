"""An answer that only its asker sees, with the button that shares it; and the same once it was shared."""

from collections.abc import Sequence

from bot.slack.blocks.buttons import button, row
from bot.slack.blocks.split import Message, context

SHARE = "share_answer"


def with_share(answered: Sequence[Message], value: str) -> list[Message]:
    """The messages with the button under the last; without one where `value` is empty."""
    if not value:
        return list(answered)
    *before, last = answered
    spoken = {"accessibility_label": "Share with the channel this answer, which only you see"}
    share = button(SHARE, "Share with the channel", value) | spoken
    return [*before, Message(last.text, (*last.blocks, *row([share])))]


def shared_messages(answered: Sequence[Message], user: str) -> list[Message]:
    """The messages with who shared them, first of all."""
    first, *rest = answered
    said = f"<@{user}> shared this answer"
    return [Message(f"{said}\n{first.text}", (*context([said]), *first.blocks)), *rest]
