"""Whole processes: what a person at a terminal, or waiting for the bot to come up, waits for."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.workspace.person import Person
from tests.bench.rows import Row, p50

BOT = [sys.executable, "-m", "bot"]
ROOT = Path(__file__).parents[2]
NOTE = ROOT / "knowledge" / "samples" / "seven-members.txt"


def _environment(data_dir: str) -> dict[str, str]:
    return {**os.environ, "DATA_DIR": data_dir, "WORKSPACE_PORT": "0"}


def _seconds(command: list[str], data_dir: str, times: int = 7) -> float:
    taken = []
    for _ in range(times + 1):
        started = time.perf_counter()
        subprocess.run(command, env=_environment(data_dir), cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - started)
    return p50(sorted(taken[1:]))


def bench_commands() -> list[Row]:
    """`--help` and a warm `ask`, beside a Python that does nothing."""
    with tempfile.TemporaryDirectory() as data_dir:
        subprocess.run([*BOT, "index", "--quiet"], env=_environment(data_dir), cwd=ROOT, check=True)
        bare = _seconds([sys.executable, "-c", "pass"], data_dir)
        ask = [*BOT, "ask", "Can I bill 90853 and 90837 on the same day for Aetna?", "--json"]
        search = [*BOT, "ask", "SoonerCare: a patient too confused to remember what was talked about", "--json"]
        rows = [
            ("--help", [*BOT, "--help"], 0.3),
            ("ask, decided by typed facts", ask, 1.5),
            ("ask, found by search", search, 1.5),
            ("review of seven members", [*BOT, "review", str(NOTE), "--json"], None),
        ]
        return [
            Row(name, _seconds(command, data_dir), "s", "bare Python", bare, target=target)
            for name, command, target in rows
        ]


def bench_run() -> list[Row]:
    """From the start of `run` to its ready line with a built index, and its peak memory after work."""
    with tempfile.TemporaryDirectory() as data_dir:
        subprocess.run([*BOT, "index", "--quiet"], env=_environment(data_dir), cwd=ROOT, check=True)
        ready = []
        for _ in range(5):
            with _running(data_dir) as (seconds, _, _):
                ready.append(seconds)
        with _running(data_dir) as (_, url, process):
            _work(url)
            peak = _peak_megabytes(process.pid)
    return [
        Row("run: start to ready", p50(sorted(ready)), "s", target=3),
        Row("run: peak memory after 20 answers and 5 reviews", peak, "MB", target=400),
    ]


@contextmanager
def _running(data_dir: str) -> Iterator[tuple[float, str, subprocess.Popen[str]]]:
    started = time.perf_counter()
    process = subprocess.Popen(
        [*BOT, "run"],
        env=_environment(data_dir),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    try:
        for line in process.stderr:
            if found := re.search(r"http://[\d.]+:\d+", line):
                yield time.perf_counter() - started, found[0], process
                break
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def _work(url: str) -> None:
    """Twenty questions, one of them searched for, and five notes, as a person of the local workspace sends them."""
    person = Person(url, Person(url, "").state()["me"])
    sent = [
        person.say(f"Can I bill group and individual the same day for Medicare? ({number})") for number in range(19)
    ]
    sent.append(person.say("SoonerCare: a patient too confused to remember what was talked about?"))
    sent += [person.say(NOTE.read_text("utf-8")) for _ in range(5)]
    deadline = time.monotonic() + 60
    while any(len(person.messages("dm", ts)) < 2 for ts in sent):
        assert time.monotonic() < deadline, "not everything was answered within a minute"
        time.sleep(0.1)


def _peak_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024
