"""What the running bot tells: from a person's message to the numbers, over both ways of delivery."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from pydantic import SecretStr

from bot.app import Copilot
from bot.observing import Observer
from bot.settings import Settings
from bot.slack.app import build_app, practice_of
from bot.slack.connection import http_app, join_socket
from bot.slack.reminding import Reminding
from bot.slack.worker import SlackWorker
from bot.telemetry.metrics import Metrics
from bot.workspace.server import Workspace
from tests.slack.fakes import TODAY, make_note
from tests.slack.joined import QUESTION, replies, settings_for
from tests.telemetry.test_metrics import value

SECRET = "a" * 32


@contextmanager
def observed(settings: Settings, observer: Observer) -> Iterator[tuple[object, Copilot]]:
    """The real copilot at work behind an app, with somebody who listens."""
    copilot = Copilot(settings)
    copilot.observer = observer
    app = build_app(copilot, settings, copilot.jobs, today=lambda: TODAY)
    practice = practice_of(app)
    reminding = Reminding(copilot.at(practice), practice, app.client, copilot.jobs, lambda: TODAY)
    copilot.jobs.launch(SlackWorker(app, reminding, observer))
    try:
        yield app, copilot
    finally:
        assert copilot.jobs.stop(10)


def settled(metrics: Metrics, name: str, number: float, **labels: str) -> bool:
    """Counted at the end of the work, a moment after its last message."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if value(metrics, name, **labels) == number:
            return True
        time.sleep(0.05)
    return False


def test_over_the_socket_a_question_a_note_and_a_press_are_counted(tmp_path: Path) -> None:
    metrics = Metrics()
    with Workspace() as workspace:
        settings = settings_for(workspace, data_dir=tmp_path, work_hours=1.0)
        with observed(settings, metrics) as (app, _):
            handler = join_socket(app, settings, metrics)
            dana = workspace.person("dana")
            replies(dana, dana.say(QUESTION))
            replies(dana, dana.say(make_note(["A.B.", "C.D."])), at_least=4, seconds=30)
            assert settled(metrics, "copilot_work_seconds_count", 1, kind="review")
            handler.close()
    assert value(metrics, "copilot_work_seconds_count", kind="answer") == 1
    assert value(metrics, "copilot_answers_total", topic="same_day", engine="offline") == 1
    assert value(metrics, "copilot_reviews_total", engine="offline") == 1
    assert value(metrics, "copilot_fallbacks_total", kind="answer") == 0  # no model was asked to
    acknowledged = {"kind": "event", "outcome": "acknowledged"}
    assert value(metrics, "copilot_acknowledge_seconds_count", **acknowledged) >= 2


def test_over_http_what_is_forged_is_counted_as_refused(tmp_path: Path) -> None:
    from tests.e2e.test_bot_http import send

    metrics = Metrics()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
    with Workspace(http_target=url, signing_secret=SECRET) as workspace:
        settings = settings_for(workspace, data_dir=tmp_path, slack_signing_secret=SecretStr(SECRET))
        with observed(settings, metrics) as (app, _):
            server = uvicorn.Server(uvicorn.Config(http_app(app, metrics), log_config=None, lifespan="off"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            dana = workspace.person("dana")
            replies(dana, dana.say(QUESTION))
            send(url, b'{"type":"event_callback","event":{"type":"message"}}', secret="b" * 32)
            dana.slash("/billing payers all")
            assert settled(metrics, "copilot_acknowledge_seconds_count", 1, kind="command", outcome="acknowledged")
            server.should_exit = True
            thread.join(5)
    assert value(metrics, "copilot_acknowledge_seconds_count", kind="event", outcome="refused") == 1
    assert value(metrics, "copilot_acknowledge_seconds_count", kind="event", outcome="acknowledged") >= 1


def test_facts_on_file_are_counted_with_the_stale_ones() -> None:
    from bot.policies.catalog import load_catalog
    from bot.telemetry.telemetry import _Facts

    total, stale = _Facts(load_catalog())()
    assert 0 < stale < total
