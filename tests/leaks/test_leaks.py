"""Marked text goes through every way into the program, and nothing of it is left anywhere: promise 4, searched for.

What a practice puts on record to be kept (`marks.KEPT`) may stand in the database alone. The ways that take longer are
in long_leaks.py: `make leaks`.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.workspace.server import Workspace
from tests.leaks import marks
from tests.leaks.feeding import (
    SECRET,
    Feeding,
    Teller,
    broken_docx,
    note,
    post,
    raw,
    tokens,
    until,
    word_docx,
)
from tests.ports import free_port

ADD = "add to knowledge for Aetna effective 2026-01-01"
WENT_WRONG = "Something went wrong on our side"


def echoes(messages: list[dict]) -> list[tuple[str, str]]:
    """Marks in what the bot said of a failure."""
    return [found for message in messages for found in marks.in_bytes(json.dumps(message).encode())]


@pytest.mark.timeout(240)
def test_what_is_said_sent_pressed_and_filled_in_in_slack_is_left_nowhere(feeding: Feeding, server: Workspace) -> None:
    with feeding.running(**tokens(server)) as process:
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        dana, robin = Teller(server, "dana"), Teller(server, "robin")
        _ask(dana)
        reviewed = _send_notes(dana)
        _press(dana, reviewed)
        _add_documents(robin)
        broken = dana.says(note(marks.THROWN) + "BREAKSHERE")
        assert WENT_WRONG in dana.of_bot(broken)[0]["text"]
        assert echoes(dana.of_bot(broken)) == []
        until(lambda: not feeding.sealed_work(), 40)
    assert next(line.split()[-3:-1] for line in limits.splitlines() if line.startswith("Max core")) == ["0", "0"]
    assert any(marks.NOTE in asked.text for asked in feeding.model.asked), "the model was asked, and echoed it"
    assert "reviewed" in feeding.printed(), "and the log was at its most talkative"
    assert len(dict(feeding.said)["/metrics"]) > 1_000
    entries = feeding.command("audit-log", "export").splitlines()
    assert {"answer", "review", "dispute", "verification", "document", "setting", "report_sent"} <= {
        json.loads(line)["kind"] for line in entries
    }
    assert feeding.leaks() == []


def _ask(dana: Teller) -> None:
    dana.says(f"Does {marks.PAYER} Health Plan pay for group the same day? My client {marks.QUESTION} asks.")
    dana.says(f"Can I bill group and individual therapy the same day for Aetna? For {marks.QUESTION}.")
    dana.says(f"@billing_copilot same day for Aetna? {marks.MENTION} asks", "#billing")
    dana.asides(f"@billing_copilot {note(marks.MENTION)}")
    dana.asides(f"/billing ask Does Aetna pay {marks.COMMAND} for group?")
    dana.asides(f"/billing {marks.COMMAND}")
    dana.asides(f"/billing payers add {marks.LISTED} Health")
    unknown = dana.says("Does Molina need an auth for group?")
    dana.clicks(unknown, "record_0")
    said = {"decision": "not_required", "conditions": f"ask {marks.VERIFIED}", "answered_by": marks.VERIFIED}
    assert not dana.submits(**said, reference=marks.VERIFIED).get("errors")


def _send_notes(dana: Teller) -> str:
    """Notes by every way; the ts of the one that was pasted."""
    dana.says(f"{marks.NOTE} was tearful in group today, plan: next week")
    dana.says("please review", at_least=4, files={f"{marks.FILE_NAME}.txt": note(marks.FILE_TEXT).encode()})
    dana.says("please review", files={f"{marks.FILE_NAME}.docx": broken_docx(marks.FILE_TEXT)})
    dana.says("please review", files={f"{marks.FILE_NAME}.zip": marks.FILE_TEXT.encode()})
    edited = dana.says("thanks")
    dana.person.edit(edited, note(marks.EDITED))
    return dana.says(note(marks.NOTE), at_least=4)


def _press(dana: Teller, reviewed: str) -> None:
    dana.clicks(reviewed, "report_menu", selected_option={"value": "csv"})
    dana.clicks(reviewed, "claim_facts")
    assert dana.submits(payer=marks.MODAL, number=marks.MODAL, diagnosis_code=marks.MODAL)["errors"]
    dana.clicks(reviewed, "claim_facts")
    dana.submits(payer=f"{marks.MODAL} Health")
    dana.clicks(reviewed, "disagree")
    assert dana.submits(proposed="met", reason="other", comment=f"{marks.NOTE} was hard, cried and was")["errors"]
    dana.clicks(reviewed, "disagree")
    assert not dana.submits(proposed="met", reason="other", comment=f"see the {marks.COMMENT.lower()} part").get(
        "errors"
    )


def _add_documents(robin: Teller) -> None:
    refused = robin.says(ADD, files={"manual.txt": note(marks.REFUSED).encode()})
    assert "note" in robin.of_bot(refused)[0]["text"]
    robin.says(ADD, files={"manual.docx": word_docx(marks.REFUSED)})
    manual = f"Aetna manual\n\nGroup psychotherapy {marks.DOCUMENT} requires prior authorization.\n"
    robin.says(ADD, files={"manual.txt": manual.encode()})


@pytest.mark.timeout(120)
@pytest.mark.long
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
