"""What the running bot tells: from a person's message to the numbers, over both ways of delivery."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.app import Copilot
from bot.observing import Observer
from bot.settings import Settings
from bot.slack.app import Bot, build_app
from bot.slack.connection import join_socket
from bot.slack.http_door import Doorkeeper, http_app
from bot.slack.reminding import Reminding
from bot.slack.worker import SlackWorker
from bot.telemetry.metrics import Metrics
from bot.workspace.server import Workspace
from tests.e2e.over_http import SECRET, free_listener, send, served
from tests.slack.at_work import keeping
from tests.slack.fakes import TODAY, make_note
from tests.slack.joined import QUESTION, replies, settings_for
from tests.telemetry.test_metrics import value


@contextmanager
def observed(
    settings: Settings, observer: Observer, doorkeeper: Doorkeeper | None = None
) -> Iterator[tuple[Bot, Copilot]]:
    """The real copilot at work behind an app, with somebody who listens."""
    copilot = Copilot(settings)
    copilot.observer = observer
    bot = build_app(copilot, settings, copilot.jobs, today=lambda: TODAY, doorkeeper=doorkeeper)
    reminding = Reminding(copilot, bot.practices, copilot.jobs, lambda: TODAY)
    copilot.jobs.launch(SlackWorker(bot.app, bot.practices, [reminding], observer))
    try:
        yield bot, copilot
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
        with observed(settings, metrics) as (bot, _):
            handler = join_socket(bot.app, settings, metrics)
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
    metrics = Metrics()
    listener, url = free_listener()
    with Workspace(http_target=url, signing_secret=SECRET) as workspace, keeping() as doorkeeper:
        settings = settings_for(workspace, data_dir=tmp_path, slack_signing_secret=SecretStr(SECRET))
        with (
            observed(settings, metrics, doorkeeper) as (bot, _),
            served(http_app(bot.app, doorkeeper, observer=metrics), listener),
        ):
            dana = workspace.person("dana")
            replies(dana, dana.say(QUESTION))
            send(url, b'{"type":"event_callback","event":{"type":"message"}}', secret="b" * 32)
            dana.slash("/billing payers all")
            assert settled(metrics, "copilot_acknowledge_seconds_count", 1, kind="command", outcome="acknowledged")
    assert value(metrics, "copilot_acknowledge_seconds_count", kind="event", outcome="refused") == 1
    assert value(metrics, "copilot_acknowledge_seconds_count", kind="event", outcome="acknowledged") >= 1


def test_facts_on_file_are_counted_with_the_stale_ones() -> None:
    from bot.policies.catalog import load_catalog
    from bot.telemetry.telemetry import _Facts

    total, stale = _Facts(load_catalog())()
    assert 0 < stale < total
