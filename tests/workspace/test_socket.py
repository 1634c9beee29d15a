"""Socket Mode with slack-bolt's own handler: what the app hears, when, and how often."""

import time
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web import WebClient

from bot.workspace import Workspace
from bot.workspace.person import Person

from .conftest import Echo, close, listen


def _wait(found: Any, seconds: float = 5.0) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        time.sleep(0.02)
    raise AssertionError("nothing came")


def test_a_mention_is_answered_in_its_thread(echo: Echo, dana: Person) -> None:
    ts = dana.say("hi @Billing Copilot, a < b & c", "#billing")
    reply = dana.wait_for_reply(ts, "#billing")
    bot = echo.workspace.core.state.bot_user_id
    assert (reply["text"], reply["thread_ts"]) == (f"echo: hi <@{bot}>, a &lt; b &amp; c", ts)


def test_a_mention_fires_both_message_and_app_mention(echo: Echo, dana: Person) -> None:
    ts = dana.say("@Billing Copilot?", "#billing")
    dana.wait_for_reply(ts, "#billing")
    _wait(lambda: len(echo.heard) == 2)
    assert {(event["type"], event["ts"]) for event in echo.heard} == {("message", ts), ("app_mention", ts)}


def test_a_mention_where_the_app_is_not_a_member_asks_to_invite_it(echo: Echo, dana: Person) -> None:
    dana.say("@Billing Copilot?", "#clinical")
    hint = dana.messages("#clinical")[-1]
    assert hint["is_ephemeral"]
    assert "/invite" in hint["text"]
    dana.slash("/invite", "#clinical")
    _wait(lambda: echo.events("member_joined_channel"))
    ts = dana.say("@Billing Copilot?", "#clinical")
    assert dana.wait_for_reply(ts, "#clinical")


