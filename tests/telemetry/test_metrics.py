"""Metrics as Prometheus reads them: right counts, closed labels, and nothing of a person."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.observing import (
    Asked,
    Delivery,
    DeliveryKind,
    DeliveryOutcome,
    ModelTried,
    Reviewed,
    Told,
    WorkOutcome,
    WorkTried,
)
from bot.telemetry.health import Check, CheckName, Report
from bot.telemetry.metrics import LABELS, AtScrape, Metrics

OURS = re.compile(r"^copilot_(?!process_)")


def read(metrics: Metrics) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by its name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(metrics.page().decode())
        for sample in family.samples
    }


def value(metrics: Metrics, name: str, **labels: str) -> float:
    return read(metrics).get((name, tuple(sorted(labels.items()))), 0.0)


def scraped(**changes: object) -> Metrics:
    metrics = Metrics()
    looks: dict = {
        "depth": lambda: (3, 12.5),
        "facts": lambda: (500, 40),
        "ready": lambda: Report((Check(CheckName.DATABASE, True), Check(CheckName.SLACK, False, "deaf"))),
        "silent_for": lambda: 4.0,
    }
    metrics.registry.register(AtScrape(**{**looks, **changes}))
    return metrics


@pytest.fixture
def busy() -> Metrics:
    """After one of everything that can happen."""
    metrics = scraped()
    for kind in DeliveryKind:
        for outcome in DeliveryOutcome:
            with metrics.watch(Delivery(kind, outcome, "Ev123SECRET")):
                pass
    received = datetime.now(UTC) - timedelta(seconds=7)
    told = [Told("same_day", "offline", True), Told("units", "model", False)]
    for outcome in WorkOutcome:
        with metrics.watch(WorkTried("Ev123SECRET", received, outcome=outcome)), metrics.watch(Asked(told)):
            pass
    reviewing = WorkTried("Ev124SECRET", received, outcome=WorkOutcome.DONE)
    reviewed = Reviewed("offline", True, 7)
    with metrics.watch(reviewing), metrics.watch(reviewed), metrics.watch(ModelTried("rate")):
        pass
    with metrics.watch(ModelTried()):
        pass
    with metrics.watch(WorkTried("reminder:T1", received, is_reminder=True, outcome=WorkOutcome.DONE)):
        pass
    return metrics


def test_time_to_answer_counts_from_the_message_on_not_from_the_last_try(busy: Metrics) -> None:
    assert value(busy, "copilot_work_seconds_count", kind="answer") == 2
    assert value(busy, "copilot_work_seconds_bucket", kind="answer", le="5.0") == 0
    assert value(busy, "copilot_work_seconds_bucket", kind="answer", le="10.0") == 2
    assert value(busy, "copilot_work_tries_total", kind="answer", outcome="later") == 1
    assert value(busy, "copilot_work_seconds_count", kind="review") == 1
    assert value(busy, "copilot_work_seconds_count", kind="reminder") == 1


def test_answers_fallbacks_and_model_errors_are_counted(busy: Metrics) -> None:
    assert value(busy, "copilot_answers_total", topic="units", engine="model") == 4
    assert value(busy, "copilot_fallbacks_total", kind="answer") == 4
    assert value(busy, "copilot_fallbacks_total", kind="review") == 1
    assert value(busy, "copilot_model_call_seconds_count") == 2
    assert value(busy, "copilot_model_errors_total", failure="rate") == 1


def test_every_label_has_a_value_from_a_closed_set_and_nothing_tells_of_a_message(busy: Metrics) -> None:
    for family in text_string_to_metric_families(busy.page().decode()):
        if not OURS.match(family.name):
            continue
        for sample in family.samples:
            labels = {name: label for name, label in sample.labels.items() if name != "le"}
            allowed = LABELS.get(family.name, {})
            assert labels.keys() == allowed.keys(), family.name
            assert all(label in allowed[name] for name, label in labels.items()), sample
    assert "SECRET" not in busy.page().decode()


def test_every_metric_says_what_it_is(busy: Metrics) -> None:
    families = list(text_string_to_metric_families(busy.page().decode()))
    assert all(family.documentation and family.name.startswith("copilot_") for family in families)
    assert len(families) > 15


def test_errors_and_fallbacks_stand_at_zero_before_the_first() -> None:
    assert read(Metrics())[("copilot_model_errors_total", (("failure", "timeout"),))] == 0.0
    assert read(Metrics())[("copilot_fallbacks_total", (("kind", "review"),))] == 0.0


def test_a_scrape_tells_of_the_queue_the_facts_and_readiness() -> None:
    metrics = scraped()
    assert value(metrics, "copilot_queue_depth") == 3
    assert value(metrics, "copilot_queue_oldest_seconds") == 12.5
    assert (value(metrics, "copilot_facts"), value(metrics, "copilot_stale_facts")) == (500, 40)
    assert (value(metrics, "copilot_ready", check="database"), value(metrics, "copilot_ready", check="slack")) == (1, 0)
    assert value(metrics, "copilot_socket_silent_seconds") == 4.0


def test_a_database_that_hangs_costs_a_scrape_the_queue_alone() -> None:
    def hangs() -> tuple[int, float]:
        time.sleep(4)
        return 0, 0.0

    began = time.monotonic()
    page = scraped(depth=hangs).page().decode()
    assert time.monotonic() - began < 3
    assert "copilot_queue_depth" not in page
    assert "copilot_facts" in page


def test_a_database_that_fails_costs_a_scrape_the_queue_alone() -> None:
    def fails() -> tuple[int, float]:
        raise ConnectionError

    page = scraped(depth=fails).page().decode()
    assert ("copilot_queue_depth" in page, "copilot_facts" in page) == (False, True)


def test_the_queue_is_what_was_taken_and_not_done(tmp_path: Path) -> None:
    from bot.storage.database import open_database
    from bot.storage.work import StoredWork, WorkStore

    store = WorkStore(open_database("", tmp_path))
    assert store.depth() == (0, 0.0)
    for number in range(3):
        store.take(StoredWork(f"Ev{number}", "T1", "delivery", b"sealed", datetime.now(UTC) - timedelta(seconds=60)))
    store.end("Ev1")
    count, oldest = store.depth()
    assert (count, 59 < oldest < 70) == (2, True)
