"""Who am I, where am I, and the way in: api.*, auth.*, apps.*, bots.*, team.*."""

from bot.workspace.errors import ApiError
from bot.workspace.socket import SocketMode
from bot.workspace.state import Json
from bot.workspace.webapi.call import Call, method


@method("api.test")
def api_test(call: Call) -> Json:
    if call.args.get("error"):
        raise ApiError(str(call.args["error"]))
    return {"args": {key: value for key, value in call.args.items() if key != "token"}}


@method("auth.test")
def auth_test(call: Call) -> Json:
    state = call.state
    return {
        "url": f"{call.core.url}/",
        "team": state.team_name,
        "user": state.bot.name,
        "team_id": state.team_id,
        "user_id": state.bot_user_id,
        "bot_id": state.bot_id,
        "app_id": state.app_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open")
def apps_connections_open(call: Call) -> Json:
    carrier = call.core.delivery.carrier
    if not isinstance(carrier, SocketMode):
        raise ApiError("forbidden_team", ["[ERROR] this workspace delivers over HTTP"])
    return {"url": f"ws{call.core.url.removeprefix('http')}/socket?ticket={carrier.ticket()}"}


@method("bots.info")
def bots_info(call: Call) -> Json:
    state = call.state
    if call.args.get("bot", state.bot_id) != state.bot_id:
        raise ApiError("bot_not_found")
    found = {"id": state.bot_id, "deleted": False, "name": state.bot.real_name, "updated": 0}
    return {"bot": {**found, "app_id": state.app_id, "user_id": state.bot_user_id, "icons": {}}}


@method("team.info")
def team_info(call: Call) -> Json:
    state = call.state
    domain = state.team_domain
    return {"team": {"id": state.team_id, "name": state.team_name, "domain": domain, "email_domain": "", "icon": {}}}
