"""users.*: the people of the practice."""

from bot.workspace import describe
from bot.workspace.errors import ApiError
from bot.workspace.state import Json
from bot.workspace.webapi.call import Call, method


@method("users.list")
def list_users(call: Call) -> Json:
    page, cursor = call.page([describe.user(call.state, user) for user in call.state.users.values()])
    return {"members": page, "cache_ts": 0, "response_metadata": {"next_cursor": cursor}}


@method("users.info")
def info(call: Call) -> Json:
    return {"user": describe.user(call.state, call.user())}


@method("users.profile.get")
def profile(call: Call) -> Json:
    user = call.user() if call.args.get("user") else call.state.bot
    return {"profile": describe.profile(call.state, user)}


@method("usergroups.users.list")
def list_group(call: Call) -> Json:
    people = call.state.usergroups.get(call.need("usergroup"))
    if people is None:
        raise ApiError("no_such_subteam")
    return {"users": list(people)}
