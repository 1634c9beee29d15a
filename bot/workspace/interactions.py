"""What a person does besides typing: buttons, modals, shortcuts, commands and opening the App Home."""

from bot.workspace import conversation, describe, inputs, limits, responses, surfaces
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.state import Channel, Json, User, View


def _who(core: Core, user: User) -> Json:
    state = core.state
    return {
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": state.team_id},
        "team": {"id": state.team_id, "domain": state.team_domain},
    }


Place = tuple[Channel, Json]


async def act_on_message(core: Core, user: User, place: Place, action: Json, values: Json) -> bool:
    """A button or select in a message: `block_actions`. False when the app did not acknowledge in time."""
    channel, message = place
    ephemeral = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": ephemeral}
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    payload: Json = {
        "type": "block_actions",
        **_who(core, user),
        "container": container,
        "trigger_id": core.triggers.issue(user.id),
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": values},
        "response_url": responses.issue(core, channel, user.id, message),
        "actions": [{**action, "action_ts": core.state.clock.ts()}],
    }
    if not ephemeral:
        payload["message"] = conversation.public(message)
    return await core.delivery.interaction(payload) is not None


async def act_in_view(core: Core, user: User, view: View, action: Json, values: Json) -> bool:
    """A button or select in a modal or the home: `block_actions`."""
    payload: Json = {
        "type": "block_actions",
        **_who(core, user),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": core.triggers.issue(user.id, view.id if view.content["type"] == "modal" else None),
        "view": describe.view(core.state, view, values),
        "actions": [{**action, "action_ts": core.state.clock.ts()}],
    }
    return await core.delivery.interaction(payload) is not None


async def submit(core: Core, user: User, view: View, values: Json) -> Json:
    """Submit a modal: `view_submission`, and what the app wants next.

    Returns `{"errors": {block_id: text}}` for the page to show, or `{}`; `{"failed": true}` when the app did
    not answer.
    """
    errors = inputs.mistakes(view.content["blocks"], values)
    if errors:
        return {"errors": errors}
    payload = {
        "type": "view_submission",
        **_who(core, user),
        "trigger_id": core.triggers.issue(user.id, view.id),
        "view": describe.view(core.state, view, values),
        "response_urls": [],
    }
    answer = await core.delivery.interaction(payload)
    if answer is None:
        return {"failed": True}
    return await _after_submission(core, user, view, answer)


async def _after_submission(core: Core, user: User, view: View, answer: Json) -> Json:
    """Do what `response_action` says: errors, update, push, clear, or simply close ("Modals")."""
    todo = answer.get("response_action")
    stack = core.state.modals.get(user.id, [])
    try:
        if todo == "errors":
            return _errors(view, answer.get("errors"))
        if todo == "update":
            surfaces.update(core, view, answer["view"])
        elif todo == "push":
            limits.check_view(answer["view"])
            surfaces.push_on(core, user.id, answer["view"])
        elif todo == "clear":
            surfaces.close(core, user.id, everything=True)
        elif view in stack:
            surfaces.close(core, user.id)
    except ApiError as error:
        return {"failed": True, "problem": error.messages[0] if error.messages else error.code}
    return {}


def _errors(view: View, errors: object) -> Json:
    """Errors stand under input blocks: for any other block id Slack shows that something went wrong."""
    fields = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= fields:
        problem = "The app's errors name no input block of this view."
        raise ApiError("invalid_arguments", [problem])
    return {"errors": errors}


def cancel(core: Core, user: User, *, everything: bool = False) -> None:
    """Close a modal (or all): `view_closed` for those that asked to be told, or cleared with the last."""
    stack = core.state.modals.get(user.id, [])
    if stack and stack[-1].content.get("clear_on_close"):
        everything = True
    for view in surfaces.close(core, user.id, everything=everything):
        if view.content.get("notify_on_close"):
            payload = {"type": "view_closed", **_who(core, user), "view": describe.view(core.state, view)}
            core.delivery.tell({**payload, "is_cleared": everything})


async def message_shortcut(core: Core, user: User, channel: Channel, message: Json, callback_id: str) -> bool:
    """An entry of the message menu: `message_action`."""
    payload = {
        "type": "message_action",
        **_who(core, user),
        "callback_id": callback_id,
        "trigger_id": core.triggers.issue(user.id),
        "response_url": responses.issue(core, channel, user.id),
        "action_ts": core.state.clock.ts(),
        "message_ts": message["ts"],
        "channel": {"id": channel.id, "name": channel.name},
        "message": conversation.public(message),
    }
    return await core.delivery.interaction(payload) is not None


async def global_shortcut(core: Core, user: User, callback_id: str) -> bool:
    """An entry of the shortcuts menu: `shortcut`."""
    payload = {
        "type": "shortcut",
        **_who(core, user),
        "callback_id": callback_id,
        "trigger_id": core.triggers.issue(user.id),
        "action_ts": core.state.clock.ts(),
    }
    return await core.delivery.interaction(payload) is not None


async def suggest(core: Core, user: User, asked: Json) -> Json:
    """Options for an external select: `block_suggestion` with its container, ids and typed value."""
    payload = {**asked, "type": "block_suggestion", **_who(core, user)}
    view = core.state.view(str(asked["container"].get("view_id", "")))
    if view:
        payload["view"] = describe.view(core.state, view)
    return await core.delivery.interaction(payload) or {}


async def slash(core: Core, user: User, channel: Channel, command: str, text: str) -> None:
    """A slash command; its acknowledgement may be its reply. Slack refuses unknown ones itself."""
    if command == "/invite":
        conversation.join(core, channel, core.state.bot_user_id, inviter=user.id)
        return
    if command not in {known.name for known in core.manifest.commands}:
        _hint(core, user, channel, f"`{command}` is not a command here. Try `/billing help`.")
        return
    state = core.state
    answer = await core.delivery.command(
        {
            "command": command,
            "text": text,
            "team_id": state.team_id,
            "team_domain": state.team_domain,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "user_id": user.id,
            "user_name": user.name,
            "trigger_id": core.triggers.issue(user.id),
            "response_url": responses.issue(core, channel, user.id),
        }
    )
    if answer is None:
        _hint(core, user, channel, f"`{command}` failed with the error `operation_timeout`. Is the app running?")
    elif answer.get("text") or answer.get("blocks"):
        try:
            limits.check_message(answer)
        except ApiError as error:
            _hint(core, user, channel, f"`{command}` failed with the error `{error.code}`.")
        else:
            responses.say(core, channel, user.id, answer)


def _hint(core: Core, user: User, channel: Channel, text: str) -> None:
    conversation.post_ephemeral(core, channel, user.id, {"text": text, "username": "Workspace"})


def open_home(core: Core, user: User, tab: str) -> None:
    """The person looks at the app: `app_home_opened` with the tab, and the home's view if one was published."""
    room = core.state.im_with(user.id)
    assert room is not None
    event: Json = {"type": "app_home_opened", "user": user.id, "channel": room.id, "tab": tab}
    view = core.state.homes.get(user.id)
    if tab == "home" and view:
        event["view"] = describe.view(core.state, view)
    core.delivery.event(event)
