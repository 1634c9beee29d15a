"""HTTP delivery: signed, fresh, each once, of bounded size, rate and time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from math import ceil
from typing import Any

import structlog
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_bolt.oauth import OAuthFlow
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import OperatorError
from bot.observing import NOBODY, Delivery, DeliveryKind, DeliveryOutcome, Observer, taking
from bot.slack.connection import malformed, outcome_of
from bot.slack.rate import Buckets, Rate
from bot.storage.deliveries import DeliveryStore

log = structlog.get_logger("bot.slack")

LARGEST_BODY = 1_000_000
BODY_SECONDS = 10.0
# Slack sends an app at most 30,000 events an hour for a workspace ("Events API", rate limits): 8.3 a second.
A_WORKSPACE = Rate(per_second=50, burst=500)
# Behind a proxy everybody has one address, and Slack sends for all workspaces from few.
AN_ADDRESS = Rate(per_second=500, burst=5_000)
NOT_SLACKS = "not a delivery of Slack's"
_SIGNATURE = "x-slack-signature"


class Doorkeeper:
    """Middleware right behind Bolt's check of signature and timestamp: what is not Slack's leaves no trace here."""

    def __init__(self, deliveries: DeliveryStore, rate: Rate = A_WORKSPACE) -> None:
        self._deliveries = deliveries
        self._workspaces = Buckets(rate)

    def __call__(self, request: BoltRequest, next: Callable[[], Any]) -> BoltResponse | None:
        if request.mode != "socket_mode":
            seconds = self._workspaces.wait(str(request.context.team_id))
            if seconds:
                return BoltResponse(status=429, body="too many requests", headers={"Retry-After": str(ceil(seconds))})
            if not self._deliveries.take(_signature(request)):
                log.warning("replay_refused", practice=request.context.team_id)
                return BoltResponse(status=401, body="taken before")
        next()
        return None

    def failed(self, request: BoltRequest) -> None:
        """Let the same delivery in again: Slack was told that it failed."""
        self._deliveries.give_back(_signature(request))


def _signature(request: BoltRequest) -> str:
    return request.headers.get(_SIGNATURE, [""])[0]


def http_app(  # noqa: PLR0913  # the bounds, who listens, and what else is served
    app: App,
    doorkeeper: Doorkeeper,
    rate: Rate = AN_ADDRESS,
    body_seconds: float = BODY_SECONDS,
    *,
    observer: Observer = NOBODY,
    others: Sequence[Route] = (),
) -> Starlette:
    """Slack's HTTP delivery at /slack/events, beside `others`; `doorkeeper` is the one the app was made with."""
    if not app._signing_secret:
        raise OperatorError("HTTP delivery needs SLACK_SIGNING_SECRET: without it anyone could speak as Slack.")
    addresses = Buckets(rate)

    async def take(request: Request) -> Response:
        seconds = addresses.wait(request.client.host if request.client else "")
        if seconds:
            return PlainTextResponse("too many requests", 429, {"Retry-After": str(ceil(seconds))})
        try:
            async with asyncio.timeout(body_seconds):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return PlainTextResponse("too slow", 408, {"Connection": "close"})
        if body is None:
            return PlainTextResponse("too large", 413, {"Connection": "close"})
        try:
            asked = to_bolt_request(request, body)
        except UnicodeDecodeError:
            return PlainTextResponse("not text", 400)
        except Exception as error:
            malformed(error)
            return PlainTextResponse(NOT_SLACKS, 400)
        # dispatch waits for the acknowledgement: on a thread, so that others are taken meanwhile.
        return to_starlette_response(await run_in_threadpool(_dispatch, app, doorkeeper, asked, observer))

    routes = [Route("/slack/events", take, methods=["POST"]), *others]
    if app.oauth_flow is not None:
        routes += _install_pages(app.oauth_flow, addresses)
    return Starlette(routes=routes)


def _install_pages(flow: OAuthFlow, addresses: Buckets) -> list[Route]:
    """Where a workspace installs the app, and where Slack sends its admin back with a code."""

    def page(make: Callable[[BoltRequest], BoltResponse]) -> Callable[[Request], Awaitable[Response]]:
        async def show(request: Request) -> Response:
            if addresses.wait(request.client.host if request.client else ""):
                return PlainTextResponse("too many requests", 429, {"Retry-After": "1"})
            return to_starlette_response(await run_in_threadpool(make, to_bolt_request(request, b"")))

        return show

    return [
        Route(flow.install_path, page(flow.handle_installation)),
        Route(flow.redirect_uri_path, page(flow.handle_callback)),
    ]


def _kind(body: Mapping[str, object]) -> DeliveryKind:
    for field, kind in (
        ("event", DeliveryKind.EVENT),
        ("command", DeliveryKind.COMMAND),
        ("trigger_id", DeliveryKind.INTERACTION),
    ):
        if field in body:
            return kind
    return DeliveryKind.OTHER


def _dispatch(app: App, doorkeeper: Doorkeeper, asked: BoltRequest, observer: Observer) -> BoltResponse:
    delivery = Delivery(_kind(asked.body))
    with observer.watch(delivery), taking(delivery):
        try:
            answer = app.dispatch(asked)
        except Exception as error:
            malformed(error)
            delivery.outcome = DeliveryOutcome.REFUSED
            return BoltResponse(status=400, body=NOT_SLACKS)
        delivery.outcome = outcome_of(answer)
    if answer.status >= 500:
        doorkeeper.failed(asked)
    return answer


async def _body(request: Request) -> bytes | None:
    """The body; None for one that is too large, of which no more is read."""
    if int(request.headers.get("content-length") or 0) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
