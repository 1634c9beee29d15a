"""Marked text sent by every way into the program, whole processes, with a model and a Slack that echo it in errors."""

import hashlib
import hmac
import io
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

from docx import Document

from bot.workspace.errors import ApiError
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from bot.workspace.webapi.call import METHODS, Call
from tests.e2e.process import READY
from tests.leaks import marks
from tests.llm.breaking_server import Asked, BreakingServer, Reply
from tests.ports import free_port
from tests.slack.forms import values_in

ROOT = Path(__file__).parents[2]
SECRET = "s" * 32


def note(word: str, label: str = marks.LABEL) -> str:
    """A group note of two members that is marked all over."""
    return (
        f"Date: 03/14/2026\nGroup: {word} process group, CBT, 2 members present. Therapist guided thought records.\n\n"
        f"Patient: {label} Mabelson\nDiagnosis: F41.1\n{label} shared that {word} kept her awake and tried breathing.\n"
        f"Denied SI/HI. Plan: repeat the {word} exercise next week.\n\n"
        f"Patient: A.B.\nDiagnosis: F33.1\nA.B. said {word} was hard, cried and was comforted. Denied SI/HI.\n"
        "Plan: call a sister before Friday.\n"
    )


def echoing(asked: Asked) -> Reply:
    """A provider that fails with what it was sent in its error, or answers with words of its own that fit nothing."""
    if "judge" in asked.text or "audit" in asked.text:
        told = {"error": {"message": f"{marks.REPLY} could not process: {asked.words}", "type": "server_error"}}
        return Reply(status=500, body=json.dumps(told).encode())
    return Reply(says=f'{{"decision": "{marks.REPLY}", "sentences": [{{"text": "{marks.REPLY}')


