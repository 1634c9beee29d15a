"""What we said to a message, found in Slack by the mark that each reply carries; put anew, or taken away."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks.split import Message
from bot.slack.outage import is_outage
from bot.slack.outlets import Place
from bot.slack.parts import Mark, mark_of


@dataclass(frozen=True)
class Said:
    """One message of ours: the ts of what it answers, its own, its mark, and the files it holds."""

    asked: str
    ts: str
    mark: Mark | None
    files: tuple[str, ...] = ()


def said_to(client: WebClient, channel: str, thread_ts: str, asked: str, work: str) -> list[Said]:
    """The replies of that work to the message `asked`, oldest first; all in the thread where `work` is empty."""
    found = [_said(asked, message) for message in _since(client, channel, thread_ts, asked)]
    return [one for one in found if not work or (one.mark and one.mark.work == work)]


def _since(client: WebClient, channel: str, thread_ts: str, asked: str) -> Iterator[dict[str, Any]]:
    try:
        pages = client.conversations_replies(
            channel=channel, ts=thread_ts, oldest=asked, include_all_metadata=True, limit=200
        )
        for page in pages:
            yield from (message for message in page["messages"] if message.get("bot_id"))
    except SlackApiError as error:
        if is_outage(error):
            raise
        # A message that nobody replied to is simply gone.


def _said(asked: str, message: dict[str, Any]) -> Said:
    return Said(asked, str(message["ts"]), mark_of(message), tuple(file["id"] for file in message.get("files") or ()))


def say_instead(place: Place, messages: Sequence[Message], said: Sequence[Said]) -> None:
    """Let `messages` stand where ours stood: the first of them in place, what is more after, what is less gone."""
    for message, one in zip(messages, said, strict=False):
        place.client.chat_update(
            channel=place.channel,
            ts=one.ts,
            text=message.text,
            blocks=list(message.blocks),
            # Its mark stays, so that the next edit finds it too.
            metadata=(one.mark or Mark()).metadata(),
        )
    for message in messages[len(said) :]:
        place.post(message)
    take_back(place.client, place.channel, said[len(messages) :])


def take_back(client: WebClient, channel: str, said: Sequence[Said]) -> None:
    """Remove messages of ours with the files in them; what Slack no longer has is no failure."""
    for one in said:
        for file in one.files:
            with _unless_gone():
                client.files_delete(file=file)
        with _unless_gone():
            client.chat_delete(channel=channel, ts=one.ts)


@contextmanager
def _unless_gone() -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        if is_outage(error):
            raise
