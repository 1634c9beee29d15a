"""What the workspace remembers: people, channels, messages, files and views, in memory and nowhere else."""

from dataclasses import dataclass, field
from typing import Any

from bot.workspace.ids import Clock, new_id, same_id

Json = dict[str, Any]


@dataclass
class User:
    """A person of the practice, or the app's bot user."""

    id: str
    name: str
    real_name: str
    title: str
    color: str
    is_bot: bool = False
    is_admin: bool = False
    role: str = ""


@dataclass
class Channel:
    """A public channel, or the direct message between one person and the app (`im`)."""

    id: str
    name: str
    members: list[str]
    is_im: bool = False
    topic: str = ""
    created: int = 0
    messages: dict[str, Json] = field(default_factory=dict)
    ephemerals: dict[str, Json] = field(default_factory=dict)
    threads: dict[str, Json] = field(default_factory=dict)
    prompts: Json = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """`channel_type` as events name it."""
        return "im" if self.is_im else "channel"

    def replies(self, thread_ts: str) -> list[Json]:
        """The messages of a thread after its parent, oldest first."""
        return [m for m in self.messages.values() if m.get("thread_ts") == thread_ts and m["ts"] != thread_ts]


@dataclass
class StoredFile:
    """A file with its bytes; `complete` once files.completeUploadExternal (or the page) has shared it."""

    id: str
    name: str
    title: str
    mimetype: str
    user: str
    created: int
    length: int
    content: bytes | None = None
    channels: list[str] = field(default_factory=list)
    complete: bool = False
    alt_txt: str = ""


@dataclass
class View:
    """A modal or an App Home as the app gave it, with what Slack adds."""

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None


class State:
    """Everything in the workspace. Only the server's own thread touches it."""

    def __init__(self, team_name: str, domain: str) -> None:
        self.clock = Clock()
        self.team_name = team_name
        self.team_domain = domain
        self.team_id = same_id("T", domain)
        self.app_id = new_id("A")
        self.bot_id = new_id("B")
        self.bot_user_id = ""
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, StoredFile] = {}
        self.usergroups: dict[str, list[str]] = {}
        self.homes: dict[str, View] = {}
        self.modals: dict[str, list[View]] = {}

    @property
    def bot(self) -> User:
        """The app's bot user."""
        return self.users[self.bot_user_id]

    @property
    def people(self) -> list[User]:
        """Everyone but the bot."""
        return [user for user in self.users.values() if not user.is_bot]

    def im_with(self, user_id: str) -> Channel | None:
        """The direct message between this person and the app."""
        return next((c for c in self.channels.values() if c.is_im and user_id in c.members), None)

    def channel_named(self, name: str) -> Channel | None:
        """A public channel by its name, with or without the `#`."""
        return next((c for c in self.channels.values() if not c.is_im and c.name == name.lstrip("#")), None)

    def view(self, view_id: str) -> View | None:
        """An open modal or a published home by its id."""
        open_views = [view for stack in self.modals.values() for view in stack]
        return next((view for view in [*open_views, *self.homes.values()] if view.id == view_id), None)

    def find_message(self, channel: Channel, ts: str, user_id: str | None = None) -> Json | None:
        """A message by its timestamp; an ephemeral one only for the person it was shown to."""
        if ts in channel.messages:
            return channel.messages[ts]
        hidden = channel.ephemerals.get(ts)
        return hidden if hidden and user_id in (None, hidden["_for"]) else None
