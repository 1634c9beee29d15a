"""`billing-copilot run`: the bot joined to Slack, or to the local workspace it opens itself."""

import ctypes
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.app import Copilot
from bot.errors import OperatorError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.slack.app import Bot
    from bot.slack.connection import Socket
    from bot.telemetry.health import Health
    from bot.telemetry.telemetry import Telemetry
    from bot.workspace.server import Workspace

_A_STOP_WAITS = 7.0
"""Seconds that a stop leaves work and warm-up to end in: a container's host kills after ten."""


_TURN_SECONDS = 0.0005
"""How long a thread computes before another one gets its turn. Each step of a short write waits for that while answers
are made, and Python's own 5 ms is ten times the write itself."""


# Of glibc's malloc.h.
_M_ARENA_MAX = -8


def serve(copilot: Copilot, http_port: int | None = None) -> None:
    """Run until SIGINT or SIGTERM; raises OperatorError or UpstreamError before anything is started."""
    from bot.onboarding.course import shipped_course

    sys.setswitchinterval(_TURN_SECONDS)
    _share_memory()
    for problem in (*copilot.catalog.problems, *shipped_course().problems):
        _say(str(problem))
    copilot.database  # noqa: B018  # a data folder that cannot be written is said now, not at the first message
    copilot.model  # noqa: B018  # a provider that may not be asked is refused now
    _refuse_two_ways_in(copilot.settings, http_port)
    if http_port is not None:
        _serve_http(copilot, http_port)
    elif copilot.settings.joins_slack:
        _join(copilot, copilot.settings, lambda: _say("Billing copilot has joined Slack. Ctrl+C stops it."))
    else:
        _refuse_half_a_login(copilot.settings)
        _open_workspace(copilot)


def _share_memory() -> None:
    """Let all threads take memory from two heaps: glibc makes each its own, of which little is ever given back."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_M_ARENA_MAX, 2)


def _open_workspace(copilot: Copilot) -> None:
    from bot.workspace.server import Workspace

    workspace = Workspace(port=copilot.settings.workspace_port)
    workspace.core.model = copilot.settings.llm_model  # the page says who else reads along
    workspace.start()
    local = copilot.settings.model_copy(
        update={
            "slack_bot_token": SecretStr(workspace.bot_token),
            "slack_app_token": SecretStr(workspace.app_token),
            "slack_api_url": workspace.api_url,
            "slack_baa": True,  # no third party takes part, so that none has to sign
            **_roles_in(workspace, copilot.settings),
        }
    )
    try:
        _join(copilot, local, lambda: _say(f"Billing copilot is ready: open {workspace.url} (Ctrl+C stops it)"))
    finally:
        workspace.stop()


def _roles_in(workspace: "Workspace", settings: Settings) -> dict[str, str]:
    """The seeded people's own roles, unless the settings name some: so that each role can be tried."""
    if settings.role_billers or settings.role_clinicians or settings.role_learners or settings.role_default:
        return {}
    return {f"role_{role}s": workspace.people_with(role) for role in ("biller", "clinician", "learner")}


def _join(copilot: Copilot, settings: Settings, ready: Callable[[], None]) -> None:
    from bot.slack.app import build_app
    from bot.slack.connection import join_socket

    stop = _stop_signal()
    telemetry = _telemetry(copilot)
    bot = build_app(copilot, settings, copilot.jobs)
    warm = _launch_work(copilot, bot)
    try:
        handler = join_socket(bot.app, settings, copilot.observer)
    except BaseException:
        warm.set()
        copilot.jobs.stop(_A_STOP_WAITS)
        raise
    warming = _warm_up(copilot, settings, warm)
    try:
        health = _look_at(telemetry, copilot, warming, lambda: _heard(handler), handler.silent_for)
        ready()
        stop.wait()
        health.stop()
    finally:
        until = time.monotonic() + _A_STOP_WAITS
        handler.close()  # type: ignore[no-untyped-call]  # Bolt gives it no types
        _end(copilot, telemetry, warming, until)


def _serve_http(copilot: Copilot, port: int) -> None:
    from bot.http_server import GOODBYE_SECONDS, HttpServer
    from bot.slack.app import build_app
    from bot.slack.http_door import Doorkeeper, http_app
    from bot.slack.installations import Installations
    from bot.telemetry.pages import health_routes
    from bot.telemetry.reach import Reach

    settings = copilot.settings
    if not (settings.slack_signing_secret and (settings.slack_bot_token or settings.is_multi_workspace)):
        raise OperatorError(
            "HTTP delivery needs SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN, or for many workspaces SLACK_CLIENT_ID and "
            "SLACK_CLIENT_SECRET."
        )
    installations = None
    if settings.is_multi_workspace:
        installations = Installations(settings.slack_client_id, copilot.database, copilot.seal)
    telemetry = _telemetry(copilot)
    doorkeeper = Doorkeeper(copilot.deliveries)
    bot = build_app(copilot, settings, copilot.jobs, doorkeeper=doorkeeper, installations=installations)
    warming = _warm_up(copilot, settings, _launch_work(copilot, bot))
    try:
        health = _look_at(telemetry, copilot, warming, Reach(_asking(bot, settings)).look)
        web = http_app(bot.app, doorkeeper, observer=copilot.observer, others=health_routes(health))
        _say(f"Billing copilot takes Slack's requests on port {port} at /slack/events. Ctrl+C stops it.")
        HttpServer(web, port, health.stop).run()
    except SystemExit:
        raise OperatorError(f"Port {port} is in use or may not be opened: choose another with --http.") from None
    finally:
        _end(copilot, telemetry, warming, time.monotonic() + _A_STOP_WAITS - GOODBYE_SECONDS)