def test_a_direct_message_says_what_kind_of_channel_it_is(echo: Echo, dana: Person) -> None:
    dana.say("hello")
    event = _wait(lambda: echo.events("message"))[0]
    assert event["channel_type"] == "im"
    assert event["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "hello"}]
    body = echo.bodies[0]
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["is_bot"]


def test_edits_deletes_and_reactions_are_told(echo: Echo, dana: Person) -> None:
    ts = dana.say("first")
    dana.edit(ts, "second")
    changed = _wait(lambda: echo.events("message", "message_changed"))[0]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("second", "first")
    dana.react(ts, "eyes")
    assert _wait(lambda: echo.events("reaction_added"))[0]["item"]["ts"] == ts
    dana.delete(ts)
    assert _wait(lambda: echo.events("message", "message_deleted"))[0]["deleted_ts"] == ts


def test_a_file_comes_as_file_shared_and_as_a_message(echo: Echo, dana: Person) -> None:
    dana.say("please look", files={"session.txt": b"seven members"})
    message = _wait(lambda: echo.events("message", "file_share"))[0]
    assert message["files"][0]["name"] == "session.txt"
    assert _wait(lambda: echo.events("file_shared"))[0]["file_id"] == message["files"][0]["id"]


def test_opening_the_home_is_told_with_its_tab(echo: Echo, dana: Person) -> None:
    dana.open_home("home")
    dana.open_home("messages")
    tabs = _wait(lambda: [e["tab"] for e in echo.events("app_home_opened")] if len(echo.heard) == 2 else None)
    assert set(tabs) == {"home", "messages"}


def test_a_slash_command_may_answer_with_its_acknowledgement(echo: Echo, dana: Person) -> None:
    @echo.app.command("/billing")
    def command(ack: Any, command: dict[str, Any]) -> None:
        ack(f"you asked {command['text']} in {command['channel_name']}")

    dana.slash("/billing payers  and more")
    answer = dana.messages("#billing")[-1]
    assert answer["text"] == "you asked payers  and more in billing"
    assert answer["is_ephemeral"]


def test_a_command_nobody_answers_says_so(workspace: Workspace, dana: Person) -> None:
    workspace.core.delivery.ack_seconds = 0.2
    dana.slash("/billing hi")
    assert "operation_timeout" in dana.messages("#billing")[-1]["text"]


def test_an_unknown_command_never_reaches_the_app(echo: Echo, dana: Person) -> None:
    dana.slash("/dance")
    assert "is not a command" in dana.messages("#billing")[-1]["text"]
    assert echo.bodies == []


def test_a_response_url_works_five_times(echo: Echo, dana: Person) -> None:
    statuses: list[int] = []

    @echo.app.command("/billing")
    def command(ack: Any, respond: Any) -> None:
        ack()
        statuses.extend(respond(f"{number}").status_code for number in range(6))

    dana.slash("/billing")
    _wait(lambda: len(statuses) == 6)
    assert statuses == [200, 200, 200, 200, 200, 404]


def _buttons(client: WebClient, channel: str) -> dict[str, Any]:
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "7"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
    return dict(client.chat_postMessage(channel=channel, text="press", blocks=blocks)["message"])


def test_a_button_updates_its_message(echo: Echo, client: WebClient, dana: Person) -> None:
    @echo.app.action("go")
    def go(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        assert body["container"]["message_ts"] == body["message"]["ts"]
        assert body["state"]["values"] == {"row": {"pick": {"type": "datepicker", "selected_date": "2026-01-02"}}}
        respond(text=f"pressed {body['actions'][0]['value']}", replace_original=True)

    message = _buttons(client, "#billing")
    values = {"row": {"pick": {"type": "datepicker", "selected_date": "2026-01-02"}}}
    assert dana.click(message, "go", "#billing", values)["ok"]
    dana.wait(lambda: dana.messages("#billing")[-1]["text"] == "pressed 7")


def test_an_ephemeral_message_can_be_replaced_and_deleted(echo: Echo, dana: Person) -> None:
    @echo.app.command("/billing")
    def command(ack: Any) -> None:
        button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
        ack(text="private", blocks=[{"type": "actions", "elements": [button]}])

    @echo.app.action("go")
    def go(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        assert body["container"]["is_ephemeral"]
        assert "message" not in body
        respond(delete_original=True)

    dana.slash("/billing")
    dana.click(dana.messages("#billing")[-1], "go", "#billing")
    dana.wait(lambda: dana.messages("#billing") == [])


def test_an_event_not_acknowledged_is_sent_again_with_its_attempt(workspace: Workspace, dana: Person) -> None:
    workspace.core.delivery.ack_seconds = 0.3
    web = WebClient(base_url=workspace.api_url)
    socket = SocketModeClient(app_token=workspace.app_token, web_client=web)
    got: list[SocketModeRequest] = []

    def listener(client: Any, request: SocketModeRequest) -> None:
        got.append(request)
        if len(got) == 2:
            client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    socket.socket_mode_request_listeners.append(listener)
    socket.connect()
    dana.say("hello")
    _wait(lambda: len(got) == 2)
    time.sleep(0.8)
    socket.close()
    assert [request.retry_attempt for request in got] == [0, 1]
    assert got[1].retry_reason == "timeout"
    assert got[0].payload["event_id"] == got[1].payload["event_id"]
    assert got[0].envelope_id != got[1].envelope_id


def test_what_was_said_before_the_app_connected_still_reaches_it(workspace: Workspace, dana: Person) -> None:
    dana.say("early")
    echo = listen(workspace)
    handler = SocketModeHandler(echo.app, workspace.app_token)
    handler.connect()
    assert _wait(lambda: echo.events("message"))[0]["text"] == "early"
    close(handler)


def test_of_two_connections_one_gets_each_envelope(workspace: Workspace, dana: Person) -> None:
    echoes = [listen(workspace), listen(workspace)]
    handlers = [SocketModeHandler(echo.app, workspace.app_token) for echo in echoes]
    for handler in handlers:
        handler.connect()
    for number in range(6):
        dana.say(str(number))
    _wait(lambda: sum(len(echo.heard) for echo in echoes) >= 6)
    time.sleep(0.2)
    close(*handlers)
    assert sorted(e["text"] for echo in echoes for e in echo.heard) == [str(number) for number in range(6)]
    assert all(echo.heard for echo in echoes)


def test_the_app_comes_back_when_slack_asks_it_to_reconnect(echo: Echo, dana: Person) -> None:
    echo.workspace.ask_to_reconnect()
    ts = dana.say("@Billing Copilot still there?", "#billing")
    assert dana.wait_for_reply(ts, "#billing", seconds=15)


@pytest.mark.parametrize("ticket", ["", "?ticket=guessed"])
def test_a_socket_without_a_ticket_is_refused(workspace: Workspace, ticket: str) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    with pytest.raises(InvalidStatus):
        connect(f"ws{workspace.url.removeprefix('http')}/socket{ticket}")


def test_the_app_comes_back_after_a_lost_connection(workspace: Workspace, dana: Person) -> None:
    echo = listen(workspace)
    handler = SocketModeHandler(echo.app, workspace.app_token, ping_interval=1)
    handler.connect()
    workspace.hang_up()
    ts = dana.say("@Billing Copilot still there?", "#billing")
    assert dana.wait_for_reply(ts, "#billing", seconds=15)
    close(handler)
