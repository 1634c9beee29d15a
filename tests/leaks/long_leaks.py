"""The ways that take longer: outages, crashes, a Slack that echoes, commands, the local workspace (`make leaks`)."""

import json
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.process import READY
from tests.leaks import marks
from tests.leaks.feeding import Feeding, Teller, echoing_slack, note, tokens, until
from tests.leaks.test_leaks import echoes


@pytest.mark.timeout(240)
def test_a_slack_that_gives_back_what_it_was_sent_leaves_nothing(feeding: Feeding, server: Workspace) -> None:
    with feeding.running(**tokens(server)):
        dana = Teller(server, "dana")
        for code in ("invalid_blocks", "internal_error"):
            with echoing_slack("chat.postMessage", code, times=2):
                ts = dana.person.say(note(marks.NOTE))
                time.sleep(4)
            assert echoes([m for m in dana.of_bot(ts) if "went wrong" in m["text"]]) == []
        for method in ("files.completeUploadExternal", "files.getUploadURLExternal", "assistant.threads.setStatus"):
            with echoing_slack(method):
                dana.says(note(marks.NOTE))
        with echoing_slack("chat.startStream"):
            dana.says(f"Can I bill group and individual the same day for Aetna? {marks.QUESTION}")
        until(lambda: not feeding.sealed_work(), 60)
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
        with echoing_slack("chat.postMessage", "internal_error"):
            dana.person.say(note(marks.NOTE))
            until(lambda: feeding.on_record("review") == 2, 60)
            process.send_signal(signal.SIGABRT)
            process.wait(10)
    assert feeding.sealed_work()
    assert feeding.leaks() == []
    with feeding.running(**tokens(server)):
        until(lambda: not feeding.sealed_work(), 60)
    entries = [json.loads(line) for line in feeding.command("audit-log", "export").splitlines()]
    reviews = [entry["work"] for entry in entries if entry["kind"] == "review"]
    assert len(reviews) == len(set(reviews)) == 2, "work that was done again after the crash is on record once"
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


@pytest.mark.timeout(120)
def test_the_local_workspace_leaves_nothing(feeding: Feeding) -> None:
    with feeding.running(WORKSPACE_PORT="0"):
        url = READY.search(feeding.printed())[1]
        dana = Person(url, Workspace(port=0).person("dana").id)
        for text in (note(marks.NOTE), f"Same day for Aetna? {marks.QUESTION}"):
            ts = dana.say(text)
            until(lambda ts=ts: [m for m in dana.messages("dm", ts) if m.get("bot_id")], 40)
        until(lambda: not feeding.sealed_work(), 40)
    assert feeding.leaks() == []
