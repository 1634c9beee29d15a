"""What a person typed, as Slack stores it: escaped text with mentions and links, and its rich_text block."""

import re

from bot.workspace.ids import new_id
from bot.workspace.state import Json, State

_LINK = re.compile(r"(?<![\w/<|])https?://[^\s<>|]+[^\s<>|.,;:!?)'\"\]]")
_TOKEN = re.compile(r"<(@U\w+|#C\w+|https?://[^<>|\s]+)(?:\|[^<>]*)?>")


def escape(text: str) -> str:
    """Slack's three escapes, as in "Formatting text for app surfaces"."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def to_slack(state: State, typed: str) -> str:
    """Escape what was typed and turn `@Name`, `#channel` and addresses into Slack's tokens."""
    text = _LINK.sub(lambda found: f"<{found.group(0)}>", escape(typed))
    for user in sorted(state.users.values(), key=lambda u: -len(u.real_name)):
        for name in (user.real_name, user.name):
            text = re.sub(rf"(?<![\w<])@{re.escape(name)}\b", f"<@{user.id}>", text, flags=re.IGNORECASE)
    for channel in state.channels.values():
        if not channel.is_im:
            text = re.sub(rf"(?<![\w<&])#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", text)
    return text


def rich_text(text: str) -> Json:
    """The rich_text block that Slack's own clients add to a person's message."""
    elements: list[Json] = []
    position = 0
    for token in _TOKEN.finditer(text):
        _add_text(elements, text[position : token.start()])
        target = token.group(1)
        if target.startswith("@"):
            elements.append({"type": "user", "user_id": target[1:]})
        elif target.startswith("#"):
            elements.append({"type": "channel", "channel_id": target[1:]})
        else:
            elements.append({"type": "link", "url": unescape(target)})
        position = token.end()
    _add_text(elements, text[position:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": new_id("b"), "elements": [section]}


def _add_text(elements: list[Json], text: str) -> None:
    if text:
        elements.append({"type": "text", "text": unescape(text)})
