"""OpenTelemetry spans: delivery → work → answer or review → model call, switched by OpenTelemetry's own variables.

A delivery and the work it asks for meet on different threads, and after a crash in different processes. So their trace
goes by a hash of the work's id, and nothing has to be carried. Attributes are kinds, outcomes and numbers, no
words, no ids.
"""

import hashlib
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from time import time_ns
from typing import TYPE_CHECKING, Any

from bot.observing import Act, Asked, Delivery, ModelTried, Reviewed, WorkTried

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import SpanContext

_SERVICE = "billing-copilot"
_NAMES: dict[type[Act], str] = {
    WorkTried: "work",
    Asked: "answer",
    Reviewed: "review",
    ModelTried: "model call",
}
_next_ids: ContextVar[tuple[int, int] | None] = ContextVar("next_ids", default=None)


def are_wanted(environment: Mapping[str, str]) -> bool:
    """Whether OpenTelemetry's variables ask for traces."""
    if environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return False
    exporter = environment.get("OTEL_TRACES_EXPORTER", "").strip().lower()
    if exporter:
        return exporter != "none"
    endpoints = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    return any(environment.get(name, "").strip() for name in endpoints)


class Traces:
    """An observer that makes spans, with a provider of its own: what libraries would trace of prompts stays out."""

    def __init__(self, provider: "TracerProvider") -> None:
        self._provider = provider
        self._tracer = provider.get_tracer(_SERVICE)

    def stop(self, seconds: float = 1.0) -> None:
        """Send what is left, waiting `seconds` at most: the exporter itself tries a dead collector for ten."""
        flushing = threading.Thread(target=self._provider.force_flush, name="traces", daemon=True)
        flushing.start()
        flushing.join(seconds)

    def end(self) -> None:
        """Stop the thread that sends; what is left is lost where the collector does not take it."""
        self._provider.shutdown()

    @contextmanager
    def watch(self, act: Act) -> Iterator[None]:
        if isinstance(act, Delivery):
            started = time_ns()
            try:
                yield
            finally:
                self._delivered(act, started)
            return
        from opentelemetry.trace import Status, StatusCode

        parent = _parent_of(act)
        with self._tracer.start_as_current_span(
            _NAMES[type(act)], parent, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except BaseException as error:
                # Its class alone: what an error says may quote what a person wrote.
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise
            finally:
                span.set_attributes(_attributes(act))

    def _delivered(self, delivery: Delivery, started: int) -> None:
        """Which work it was is known at its end."""
        token = _next_ids.set(_ids(delivery.work) if delivery.work else None)
        try:
            from opentelemetry.context import Context

            span = self._tracer.start_span("delivery", Context(), start_time=started)
        finally:
            _next_ids.reset(token)
        span.set_attributes(_attributes(delivery))
        span.end()


def make_traces() -> Traces | str | None:
    """Traces as the variables ask for them, None where they do not, or in one line what is missing for it."""
    if not are_wanted(os.environ):
        return None
    try:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter

        exporter: SpanExporter
        if os.environ.get("OTEL_TRACES_EXPORTER", "").strip().lower() == "console":
            exporter = ConsoleSpanExporter()
        elif _protocol() == "grpc":
            from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as OverGrpc

            exporter = OverGrpc()
        else:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

            exporter = OTLPSpanExporter()
    except ImportError:
        return "OpenTelemetry's variables ask for traces: pip install 'billing-copilot[otel]' to have them."
    named = "OTEL_SERVICE_NAME" in os.environ or "service.name=" in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", "")
    resource = Resource.create({} if named else {"service.name": _SERVICE})
    provider = TracerProvider(resource=resource, id_generator=_id_generator(), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return Traces(provider)


def _protocol() -> str:
    general = os.environ.get("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
    return os.environ.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", general).strip().lower()


def _ids(work_id: str) -> tuple[int, int]:
    """The trace of a piece of work, and the span of the delivery that asked for it."""
    digest = hashlib.sha256(b"trace:" + work_id.encode()).digest()
    return int.from_bytes(digest[:16]), int.from_bytes(digest[16:24])


def _parent_of(act: Act) -> Any:
    """Work hangs beneath its delivery; all else beneath what goes on around it."""
    if not isinstance(act, WorkTried):
        return None
    from opentelemetry.context import Context
    from opentelemetry.trace import NonRecordingSpan, set_span_in_context

    return set_span_in_context(NonRecordingSpan(_remote(*_ids(act.id))), Context())


def _remote(trace_id: int, span_id: int) -> "SpanContext":
    from opentelemetry.trace import SpanContext, TraceFlags

    return SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))


def _id_generator() -> Any:
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class ByWork(RandomIdGenerator):
        """The ids that `_next_ids` asks for, else chance."""

        def generate_trace_id(self) -> int:
            asked = _next_ids.get()
            return asked[0] if asked else super().generate_trace_id()

        def generate_span_id(self) -> int:
            asked = _next_ids.get()
            return asked[1] if asked else super().generate_span_id()

    return ByWork()


def _attributes(act: Act) -> dict[str, str | int | bool]:
    match act:
        case Delivery():
            return {"copilot.kind": act.kind.value, "copilot.outcome": act.outcome.value}
        case WorkTried():
            return {"copilot.reminder": act.is_reminder, "copilot.outcome": act.outcome.value}
        case Asked():
            fell_back = any(told.fell_back for told in act.told)
            topic = act.told[0].topic if act.told else ""
            return {"copilot.answers": len(act.told), "copilot.topic": topic, "copilot.fell_back": fell_back}
        case Reviewed():
            return {"copilot.engine": act.engine, "copilot.fell_back": act.fell_back, "copilot.members": act.members}
        case ModelTried():
            return {"copilot.failure": act.failure}
