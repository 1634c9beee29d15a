"""The Web API, called with slack-sdk's own client."""

import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workspace import Workspace
from bot.workspace.person import Person


def _refused(call: Any, **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    data: dict[str, Any] = caught.value.response.data
    return data


def _billing(client: WebClient) -> str:
    channels = client.conversations_list()["channels"]
    return str(next(channel["id"] for channel in channels if channel["name"] == "billing"))


def test_the_bot_knows_who_it_is(client: WebClient, workspace: Workspace) -> None:
    me = client.auth_test()
    assert (me["team"], me["user"]) == ("Practice", "billing_copilot")
    assert client.bots_info(bot=me["bot_id"])["bot"]["user_id"] == me["user_id"]
    assert client.team_info()["team"]["name"] == "Practice"
    assert "chat:write" in me.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-wrong", "invalid_auth"), (None, "not_authed"), ("xapp", "not_allowed_token_type")]
)
def test_a_wrong_token_is_refused_by_slacks_name(workspace: Workspace, token: str | None, error: str) -> None:
    client = WebClient(token=workspace.app_token if token == "xapp" else token, base_url=workspace.api_url)
    assert _refused(client.auth_test)["error"] == error


def test_the_bot_token_opens_no_socket(client: WebClient, workspace: Workspace) -> None:
    assert _refused(client.apps_connections_open, app_token=workspace.bot_token)["error"] == "not_allowed_token_type"


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    assert _refused(client.api_call, api_method="chat.sing")["error"] == "unknown_method"


def test_arguments_may_come_as_json_or_as_a_form(client: WebClient) -> None:
    assert client.api_call("api.test", json={"a": "1"})["args"] == {"a": "1"}
    assert client.api_call("api.test", params={"a": "1"})["args"] == {"a": "1"}
    assert client.api_call("api.test", data={"a": "1"})["args"] == {"a": "1"}


def test_a_posted_message_is_in_the_history_until_deleted(client: WebClient) -> None:
    posted = client.chat_postMessage(channel="#billing", text="first")
    channel = posted["channel"]
    assert client.conversations_history(channel=channel)["messages"][0]["text"] == "first"
    client.chat_update(channel=channel, ts=posted["ts"], text="second")
    message = client.conversations_history(channel=channel)["messages"][0]
    assert (message["text"], "edited" in message) == ("second", True)
    client.chat_delete(channel=channel, ts=posted["ts"])
    assert client.conversations_history(channel=channel)["messages"] == []


def test_replies_stand_in_their_thread_and_not_in_the_history(client: WebClient) -> None:
    parent = client.chat_postMessage(channel="#billing", text="parent")
    for text in ("one", "two"):
        client.chat_postMessage(channel=parent["channel"], text=text, thread_ts=parent["ts"])
    thread = client.conversations_replies(channel=parent["channel"], ts=parent["ts"])["messages"]
    assert [message["text"] for message in thread] == ["parent", "one", "two"]
    assert thread[0]["reply_count"] == 2
    assert len(client.conversations_history(channel=parent["channel"])["messages"]) == 1


def test_pages_of_history_follow_their_cursor(client: WebClient) -> None:
    for number in range(5):
        client.chat_postMessage(channel="#billing", text=str(number))
    pages = client.conversations_history(channel=_billing(client), limit=2)
    assert [m["text"] for page in pages for m in page["messages"]] == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "#clinical", "text": "x"}, "not_in_channel"),
        ({"channel": "#billing", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "#billing", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": "#billing", "text": "x", "blocks": "[not json"}, "invalid_blocks_format"),
    ],
)
def test_a_message_that_cannot_be_posted_is_refused(client: WebClient, arguments: dict[str, Any], error: str) -> None:
    assert _refused(client.chat_postMessage, **arguments)["error"] == error


def test_a_message_with_nothing_in_it_is_refused(client: WebClient) -> None:
    assert _refused(client.api_call, api_method="chat.postMessage", json={"channel": "#billing"})["error"] == "no_text"


