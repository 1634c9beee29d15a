"""Health and metrics over HTTP: `/healthz` and `/readyz` wherever the bot is served, `/metrics` on its own port."""

import socket
import threading
from collections.abc import Awaitable, Callable

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import OperatorError
from bot.telemetry.health import Health, Report
from bot.telemetry.metrics import Metrics


def health_routes(health: Health) -> list[Route]:
    """200 where all checks are well, else 503; JSON with each check's name, whether it is well, and why."""

    def route(path: str, report: Callable[[], Awaitable[Report]]) -> Route:
        async def answer(_: Request) -> Response:
            found = await report()
            return JSONResponse(found.as_json(), 200 if found.ok else 503, {"Cache-Control": "no-store"})

        return Route(path, answer, methods=["GET"])

    return [route("/healthz", health.alive), route("/readyz", health.ready)]


def metrics_route(metrics: Metrics) -> Route:
    async def answer(_: Request) -> Response:
        page = await run_in_threadpool(metrics.page)
        return Response(page, media_type="text/plain; version=0.0.4; charset=utf-8")

    return Route("/metrics", answer, methods=["GET"])


class HealthServer:
    """Serves them on a thread of its own, to the end of the process."""

    def __init__(self, host: str, port: int, health: Health, metrics: Metrics) -> None:
        """Raises OperatorError where the port cannot be opened."""
        self._listener = _listening(host, port)
        self.port = int(self._listener.getsockname()[1])
        web = Starlette(routes=[*health_routes(health), metrics_route(metrics)])
        config = uvicorn.Config(web, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, name="health", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(2)
        self._listener.close()


def _listening(host: str, port: int) -> socket.socket:
    listener = None
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, proto)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        if listener:
            listener.close()
        raise OperatorError(
            f"HEALTH_PORT {port} on {host} cannot be opened ({error.strerror}): choose another, or 0 for none."
        ) from None
    return listener