def _asking(bot: "Bot", settings: Settings) -> Callable[[], object]:
    """Asks Slack whether it answers, and with one token whether it still takes that."""
    from bot.slack.app import practice_of

    if settings.is_multi_workspace:
        return bot.app.client.api_test
    return lambda: practice_of(bot.app, settings)


def _telemetry(copilot: Copilot) -> "Telemetry":
    """Who hears what goes on, known to the copilot before its parts are made."""
    from bot.telemetry.telemetry import Telemetry

    telemetry = Telemetry(copilot.settings.health_host, copilot.settings.health_port, _say)
    copilot.observer = telemetry.observer
    return telemetry


def _look_at(
    telemetry: "Telemetry",
    copilot: Copilot,
    warming: threading.Thread,
    slack: Callable[[], tuple[bool, str]],
    silent_for: Callable[[], float | None] = lambda: None,
) -> "Health":
    return telemetry.look_at(
        work=copilot.work,
        jobs=copilot.jobs,
        searcher=lambda: copilot.searcher,
        catalog=copilot.catalog,
        slack=slack,
        silent_for=silent_for,
        is_warm=lambda: not warming.is_alive(),
        is_recording=copilot.is_recording,
    )


def _heard(socket: "Socket") -> tuple[bool, str]:
    """What the socket's check says."""
    if not socket.client.is_connected():
        return False, "not connected to Slack's socket"
    silent = socket.silent_for()
    told = "connected, nothing heard yet" if silent is None else f"heard from Slack {silent:.0f} s ago"
    return socket.is_healthy(), told


def _launch_work(copilot: Copilot, bot: "Bot") -> threading.Event:
    """Take work, and look for reminders; what a process before left begins when the event is set that is returned."""
    from bot.slack.course_due import CourseDue
    from bot.slack.daily import start_daily
    from bot.slack.monthly import Monthly
    from bot.slack.reminding import Reminding
    from bot.slack.worker import SlackWorker

    daily = [made(copilot, bot.practices, copilot.jobs, date.today) for made in (Reminding, CourseDue, Monthly)]
    warm = threading.Event()
    copilot.jobs.launch(SlackWorker(bot.app, bot.practices, daily, copilot.observer), warm.wait)
    for matter in daily:
        start_daily(matter)
    return warm


def _refuse_half_a_login(settings: Settings) -> None:
    if settings.slack_bot_token or settings.slack_app_token:
        missing = "SLACK_APP_TOKEN" if settings.slack_bot_token else "SLACK_BOT_TOKEN"
        raise OperatorError(
            f"{missing} is not set: give both tokens to join Slack, or neither for the local workspace."
        )


def _refuse_two_ways_in(settings: Settings, http_port: int | None) -> None:
    """One token is one workspace; a client id is many, and needs pages that a browser can reach."""
    if settings.slack_client_id and settings.slack_bot_token:
        raise OperatorError("SLACK_BOT_TOKEN is for one workspace and SLACK_CLIENT_ID for many: give one of the two.")
    if settings.slack_client_id and http_port is None:
        raise OperatorError("Many workspaces (SLACK_CLIENT_ID) are served over HTTP: run with --http PORT.")
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret):
        raise OperatorError("SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together: give both.")


def _stop_signal() -> threading.Event:
    """Set by SIGINT or SIGTERM from now on: asked for before anything starts, so that no signal comes too early."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _warm_up(copilot: Copilot, settings: Settings, warm: threading.Event) -> threading.Thread:
    def warm_up() -> None:
        try:
            copilot.warm_up()
            if not settings.slack_baa:
                from bot.slack.screening import Screening

                # What finds identifiers takes its time at first, and a modal opens within three seconds or never.
                Screening(is_covered=False).question("Does Aetna cover 90853?")
            # What was loaded stays: looked through for garbage, it would hold everybody up again and again.
            gc.collect()
            gc.freeze()
        finally:
            warm.set()

    thread = threading.Thread(target=warm_up, name="warm-up", daemon=True)
    thread.start()
    return thread


def _end(copilot: Copilot, telemetry: "Telemetry", warming: threading.Thread, until: float) -> None:
    """Let work and warm-up end; work that does not is parked, and the next start goes on with it.

    The interpreter's own end waits for threads at work, and aborts one that is still inside the embedder's C++.
    """
    idle = copilot.jobs.stop(max(0.0, until - time.monotonic()))
    telemetry.stop()
    warming.join(max(0.0, until - time.monotonic()))
    if warming.is_alive() or not idle:
        sys.stderr.flush()
        os._exit(0)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