def test_a_refused_block_is_named(client: WebClient) -> None:
    blocks = [{"type": "divider"}, {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    refusal = _refused(client.chat_postMessage, channel="#billing", text="x", blocks=blocks)
    assert refusal["error"] == "invalid_blocks"
    assert refusal["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    ]


def test_only_its_own_messages_may_the_bot_change(client: WebClient, dana: Person) -> None:
    ts = dana.say("mine", "#billing")
    assert _refused(client.chat_update, channel=_billing(client), ts=ts, text="x")["error"] == "cant_update_message"
    assert _refused(client.chat_delete, channel=_billing(client), ts=ts)["error"] == "cant_delete_message"


def test_an_ephemeral_message_is_seen_by_one_person(workspace: Workspace, client: WebClient, dana: Person) -> None:
    client.chat_postEphemeral(channel="#billing", user=dana.id, text="psst")
    assert dana.messages("#billing")[-1]["text"] == "psst"
    assert workspace.person("sam").messages("#billing") == []
    assert client.conversations_history(channel=_billing(client))["messages"] == []


def test_a_direct_message_reaches_its_person_only(workspace: Workspace, client: WebClient, dana: Person) -> None:
    room = client.conversations_open(users=dana.id)["channel"]["id"]
    client.chat_postMessage(channel=room, text="hello")
    client.chat_postMessage(channel=dana.id, text="again")
    assert [m["text"] for m in dana.messages("dm")] == ["hello", "again"]
    assert workspace.person("sam").messages("dm") == []


def test_people_are_listed_with_their_profiles(client: WebClient, dana: Person) -> None:
    names = {member["name"] for member in client.users_list()["members"]}
    assert names == {"dana", "sam", "alex", "robin", "billing_copilot"}
    assert client.users_info(user=dana.id)["user"]["profile"]["title"] == "Biller"
    assert client.users_profile_get(user=dana.id)["profile"]["real_name"] == "Dana Whitfield"
    assert _refused(client.users_info, user="U0NOBODY")["error"] == "user_not_found"


def test_the_bot_joins_a_channel_before_it_posts(client: WebClient) -> None:
    clinical = next(c for c in client.conversations_list()["channels"] if c["name"] == "clinical")
    assert not clinical["is_member"]
    client.conversations_join(channel=clinical["id"])
    assert client.chat_postMessage(channel=clinical["id"], text="here")["ok"]
    assert client.auth_test()["user_id"] in client.conversations_members(channel=clinical["id"])["members"]


def test_a_reaction_counts_once(client: WebClient) -> None:
    posted = client.chat_postMessage(channel="#billing", text="x")
    target = {"channel": posted["channel"], "timestamp": posted["ts"]}
    client.reactions_add(**target, name="eyes")
    assert _refused(client.reactions_add, **target, name="eyes")["error"] == "already_reacted"
    assert client.reactions_get(**target)["message"]["reactions"][0]["count"] == 1
    client.reactions_remove(**target, name="eyes")
    assert _refused(client.reactions_remove, **target, name="eyes")["error"] == "no_reaction"


def test_an_uploaded_file_comes_back_byte_for_byte(client: WebClient, workspace: Workspace, dana: Person) -> None:
    content = "Grüße, 7 members\n".encode() * 1000
    uploaded = client.files_upload_v2(
        channel=_billing(client), filename="report.txt", content=content, title="Report", initial_comment="here it is"
    )
    stored = client.files_info(file=uploaded["files"][0]["id"])["file"]
    assert (stored["title"], stored["size"]) == ("Report", len(content))
    shown = dana.messages("#billing")[-1]
    assert (shown["text"], shown["files"][0]["name"]) == ("here it is", "report.txt")
    request = urllib.request.Request(stored["url_private"], headers={"Authorization": f"Bearer {workspace.bot_token}"})
    with urllib.request.urlopen(request, timeout=5) as reply:
        assert reply.read() == content


def test_a_private_file_without_the_token_is_a_sign_in_page_as_in_slack(client: WebClient, dana: Person) -> None:
    dana.say("", files={"note.txt": b"the note"})
    url = dana.messages()[-1]["files"][0]["url_private_download"]
    with urllib.request.urlopen(url, timeout=5) as reply:
        body = reply.read()
    assert reply.headers["content-type"].startswith("text/html")
    assert b"the note" not in body


def test_a_permalink_leads_to_the_page(client: WebClient) -> None:
    posted = client.chat_postMessage(channel="#billing", text="x")
    link = client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])["permalink"]
    with urllib.request.urlopen(link, timeout=5) as reply:
        assert reply.status == 200


def test_the_home_tab_is_published_for_one_person(client: WebClient, workspace: Workspace, dana: Person) -> None:
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "Welcome"}}]
    view = client.views_publish(user_id=dana.id, view={"type": "home", "blocks": blocks})["view"]
    assert dana.state()["home"]["blocks"][0]["text"]["text"] == "Welcome"
    assert workspace.person("sam").state()["home"] is None
    stale = _refused(client.views_publish, user_id=dana.id, view={"type": "home", "blocks": blocks}, hash="1.old")
    assert stale["error"] == "hash_conflict"
    assert client.views_update(view_id=view["id"], view={"type": "home", "blocks": []})["view"]["blocks"] == []


