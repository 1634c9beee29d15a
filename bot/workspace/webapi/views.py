"""views.*: modals and App Home."""

from bot.workspace import describe, surfaces
from bot.workspace.errors import ApiError
from bot.workspace.state import Json, View
from bot.workspace.webapi.call import Call, method


def _content(call: Call) -> Json:
    content = call.structure("view")
    if not isinstance(content, dict):
        raise ApiError("invalid_arguments", ["[ERROR] missing required field: view"])
    return content


def _shown(call: Call, view: View) -> Json:
    return {"view": describe.view(call.state, view)}


@method("views.open")
def open_view(call: Call) -> Json:
    return _shown(call, surfaces.open_modal(call.core, call.need("trigger_id"), _content(call)))


@method("views.push")
def push(call: Call) -> Json:
    return _shown(call, surfaces.push_modal(call.core, call.need("trigger_id"), _content(call)))


@method("views.update")
def update(call: Call) -> Json:
    return _shown(call, surfaces.update(call.core, call.view(), _content(call), call.args.get("hash")))


@method("views.publish")
def publish(call: Call) -> Json:
    return _shown(call, surfaces.publish(call.core, call.need("user_id"), _content(call), call.args.get("hash")))
