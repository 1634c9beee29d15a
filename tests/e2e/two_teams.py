"""Two workspaces that install one app, and Slack's single address in front of both."""

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.workspace.server import Workspace
from tests.e2e.over_http import free_listener

_STRAIGHT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class OneSlack:
    """Hands each call on to the workspace of its token; gives a token for a code, which is a workspace's domain."""

    def __init__(self, workspaces: list[Workspace]) -> None:
        self._by_token = {workspace.bot_token: workspace for workspace in workspaces}
        self._by_code = {workspace.core.state.team_domain: workspace for workspace in workspaces}
        self._stands_at = {domain: workspace.url for domain, workspace in self._by_code.items()}
        self.revoked: list[str] = []
        self.url = ""

    async def answer(self, request: Request) -> Response:
        method, body = request.path_params["method"], await request.body()
        if method == "oauth.v2.access":
            return JSONResponse(self._access(parse_qs(body.decode())["code"][0]))
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if method == "auth.revoke":
            self.revoked.append(token)
            return JSONResponse({"ok": True, "revoked": True})
        workspace = self._by_token.get(token)
        if workspace is None:
            return JSONResponse({"ok": False, "error": "invalid_auth"})
        address = f"{self._stands_at[workspace.core.state.team_domain]}/api/{method}"
        return Response(await run_in_threadpool(_pass_on, address, body, request), 200, None, _JSON)

    async def elsewhere(self, request: Request) -> Response:
        """What a workspace gave an address of its own for: to answer at, and its people's page."""
        address = f"{self._stands_at[request.path_params['domain']]}/{request.path_params['rest']}?{request.url.query}"
        body = await request.body()
        return Response(await run_in_threadpool(_pass_on, address, body if request.method == "POST" else None, request))

    def _access(self, code: str) -> dict:
        workspace = self._by_code.get(code)
        if workspace is None:
            return {"ok": False, "error": "invalid_code"}
        state = workspace.core.state
        return {
            "ok": True,
            "app_id": state.app_id,
            "access_token": workspace.bot_token,
            "token_type": "bot",
            "scope": "chat:write",
            "bot_user_id": state.bot_user_id,
            "team": {"id": state.team_id, "name": state.team_name},
            "authed_user": {"id": state.people[0].id},
        }


_JSON = "application/json"


def _pass_on(address: str, body: bytes | None, request: Request) -> bytes:
    headers = {name: request.headers[name] for name in ("authorization", "content-type") if name in request.headers}
    with _STRAIGHT.open(urllib.request.Request(address, body, headers), timeout=30) as reply:
        return reply.read()


@contextmanager
def one_slack(workspaces: list[Workspace]) -> Iterator[OneSlack]:
    slack = OneSlack(workspaces)
    listener, _ = free_listener()
    slack.url = f"http://127.0.0.1:{listener.getsockname()[1]}/api/"
    web = Starlette(
        routes=[
            Route("/api/{method}", slack.answer, methods=["GET", "POST"]),
            Route("/{domain}/{rest:path}", slack.elsewhere, methods=["GET", "POST"]),
        ]
    )
    for workspace in workspaces:
        workspace.core.url = slack.url.replace("/api/", f"/{workspace.core.state.team_domain}")
    server = uvicorn.Server(uvicorn.Config(web, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield slack
    finally:
        server.should_exit = True
        thread.join(5)