def test_a_trigger_nobody_gave_opens_nothing(client: WebClient) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [{"type": "divider"}]}
    assert _refused(client.views_open, trigger_id="1.2", view=view)["error"] == "invalid_trigger_id"


def test_suggested_prompts_are_four_at_most(client: WebClient, dana: Person) -> None:
    room = client.conversations_open(users=dana.id)["channel"]["id"]
    prompts = [{"title": f"T{n}", "message": f"M{n}"} for n in range(5)]
    assert _refused(client.assistant_threads_setSuggestedPrompts, channel_id=room, prompts=prompts)["error"]
    client.assistant_threads_setSuggestedPrompts(channel_id=room, prompts=prompts[:4], title="Try")
    assert dana.channel("dm")["prompts"]["prompts"][3]["message"] == "M3"


def test_a_working_status_ends_with_the_reply(client: WebClient, dana: Person) -> None:
    ts = dana.say("question")
    room = dana.channel("dm")["id"]
    client.assistant_threads_setStatus(channel_id=room, thread_ts=ts, status="is looking it up")
    assert dana.channel("dm")["statuses"][ts]["status"] == "is looking it up"
    client.chat_postMessage(channel=room, thread_ts=ts, text="answer")
    assert dana.channel("dm")["statuses"] == {}


def test_a_stream_grows_and_then_stands(client: WebClient, dana: Person) -> None:
    ts = dana.say("question")
    room = dana.channel("dm")["id"]
    stream = client.chat_stream(channel=room, thread_ts=ts, buffer_size=1)
    stream.append(markdown_text="**Allowed**")
    stream.append(markdown_text=" with conditions")
    growing = dana.messages()[-1]
    assert (growing["text"], growing["streaming_state"]) == ("**Allowed** with conditions", "in_progress")
    stream.stop(blocks=[{"type": "divider"}])
    done = dana.messages()[-1]
    assert done["streaming_state"] == "completed"
    assert [block["type"] for block in done["blocks"]] == ["markdown", "divider"]
    late = _refused(client.chat_appendStream, channel=room, ts=stream.ts, markdown_text="x")
    assert late["error"] == "message_not_in_streaming_state"


def test_a_stream_into_a_channel_names_its_recipient(client: WebClient, dana: Person) -> None:
    ts = dana.say("question", "#billing")
    refusal = _refused(client.chat_startStream, channel=_billing(client), thread_ts=ts)
    assert refusal["error"] == "missing_recipient_user_id"


def test_a_messages_metadata_is_given_to_those_who_ask_for_it(client: WebClient) -> None:
    mark = {"event_type": "copilot_work", "event_payload": {"work": "Ev1", "part": 0}}
    posted = client.chat_postMessage(channel="#billing", text="marked", metadata=mark)
    channel = posted["channel"]
    assert "metadata" not in client.conversations_history(channel=channel)["messages"][0]
    assert client.conversations_history(channel=channel, include_all_metadata=True)["messages"][0]["metadata"] == mark
    client.chat_update(channel=channel, ts=posted["ts"], text="changed")
    found = client.conversations_replies(channel=channel, ts=posted["ts"], include_all_metadata=True)["messages"][0]
    assert (found["text"], found["metadata"]) == ("changed", mark)


@pytest.mark.parametrize("mark", [{"event_type": "x"}, {"event_payload": {}}, {"event_type": "x", "event_payload": 1}])
def test_metadata_without_a_type_and_a_payload_is_refused(client: WebClient, mark: dict[str, Any]) -> None:
    refusal = _refused(client.chat_postMessage, channel="#billing", text="x", metadata=mark)
    assert refusal["error"] == "invalid_metadata_format"


def test_an_update_with_text_alone_takes_the_blocks_away(client: WebClient, dana: Person) -> None:
    posted = client.chat_postMessage(channel="#billing", text="x", blocks=[{"type": "divider"}])
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="only words")
    shown = dana.messages("#billing")[-1]
    assert shown["text"] == "only words"
    assert shown["blocks"] == []


def test_a_status_in_no_thread_is_refused_by_its_own_name(client: WebClient, dana: Person) -> None:
    room = dana.channel("dm")["id"]
    refusal = _refused(client.assistant_threads_setStatus, channel_id=room, thread_ts="1.000001", status="is reading")
    assert refusal["error"] == "invalid_thread_ts"
