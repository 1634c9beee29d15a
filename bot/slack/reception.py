"""Where deliveries come in: work is stored before it is acknowledged, the rest is answered while Slack waits.

Work is whatever goes on after the acknowledgement. What opens a modal, whose trigger expires in three seconds, or what
Slack shows in a modal's own answer is done on the spot (`on_the_spot`): a press that got lost is pressed again.
"""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any
from uuid import uuid4

from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse
from slack_sdk import WebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import NotTakenError
from bot.jobs.jobs import Jobs
from bot.jobs.work import Request, Work, current_work
from bot.observing import Delivery, current_delivery
from bot.slack import mishaps
from bot.slack.blocks.menu import ASK_PERSON, MENU, PERSON
from bot.slack.blocks.sharing import SHARE
from bot.slack.changed import DELETED, is_change, read_change
from bot.slack.desk import Desk
from bot.slack.listeners.messages import is_for_us
from bot.slack.spot import is_on_the_spot

Body = dict[str, Any]
DELIVERY, CHOICE = "delivery", "choice"


class _TakenOver(BaseException):
    """A workflow goes on from here. Not an Exception, so that Bolt does not tell of it."""


def register(app: App, jobs: Jobs) -> None:
    """Let everything that the gate lets in pass through here; listeners are registered after it."""

    def receive(body: Body, context: BoltContext, next: Callable[[], None]) -> BoltResponse | None:
        event, practice = body.get("event"), context.get("practice", "")
        delivery = current_delivery()  # a listener may acknowledge on another thread
        if current_work() is not None:
            next()
        elif event is None:
            context["ack"] = _StoringAck(context, lambda: _take(jobs, request_of(body, practice), delivery))
            next()
        elif event.get("type") not in ("message", "app_mention"):
            next()
        elif is_change(event):
            request = _change(jobs, body, event, practice)
            if request:
                _take(jobs, request, delivery)
            return BoltResponse(status=200)
        else:
            if _is_work(context["desk"], event, str(context.bot_user_id)):
                _take(jobs, request_of(body, practice), delivery)
            return BoltResponse(status=200)
        return None

    app.use(receive)


def _take(jobs: Jobs, request: Request, delivery: Delivery | None) -> None:
    if delivery is not None:
        delivery.work = request.id
    jobs.take(request)


def _is_work(desk: Desk, event: Body, bot: str) -> bool:
    if event["type"] == "app_mention":
        return bool(event.get("user")) and not event.get("bot_id") and not event.get("edited")
    try:
        return is_for_us(desk, event, bot)
    except (SQLAlchemyError, OSError):
        raise NotTakenError("The database cannot be read: nothing was done. Send that again later.") from None


def _change(jobs: Jobs, body: Body, event: Body, practice: str) -> Request | None:
    """What a person changed of a message that we answered, as work; None for any other change.

    In a direct message all that is deleted concerns us: cards quote what heads their thread.
    """
    change = read_change(event)
    if change is None:
        return None
    answered = jobs.work_of(message_key(practice, change))
    if not answered and (change["channel_type"] != "im" or change["subtype"] != DELETED):
        return None
    key = f"{practice}:{change['subtype']}:{change['channel']}:{change['ts']}:{change['changed_ts']}"
    payload = json.dumps({**body, "event": {**change, "answered_by": answered}}).encode()
    return Request(str(body.get("event_id") or uuid4()), practice, DELIVERY, payload, (key,))


def message_key(practice: str, event: Mapping[str, Any]) -> str:
    """What names the work on a message, whichever of its events came first."""
    return f"{practice}:message:{event['channel']}:{event['ts']}"


def request_of(body: Body, practice: str) -> Request:
    """The event's or trigger's id names the work; one message may come as two events, one choice as two presses."""
    event = body.get("event")
    name = str(body.get("event_id") or body.get("trigger_id") or uuid4())
    payload = json.dumps(body).encode()
    if event is not None:
        return Request(name, practice, DELIVERY, payload, (message_key(practice, event),))
    action = (body.get("actions") or [{}])[0]
    if once := _once(action):
        container = body["container"]
        also = (f"{practice}:{once}:{container['channel_id']}:{container['message_ts']}",)
        return Request(name, practice, CHOICE, payload, also)
    return Request(name, practice, DELIVERY, payload)


def _once(action: Body) -> str:
    """The name of a choice of which several presses on one message are one; empty for any other control."""
    if str(action.get("action_id", "")).startswith(("read_as_", SHARE)):
        return "choice"
    chosen = str((action.get("selected_option") or {}).get("value", ""))
    asks = action.get("action_id") == MENU and chosen.startswith(PERSON)
    return PERSON if asks or action.get("action_id") == ASK_PERSON else ""


class _StoringAck(Ack):
    """Stores the work when a listener acknowledges, and ends the listener there: a workflow runs it whole."""

    def __init__(self, context: BoltContext, take: Callable[[], object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt gives it no types
        self._context = context
        self._take = take

    def __call__(self, *args: Any, **kwargs: Any) -> BoltResponse:
        stays = is_on_the_spot(self._context) or args or any(value is not None for value in kwargs.values())
        if stays:
            return super().__call__(*args, **kwargs)
        self._take()
        super().__call__()
        raise _TakenOver


class Threads(ThreadPoolExecutor):
    """Bolt's threads, which know for whom they act; a piece of work stays on the thread of its workflow."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        if current_work() is None:
            return super().submit(copy_context().run, fn, *args, **kwargs)
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def perform(app: App, work: Work) -> None:
    """Run the listeners for a delivery that was stored; raises what deserves another try."""
    app.dispatch(BoltRequest(mode="socket_mode", body=json.loads(work.payload)))
    if work.error is not None:
        raise work.error


def tell_failure(client: WebClient | None, work: Work, error: Exception) -> None:
    """Say that it failed for good, and open the choice again that it was; nobody is there without a client."""
    work.error, work.reopens = None, work.kind == CHOICE
    if client is not None:
        mishaps.tell(error, json.loads(work.payload), client)
    if work.error is not None:
        raise work.error
