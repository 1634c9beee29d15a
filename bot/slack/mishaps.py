"""The one place where errors become a sentence. What a user sent never gets into a log or a reply from here."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import CopilotError, NotTakenError
from bot.jobs.work import LaterError, current_work
from bot.logs import where
from bot.slack.blocks.guide import line
from bot.slack.blocks.split import Block
from bot.slack.outage import deserves_another_try, is_outage
from bot.slack.outlets import Aside, Outlet, Place, private_outlet
from bot.storage.database import DATABASE_AWAY

log = structlog.get_logger("bot.slack")


def register(app: App) -> None:
    """Handle every error of every listener."""
    app.error(on_error)


def on_error(error: Exception, body: dict[str, Any], client: WebClient) -> BoltResponse | None:
    """Tell the person in one line, and the log without a word of theirs; work may deserve another try first."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200)
    if isinstance(error, NotTakenError):
        return None  # not acknowledged, so that it comes again: half of it is not said now
    work = current_work()
    if work is not None and deserves_another_try(error):
        work.error = LaterError() if is_outage(error) else error
        return None
    if work is not None:
        work.reopens = True
    if work is not None and _slack_code(error) == "thread_not_found":
        log.info("question_gone")  # deleted meanwhile: nobody waits there any more
        return None
    tell(error, body, client)
    return None


def tell(error: Exception, body: Mapping[str, Any], client: WebClient, beneath: Sequence[Block] = ()) -> None:
    """One line to whoever waits, and what can be done instead; in durable work it is tried again like any reply."""
    sentence = sentence_for(error, body)
    outlet = where_to_tell(body, client)
    if outlet is None:
        return
    try:
        told = line(sentence)
        outlet.post(replace(told, blocks=(*told.blocks, *beneath)))
    except DATABASE_AWAY:
        if (work := current_work()) is None:
            raise
        work.error = LaterError()
    except (CopilotError, SlackClientError, OSError) as failed:
        log.error("error_not_told", error=type(failed).__name__, code=_slack_code(failed))


def sentence_for(error: Exception, body: Mapping[str, Any]) -> str:
    """Our own errors speak for themselves; any other gets a reference that stands in the log too."""
    kind = str(_under(body, "event").get("type") or body.get("type") or body.get("command") or "unknown")
    if isinstance(error, CopilotError):
        log.info("refused", kind=kind, error=type(error).__name__)
        return str(error)
    reference = secrets.token_hex(3)
    # The type and the line of code; never str(error), which may carry what the user wrote.
    log.error(
        "failed",
        reference=reference,
        kind=kind,
        error=type(error).__name__,
        code=_slack_code(error),
        where=where(error),
    )
    return f"Something went wrong on our side, nothing was lost; reference {reference}."


def where_to_tell(body: Mapping[str, Any], client: WebClient) -> Outlet | None:
    """The thread of a direct message, the person alone in a channel, the command's own address otherwise."""
    event = _under(body, "event")
    if event:
        channel, user = event.get("channel"), event.get("user")
        if not channel or not user or event.get("type") not in ("message", "app_mention"):
            return None
        return private_outlet(client, channel, user, event.get("thread_ts") or event.get("ts"))
    if body.get("response_url"):
        return Aside(client, str(body["response_url"]))
    user = _under(body, "user").get("id")
    return Place(client, str(user)) if user else None


def _under(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A part of a delivery; nothing where it is of a form that Slack does not send."""
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _slack_code(error: Exception) -> str:
    return str(error.response.get("error", "")) if isinstance(error, SlackApiError) else ""
