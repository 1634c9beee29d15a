"""The sign that work goes on, there within a second. Never fatal: without it the answer still comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.errors import CopilotError
from bot.jobs.work import current_work
from bot.slack.blocks.guide import line
from bot.slack.outlets import Outlet

log = structlog.get_logger("bot.slack")

READING_QUESTION = ("Looking up the payer's rule…", "Checking sources and dates…", "Writing it up…")
READING_DOCUMENT = ("Reading the document page by page…", "Looking for rules on groups…")
READING_NOTE = ("Splitting the note by member…", "Reading the nine checks…", "Looking for copied parts…")
LAYING_OUT = ("Reading the note once more…", "Laying out the report…")
_EMOJI = "eyes"
ASIDE_AFTER_SECONDS = 0.8


@contextmanager
def working(client: WebClient, channel: str, ts: str, thread_ts: str, lines: tuple[str, ...]) -> Iterator[None]:
    """Show that the message at `ts` is being worked on.

    In a direct message that is the thread's status. In a channel it is a reaction on the message, since
    the status of a thread that nobody has opened is seen by nobody; each falls back on the other.
    """
    direct = channel.startswith("D")
    if direct:
        reacted = not _status(client, channel, thread_ts, lines) and _react(client, channel, ts)
    else:
        reacted = _react(client, channel, ts)
        if not reacted:
            _status(client, channel, thread_ts, lines)
    before = _messages()
    try:
        yield
    finally:
        if reacted:
            _unreact(client, channel, ts)
        elif not direct or _messages() == before:  # in a direct message a reply ends the status by itself
            _clear(client, channel, thread_ts)


@contextmanager
def working_aside(outlet: Outlet) -> Iterator[None]:
    """Say that work goes on where only words can say it, and only if it takes longer than a person waits."""
    timer = Timer(ASIDE_AFTER_SECONDS, _say_so, (outlet,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _say_so(outlet: Outlet) -> None:
    try:
        outlet.post(line("Looking it up…"))
    except (CopilotError, SlackClientError, OSError) as error:
        log.info("no_status", reason=type(error).__name__)


def _status(client: WebClient, channel: str, thread_ts: str, lines: tuple[str, ...]) -> bool:
    try:
        client.assistant_threads_setStatus(
            channel_id=channel, thread_ts=thread_ts, status="is working on it…", loading_messages=list(lines)
        )
    except (SlackClientError, OSError) as error:
        log.info("no_status", channel=channel, reason=type(error).__name__)
        return False
    return True


def _messages() -> int:
    """How many messages the reply has in Slack; outside of durable work nobody counts."""
    work = current_work()
    return work.messages if work else 0


def _clear(client: WebClient, channel: str, thread_ts: str) -> None:
    try:
        client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread_ts, status="")
    except (SlackClientError, OSError) as error:
        log.info("no_status", channel=channel, reason=type(error).__name__)


def _react(client: WebClient, channel: str, ts: str) -> bool:
    try:
        client.reactions_add(channel=channel, timestamp=ts, name=_EMOJI)
    except (SlackClientError, OSError) as error:
        log.info("no_reaction", channel=channel, reason=type(error).__name__)
        return False
    return True


def _unreact(client: WebClient, channel: str, ts: str) -> None:
    try:
        client.reactions_remove(channel=channel, timestamp=ts, name=_EMOJI)
    except (SlackClientError, OSError) as error:
        log.info("reaction_stays", channel=channel, reason=type(error).__name__)
