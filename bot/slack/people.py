"""Who a name that somebody typed is: Slack sends a command's text as it was typed."""

import re
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import UserError

_ID = re.compile(r"(?:<@)?([UW][A-Z0-9]{5,})(?:\|[^>]*)?>?")
_NOBODY = "I find nobody of that name here: pick the person from the list that @ opens, or give their member ID (U…)."
_SEVERAL = "Several people here go by that name: give the person's member ID (U…), from ⋮ in their profile."
_PAGE = 200


def find_person(client: WebClient, typed: str) -> str:
    """The id of the one person meant by "@sam", a member ID or a mention; raises UserError for none or several."""
    given = _ID.fullmatch(typed.strip())
    if given:
        return _known(client, given[1])
    name = _folded(typed.strip().removeprefix("@"))
    pages = client.users_list(limit=_PAGE)
    found = {str(one["id"]) for page in pages for one in page["members"] if _is_ours(one) and name in _names(one)}
    if len(found) != 1:
        raise UserError(_SEVERAL if found else _NOBODY)
    return found.pop()


def _known(client: WebClient, person: str) -> str:
    try:
        one = client.users_info(user=person)["user"]
    except SlackApiError as error:
        if error.response.get("error") in ("user_not_found", "user_not_visible"):
            raise UserError(_NOBODY) from None
        raise
    if not _is_ours(one):
        raise UserError(_NOBODY)
    return person


def _is_ours(one: dict[str, Any]) -> bool:
    """A person of this workspace: no bot, nobody who left, nobody of another company in a shared channel."""
    return not (one.get("deleted") or one.get("is_bot") or one.get("is_stranger"))


def _names(one: dict[str, Any]) -> set[str]:
    profile = one.get("profile") or {}
    told = (one.get("name"), one.get("real_name"), profile.get("display_name"), profile.get("real_name"))
    return {_folded(str(name)) for name in told if name}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
