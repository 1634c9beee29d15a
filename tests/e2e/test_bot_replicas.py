"""Two bots on one PostgreSQL: each piece of work is done by one of them, and by the other where that one dies."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from bot.workspace.server import Workspace
from tests.e2e.postgres import running_postgres
from tests.e2e.process import Process
from tests.e2e.test_bot_outages import ANSWER, QUESTION, Away, answers, away, said, server  # noqa: F401  # fixtures


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture
def replicas(server: Workspace, tmp_path: Path, database: str) -> Iterator[dict[str, Process]]:  # noqa: F811
    """Bots by name, each in a folder of its own."""
    tokens = {
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_API_URL": server.api_url,
        "DATABASE_URL": database,
        "WORK_KEY": "k" * 32,
        "FINGERPRINT_KEY": "f" * 32,
    }
    running: dict[str, Process] = {}

    class Named(dict[str, Process]):
        def __missing__(self, name: str) -> Process:
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            self[name] = Process(folder, tokens | {"REPLICA": name})
            self[name].ready()
            return self[name]

    running = Named()
    yield running
    for process in running.values():
        process.kill()


def test_twenty_questions_to_two_replicas_are_answered_once_each(
    server: Workspace,  # noqa: F811
    replicas: dict[str, Process],
) -> None:
    assert replicas["a"] is not replicas["b"]
    dana = server.person("dana")
    asked = [dana.say(QUESTION) for _ in range(20)]
    dana.wait(lambda: all(said(server, ts) for ts in asked), 60)
    time.sleep(2)
    assert [len(said(server, ts)) for ts in asked] == [1] * 20


@pytest.mark.long
def test_what_a_dead_replica_left_is_taken_over(
    server: Workspace,  # noqa: F811
    replicas: dict[str, Process],
    away: Away,  # noqa: F811
    database: str,
) -> None:
    away("chat.postMessage")
    first = replicas["a"]
    ts = server.person("dana").say(QUESTION)
    time.sleep(2)
    assert replicas["b"] is not first
    first.kill()
    engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)
    with engine.begin() as connection:
        # A minute of silence, without the minute.
        done = connection.execute(text("update work_replicas set seen_at = '2020-01-01' where executor = 'a'"))
        assert done.rowcount == 1
    away("chat.postMessage", back=True)
    (answer,) = answers(server, ts, seconds=60)
    assert ANSWER in answer["text"]
    assert "work_taken_over" in replicas["b"].said