@dataclass
class Feeding:
    """The folders that the program may write to, and all that it printed."""

    folder: Path
    model: BreakingServer
    said: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.data, self.temp, self.home = (self.folder / name for name in ("data", "temp", "home"))
        for one in (self.data, self.temp, self.home):
            one.mkdir()
        self.model.plan = echoing
        self.health_port = free_port()

    # -- processes

    def environment(self, **settings: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.home),
            "TMPDIR": str(self.temp),
            "DATA_DIR": str(self.data),
            "LOG_LEVEL": "debug",
            "SLACK_BAA": "true",
            "HEALTH_PORT": str(self.health_port),
            "LLM_MODEL": "openai:gpt-5.4-mini",
            "LLM_TIMEOUT_SECONDS": "2",
            "LLM_REVIEW_SECONDS": "3",
            "OPENAI_API_KEY": "sk-test",
            "OPENAI_BASE_URL": f"{self.model.url}/v1",
            "OMP_NUM_THREADS": "1",
        } | settings

    def command(self, *arguments: str, stdin: bytes = b"", answers: bool = False, **settings: str) -> str:
        """Run one command; what it printed is kept, but for an answer or a report that quotes as it is meant to."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.leaks.breaking_bot", *arguments],
            cwd=self.home,
            env=self.environment(**settings),
            input=stdin,
            capture_output=True,
            timeout=90,
            check=False,
        )
        name = " ".join(arguments[:2])
        self.said.append((f"stderr of {name}", done.stderr.decode()))
        if not answers:
            self.said.append((f"stdout of {name}", done.stdout.decode()))
        return done.stdout.decode()

    @contextmanager
    def running(self, *arguments: str, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
        """`run` until the end of the block; all that it printed is kept."""
        written = self.folder / f"printed-{time.monotonic_ns()}"
        with written.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.leaks.breaking_bot", "run", *arguments],
                cwd=self.home,
                env=self.environment(**settings),
                stdout=out,
                stderr=out,
            )
        try:
            until(lambda: READY.search(written.read_text()) or "takes Slack" in written.read_text(), 40)
            yield process
            self._look_at_pages()
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait(10)
            self.said.append((f"printed by run {' '.join(arguments)}", written.read_text("utf-8", "replace")))

    def _look_at_pages(self) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for page in ("metrics", "readyz", "healthz"):
            try:
                with opener.open(f"http://127.0.0.1:{self.health_port}/{page}", timeout=5) as answer:
                    shown = answer.read().decode()
            except HTTPError as error:  # not ready, say: what it tells is looked at all the same
                shown = error.read().decode()
            except URLError:  # the process is gone
                continue
            self.said.append((f"/{page}", shown))

    # -- looking

    def printed(self) -> str:
        """What the process that runs has printed so far."""
        return max(self.folder.glob("printed-*")).read_text("utf-8", "replace")

    def leaks(self) -> list[str]:
        return marks.leaks(self.data, self.temp, self.home, said=self.said)

    def sealed_work(self) -> int:
        """How much work waits in the database."""
        return self._count("SELECT count(*) FROM work")

    def on_record(self, kind: str) -> int:
        """How many entries of a kind the audit record has."""
        return self._count("SELECT count(*) FROM audit_record WHERE kind = ?", kind)

    def _count(self, query: str, *values: str) -> int:
        with closing(sqlite3.connect(self.data / "copilot.sqlite3")) as database:
            return int(database.execute(query, values).fetchone()[0])


def tokens(server: Workspace) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_API_URL": server.api_url,
    }


def until(done: Callable[[], Any], seconds: float) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := done():
            return found
        time.sleep(0.05)
    raise AssertionError(f"nothing came within {seconds:g} s")


class Teller:
    """A person in the workspace who waits for what the bot says."""

    def __init__(self, server: Workspace, name: str) -> None:
        self.server = server
        self.person: Person = server.person(name)

    def of_bot(self, ts: str, channel: str = "dm") -> list[dict]:
        return [m for m in self.person.messages(channel, ts) if m.get("bot_id")]

    def says(self, text: str, channel: str = "dm", at_least: int = 1, files: dict[str, bytes] | None = None) -> str:
        """Say it, and wait for the reply; the ts."""
        ts = self.person.say(text, channel, files=files)
        until(lambda: len(self.of_bot(ts, channel)) >= at_least and not self._grows(ts, channel), 40)
        return ts

    def _grows(self, ts: str, channel: str) -> bool:
        return any(m.get("streaming_state") == "in_progress" for m in self.of_bot(ts, channel))

    def clicks(self, ts: str, action: str, **changes: Any) -> None:
        """Press a button of a reply, and wait for one more message or a modal."""
        before, modal = len(self.of_bot(ts)), self.person.state()["modal"]
        card = next(m for m in self.of_bot(ts) if f'"{action}"' in json.dumps(m.get("blocks", [])))
        self.person.click(card, action, **changes)
        until(lambda: len(self.of_bot(ts)) > before or self.person.state()["modal"] != modal, 30)

    def submits(self, **filled: str) -> dict:
        answer = self.person.submit(values_in(self.person.wait_for_modal(), **filled))
        if answer.get("errors"):
            self.person.cancel(everything=True)
        return answer

    def asides(self, text: str) -> None:
        """A command, or a message in a channel, that is answered to the person alone."""
        before = len(self.person.messages("#billing"))
        if text.startswith("/"):
            self.person.slash(text)
        else:
            self.person.say(text, "#billing")
            before += 1
        until(lambda: len(self.person.messages("#billing")) > before, 20)


@contextmanager
def echoing_slack(method: str, code: str = "invalid_blocks", times: int = 10**6) -> Iterator[None]:
    """A Slack that refuses a method and gives back in its error all that it was sent."""
    real, left = METHODS[method], [times]

    def refuse(call: Call) -> dict[str, Any]:
        if left[0] <= 0:
            return real(call)
        left[0] -= 1
        sent = json.dumps(call.args)
        raise ApiError(code, [f"[ERROR] {sent}"], needed=sent, provided=sent)

    METHODS[method] = refuse
    try:
        yield
    finally:
        METHODS[method] = real


def broken_docx(word: str) -> bytes:
    data = word_docx(word)
    return data[:-200] + word.encode() + data[-150:]


def word_docx(word: str) -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(note(word))
    document.save(out)
    return out.getvalue()


def post(port: int, body: bytes, *, signed: bool = True, path: str = "/slack/events", kind: str = "json") -> int:
    """A request as Slack or anybody makes it; its status, 0 where the connection broke."""
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": f"application/{kind}", "X-Slack-Request-Timestamp": stamp, "X-Marked": marks.PAYLOAD}
    headers["X-Slack-Signature"] = f"v0={signature}" if signed else f"v0={marks.PAYLOAD}"
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            return answer.status
    except HTTPError as error:
        return error.code
    except (URLError, OSError):
        return 0


def raw(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection, suppress(OSError):
        connection.sendall(sent)
        connection.recv(1_000)
