"""Where replies go: a thread that everyone there sees, one person's eyes, or the address a command gave."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import AwayError, UpstreamError
from bot.jobs.work import Work
from bot.slack.blocks.split import Message
from bot.slack.clients import takes_answers, webhook_client
from bot.slack.outage import is_outage
from bot.slack.parts import Mark, mark_of, say_once
from bot.turns import waiting

log = structlog.get_logger("bot.slack")

_GONE = ("message_not_found", "channel_not_found")

# How far our clock may be behind Slack's.
_CLOCKS_APART_SECONDS = 300.0


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

    def post(self, message: Message, number: int | None = None) -> str:
        """Say it, in durable work once; `number` is the part it is, where that was begun as something else."""
        if self.only:
            return say_once(lambda _: self._whisper(message), number=number)
        return say_once(lambda mark: self._send(message, mark), self.find, self._take_away, number)

    def _whisper(self, message: Message) -> str:
        sent = self.client.chat_postEphemeral(
            channel=self.channel,
            user=self.only,
            thread_ts=self.thread_ts,
            text=message.text,
            blocks=list(message.blocks) or None,
        )
        return str(sent["message_ts"])

    def _send(self, message: Message, mark: Mark) -> str:
        sent = self.client.chat_postMessage(
            channel=self.channel,
            thread_ts=self.thread_ts,
            text=message.text,
            blocks=list(message.blocks) or None,
            metadata=mark.metadata(),
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(sent["ts"])

    def upload(self, filename: str, title: str, content: str | bytes, alt: str | None = None) -> None:
        """Share a file in this thread. Neither name nor title nor a picture's `alt` may tell of a patient."""

        def send(_: Mark) -> str:
            with waiting():
                self.client.files_upload_v2(
                    channel=self.channel,
                    thread_ts=self.thread_ts,
                    filename=filename,
                    title=title,
                    content=content,
                    alt_txt=alt,
                )
            return ""

        def find(_: Mark, work: Work) -> str | None:
            """A shared file carries no metadata: one of its name since the work came is it."""
            shared = (file["name"] for message in self._since(work) for file in message.get("files") or ())
            return "" if filename in shared else None

        say_once(send, find)

    def find(self, mark: Mark, work: Work) -> str | None:
        """The ts of the part that Slack has already; a beginning that no work knows of is taken away."""
        found = None
        for message in self._since(work):
            if mark_of(message) == mark:
                found = str(message["ts"])
            elif self.thread_ts and _is_stray(message) and not work.store.is_part(message["ts"]):
                self._take_away(str(message["ts"]))
        return found

    def _since(self, work: Work) -> list[dict[str, Any]]:
        """What stands here since the work came; nothing where that cannot be looked up."""
        about: dict[str, Any] = {
            "oldest": f"{work.received_at.timestamp() - _CLOCKS_APART_SECONDS:.6f}",
            "include_all_metadata": True,
            "limit": 200,
        }
        try:
            if self.thread_ts:
                pages = self.client.conversations_replies(channel=self.channel, ts=self.thread_ts, **about)
            else:
                pages = self.client.conversations_history(channel=self.channel, **about)
            return [message for page in pages for message in page["messages"] if message.get("bot_id")]
        except SlackApiError as error:
            if is_outage(error):
                raise
            log.warning("not_looked_up", channel=self.channel, code=error.response.get("error", ""))
            return []

    def _take_away(self, ts: str) -> None:
        for step in (self.client.chat_stopStream, self.client.chat_delete):
            with suppress(SlackClientError, OSError):
                step(channel=self.channel, ts=ts)


@dataclass(frozen=True)
class Aside:
    """The response_url of a command or button: seen by the person alone, even where the bot is no member."""

    client: WebClient
    url: str

    def post(self, message: Message, *, replaces: bool = False) -> str:
        """In durable work it is said once, but where the process dies while Slack takes it: then twice.

        With `replaces` it takes the place of the message whose button was pressed.
        """
        if not takes_answers(self.url, self.client.base_url):
            raise UpstreamError("That came with an address to answer at that is not Slack's: send it again.")
        return say_once(lambda _: self._send(message, replaces))

    def _send(self, message: Message, replaces: bool) -> str:
        with waiting():
            sent = webhook_client(self.url, self.client).send(
                text=message.text,
                blocks=list(message.blocks) or None,
                response_type="ephemeral",
                replace_original=replaces,
            )
        if sent.status_code == 429 or sent.status_code >= 500:
            raise AwayError("Slack does not answer: send it again in a minute.")
        if sent.status_code != 200:
            raise UpstreamError("Slack takes no more replies to that: it is too long ago. Send it again.")
        return ""


def _is_stray(message: Mapping[str, Any]) -> bool:
    """A message of a bot that is no file and carries no mark: all of ours do, but a stream that was never ended."""
    return mark_of(dict(message)) is None and not message.get("files") and not message.get("subtype")


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


def direct(client: WebClient, person: str) -> Place:
    """The person's direct message, outside any thread."""
    return Place(client, str(client.conversations_open(users=person)["channel"]["id"]))


def permalink(client: WebClient, channel: str, ts: str) -> str | None:
    """The address of a message; empty where Slack gives none, None where the message is gone."""
    try:
        return str(client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
    except (SlackClientError, OSError) as error:
        if isinstance(error, SlackApiError) and error.response.get("error") in _GONE:
            return None
        log.info("no_link", channel=channel, reason=type(error).__name__)
        return ""
