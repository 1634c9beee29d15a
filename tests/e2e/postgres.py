"""A PostgreSQL of a test's own, where its programs are installed."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.ports import free_port


class Postgres:
    """A server that can be stopped and started again, at one address; `url` is that of an empty database."""

    def __init__(self, folder: Path) -> None:
        initdb = _program()
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
        self._port = free_port()
        self._folder = folder
        self._programs = initdb.parent
        self.url = f"postgresql://copilot@127.0.0.1:{self._port}/postgres"
        made = [str(initdb), "-D", f"{folder}/data", "-U", "copilot", "--auth=trust", "--no-sync"]
        subprocess.run(made, user=self._user, check=True, capture_output=True, cwd=folder)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        server, folder, port = str(self._programs / "postgres"), str(self._folder), str(self._port)
        self._server = subprocess.Popen(
            [server, "-D", f"{folder}/data", "-p", port, "-k", folder, "-c", "fsync=off"],
            user=self._user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ready = [str(self._programs / "pg_isready"), "-h", "127.0.0.1", "-p", port, "-t", "20"]
        for _ in range(50):
            if subprocess.run(ready, capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.1)

    def stop(self) -> None:
        """As a crash does: whoever is connected is cut off."""
        if self._server:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(20)
            self._server = None


@contextmanager
def a_postgres() -> Iterator[Postgres]:
    """A running server of a test's own; skips, saying why, where there is none to be had."""
    with TemporaryDirectory() as folder:
        server = Postgres(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of an empty database; skips, saying why, where there is none to be had."""
    with a_postgres() as server:
        yield server.url


def _program() -> Path:
    """initdb beside the other programs; Debian keeps them off the PATH."""
    found = [Path(path) for path in (shutil.which("initdb"), *Path("/usr/lib/postgresql").glob("*/bin/initdb")) if path]
    if not found:
        pytest.skip("NOT TESTED: PostgreSQL. initdb and postgres are not installed.")
    return found[0].resolve()
