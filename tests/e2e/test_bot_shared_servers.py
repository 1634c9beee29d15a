"""Two bots on a real PostgreSQL and a real Chroma, each event sent to both, one of them killed: every answer once."""

import asyncio
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, text

from bot.workspace.server import Workspace
from tests.e2e.chroma import running_chroma
from tests.e2e.conftest import MANIFEST
from tests.e2e.over_http import knock, signed
from tests.e2e.postgres import running_postgres
from tests.e2e.process import Process
from tests.e2e.test_bot_outages import ANSWER, QUESTION, said
from tests.e2e.test_bot_process_many import opened
from tests.ports import free_port
from tests.slack.joined import quiet

SEARCHED = "What should a group treatment plan review mention?"


class Both:
    """Delivers each event to every bot at once, as a Slack that is never sure would; one acknowledgement is enough."""

    connected = True

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.ports: list[int] = []

    async def deliver(self, envelope: dict[str, Any], timeout: float) -> dict[str, Any] | None:
        posts = [asyncio.to_thread(self._post, envelope["payload"], number) for number in range(len(self.ports))]
        return {} if 200 in await asyncio.gather(*posts) else None

    def _post(self, payload: dict[str, Any], number: int) -> int:
        body = json.dumps(payload).encode() + b" " * number  # no signature is taken twice
        try:
            url = f"http://127.0.0.1:{self.ports[number]}/slack/events"
            return knock(url, body, signed(body, secret=self.secret))[0]
        except OSError:  # the bot is dead
            return 0


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings of a PostgreSQL and of a Chroma that has the index."""
    folder = tmp_path_factory.mktemp("shared")
    with running_postgres() as database, running_chroma(folder) as chroma:
        settings = {"DATABASE_URL": database, "CHROMA_URL": chroma}
        assert Process(folder, settings, "index", "--quiet").ended(180) == 0
        yield settings


@pytest.mark.timeout(300)
@pytest.mark.long
def test_each_of_two_dozen_events_sent_to_two_replicas_is_answered_once_while_one_is_killed(
    shared: dict[str, str], tmp_path: Path
) -> None:
    with Workspace(manifest=MANIFEST) as server:
        both = Both(server.signing_secret)
        settings = {
            **shared,
            "SLACK_BAA": "true",
            "SLACK_BOT_TOKEN": server.bot_token,
            "SLACK_SIGNING_SECRET": server.signing_secret,
            "SLACK_API_URL": server.api_url,
            "WORK_KEY": "k" * 32,
            "FINGERPRINT_KEY": "f" * 32,
        }
        bots = []
        for name in ("a", "b"):
            both.ports.append(free_port())
            (tmp_path / name).mkdir()
            run = ("run", "--http", str(both.ports[-1]))
            bots.append(Process(tmp_path / name, {**settings, "REPLICA": name}, *run))
        try:
            assert [index_of(port) for port in both.ports] == ["open", "open"]
            server.core.delivery.carrier = both
            dana = server.person("dana")
            asked = [dana.say(SEARCHED if number % 4 == 0 else QUESTION) for number in range(12)]
            bots[0].kill()
            asked += [dana.say(SEARCHED if number % 4 == 0 else QUESTION) for number in range(12)]
            silence(shared["DATABASE_URL"], "a")
            dana.wait(lambda: all(said(server, ts) for ts in asked), 120)
            quiet(3.0)
            counted = [len(said(server, ts)) for ts in asked]
            assert counted == [1] * 24
            texts = [said(server, ts)[0]["text"] for ts in asked]
            assert [ANSWER in words for words in texts] == [number % 4 != 0 for number in range(12)] * 2
            assert not [words for words in texts if "Something went wrong" in words]
            assert index_of(both.ports[1]) == "open"
        finally:
            for bot in bots:
                bot.kill()


def index_of(port: int) -> str:
    """What the bot says of its search index, once it is ready."""
    opened(f"http://127.0.0.1:{port}/readyz", 60)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as reply:
        checks = json.loads(reply.read())["checks"]
    return str(next(check["reason"] for check in checks if check["name"] == "index"))


def silence(database: str, executor: str) -> None:
    """A minute of silence, without the minute."""
    engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(
            text("update work_replicas set seen_at = '2020-01-01' where executor = :name"), {"name": executor}
        )
