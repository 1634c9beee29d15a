"""A slow model's answer in the local workspace: when the first words show, and when the card is whole.

The model is a local server that speaks OpenAI's protocol, 1.2 s to its first token and 50 tokens a second after.
"""

import json
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog

from bot.app import Copilot
from bot.workspace.errors import ApiError
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from bot.workspace.webapi.call import METHODS
from tests.bench.rows import Row, p50
from tests.llm.model_server import ModelServer, running_model_server
from tests.slack.at_work import joined
from tests.slack.joined import settings_for

QUESTION = "Can I bill 90853 and 90837 on the same day for Medicare? Case {}"
SENTENCES = (
    (
        "Individual psychotherapy and 90853 may both be reported for one patient on one date when both were performed.",
        "F1",
    ),
    ("The pair is bundled by NCCI, so a modifier and supporting records are needed.", "F1"),
    (
        "In these edits the individual psychotherapy code is column 2, so the modifier goes on the individual code.",
        "F2",
    ),
)
TIMES = 5


def bench_streaming() -> list[Row]:
    """From the question to the first words, the first sentence and the whole card, streamed and in one post."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        with tempfile.TemporaryDirectory() as folder, running_model_server(Path(folder)) as server:
            return _rows(server)
    except pytest.skip.Exception as skipped:
        print(f"not measured: {skipped.msg}")
        return []


def _rows(server: ModelServer) -> list[Row]:
    reply = {
        "decision": "allowed_with_conditions",
        "sentences": [{"text": text, "rests_on": ids.split()} for text, ids in SENTENCES],
    }
    answer = {"match": {}, "response": {"content": json.dumps(reply)}, "chunkSize": 4}
    server.reply({**answer, "streamingProfile": {"ttft": 1200, "tps": 50}})
    os.environ |= {"OPENAI_BASE_URL": f"{server.url}/v1", "OPENAI_API_KEY": "sk-local"}
    with _joined("openai:local") as person:
        _asked(person, 0)  # the imports
        streamed = [_asked(person, number) for number in range(1, TIMES + 1)]
        with _without_streams():
            posted = [_asked(person, number) for number in range(10, TIMES + 10)]
    with _joined("") as person:
        _asked(person, 20)
        offline = [_asked(person, number) for number in range(21, TIMES + 21)]
    one_post = p50([whole for _, _, whole in posted])
    first, sentence, whole = (p50(list(column)) for column in zip(*streamed, strict=True))
    return [
        Row("slow model, streamed: first words", first, "s", "one post", one_post, target=0.5),
        Row("slow model, streamed: first sentence", sentence, "s", "one post", one_post, target_ratio=0.7),
        Row("slow model, streamed: whole card", whole, "s", "one post", one_post, target_ratio=1.1),
        Row("no model: whole card", p50([whole for _, _, whole in offline]), "s"),
    ]


@contextmanager
def _joined(llm_model: str) -> Iterator[Person]:
    """Dana in a workspace with the whole bot in it."""
    with tempfile.TemporaryDirectory() as folder, Workspace() as workspace:
        settings = settings_for(workspace, llm_model=llm_model, data_dir=Path(folder))
        with joined(Copilot(settings), settings):
            yield workspace.person("dana")


@contextmanager
def _without_streams() -> Iterator[None]:
    def refused(_: object) -> dict[str, object]:
        raise ApiError("unknown_method")

    before: Callable[..., object] = METHODS["chat.startStream"]
    METHODS["chat.startStream"] = refused  # type: ignore[assignment]
    try:
        yield
    finally:
        METHODS["chat.startStream"] = before  # type: ignore[assignment]


def _asked(person: Person, number: int) -> tuple[float, float, float]:
    """Seconds to the first words of ours, to the first sentence with its marker, and to the card's last block."""
    started = time.perf_counter()
    ts = person.say(QUESTION.format(number))
    seen: list[float] = []
    for sign in ("Allowed with conditions", "[1]", "feedback_buttons"):
        person.wait(lambda sign=sign: sign in str(_ours(person, ts)), 30)
        seen.append(time.perf_counter() - started)
    return seen[0], seen[1], seen[2]


def _ours(person: Person, ts: str) -> list[object]:
    return [m.get("blocks") for m in person.messages("dm", ts) if m.get("bot_id")]
