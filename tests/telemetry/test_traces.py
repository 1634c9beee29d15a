"""Traces as a collector gets them: a receiver of OTLP over HTTP on this computer, and the real bot."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.app import Copilot
from bot.llm.factory import LangChainModel
from bot.observing import Asked, Delivery, DeliveryKind, WorkTried
from bot.slack.connection import join_socket
from bot.telemetry.traces import Traces, are_wanted, make_traces
from bot.workspace.server import Workspace
from tests.slack.joined import QUESTION, replies, settings_for
from tests.telemetry.test_in_the_bot import observed

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


class Receiver:
    """Takes what an exporter posts to /v1/traces."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.raw.append(self.rfile.read(int(self.headers["Content-Length"])))
                assert self.path == "/v1/traces"
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Quietly."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def spans(self) -> list:
        found = []
        for raw in self.raw:
            request = ExportTraceServiceRequest.FromString(raw)
            found += [
                span for resource in request.resource_spans for scope in resource.scope_spans for span in scope.spans
            ]
        return found

    def service(self) -> str:
        resource = ExportTraceServiceRequest.FromString(self.raw[0]).resource_spans[0].resource
        return next(one.value.string_value for one in resource.attributes if one.key == "service.name")

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def traces(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Iterator[Traces]:
    monkeypatch.setenv(ENDPOINT, receiver.url)
    made = make_traces()
    assert isinstance(made, Traces)
    yield made
    made.end()


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({ENDPOINT: "http://collector:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://collector:4318/v1/traces"}, True),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({ENDPOINT: "http://collector:4318", "OTEL_TRACES_EXPORTER": "none"}, False),
        ({ENDPOINT: "http://collector:4318", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_traces_are_switched_by_opentelemetrys_own_variables(environment: dict[str, str], wanted: bool) -> None:
    assert are_wanted(environment) is wanted


def test_a_question_is_one_trace_from_delivery_to_the_models_call(
    tmp_path: Path, receiver: Receiver, traces: Traces
) -> None:
    """The model has no key here: its call fails, and is traced all the same."""
    with Workspace() as workspace:
        settings = settings_for(workspace, data_dir=tmp_path, llm_model="openai:local", llm_providers="openai+baa")
        with observed(settings, traces) as (bot, _):
            handler = join_socket(bot.app, settings, traces)
            dana = workspace.person("dana")
            replies(dana, dana.say(f"{QUESTION} It is for Medicare, patient Zebulon Quux."))
            replies(dana, dana.say("Can I bill 90853 and 90837 on the same day for Medicare?"))
            handler.close()
    traces.stop(5)
    by_trace: dict[bytes, dict] = {}
    for span in receiver.spans():
        by_trace.setdefault(span.trace_id, {})[span.name] = span
    whole = [named for named in by_trace.values() if "model call" in named]
    assert whole
    for named in whole:
        assert named["work"].parent_span_id == named["delivery"].span_id
        assert named["answer"].parent_span_id == named["work"].span_id
        assert named["model call"].parent_span_id == named["answer"].span_id
        assert not named["delivery"].parent_span_id
    assert receiver.service() == "billing-copilot"


def test_no_word_and_no_id_leaves_in_a_span(tmp_path: Path, receiver: Receiver, traces: Traces) -> None:
    with Workspace() as workspace:
        settings = settings_for(workspace, data_dir=tmp_path)
        with observed(settings, traces) as (bot, _):
            handler = join_socket(bot.app, settings, traces)
            dana = workspace.person("dana")
            ts = dana.say("Does Medicare pay 90853? The patient is Zebulon Quux.")
            replies(dana, ts)
            handler.close()
        ids = (ts, dana.id, dana.channel("dm")["id"])
    traces.stop(5)
    told = b"".join(receiver.raw)
    assert b"delivery" in told
    assert not [word for word in ("Zebulon", "Quux", "90853", *ids) if word.encode() in told]


def test_an_error_is_told_by_its_class_and_not_by_its_words(receiver: Receiver, traces: Traces) -> None:
    with pytest.raises(ValueError, match="Zebulon"), traces.watch(Asked()):
        raise ValueError("Zebulon Quux has no F41.1")
    traces.stop(5)
    assert receiver.spans()[0].status.message == "ValueError"
    assert b"Zebulon" not in receiver.raw[0]


def test_work_that_another_process_resumes_is_in_the_trace_of_its_delivery(receiver: Receiver, traces: Traces) -> None:
    from datetime import UTC, datetime

    with traces.watch(Delivery(DeliveryKind.EVENT, work="Ev1")):
        pass
    other = make_traces()
    assert isinstance(other, Traces)
    with other.watch(WorkTried("Ev1", datetime.now(UTC))):
        pass
    for one in (traces, other):
        one.stop(5)
    other.end()
    delivery, work = receiver.spans()
    assert (work.trace_id, work.parent_span_id) == (delivery.trace_id, delivery.span_id)


def test_the_calls_of_a_review_hang_beneath_it_though_they_run_on_threads_of_their_own(
    tmp_path: Path, receiver: Receiver, traces: Traces
) -> None:
    from bot.settings import Settings
    from tests.slack.fakes import make_note

    copilot = Copilot(Settings(data_dir=tmp_path, llm_model="openai:local", llm_providers="openai+baa"))
    copilot.observer = traces
    assert isinstance(copilot.model, LangChainModel)
    copilot.at("T1").review(make_note(["A.B.", "C.D."]))
    traces.stop(5)
    spans = receiver.spans()
    review = next(span for span in spans if span.name == "review")
    calls = [span for span in spans if span.name == "model call"]
    assert calls
    assert {span.parent_span_id for span in calls} == {review.span_id}


def test_without_the_variables_nothing_of_opentelemetry_is_loaded() -> None:
    code = (
        "import sys; from bot.telemetry.telemetry import Telemetry; from bot.observing import NOBODY\n"
        "made = Telemetry('127.0.0.1', 0, print)\n"
        "assert made.observer is NOBODY\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry', 'prometheus'))])"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=clean, check=True)
    assert done.stdout.strip() == "[]"


def test_without_the_extra_one_line_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['opentelemetry.exporter.otlp.proto.http.trace_exporter'] = None\n"
        "from bot.telemetry.telemetry import Telemetry; Telemetry('127.0.0.1', 0, print)"
    )
    environment = {**os.environ, ENDPOINT: "http://127.0.0.1:4318"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip().count("\n") == 0
    assert "billing-copilot[otel]" in done.stdout


def test_a_dead_collector_does_not_hold_the_programs_end() -> None:
    code = (
        "from bot.telemetry.traces import make_traces; from bot.observing import Asked\n"
        "traces = make_traces()\n"
        "with traces.watch(Asked()): pass\n"
        "import time; began = time.monotonic(); traces.stop(); print(time.monotonic() - began < 2)"
    )
    environment = {**os.environ, ENDPOINT: "http://127.0.0.1:9"}
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "True"
    assert time.monotonic() - began < 8
