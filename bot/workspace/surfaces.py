"""Modals and App Home: opened, pushed, updated, published and closed."""

import time

from bot.workspace import describe, limits
from bot.workspace.conversation import with_ids
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.ids import new_id
from bot.workspace.state import Json, View


def open_modal(core: Core, trigger_id: str, content: Json) -> View:
    """views.open: start a new stack of modals for the person whose trigger it is."""
    limits.check_view(content)
    _must_be(content, "modal")
    _check_external_id(core, content)
    trigger = core.triggers.redeem(trigger_id)
    view = _view(content, trigger.user)
    core.state.modals[trigger.user] = [view]
    show(core, trigger.user)
    return view


def push_modal(core: Core, trigger_id: str, content: Json) -> View:
    """views.push: put a modal on the stack that the trigger came from."""
    limits.check_view(content)
    _must_be(content, "modal")
    _check_external_id(core, content)
    trigger = core.triggers.redeem(trigger_id)
    if trigger.view_id is None or not core.state.modals.get(trigger.user):
        raise ApiError("invalid_trigger_id")
    return push_on(core, trigger.user, content)


def push_on(core: Core, user_id: str, content: Json) -> View:
    """Push for this person, within Slack's stack of three."""
    stack = core.state.modals.setdefault(user_id, [])
    if len(stack) >= limits.MODAL_STACK:
        raise ApiError("push_limit_reached")
    view = _view(content, user_id)
    if stack:
        view.root_id, view.previous_id = stack[0].id, stack[-1].id
    stack.append(view)
    show(core, user_id)
    return view


def update(core: Core, view: View, content: Json, expected_hash: str | None = None) -> View:
    """views.update: new content for an open view; a stale hash is refused."""
    limits.check_view(content)
    _must_be(content, str(view.content["type"]))
    if expected_hash and expected_hash != view.hash:
        raise ApiError("hash_conflict")
    view.content = {**content, "blocks": with_ids(content["blocks"])}
    view.hash = _hash()
    show(core, view.user)
    return view


def publish(core: Core, user_id: str, content: Json, expected_hash: str | None = None) -> View:
    """views.publish: the person's App Home."""
    if user_id not in core.state.users:
        raise ApiError("user_not_found")
    limits.check_view(content)
    _must_be(content, "home")
    view = core.state.homes.get(user_id)
    if view:
        return update(core, view, content, expected_hash)
    view = core.state.homes[user_id] = _view(content, user_id)
    show(core, user_id)
    return view


def close(core: Core, user_id: str, *, everything: bool = False) -> list[View]:
    """Take the top modal (or all of them) away; returns what was closed, top first."""
    stack = core.state.modals.get(user_id, [])
    closed = [stack.pop() for _ in range(len(stack) if everything else min(1, len(stack)))]
    show(core, user_id)
    return closed


def show(core: Core, user_id: str) -> None:
    """Send the person's pages their top modal and home."""
    core.live.announce("surfaces", user_id, **snapshot(core, user_id))


def snapshot(core: Core, user_id: str) -> Json:
    """What this person sees: the modal on top (with its depth) and the home."""
    stack = core.state.modals.get(user_id, [])
    home = core.state.homes.get(user_id)
    return {
        "modal": describe.view(core.state, stack[-1]) if stack else None,
        "depth": len(stack),
        "home": describe.view(core.state, home) if home else None,
    }


def by_external_id(core: Core, external_id: str) -> View | None:
    """A view by the id the app gave it."""
    views = [view for stack in core.state.modals.values() for view in stack] + list(core.state.homes.values())
    return next((view for view in views if view.content.get("external_id") == external_id), None)


def _must_be(content: Json, kind: str) -> None:
    if content["type"] != kind:
        raise ApiError("invalid_arguments", [f"[ERROR] must be a {kind} [json-pointer:/view/type]"])


def _check_external_id(core: Core, content: Json) -> None:
    if content.get("external_id") and by_external_id(core, str(content["external_id"])):
        raise ApiError("duplicate_external_id")


def _view(content: Json, user_id: str) -> View:
    view_id = new_id("V")
    return View(view_id, user_id, {**content, "blocks": with_ids(content["blocks"])}, _hash(), view_id)


def _hash() -> str:
    return f"{int(time.time())}.{new_id('')}"
