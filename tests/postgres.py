"""A throw-away PostgreSQL server for tests, on a socket of its own: ask for `postgres_url`, or `new_postgres_url`.

The server runs in a zone that is not UTC and with a clock of its own, as a practice's server may.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

_SETTINGS = ("listen_addresses=", "fsync=off", "timezone=America/New_York", "max_connections=40", "shared_buffers=16MB")
_START_SECONDS = 60.0
_numbers = count(1)


def postgres_program(name: str) -> str | None:
    """Where one of the server's programs lies; Debian keeps them off the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


def _another_user() -> dict[str, str]:
    """The server refuses root: whom to run it as instead."""
    if os.getuid() != 0:
        return {}
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in known else "nobody"}


@pytest.fixture(scope="session")
def _postgres_server() -> Iterator[Path]:
    """The folder that holds the server's socket."""
    initdb, postgres = postgres_program("initdb"), postgres_program("postgres")
    if not (initdb and postgres):
        pytest.skip("PostgreSQL's server was not found: install the package postgresql to run this.")
    as_user = _another_user()
    home = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))  # a socket's path has to be short
    if as_user:
        shutil.chown(home, as_user["user"])
    data = home / "data"
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)}
    make = [initdb, "-D", str(data), "-U", "copilot", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    done = subprocess.run(make, check=False, capture_output=True, text=True, cwd=home, env=environment, **as_user)
    assert done.returncode == 0, done.stderr
    with (home / "log").open("w") as log:
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        command = [postgres, "-D", str(data), "-k", str(home), *settings]
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, env=environment, **as_user)
    try:
        _wait(server, home)
        yield home
    finally:
        server.send_signal(signal.SIGQUIT)  # at once, keeping nothing
        server.wait(30)
        shutil.rmtree(home, ignore_errors=True)


def _wait(server: "subprocess.Popen[bytes]", home: Path) -> None:
    import psycopg

    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(home), user="copilot", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            assert server.poll() is None, (home / "log").read_text()
            assert time.monotonic() < until, (home / "log").read_text()
            time.sleep(0.1)


@pytest.fixture
def new_postgres_url(_postgres_server: Path) -> Iterator[Callable[[], str]]:
    """Makes one empty database after the other, each of this test's own."""
    import psycopg

    made: list[str] = []
    with psycopg.connect(host=str(_postgres_server), user="copilot", dbname="postgres", autocommit=True) as admin:

        def make() -> str:
            made.append(f"test_{next(_numbers)}")
            admin.execute(f"create database {made[-1]}")
            return f"postgresql://copilot@/{made[-1]}?host={_postgres_server}"

        yield make
        for name in made:
            admin.execute(f"drop database {name} with (force)")


@pytest.fixture
def postgres_url(new_postgres_url: Callable[[], str]) -> str:
    """The address of an empty database of this test's own."""
    return new_postgres_url()
