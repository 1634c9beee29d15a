"""HTTP delivery: signed, fresh, each once, of bounded size, rate and time."""

import asyncio
from collections.abc import Awaitable, Callable
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
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import OperatorError
from bot.slack.connection import malformed
from bot.slack.rate import Buckets, Rate
from bot.storage.deliveries import DeliveryStore

log = structlog.get_logger("bot.slack")

LARGEST_BODY = 1_000_000
BODY_SECONDS = HEADER_SECONDS = 10.0
MOST_CONNECTIONS = 1_000
# Slack sends an app at most 30,000 events an hour for a workspace ("Events API", rate limits): 8.3 a second.
A_WORKSPACE = Rate(per_second=50, burst=500)
# Behind a proxy everybody has one address, and Slack sends for all workspaces from few.
AN_ADDRESS = Rate(per_second=500, burst=5_000)
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


def http_app(
    app: App, doorkeeper: Doorkeeper, rate: Rate = AN_ADDRESS, body_seconds: float = BODY_SECONDS
) -> Starlette:
    """Slack's HTTP delivery at /slack/events; `doorkeeper` is the one the app was made with."""
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
            # dispatch waits for the acknowledgement: on a thread, so that others are taken meanwhile.
            return to_starlette_response(await run_in_threadpool(_dispatch, app, doorkeeper, asked))
        except UnicodeDecodeError:
            return PlainTextResponse("not text", 400)
        except Exception as error:
            malformed(error)
            return PlainTextResponse("not a delivery of Slack's", 400)

    routes = [Route("/slack/events", take, methods=["POST"])]
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


def _dispatch(app: App, doorkeeper: Doorkeeper, asked: BoltRequest) -> BoltResponse:
    answer = app.dispatch(asked)
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


class Impatient(H11Protocol):
    """uvicorn's protocol, which waits for a request's headers without end; this one hangs up."""

    header_seconds = HEADER_SECONDS
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn's own
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._is_idle():
            self._waited()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._waited()
        super().connection_lost(exc)

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.header_seconds, self._hang_up)

    def _waited(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _hang_up(self) -> None:
        self._waiting = None
        if self._is_idle():
            self.transport.close()
