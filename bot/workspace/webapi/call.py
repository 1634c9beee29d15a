"""One Web API call: its arguments, and the lookups every method needs."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.state import Channel, Json, State, StoredFile, User, View

Method = Callable[["Call"], Json]
METHODS: dict[str, Method] = {}
_MALFORMED = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as the Web API method of this name."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register


@dataclass(frozen=True)
class Call:
    """The arguments as they came: form fields are strings, JSON bodies keep their types."""

    core: Core
    args: Json

    @property
    def state(self) -> State:
        return self.core.state

    def need(self, name: str) -> str:
        """A required argument, as text."""
        value = self.args.get(name)
        if value in (None, ""):
            raise ApiError("invalid_arguments", [f"[ERROR] missing required field: {name} [json-pointer:/{name}]"])
        return str(value)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.args.get(name)
        return default if value is None else str(value).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.args.get(name) or default)
        except ValueError:
            raise ApiError("invalid_arguments") from None

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON: already read in a JSON body, or written as text in a form."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise ApiError(error) from None

    def channel(self, name: str = "channel") -> Channel:
        """The conversation named by id, by `#name`, or by a person's id (their direct message)."""
        wanted = self.need(name)
        found = self.state.channels.get(wanted) or self.state.channel_named(wanted)
        if found is None and wanted in self.state.users:
            found = self.state.im_with(wanted)
        if found is None or (found.is_im and self.state.bot_user_id not in found.members):
            raise ApiError("channel_not_found")
        return found

    def joined_channel(self, name: str = "channel") -> Channel:
        """The same, where the app must be a member."""
        channel = self.channel(name)
        if self.state.bot_user_id not in channel.members:
            raise ApiError("not_in_channel")
        return channel

    def user(self, name: str = "user") -> User:
        user = self.state.users.get(self.need(name))
        if user is None:
            raise ApiError("user_not_found")
        return user

    def file(self, name: str = "file") -> StoredFile:
        stored = self.state.files.get(self.need(name))
        if stored is None:
            raise ApiError("file_not_found")
        return stored

    def view(self) -> View:
        from bot.workspace import surfaces

        if self.args.get("external_id"):
            found = surfaces.by_external_id(self.core, self.need("external_id"))
        else:
            found = self.state.view(self.need("view_id"))
        if found is None:
            raise ApiError("not_found")
        return found

    def content(self) -> Json:
        """A message's content, its structures read."""
        content = dict(self.args)
        for name in ("blocks", "attachments", "metadata"):
            if self.args.get(name) is not None:
                content[name] = self.structure(name, _MALFORMED.get(name, "invalid_arguments"))
        return content

    def page(self, items: list[Json], default: int = 100) -> tuple[list[Json], str]:
        """One page of a list by `limit` and `cursor`, and the next cursor (empty at the end)."""
        start = self.number("cursor", 0)
        end = start + max(1, min(self.number("limit", default), 1000))
        return items[start:end], str(end) if end < len(items) else ""
