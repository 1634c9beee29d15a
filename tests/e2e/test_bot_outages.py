"""What happens while a service is away: stated in docs/operations.md, caused here, against the real process."""

import json
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.workspace.errors import ApiError
from bot.workspace.server import Workspace
from bot.workspace.webapi.call import METHODS, Call
from tests.e2e.conftest import MANIFEST
from tests.e2e.postgres import a_postgres
from tests.e2e.process import Process
from tests.llm.model_server import running_model_server
from tests.slack.fakes import make_note
from tests.slack.joined import quiet, replies

QUESTION = "Can I bill group and individual therapy the same day for Medicare?"
ANSWER = "Medicare Part B · same-day services"
NOWHERE = "http://127.0.0.1:9"

Start = Callable[..., Process]
Away = Callable[..., None]


@pytest.fixture
def server() -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as running:
        # Slack's second retry comes after a minute; a test waits less.
        running.core.delivery.retry_delays = (0.0, 1.0, 2.0, 4.0)
        running.core.delivery.ack_seconds = 3.0
        yield running


@pytest.fixture
def start(server: Workspace, tmp_path: Path) -> Iterator[Start]:
    """Starts the bot in one data folder; whatever still runs at the end is killed."""
    started: list[Process] = []

    def go(**settings: str) -> Process:
        tokens = {
            "SLACK_BAA": "true",
            "SLACK_BOT_TOKEN": server.bot_token,
            "SLACK_APP_TOKEN": server.app_token,
            "SLACK_API_URL": server.api_url,
        }
        started.append(Process(tmp_path, tokens | settings))
        started[-1].ready()
        return started[-1]

    yield go
    for process in started:
        process.kill()


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Away:
    """Lets methods of the Web API fail, as Slack does when it is out, until they are given back."""
    before = dict(METHODS)

    def refuse(*names: str, after: bool = False, back: bool = False) -> None:
        def refused(name: str) -> Callable[[Call], dict[str, object]]:
            def fail(call: Call) -> dict[str, object]:
                if after:
                    before[name](call)
                raise ApiError("internal_error")

            return fail

        for name in names:
            monkeypatch.setitem(METHODS, name, before[name] if back else refused(name))

    return refuse


def answers(server: Workspace, ts: str, seconds: float = 30) -> list[dict]:
    """All that the bot said in the thread, once the answer is there and nothing more comes."""
    dana = server.person("dana")

    def over() -> bool:
        found = said(server, ts)
        return bool(found) and not any(message.get("streaming_state") == "in_progress" for message in found)

    dana.wait(over, seconds)
    quiet(2.0)
    return replies(dana, ts)


def said(server: Workspace, ts: str) -> list[dict]:
    return [m for m in server.person("dana").messages("dm", ts) if m.get("bot_id")]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else reads or writes this database meanwhile."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("begin exclusive")
        yield


@pytest.mark.long
def test_a_dead_database_is_not_acknowledged_and_answered_once_when_it_is_back(
    server: Workspace, start: Start, tmp_path: Path
) -> None:
    process = start()
    with locked(tmp_path / "data" / "copilot.sqlite3"):
        ts = server.person("dana").say(QUESTION)
        time.sleep(6.0)
        assert said(server, ts) == []
    (answer,) = answers(server, ts)
    assert ANSWER in answer["text"]
    assert "not_taken" in process.said


def test_what_arrives_before_while_and_after_postgresql_is_down_is_answered_once_each(
    server: Workspace, start: Start
) -> None:
    server.core.delivery.retry_delays = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)
    dana = server.person("dana")
    with a_postgres() as database:
        process = start(DATABASE_URL=database.url)
        before = [dana.say(QUESTION) for _ in range(6)]
        database.stop()
        meanwhile = [dana.say(QUESTION) for _ in range(6)]
        time.sleep(5.0)
        assert not any(said(server, ts) for ts in meanwhile)
        assert "not_taken" in process.said
        database.start()
        asked = [*before, *meanwhile, *(dana.say(QUESTION) for _ in range(6))]
        dana.wait(lambda: all(said(server, ts) for ts in asked), 90)
        quiet(3.0)
        assert [[ANSWER in message["text"] for message in said(server, ts)] for ts in asked] == [[True]] * 18
        process.kill()


