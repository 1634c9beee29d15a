"""What the app declares to the workspace: its events, command, shortcuts and scopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The same as deploy/slack-manifest.yaml, which a wheel does not carry; a test holds the two together.
_EVENTS = ("app_home_opened", "app_mention", "message.channels", "message.groups", "message.im")
_SCOPES = (
    "app_mentions:read,assistant:write,channels:history,groups:history,chat:write,commands,files:read,files:write,"
    "im:history,im:write,reactions:write,usergroups:read,users:read"
)
_PROMPTS = (
    ("Same-day billing", "Can I bill group and individual therapy the same day for Medicare?"),
    ("Prior authorization", "Does Aetna require prior authorization for 90853?"),
    ("Group size", "How many members can a group have for Wisconsin Medicaid?"),
    ("Review a note", "How do I send you a group note to review?"),
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
    """The parts of a Slack app manifest that the workspace acts on; by default, the copilot's own."""

    name: str = "Billing Copilot"
    description: str = "Cited payer answers and note review for group psychotherapy (90853)."
    events: frozenset[str] = frozenset(_EVENTS)
    shortcuts: tuple[Shortcut, ...] = (
        Shortcut("Review this note", "review_note", "message", "Check a group note against the 90853 checklist"),
        Shortcut("Ask about a payer", "ask_payer", "global", "Ask a billing question"),
    )
    commands: tuple[Command, ...] = (
        Command("/billing", "Ask a payer question; help shows the rest", "your question, or help"),
    )
    scopes: str = _SCOPES
    prompts: tuple[dict[str, str], ...] = tuple({"title": title, "message": text} for title, text in _PROMPTS)

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
