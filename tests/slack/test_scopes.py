"""The app asks Slack for what its calls and events need, and for nothing more.

`NEEDS` is what Slack's page of each method says (docs.slack.dev/reference/methods). Where a method takes one scope of
several by the kind of the conversation, all kinds the bot works in are named.
"""

import re
from pathlib import Path

import yaml
from slack_sdk import WebClient

MANIFEST = yaml.safe_load(Path("deploy/slack-manifest.yaml").read_text("utf-8"))
SCOPES = set(MANIFEST["oauth_config"]["scopes"]["bot"])
EVENTS = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
HISTORY = {"channels:history", "groups:history", "im:history"}
NEEDS: dict[str, set[str]] = {
    "apps_connections_open": set(),  # the app-level token's own: connections:write
    "assistant_threads_setStatus": {"assistant:write"},
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "auth_revoke": set(),
    "auth_test": set(),
    "chat_appendStream": {"chat:write"},
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_startStream": {"chat:write"},
    "chat_stopStream": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": HISTORY,
    "conversations_open": {"im:write"},
    "conversations_replies": HISTORY,
    "files_delete": {"files:write"},
    "files_info": {"files:read"},
    "files_upload_v2": {"files:write"},
    "reactions_add": {"reactions:write"},
    "reactions_remove": {"reactions:write"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "users_list": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
HEARD = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
}
NAMES = {"files_upload_v2": ["files.getUploadURLExternal", "files.completeUploadExternal"]}


def called() -> set[str]:
    """Every Web API method that the program's code calls."""
    methods = {name for name in dir(WebClient) if "_" in name.strip("_") and not name.startswith("_")}
    code = "\n".join(path.read_text("utf-8") for path in Path("bot").rglob("*.py") if "workspace" not in path.parts)
    methods.remove("api_call")  # all of them go through it
    return methods & set(re.findall(r"\.([a-z]+_\w+)\(", code))


def rows() -> dict[str, str]:
    """Of each scope in the docs' table, what needs it."""
    table = re.findall(r"^\| `([a-z_]+(?::[a-z]+)?)` \| .+ \| (.+) \|$", Path("docs/slack.md").read_text("utf-8"), re.M)
    return {scope: needed for scope, needed in table if ":" in scope or scope == "commands"}


def test_every_call_in_the_code_is_one_whose_scopes_were_looked_up() -> None:
    assert called() == set(NEEDS)


def test_no_call_and_no_event_lacks_its_scope() -> None:
    assert set(HEARD) == EVENTS
    assert set().union(*NEEDS.values(), *HEARD.values()) <= SCOPES


def test_no_scope_is_asked_for_without_need() -> None:
    features = MANIFEST["features"]
    needed = {"commands"} if features["slash_commands"] or features["shortcuts"] else set()
    assert SCOPES - needed.union(*NEEDS.values(), *HEARD.values()) == set()


def test_each_scope_has_its_row_with_the_very_calls_and_events_that_need_it() -> None:
    expected = {scope: set() for scope in SCOPES}
    for method, scopes in NEEDS.items():
        for scope in scopes:
            expected[scope].update(NAMES.get(method, [method.replace("_", ".")]))
    for event, scopes in HEARD.items():
        for scope in scopes:
            expected[scope].add(event)
    assert {scope: set(re.findall(r"`([^`]+)`", needed)) for scope, needed in rows().items()} == expected