def test_a_full_disk_is_not_acknowledged_and_answered_once_when_there_is_room(server: Workspace, start: Start) -> None:
    process = start()
    (warm,) = answers(server, server.person("dana").say(QUESTION))
    pid = process._process.pid
    # No file may grow by a byte: what a full disk does, as far as one process can be made to see it.
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    ts = server.person("dana").say(QUESTION)
    time.sleep(2.0)
    assert said(server, ts) == []
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    (answer,) = answers(server, ts)
    assert answer["text"] == warm["text"]


def test_an_answer_that_slack_does_not_take_comes_once_when_slack_is_back(
    server: Workspace, start: Start, away: Away
) -> None:
    start()
    away("chat.postMessage")
    ts = server.person("dana").say(QUESTION)
    time.sleep(2.0)
    assert said(server, ts) == []
    away("chat.postMessage", back=True)
    (answer,) = answers(server, ts, seconds=60)
    assert ANSWER in answer["text"]


def test_an_answer_that_slack_took_and_did_not_confirm_is_not_said_again(
    server: Workspace, start: Start, away: Away
) -> None:
    start()
    away("chat.postMessage", after=True)
    ts = server.person("dana").say(QUESTION)
    time.sleep(3.0)
    away("chat.postMessage", back=True)
    (answer,) = answers(server, ts, seconds=60)
    assert ANSWER in answer["text"]


@pytest.mark.long
def test_an_outage_of_slack_outlasts_a_stop_within_ten_seconds_and_the_next_start_answers(
    server: Workspace, start: Start, away: Away
) -> None:
    process = start()
    away("chat.postMessage")
    ts = server.person("dana").say(QUESTION)
    time.sleep(2.0)
    process.stop()
    began = time.monotonic()
    assert process.ended(15) == 0
    assert time.monotonic() - began < 10
    away("chat.postMessage", back=True)
    start()
    (answer,) = answers(server, ts, seconds=30)
    assert ANSWER in answer["text"]


def test_a_process_killed_in_the_middle_of_a_review_leaves_no_part_twice(
    server: Workspace, start: Start, away: Away
) -> None:
    process = start()
    dana = server.person("dana")
    ts = dana.say(make_note(["A.B.", "C.D.", "E.F.", "G.H."]))
    dana.wait(lambda: len(said(server, ts)) >= 2, 30)
    process.kill()
    start()
    found = replies(dana, ts, at_least=6, seconds=40)
    quiet(2.0)
    texts = [message["text"] for message in replies(dana, ts)]
    assert len(found) == len(texts) == len(set(texts))


@pytest.mark.long
def test_a_model_provider_that_is_dead_costs_the_wording_and_says_so(server: Workspace, start: Start) -> None:
    start(
        LLM_MODEL="openai:gpt-5.4-mini",
        OPENAI_API_KEY="sk-test",
        OPENAI_BASE_URL=f"{NOWHERE}/v1",
        LLM_TIMEOUT_SECONDS="3",
    )
    (answer,) = answers(server, server.person("dana").say(QUESTION), seconds=60)
    assert ANSWER in answer["text"]
    assert "worded offline" in str(answer["blocks"]).lower()


@pytest.mark.long
def test_a_process_killed_while_an_answer_grows_leaves_one_whole_answer(
    server: Workspace, start: Start, tmp_path: Path
) -> None:
    with running_model_server(tmp_path) as model:
        reply = {"decision": "allowed_with_conditions", "sentences": [{"text": "Both are paid.", "rests_on": ["F1"]}]}
        slow = {"ttft": 4000, "tps": 50}
        model.reply({"match": {}, "response": {"content": json.dumps(reply)}, "chunkSize": 4, "streamingProfile": slow})
        settings = {
            "LLM_MODEL": "openai:gpt-5.4-mini",
            "OPENAI_API_KEY": "sk-test",
            "OPENAI_BASE_URL": f"{model.url}/v1",
        }
        process = start(**settings)
        dana = server.person("dana")
        ts = dana.say(QUESTION)
        dana.wait(lambda: any(m.get("streaming_state") for m in said(server, ts)), 30)
        process.kill()
        start(**settings)
        dana.wait(lambda: "context_actions" in str(said(server, ts)), 60)
        (answer,) = answers(server, ts)
    assert ANSWER in answer["text"]


def test_a_chroma_server_that_is_dead_costs_the_search_by_meaning_only(server: Workspace, start: Start) -> None:
    start(CHROMA_URL=NOWHERE)
    (known,) = answers(server, server.person("dana").say(QUESTION))
    assert ANSWER in known["text"]
    (searched,) = answers(server, server.person("dana").say("What should a group treatment plan review mention?"))
    assert "Something went wrong" not in searched["text"]
