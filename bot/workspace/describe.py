"""Users, channels, files and views as Slack's JSON describes them."""

from pathlib import PurePath
from urllib.parse import quote

from bot.workspace.state import Channel, Json, State, StoredFile, User, View

_TEXT_TYPES = {"txt": "text", "md": "markdown", "csv": "csv", "docx": "docx", "pdf": "pdf", "json": "json"}


def user(state: State, person: User) -> Json:
    """The `user` object of users.info."""
    return {
        "id": person.id,
        "team_id": state.team_id,
        "name": person.name,
        "deleted": False,
        "color": person.color.lstrip("#"),
        "real_name": person.real_name,
        "tz": "America/Chicago",
        "tz_label": "Central Time",
        "tz_offset": -21600,
        "profile": profile(state, person),
        "is_admin": person.is_admin,
        "is_owner": person.is_admin,
        "is_primary_owner": person.is_admin,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 0,
    }


def profile(state: State, person: User) -> Json:
    """The `profile` object of users.profile.get."""
    found: Json = {
        "title": person.title,
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": person.real_name.split()[0],
        "last_name": person.real_name.split()[-1],
        "team": state.team_id,
    }
    if person.is_bot:
        found |= {"bot_id": state.bot_id, "api_app_id": state.app_id, "always_active": True}
    return found


def channel(state: State, room: Channel) -> Json:
    """The `channel` object of conversations.info."""
    if room.is_im:
        person = next(member for member in room.members if member != state.bot_user_id)
        return {"id": room.id, "created": room.created, "is_im": True, "is_org_shared": False, "user": person}
    return {
        "id": room.id,
        "name": room.name,
        "name_normalized": room.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": False,
        "created": room.created,
        "is_archived": False,
        "is_general": room.name == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_member": state.bot_user_id in room.members,
        "num_members": len(room.members),
        "topic": {"value": room.topic, "creator": "", "last_set": 0},
        "purpose": {"value": room.topic, "creator": "", "last_set": 0},
    }


def file(state: State, stored: StoredFile, url: str) -> Json:
    """The `file` object of files.info; `url_private` wants the bot token."""
    path = f"{state.team_id}-{stored.id}"
    filetype = PurePath(stored.name).suffix.lstrip(".").lower() or "text"
    rooms = [state.channels[c] for c in stored.channels if c in state.channels]
    private = f"{url}/files-pri/{path}"
    return {
        "id": stored.id,
        "created": stored.created,
        "timestamp": stored.created,
        "name": stored.name,
        "title": stored.title,
        "mimetype": stored.mimetype,
        "filetype": _TEXT_TYPES.get(filetype, filetype),
        "pretty_type": filetype.upper(),
        **({"alt_txt": stored.alt_txt} if stored.alt_txt else {}),
        "user": stored.user,
        "user_team": state.team_id,
        "editable": False,
        "size": len(stored.content or b""),
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(not room.is_im for room in rooms),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{private}/{quote(PurePath(stored.name).name)}",
        "url_private_download": f"{private}/download/{quote(PurePath(stored.name).name)}",
        "permalink": f"{url}/files/{stored.id}",
        "file_access": "visible",
        "channels": [room.id for room in rooms if not room.is_im],
        "groups": [],
        "ims": [room.id for room in rooms if room.is_im],
    }


def view(state: State, shown: View, values: Json | None = None) -> Json:
    """The `view` object of views.open and of interaction payloads; `values` is what the person filled in."""
    content = shown.content
    return {
        "id": shown.id,
        "team_id": state.team_id,
        "type": content["type"],
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": values or {}},
        "hash": shown.hash,
        "title": content.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": shown.previous_id,
        "root_view_id": shown.root_id,
        "app_id": state.app_id,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": state.team_id,
        "bot_id": state.bot_id,
    }
