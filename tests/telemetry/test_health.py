"""Health as whoever runs the bot sees it: over HTTP, from the whole program and check by check."""

import json
import socket
import threading
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest

from bot.errors import OperatorError, UpstreamError
from bot.storage.database import open_database
from bot.storage.work import WorkStore
from bot.telemetry.health import CheckName, Health
from bot.telemetry.metrics import Metrics
from bot.telemetry.pages import HealthServer
from bot.telemetry.reach import ASKED_EVERY_SECONDS, LATE_AFTER_SECONDS, Reach
from bot.workspace.server import Workspace
from tests.e2e.process import Process
from tests.ports import free_port


def look(port: int, path: str) -> tuple[int, dict]:
    """The status and the document; (0, {}) where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=3) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)
    except (URLError, OSError):
        return 0, {}


def wait_for(port: int, path: str, status: int, seconds: float = 20) -> dict:
    until = time.monotonic() + seconds
    seen: object = None
    while time.monotonic() < until:
        seen = found, document = look(port, path)
        if found == status:
            return document
        time.sleep(0.05)
    raise AssertionError(seen)


def checks(document: dict) -> dict[str, bool]:
    return {check["name"]: check["ok"] for check in document["checks"]}


def serve(health: Health) -> HealthServer:
    return HealthServer("127.0.0.1", 0, health, Metrics())


def test_a_check_that_fails_is_named_with_its_reason_and_the_bot_is_not_ready() -> None:
    def no_database() -> tuple[bool, str]:
        raise ConnectionError("password hunter2 refused")

    server = serve(Health({}, {CheckName.DATABASE: no_database, CheckName.SLACK: lambda: (True, "heard")}))
    status, document = look(server.port, "/readyz")
    server.stop()
    assert status == 503
    assert document["checks"][1] == {"name": "database", "ok": False, "reason": "failed (ConnectionError)"}
    assert checks(document) == {"running": True, "database": False, "slack": True}


def test_a_check_that_hangs_does_not_hold_the_answer() -> None:
    hang = threading.Event()

    def hangs() -> tuple[bool, str]:
        hang.wait(30)
        return True, ""

    server = serve(Health({CheckName.JOBS_THREAD: hangs}, {}))
    began = time.monotonic()
    status, document = look(server.port, "/healthz")
    took = time.monotonic() - began
    hang.set()
    server.stop()
    assert (status, took < 2.5) == (503, True)
    assert "has not answered" in document["checks"][1]["reason"]


def test_many_askers_cost_one_look() -> None:
    looks: list[int] = []

    def counted() -> tuple[bool, str]:
        looks.append(1)
        return True, "well"

    server = serve(Health({}, {CheckName.DATABASE: counted}))
    assert {look(server.port, "/readyz")[0] for _ in range(20)} == {200}
    server.stop()
    assert len(looks) == 1


def test_a_database_that_takes_no_writes_is_found(tmp_path: Path) -> None:
    store = WorkStore(open_database("", tmp_path))
    store.beat("here")
    store.probe()
    writer = WorkStore(open_database(f"sqlite:///file:{tmp_path}/copilot.sqlite3?mode=ro&uri=true", tmp_path))
    with pytest.raises(Exception, match="readonly"):
        writer.probe()


def test_slack_may_be_away_for_some_minutes_but_may_not_refuse_the_token() -> None:
    clock = [1000.0]
    fails: list[Exception] = [UpstreamError("Slack cannot be reached.")]

    def call() -> None:
        if fails:
            raise fails[0]

    reach = Reach(call, lambda: clock[0])
    reach.look()
    assert reach.look()[0]
    clock[0] += LATE_AFTER_SECONDS + ASKED_EVERY_SECONDS
    assert not reach.look()[0]
    refused = Reach(lambda: (_ for _ in ()).throw(OperatorError("SLACK_BOT_TOKEN was refused by Slack.")))
    refused.look()
    time.sleep(0.1)
    assert refused.look() == (False, "SLACK_BOT_TOKEN was refused by Slack.")


def test_a_health_port_in_use_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OperatorError, match="HEALTH_PORT"):
            HealthServer("127.0.0.1", taken.getsockname()[1], Health({}, {}), Metrics())


def test_in_socket_mode_the_health_port_tells_of_every_part_and_of_a_slack_that_went_away(tmp_path: Path) -> None:
    port = free_port()
    workspace = Workspace()
    workspace.start()
    tokens = {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
    }
    process = Process(tmp_path, {**tokens, "HEALTH_PORT": str(port)})
    try:
        ready = wait_for(port, "/readyz", 200, 60)
        alive = wait_for(port, "/healthz", 200)
        workspace.stop()
        away = wait_for(port, "/readyz", 503)
        process.stop()
        assert process.ended() == 0
    finally:
        process.kill()
    assert checks(ready) == dict.fromkeys(("running", "database", "index", "slack", "jobs", "audit_record"), True)
    assert checks(alive) == {"process": True, "jobs_thread": True}
    assert checks(away)["slack"] is False


@pytest.mark.long
def test_over_http_readiness_ends_first_at_a_stop_and_the_process_within_ten_seconds(tmp_path: Path) -> None:
    port = free_port()
    with Workspace() as workspace:
        settings = {
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_SIGNING_SECRET": workspace.signing_secret,
            "SLACK_API_URL": workspace.api_url,
        }
        process = Process(tmp_path, settings, "run", "--http", str(port))
        try:
            wait_for(port, "/readyz", 200, 60)
            assert look(port, "/healthz")[0] == 200
            process.stop()
            stopping = wait_for(port, "/readyz", 503, 2)
            assert checks(stopping)["running"] is False
            assert look(port, "/healthz")[0] == 200
            assert process.ended(10) == 0
        finally:
            process.kill()


def test_metrics_do_not_stand_on_the_public_port(tmp_path: Path) -> None:
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from bot.telemetry.pages import health_routes

    client = TestClient(Starlette(routes=health_routes(Health({}, {}))))
    assert client.get("/readyz").status_code == 200
    assert client.get("/metrics").status_code == 404
