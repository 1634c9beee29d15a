"""What Prometheus reads: counts and times by kind and outcome. Label values come from closed sets alone."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from time import perf_counter

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.llm.attempts import Failure
from bot.observing import (
    Act,
    Asked,
    Delivery,
    DeliveryKind,
    DeliveryOutcome,
    EngineName,
    ModelTried,
    Reviewed,
    WorkOutcome,
    WorkTried,
)
from bot.policies.models import Topic
from bot.telemetry.glance import Glance
from bot.telemetry.health import CheckName, Report

# Slack waits three seconds.
_ACKNOWLEDGE_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10)
_ANSWER_BUCKETS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 3600)
_SCRAPE_PATIENCE_SECONDS = 1.0


class WorkKind(StrEnum):
    """What a piece of work turned out to be."""

    ANSWER = "answer"
    REVIEW = "review"
    OTHER = "other"
    REMINDER = "reminder"


FAILURES = tuple(failure.name.lower() for failure in Failure)
LABELS: dict[str, dict[str, frozenset[str]]] = {
    "copilot_acknowledge_seconds": {"kind": frozenset(DeliveryKind), "outcome": frozenset(DeliveryOutcome)},
    "copilot_work_seconds": {"kind": frozenset(WorkKind)},
    "copilot_work_tries": {"kind": frozenset(WorkKind), "outcome": frozenset(WorkOutcome)},
    "copilot_answers": {"topic": frozenset(Topic), "engine": frozenset(EngineName)},
    "copilot_answer_seconds": {"engine": frozenset(EngineName)},
    "copilot_reviews": {"engine": frozenset(EngineName)},
    "copilot_review_seconds": {"engine": frozenset(EngineName)},
    "copilot_fallbacks": {"kind": frozenset((WorkKind.ANSWER, WorkKind.REVIEW))},
    "copilot_model_call_seconds": {},
    "copilot_model_errors": {"failure": frozenset(FAILURES)},
    "copilot_ready": {"check": frozenset(CheckName)},
}
"""Every label of every metric, with all the values it may have."""

_kind: ContextVar[list[WorkKind] | None] = ContextVar("work_kind", default=None)


class Metrics:
    """An observer that counts, in a registry of its own."""

    def __init__(self) -> None:
        prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus_client gives it no types
        self.registry = CollectorRegistry()
        ProcessCollector(namespace="copilot", registry=self.registry)
        self._acknowledge = self._histogram(
            "copilot_acknowledge_seconds", "From a delivery of Slack's to its acknowledgement.", _ACKNOWLEDGE_BUCKETS
        )
        self._work = self._histogram(
            "copilot_work_seconds", "From a person's message to the whole of its reply.", _ANSWER_BUCKETS
        )
        self._tries = self._counter("copilot_work_tries", "Tries at pieces of work.")
        self._answers = self._counter("copilot_answers", "Answers given, one for each payer asked about.")
        self._answer = self._histogram("copilot_answer_seconds", "Making the answers to one question.", _ANSWER_BUCKETS)
        self._reviews = self._counter("copilot_reviews", "Notes reviewed.")
        self._review = self._histogram("copilot_review_seconds", "Making one review.", _ANSWER_BUCKETS)
        self._fallbacks = self._counter(
            "copilot_fallbacks", "Answers and reviews that a model was to make and the offline engine made instead."
        )
        self._call = self._histogram("copilot_model_call_seconds", "One call to the model's provider.", _ANSWER_BUCKETS)
        self._errors = self._counter("copilot_model_errors", "Calls to the model's provider that gave nothing usable.")
        for failure in FAILURES:  # at 0 from the start, so that the first error is an increase
            self._errors.labels(failure)
        for kind in (WorkKind.ANSWER, WorkKind.REVIEW):
            self._fallbacks.labels(kind)

    def page(self) -> bytes:
        """In Prometheus's text format."""
        return prometheus_client.generate_latest(self.registry)

    @contextmanager
    def watch(self, act: Act) -> Iterator[None]:
        started = perf_counter()
        token = _kind.set([]) if isinstance(act, WorkTried) else None
        try:
            yield
        finally:
            self._count(act, perf_counter() - started)
            if token:
                _kind.reset(token)

    def _count(self, act: Act, seconds: float) -> None:
        match act:
            case Delivery():
                self._acknowledge.labels(act.kind, act.outcome).observe(seconds)
            case WorkTried():
                self._count_work(act)
            case Asked() if act.told:
                _is(WorkKind.ANSWER)
                for told in act.told:
                    self._answers.labels(Topic(told.topic), EngineName(told.engine)).inc()
                self._answer.labels(EngineName(act.told[0].engine)).observe(seconds)
                if any(told.fell_back for told in act.told):
                    self._fallbacks.labels(WorkKind.ANSWER).inc()
            case Reviewed() if act.engine:
                _is(WorkKind.REVIEW)
                self._reviews.labels(EngineName(act.engine)).inc()
                self._review.labels(EngineName(act.engine)).observe(seconds)
                if act.fell_back:
                    self._fallbacks.labels(WorkKind.REVIEW).inc()
            case ModelTried():
                self._call.observe(seconds)
                if act.failure:
                    self._errors.labels(act.failure).inc()
            case _:  # a question or a note that nothing was made of
                pass

    def _count_work(self, act: WorkTried) -> None:
        found = _kind.get() or [WorkKind.OTHER]
        kind = WorkKind.REMINDER if act.is_reminder else found[0]
        self._tries.labels(kind, act.outcome).inc()
        if act.outcome in (WorkOutcome.DONE, WorkOutcome.GIVEN_UP):
            waited = (datetime.now(UTC) - act.received_at).total_seconds()
            self._work.labels(kind).observe(max(0.0, waited))

    def _counter(self, name: str, about: str) -> Counter:
        return Counter(name, about, tuple(LABELS[name]), registry=self.registry)

    def _histogram(self, name: str, about: str, buckets: Iterable[float]) -> Histogram:
        return Histogram(name, about, tuple(LABELS[name]), buckets=tuple(buckets), registry=self.registry)


