"""Every address the workspace answers: the Web API, Socket Mode, files, response URLs and the page."""

import time
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.workspace import responses, webapi
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.guard import Guard
from bot.workspace.page import MAX_FILE_BYTES, Page
from bot.workspace.socket import SocketMode
from bot.workspace.uploads import file_bytes

_STATIC = Path(__file__).with_name("static")


class Endpoints:
    """The addresses an app uses beside Socket Mode, and the page's first one."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def api(self, request: Request) -> Response:
        """One Web API method."""
        return await webapi.answer(self._core, request)

    async def respond(self, request: Request) -> Response:
        """A response_url."""
        body: object = None
        said, status = "ok", 200
        started = time.perf_counter()
        try:
            body = await request.json()
            responses.use(self._core, request.path_params["key"], body if isinstance(body, dict) else {})
        except ApiError as error:
            said, status = error.code, 404 if error.code.endswith("_url") else 400
        except ValueError:
            said, status = "invalid_payload", 400
        took = round((time.perf_counter() - started) * 1000, 1)
        answer = {"ok": status == 200, "text": said}
        self._core.wire.tell("response_url", arguments=body, answer=answer, milliseconds=took)
        return PlainTextResponse(said, status)

    async def upload(self, request: Request) -> Response:
        """The upload URL of files.getUploadURLExternal."""
        ticket = request.path_params["ticket"]
        stored = self._core.state.files.get(self._core.uploads.get(ticket, ""))
        if stored is None:
            return PlainTextResponse("upload url is not valid", 404)
        content = await file_bytes(request, MAX_FILE_BYTES)
        if content is None or len(content) != stored.length:
            return PlainTextResponse("the size differs from the announced length", 400)
        stored.content = content
        del self._core.uploads[ticket]
        return PlainTextResponse(f"OK - {len(content)}")

    async def private_file(self, request: Request) -> Response:
        """url_private: without the bot token Slack shows its sign-in page, not an error, and so do we."""
        file_id = request.path_params["path"].split("/")[0].split("-")[-1]
        stored = self._core.state.files.get(file_id)
        if request.headers.get("authorization") != f"Bearer {self._core.tokens.bot}":
            return RedirectResponse("/", 302)
        if stored is None or stored.content is None:
            return PlainTextResponse("file not found", 404)
        return Response(stored.content, media_type=stored.mimetype)

    async def index(self, _request: Request) -> Response:
        return FileResponse(_STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def health(self, _request: Request) -> Response:
        return JSONResponse({"ok": True, "bot_connected": self._core.delivery.carrier.connected})


def application(core: Core, socket_mode: SocketMode) -> Starlette:
    """The ASGI application of one workspace."""
    page, endpoints = Page(core), Endpoints(core)
    return Starlette(
        routes=[
            Route("/", endpoints.index),
            Route("/archives/{rest:path}", endpoints.index),
            Route("/health", endpoints.health),
            Route("/api/{method:path}", endpoints.api, methods=["GET", "POST"]),
            Route("/response/{key}", endpoints.respond, methods=["POST"]),
            Route("/upload/v1/{ticket}", endpoints.upload, methods=["POST"]),
            Route("/files-pri/{path:path}", endpoints.private_file),
            WebSocketRoute("/socket", socket_mode.serve),
            Route("/page/state", page.state),
            Route("/page/samples", page.samples),
            Route("/page/file/{file}", page.file),
            Route("/page/upload", page.upload, methods=["POST"]),
            Route("/page/do/{verb}", page.do, methods=["POST"]),
            WebSocketRoute("/page/live", page.live),
            WebSocketRoute("/page/inspect", page.inspect),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[Middleware(Guard)],
    )
