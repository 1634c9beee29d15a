"""A PostgreSQL of a test's own, where its programs are installed."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of an empty database; skips, saying why, where there is none to be had."""
    initdb = _program()
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    with TemporaryDirectory() as folder, socket.socket() as free:
        if user:
            shutil.chown(folder, user)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        data = f"{folder}/data"
        made = [str(initdb), "-D", data, "-U", "copilot", "--auth=trust", "--no-sync"]
        subprocess.run(made, user=user, check=True, capture_output=True, cwd=folder)
        server = subprocess.Popen(
            [str(initdb.with_name("postgres")), "-D", data, "-p", str(port), "-k", folder, "-c", "fsync=off"],
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            ready = [str(initdb.with_name("pg_isready")), "-h", "127.0.0.1", "-p", str(port), "-t", "20"]
            for _ in range(50):
                if subprocess.run(ready, capture_output=True, check=False).returncode == 0:
                    break
            yield f"postgresql://copilot@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # fast: it waits for nobody
            server.wait(20)


def _program() -> Path:
    """initdb beside the other programs; Debian keeps them off the PATH."""
    found = [Path(path) for path in (shutil.which("initdb"), *Path("/usr/lib/postgresql").glob("*/bin/initdb")) if path]
    if not found:
        pytest.skip("NOT TESTED: PostgreSQL. initdb and postgres are not installed.")
    return found[0].resolve()
