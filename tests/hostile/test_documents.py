"""Hostile files at the documents' door: read or refused with one line, in seconds, and nobody is asked for anything."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.documents.library import About
from bot.documents.note_file import read_note
from bot.documents.sandbox import read_document
from bot.errors import UserError
from bot.policies.models import Decision
from bot.settings import Settings
from tests.documents.files import ORDERS
from tests.hostile.attacks import Attack, each
from tests.hostile.hostile_files import FILES, RULE

# On the wall, and the machine may be busy: a file that stalls a parser would take the sandbox's limit.
_SECONDS = 40.0


@pytest.fixture(scope="module")
def nobody() -> Iterator[tuple[str, list[object]]]:
    """An address on this computer, and who came to it."""
    came: list[object] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def wait() -> None:
            while True:
                try:
                    connection, address = listening.accept()
                except OSError:
                    return
                came.append(address)
                connection.close()

        threading.Thread(target=wait, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", came


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_hostile_document_is_read_or_refused_and_reaches_nobody(name: str, nobody: tuple[str, list[object]]) -> None:
    url, came = nobody
    file, data = FILES[name](url)
    started = time.monotonic()
    line = file
    try:
        text = "\n".join(section.text for section in read_document(data, file).sections)
    except UserError as refused:
        text, line = "", str(refused)
    assert time.monotonic() - started < _SECONDS
    assert line.startswith(file)
    assert "\n" not in line
    assert "root:" not in text
    assert text.count("lol") < 100
    assert came == []


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.startswith(("docx", "pdf"))))
def test_a_hostile_note_file_is_read_or_refused_and_reaches_nobody(name: str, nobody: tuple[str, list[object]]) -> None:
    url, came = nobody
    file, data = FILES[name](url)
    started = time.monotonic()
    line = file
    try:
        text = read_note(data, file)
    except UserError as refused:
        text, line = "", str(refused)
    assert time.monotonic() - started < _SECONDS
    assert line.startswith(file)
    assert "\n" not in line
    assert "root:" not in text
    assert text.count("lol") < 100
    assert came == []


@each("files")
def test_a_files_name_is_a_name_and_leads_nowhere(attack: Attack, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        read_document(b"%PDF-nothing", attack.text)
    assert "\n" not in str(refused.value)
    for part in ("/etc/", "../"):
        assert part not in str(refused.value)


def test_orders_in_a_document_decide_nothing_and_are_told(tmp_path: Path) -> None:
    office = Copilot(Settings(data_dir=tmp_path)).at("T1")
    question = "Does Aetna require prior authorization for 90853?"
    (before,) = office.ask(question).answers
    added = office.library.add(
        f"{RULE}\n\n{ORDERS}\n".encode(), "manual.txt", About("Aetna", date(2026, 1, 1)), "robin"
    )
    (after,) = office.ask(question).answers
    assert (after.decision, after.modifiers) == (before.decision, before.modifiers)
    assert after.decision is not Decision.NOT_REQUIRED
    assert added.orders
    assert [one for one in added.proposals if one.decision is Decision.NOT_REQUIRED] == []
    assert "ignore all previous" not in after.answer
