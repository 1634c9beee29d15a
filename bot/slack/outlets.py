"""Where replies go: a thread that everyone there sees, one person's eyes, or the address a command gave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from slack_sdk import WebClient

from bot.errors import UpstreamError
from bot.slack.blocks.split import Message
from bot.slack.clients import takes_answers, webhook_client


class Outlet(Protocol):
    """Takes one message; returns its ts, or nothing where Slack gives none."""

    def post(self, message: Message) -> str: ...


@dataclass(frozen=True)
class Place:
    """A thread of a channel; with `only`, seen by that person alone.

    `asker` and `team` say whom a reply is for: Slack streams to a channel only with both.
    """

    client: WebClient
    channel: str
    thread_ts: str | None = None
    only: str = ""
    asker: str = ""
    team: str = ""

    @property
    def is_direct(self) -> bool:
        return self.channel.startswith("D")

    @property
    def streams(self) -> bool:
        """Whether a message may grow here: Slack has no streams for one person's eyes or outside a thread."""
        return bool(self.thread_ts) and not self.only and (self.is_direct or bool(self.asker and self.team))

    def post(self, message: Message) -> str:
        blocks = list(message.blocks) or None
        if self.only:
            sent = self.client.chat_postEphemeral(
                channel=self.channel, user=self.only, thread_ts=self.thread_ts, text=message.text, blocks=blocks
            )
            return str(sent["message_ts"])
        sent = self.client.chat_postMessage(
            channel=self.channel,
            thread_ts=self.thread_ts,
            text=message.text,
            blocks=blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(sent["ts"])

    def upload(self, filename: str, title: str, content: str | bytes, alt: str | None = None) -> None:
        """Share a file in this thread. Neither name nor title nor a picture's `alt` may tell of a patient."""
        self.client.files_upload_v2(
            channel=self.channel, thread_ts=self.thread_ts, filename=filename, title=title, content=content, alt_txt=alt
        )


@dataclass(frozen=True)
class Aside:
    """The response_url of a command or button: seen by the person alone, even where the bot is no member."""

    client: WebClient
    url: str

    def post(self, message: Message) -> str:
        if not takes_answers(self.url, self.client.base_url):
            raise UpstreamError("That came with an address to answer at that is not Slack's: send it again.")
        sent = webhook_client(self.url, self.client).send(
            text=message.text,
            blocks=list(message.blocks) or None,
            response_type="ephemeral",
            replace_original=False,
        )
        if sent.status_code != 200:
            raise UpstreamError("Slack takes no more replies to that: it is too long ago. Send it again.")
        return ""


def post_all(outlet: Outlet, messages: Iterable[Message]) -> None:
    for message in messages:
        outlet.post(message)


def place_for(event: Mapping[str, Any], client: WebClient, thread_ts: str) -> Place:
    """The thread in which the sender of this message is answered for all to see."""
    team = event.get("user_team") or event.get("team") or ""
    return Place(client, event["channel"], thread_ts, asker=event["user"], team=str(team))


def private_outlet(client: WebClient, channel: str, user: str, thread_ts: str | None) -> Place:
    """Where only this person reads: a direct message is private already."""
    return Place(client, channel, thread_ts, only="" if channel.startswith("D") else user)
