"""The workspace as a server: where it listens, and whom it refuses."""

import json
import logging
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.workspace import Workspace
from bot.workspace.person import Person


def _get(url: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=5) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_used_port_is_named_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OperatorError, match=rf"^Port {port} is used .* WORKSPACE_PORT") as caught:
            Workspace(port=port).start()
    assert "\n" not in str(caught.value)


def test_it_listens_on_this_computer_only() -> None:
    with pytest.raises(OperatorError, match="this computer only"):
        Workspace(host="0.0.0.0")


def test_the_same_port_opens_again_after_a_stop() -> None:
    first = Workspace()
    first.start()
    port = int(first.url.rsplit(":", 1)[1])
    first.stop()
    second = Workspace(port=port)
    second.start()
    assert json.loads(_get(f"{second.url}/health")[1])["ok"]
    second.stop()


def test_stopping_twice_is_harmless(workspace: Workspace) -> None:
    workspace.stop()
    workspace.stop()


def test_another_sites_page_is_refused(workspace: Workspace) -> None:
    assert _get(f"{workspace.url}/page/state", Origin="https://example.com")[0] == 403


def test_a_foreign_name_for_this_address_is_refused(workspace: Workspace) -> None:
    assert _get(f"{workspace.url}/page/state", Host="attacker.example")[0] == 403


def test_the_page_may_load_nothing_from_elsewhere(workspace: Workspace) -> None:
    with urllib.request.urlopen(workspace.url, timeout=5) as reply:
        policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_what_people_write_reaches_no_log(
    workspace: Workspace, dana: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    dana.say("zebra-marker in a note", files={"zebra-marker.txt": b"zebra-marker"})
    dana.slash("/billing zebra-marker")
    written = capfd.readouterr()
    assert "zebra-marker" not in caplog.text + written.out + written.err


def test_a_large_file_is_kept_in_memory_only(
    workspace: Workspace, dana: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ts = dana.say("", files={"notes.txt": b"n" * 3_000_000})
    assert dana.messages()[-1]["ts"] == ts
    assert list(tmp_path.iterdir()) == []