def _is(kind: WorkKind) -> None:
    """Remember what the work that goes on turned out to be."""
    if (found := _kind.get()) is not None:
        found.append(kind)


class AtScrape(Collector):
    """What is looked up when it is asked for: the queue, the facts, readiness. What does not answer is left out."""

    def __init__(
        self,
        depth: Callable[[], tuple[int, float]],
        facts: Callable[[], tuple[int, int]],
        ready: Callable[[], Report],
        silent_for: Callable[[], float | None] = lambda: None,
        words_alone: Callable[[], bool] = lambda: False,
    ) -> None:
        self._depth = Glance(_none_for_errors(depth), kept_for=1.0)
        self._facts, self._ready = facts, ready
        self._silent_for, self._words_alone = silent_for, words_alone
        self._one = threading.Lock()

    def describe(self) -> Iterable[Metric]:
        """Named without a look: a registry asks when this is registered."""
        return ()

    def collect(self) -> Iterable[Metric]:
        with self._one:
            (depth,) = self._depth.within(_SCRAPE_PATIENCE_SECONDS) or (None,)
        if depth:
            yield _gauge("copilot_queue_depth", "Work taken and not done, of all replicas.", depth[0])
            yield _gauge("copilot_queue_oldest_seconds", "How long the oldest of it has waited.", depth[1])
        total, stale = self._facts()
        yield _gauge("copilot_facts", "Payers' facts on file that ship with the copilot.", total)
        yield _gauge("copilot_stale_facts", "Those that nothing shows to hold in this benefit year.", stale)
        yield _gauge(
            "copilot_search_by_words_alone", "1 where the search index cannot be used.", float(self._words_alone())
        )
        ready = GaugeMetricFamily("copilot_ready", "Readiness by check: 1 is well.", labels=["check"])
        for check in self._ready().checks:
            ready.add_metric([check.name], float(check.ok))
        yield ready
        if (silent := self._silent_for()) is not None:
            yield _gauge("copilot_socket_silent_seconds", "Since Slack's socket was last heard.", silent)


def _none_for_errors(look: Callable[[], tuple[int, float]]) -> Callable[[], tuple[tuple[int, float] | None]]:
    def looked() -> tuple[tuple[int, float] | None]:
        try:
            return (look(),)
        except Exception:  # a database that is away: readiness tells
            return (None,)

    return looked


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)
