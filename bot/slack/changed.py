"""What a person did to a message of theirs afterwards: an edit within its first minutes, or its removal. Pure."""

from collections.abc import Mapping
from typing import Any

Event = Mapping[str, Any]

EDITED, DELETED = "message_changed", "message_deleted"
RENEWED_WITHIN_SECONDS = 300.0
"""Later edits mend the record for readers; a new answer to an old question would stand there unread."""
_SPOKEN = (None, "file_share", "thread_broadcast")


def is_change(event: Event) -> bool:
    return event.get("type") == "message" and event.get("subtype") in (EDITED, DELETED)


def read_change(event: Event) -> dict[str, Any] | None:
    """The change as an event of its author's, about the message at `ts`; None where it is nobody's or no matter.

    Slack tells of changes without a sender, and of a removed message that has replies as one turned into a tombstone.
    """
    before, now = event.get("previous_message") or {}, event.get("message") or {}
    if not before.get("user") or before.get("bot_id") or before.get("subtype") not in _SPOKEN:
        return None
    gone = event["subtype"] == DELETED or now.get("subtype") == "tombstone"
    if not gone and (before.get("files") or not _is_fresh_edit(before, now)):
        return None
    told = {
        "type": "message",
        "subtype": DELETED if gone else EDITED,
        "channel": event["channel"],
        "channel_type": event.get("channel_type", ""),
        "user": before["user"],
        "ts": before["ts"],
        "changed_ts": event.get("ts") or event.get("event_ts") or "",
        "text": "" if gone else now.get("text", ""),
    }
    more = {name: before[name] for name in ("thread_ts", "team", "user_team", "source_team") if before.get(name)}
    return told | more


def _is_fresh_edit(before: Event, now: Event) -> bool:
    edited = now.get("edited") or {}
    if not edited or now.get("text") == before.get("text"):
        return False  # Slack unfurled a link, or counted a reply
    try:
        return float(edited["ts"]) - float(before["ts"]) <= RENEWED_WITHIN_SECONDS
    except (KeyError, ValueError):
        return False
