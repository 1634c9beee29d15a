"""How to put right who the members of a note are: names travel as messages, and so a message does it."""

from collections.abc import Mapping
from typing import Any

from bot.slack.blocks.split import Message, section
from bot.slack.blocks.text import escape

_LISTED_LIMIT = 1_900
_EXAMPLE = "K.L.\nM.R.\nClient 3"
_ABOUT = "split of "


def listed(labels: list[str]) -> str:
    """The labels one a line, for the button that asks how; nothing where a button cannot carry them all."""
    lines = "\n".join(" ".join(label.split()) for label in labels)
    return lines if len(lines) <= _LISTED_LIMIT else "-"


def split_help(lines: str, card_ts: str) -> Message:
    """What to reply in the thread, with the members found to change; `card_ts` is the card that was asked about."""
    found = lines not in ("", "-")
    labels = (lines if found else _EXAMPLE).replace("`", "'").split("\n")
    mark = "; " if any("," in label for label in labels) else ", "
    said = (
        "Reply in this thread with a line that names the members, as the note writes them and in its order, "
        "and I split and review the note again at these:"
    )
    so_far = "These are whom I read: add who is missing, take out who is none." if found else "Put your members there."
    text = f"{said}\n```members: {escape(mark.join(labels))}```\n{so_far} Labels only, never words of the note."
    return Message(f"{said}\nmembers: {escape(mark.join(labels))}", (section(text) | {"block_id": _ABOUT + card_ts},))


def asked_about(message: Mapping[str, Any]) -> str:
    """The ts of the card whose split this message of ours explains how to correct; empty for any other message."""
    blocks = (message.get("blocks") or ()) if message.get("bot_id") else ()
    return next((i.removeprefix(_ABOUT) for b in blocks if (i := str(b.get("block_id", ""))).startswith(_ABOUT)), "")
