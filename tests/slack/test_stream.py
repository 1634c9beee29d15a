"""A message that grows asks Slack for what it documents, and survives whatever Slack says."""

from http.client import IncompleteRead
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.blocks.split import Message
from bot.slack.outlets import Place
from bot.slack.stream import Stream

CARD = Message("The card", ({"type": "divider"},))


class RecordingClient:
    """A WebClient that writes down each call; those named in `failing` raise."""

    def __init__(self, *failing: str, error: Exception | None = None) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._failing = failing
        self._error = error or SlackApiError("no", {"ok": False, "error": "internal_error"})

    def __getattr__(self, name: str) -> Any:
        def call(**arguments: Any) -> dict[str, Any]:
            self.calls.append((name, arguments))
            if name in self._failing:
                raise self._error
            return {"ok": True, "ts": "2.0"}

        return call

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.calls]


def stream(client: RecordingClient, channel: str = "D1") -> Stream:
    return Stream(Place(client, channel, "1.0", asker="U1", team="T1"))  # type: ignore[arg-type]


def test_it_starts_grows_and_stops_with_blocks() -> None:
    client = RecordingClient()
    growing = stream(client, "C1")

    assert growing.start("**Allowed**")
    assert growing.append(" More.")
    assert growing.stop([{"type": "divider"}])

    assert client.names == ["chat_startStream", "chat_appendStream", "chat_stopStream"]
    first = client.calls[0][1]
    assert (first["recipient_user_id"], first["recipient_team_id"], first["thread_ts"]) == ("U1", "T1", "1.0")
    assert client.calls[2][1]["blocks"] == [{"type": "divider"}]


@pytest.mark.parametrize(
    "error",
    [
        SlackApiError("no", {"ok": False, "error": "method_not_supported_for_channel_type"}),
        TimeoutError(),
        IncompleteRead(b""),
    ],
)
def test_a_start_that_fails_leaves_nothing_to_stop(error: Exception) -> None:
    client = RecordingClient("chat_startStream", error=error)
    growing = stream(client)

    assert not growing.start("**Allowed**")
    assert not growing.append(" More.")
    assert not growing.stop()
    assert client.names == ["chat_startStream"]


def test_after_a_failed_append_no_other_is_tried() -> None:
    client = RecordingClient("chat_appendStream")
    growing = stream(client)
    growing.start("**Allowed**")

    assert not growing.append(" One.")
    assert not growing.append(" Two.")
    assert not growing.stop()
    assert client.names.count("chat_appendStream") == 1


def test_a_replacement_stops_the_stream_first() -> None:
    client = RecordingClient()
    growing = stream(client)
    growing.start("**Allowed**")

    growing.replace(CARD)

    assert client.names == ["chat_startStream", "chat_stopStream", "chat_update"]
    assert client.calls[2][1]["text"] == "The card"


def test_where_no_update_is_taken_the_old_message_goes_and_a_new_one_comes() -> None:
    client = RecordingClient("chat_update", "chat_stopStream")
    growing = stream(client)
    growing.start("**Allowed**")

    growing.replace(CARD)

    assert client.names[-2:] == ["chat_delete", "chat_postMessage"]


def test_a_fresh_post_that_fails_too_is_an_error() -> None:
    client = RecordingClient("chat_update", "chat_delete", "chat_postMessage")
    growing = stream(client)
    growing.start("**Allowed**")

    with pytest.raises(SlackApiError):
        growing.replace(CARD)


@pytest.mark.parametrize(
    ("place", "streams"),
    [
        (Place(None, "D1", "1.0"), True),  # type: ignore[arg-type]
        (Place(None, "C1", "1.0", asker="U1", team="T1"), True),  # type: ignore[arg-type]
        (Place(None, "C1", "1.0"), False),  # type: ignore[arg-type]
        (Place(None, "D1"), False),  # type: ignore[arg-type]
        (Place(None, "C1", "1.0", only="U1", asker="U1", team="T1"), False),  # type: ignore[arg-type]
    ],
)
def test_where_a_message_may_grow(place: Place, streams: bool) -> None:
    assert place.streams is streams
