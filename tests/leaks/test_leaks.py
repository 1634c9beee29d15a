"""Marked text goes through every way into the program, and nothing of it is left anywhere: promise 4, searched for."""

import json
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.leaks import marks
from tests.leaks.feeding import (
    SECRET,
    Feeding,
    Teller,
    broken_docx,
    echoing_slack,
    free_port,
    note,
    post,
    raw,
    until,
    word_docx,
)
from tests.llm.breaking_server import running

ADD = "add to knowledge for Aetna effective 2026-01-01"
WENT_WRONG = "Something went wrong on our side"


@pytest.fixture
def feeding(tmp_path: Path) -> Iterator[Feeding]:
    with running() as model:
        yield Feeding(tmp_path, model)


@pytest.fixture
def server() -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as workspace:
        workspace.core.delivery.retry_delays = (0.0, 1.0, 2.0, 4.0)
        yield workspace


def tokens(server: Workspace) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": server.bot_token,
        "SLACK_APP_TOKEN": server.app_token,
        "SLACK_API_URL": server.api_url,
    }


def echoes(messages: list[dict]) -> list[tuple[str, str]]:
    """Marks of a note in what the bot said of a failure."""
    return [found for message in messages for found in marks.in_bytes(json.dumps(message).encode())]


@pytest.mark.timeout(240)
def test_what_is_said_sent_pressed_and_filled_in_in_slack_is_left_nowhere(feeding: Feeding, server: Workspace) -> None:
    with feeding.running(**tokens(server)):
        dana, robin = Teller(server, "dana"), Teller(server, "robin")
        dana.says(f"Does {marks.PAYER} Health Plan pay for group the same day? My client {marks.QUESTION} asks.")
        dana.says(f"Can I bill group and individual therapy the same day for Aetna? For {marks.QUESTION}.")
        reviewed = dana.says(note(marks.NOTE), at_least=4)
        dana.says(f"{marks.NOTE} was tearful in group today, plan: next week", at_least=1)
        dana.says("please review", at_least=4, files={f"{marks.FILE_NAME}.txt": note(marks.FILE_TEXT).encode()})
        dana.says("please review", files={f"{marks.FILE_NAME}.docx": broken_docx(marks.FILE_TEXT)})
        dana.says("please review", files={f"{marks.FILE_NAME}.zip": marks.FILE_TEXT.encode()})
        dana.says(f"@billing_copilot same day for Aetna? {marks.MENTION} asks", "#billing")
        dana.asides(f"/billing ask Does Aetna pay {marks.COMMAND} for group?")
        dana.asides(f"/billing {marks.COMMAND}")
        dana.asides(f"/billing payers add {marks.LISTED} Health")
        edited = dana.says("thanks")
        dana.person.edit(edited, note(marks.EDITED))
        for action in ("report_csv", "claim_facts"):
            dana.clicks(reviewed, action)
        dana.submits(payer=f"{marks.MODAL} Health", number=marks.MODAL, diagnosis_code=marks.MODAL)
        dana.clicks(reviewed, "claim_facts")
        dana.submits(payer=f"{marks.MODAL} Health")
        refused = robin.says(ADD, files={"manual.txt": note(marks.REFUSED).encode()})
        assert "note" in str(robin.of_bot(refused)[0]["text"])
        robin.says(ADD, files={"manual.docx": word_docx(marks.REFUSED)})
        broken = dana.says(note(marks.THROWN) + "BREAKSHERE")
        assert WENT_WRONG in dana.of_bot(broken)[0]["text"]
        assert echoes(dana.of_bot(broken)) == []
        with echoing_slack("chat.postMessage", times=2):
            dana.person.say(note(marks.NOTE))
            time.sleep(3)
        for method in ("files.completeUploadExternal", "files.getUploadURLExternal", "assistant.threads.setStatus"):
            with echoing_slack(method):
                dana.says(note(marks.NOTE), at_least=1)
        until(lambda: not feeding.sealed_work(), 40)
    feeding.command("audit-log", "export")
    assert feeding.leaks() == []


