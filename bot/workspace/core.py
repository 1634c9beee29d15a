"""The running workspace's parts, held together for the Web API and the page."""

import secrets
from dataclasses import dataclass, field

from bot.workspace.delivery import Delivery
from bot.workspace.live import Live
from bot.workspace.manifest import Manifest
from bot.workspace.state import State
from bot.workspace.triggers import Triggers
from bot.workspace.wire import Wire


@dataclass(frozen=True)
class Tokens:
    """Fresh secrets for one run: they open nothing but this workspace."""

    bot: str = field(default_factory=lambda: f"xoxb-local-{secrets.token_hex(16)}")
    app: str = field(default_factory=lambda: f"xapp-1-local-{secrets.token_hex(16)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification: str = field(default_factory=lambda: secrets.token_hex(12))


@dataclass
class Core:
    """State, the way to the app, the way to the pages; `url` has no slash at its end."""

    state: State
    manifest: Manifest
    tokens: Tokens
    live: Live
    delivery: Delivery
    wire: Wire
    triggers: Triggers = field(default_factory=Triggers)
    url: str = ""
    model: str = ""
    response_urls: dict[str, "ResponseUrl"] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)


@dataclass
class ResponseUrl:
    """What a response_url points at, and how often it may still be used."""

    channel: str
    user: str
    message_ts: str | None
    thread_ts: str | None
    expires: float
    uses_left: int = 5
