"""What the app declares to the workspace: its events, command, shortcuts and scopes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_EVENTS = (
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.im",
    "file_shared",
    "reaction_added",
    "reaction_removed",
    "member_joined_channel",
)
_SCOPES = (
    "app_mentions:read,assistant:write,channels:history,channels:join,channels:read,chat:write,commands,files:read,"
    "files:write,im:history,im:read,im:write,reactions:read,reactions:write,team:read,users:read,users.profile:read"
)


@dataclass(frozen=True)
class Shortcut:
    """One entry of the message menu (`message`) or of the lightning menu (`global`)."""

    name: str
    callback_id: str
    kind: str
    description: str = ""


@dataclass(frozen=True)
class Command:
    """One slash command the app owns, with the hint the composer shows."""

    name: str
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True)
class Manifest:
    """The parts of a Slack app manifest that the workspace acts on."""

    name: str = "Billing Copilot"
    description: str = "Payer answers with sources, and note review before the claims go out."
    events: frozenset[str] = frozenset(_EVENTS)
    shortcuts: tuple[Shortcut, ...] = (
        Shortcut("Review this note", "review_note", "message", "Check a group note against the 90853 checklist"),
        Shortcut("Ask about a payer", "ask_payer", "global", "Ask a billing question"),
    )
    commands: tuple[Command, ...] = (Command("/billing", "Ask, review and learn", "your question, or help"),)
    scopes: str = _SCOPES
    prompts: tuple[dict[str, str], ...] = field(default=())

    def wants(self, event: Mapping[str, Any]) -> bool:
        """True when the app subscribed to this event; message events are told apart by their channel's kind."""
        kind = str(event["type"])
        if kind == "message":
            kind = "message.im" if event.get("channel_type") == "im" else "message.channels"
        return kind in self.events


def from_slack(document: Mapping[str, Any]) -> Manifest:
    """Read a Slack app manifest (as JSON or YAML loads it); what it leaves out is not declared."""
    features = document.get("features", {})
    subscriptions = document.get("settings", {}).get("event_subscriptions", {})
    agent = features.get("agent_view") or features.get("assistant_view") or {}
    about = document.get("display_information", {})
    return Manifest(
        name=about.get("name", Manifest.name),
        description=about.get("description", ""),
        events=frozenset(subscriptions.get("bot_events", ())),
        shortcuts=tuple(
            Shortcut(entry["name"], entry["callback_id"], entry["type"], entry.get("description", ""))
            for entry in features.get("shortcuts", ())
        ),
        commands=tuple(
            Command(entry["command"], entry.get("description", ""), entry.get("usage_hint", ""))
            for entry in features.get("slash_commands", ())
        ),
        scopes=",".join(document.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        prompts=tuple(agent.get("suggested_prompts", ())),
    )