@pytest.mark.timeout(240)
def test_what_a_crash_or_a_dead_database_leaves_behind_is_sealed(feeding: Feeding, server: Workspace) -> None:
    with feeding.running(**tokens(server)) as process:
        dana = Teller(server, "dana")
        dana.says("thanks")
        with closing(sqlite3.connect(feeding.data / "copilot.sqlite3", isolation_level=None)) as database:
            database.execute("begin exclusive")
            dana.person.say(note(marks.NOTE))
            time.sleep(1.5)
            assert feeding.leaks() == []
        ts = dana.person.say(note(marks.NOTE))
        until(lambda: feeding.sealed_work() and dana.of_bot(ts), 40)
        process.send_signal(signal.SIGABRT)
        process.wait(10)
    assert feeding.sealed_work()
    assert feeding.leaks() == []
    with feeding.running(**tokens(server)):
        until(lambda: not feeding.sealed_work(), 60)
    assert feeding.leaks() == []


@pytest.mark.timeout(120)
def test_http_requests_that_are_wrong_leave_nothing(feeding: Feeding, server: Workspace) -> None:
    port = free_port()
    marked = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {"type": "message"}}
    marked["event"] |= {"channel_type": "im", "text": note(marks.PAYLOAD), "channel": {"id": marks.PAYLOAD}}
    body = json.dumps(marked).encode()
    settings = {"SLACK_BOT_TOKEN": server.bot_token, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": server.api_url}
    with feeding.running("--http", str(port), **settings):
        until(lambda: post(port, body, signed=False), 20)
        post(port, body)
        post(port, body[:-40])
        post(port, json.dumps({"type": marks.PAYLOAD, "event": {"type": marks.PAYLOAD}}).encode())
        post(port, json.dumps([marks.PAYLOAD]).encode())
        post(port, f"payload={marks.PAYLOAD}&text={marks.PAYLOAD}".encode(), kind="x-www-form-urlencoded")
        post(port, b"\xff\xfe" + marks.PAYLOAD.encode())
        post(port, marks.PAYLOAD.encode() * 200_000)
        post(port, body, path=f"/{marks.PAYLOAD}?text={marks.PAYLOAD}")
        raw(port, f"{marks.PAYLOAD} / nonsense\r\n\r\n".encode())
        raw(port, f"POST /slack/events HTTP/1.1\r\nContent-Length: 9999\r\n\r\n{marks.PAYLOAD}".encode())
    assert feeding.leaks() == []


@pytest.mark.timeout(240)
def test_commands_leave_nothing_of_what_they_read(feeding: Feeding) -> None:
    feeding.command("ask", f"Does {marks.PAYER} Health pay for group? {marks.QUESTION} asks.", answers=True)
    feeding.command("review", "-", stdin=note(marks.NOTE).encode(), answers=True)
    feeding.command("review", "-", "--json", stdin=(note(marks.THROWN) + "BREAKSHERE").encode())
    (feeding.folder / "claims.csv").write_text(f"member,date of service\n{marks.LABEL},{marks.MODAL}\n")
    claims = ("--claims", str(feeding.folder / "claims.csv"))
    feeding.command("review", "-", *claims, stdin=note(marks.NOTE).encode(), answers=True)
    (feeding.folder / "refused.txt").write_text(note(marks.REFUSED))
    about = ("--payer", "Aetna", "--effective", "2026-01-01")
    feeding.command("knowledge", "add", str(feeding.folder / "refused.txt"), *about)
    feeding.command("audit-log", "export", "--format", "csv")
    assert feeding.leaks() == []


def test_a_document_that_was_removed_is_erased_from_the_file_itself(feeding: Feeding) -> None:
    manual = feeding.folder / "manual.txt"
    manual.write_text("Aetna manual\n\n" + f"The {marks.ERASED} forms lie at the front desk in a blue folder. " * 40)
    about = ("--payer", "Aetna", "--effective", "2026-01-01", "--json")
    added = feeding.command("knowledge", "add", str(manual), *about, answers=True)
    feeding.command("knowledge", "remove", json.loads(added)["document"]["id"], answers=True)
    left = [leak for leak in feeding.leaks() if "copilot.sqlite3" in leak]
    with closing(sqlite3.connect(feeding.data / "copilot.sqlite3")) as database:
        rows = [str(row) for row in database.execute("SELECT * FROM document_passages")]
    assert rows == []
    assert left == []


def test_no_process_leaves_a_core(feeding: Feeding, server: Workspace) -> None:
    with feeding.running(**tokens(server)) as process:
        limits = Path(f"/proc/{process.pid}/limits").read_text()
    assert next(line.split()[-3:-1] for line in limits.splitlines() if line.startswith("Max core")) == ["0", "0"]
