"""One run: a program under load beside the stand-in, and what became of each event."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load.events import PARTS, What, events
from tests.bench.load.sending import Sender, Sent
from tests.bench.rows import p50, p99
from tests.ports import free_port

ROOT = Path(__file__).parents[3]
SECRET = "l" * 32
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
BOT = ("-m", "tests.bench.load.open_door", "run", "--http")
ECHO = ("-m", "tests.bench.load.echo")


@dataclass(frozen=True)
class Result:
    """What a load came to. Times are seconds; `answered` and the like count events, doubles as one."""

    sent: Sequence[Sent]
    said: dict[str, list[tuple[int, float]]]

    @property
    def acknowledgements(self) -> list[float]:
        return sorted(one.took for one in self.sent)

    @property
    def refused(self) -> int:
        """Deliveries that were not acknowledged with 200 within three seconds, which is when Slack sends again."""
        return sum(one.status != 200 or one.took > 3 for one in self.sent)

    @property
    def firsts(self) -> dict[str, Sent]:
        return {one.event.id: one for one in self.sent if not one.event.repeats}

    def waits(self, *whats: What) -> list[float]:
        """From each event to the last message of its reply, of those that were answered whole."""
        return sorted(
            max(at for _, at in self.said[name]) - one.at
            for name, one in self.firsts.items()
            if one.event.what in whats and len({part for part, _ in self.said.get(name, ())}) >= PARTS[one.event.what]
        )

    @property
    def answered(self) -> int:
        return len(self.waits(*What))

    @property
    def twice(self) -> int:
        """Events some part of whose reply was said twice."""
        return sum(len(parts) != len({part for part, _ in parts}) for parts in self.said.values())

    @property
    def per_second(self) -> float:
        """Events answered, from the first one sent to the last message said."""
        last = max((at for parts in self.said.values() for _, at in parts), default=0.0)
        return self.answered / max(0.001, last - min(one.at for one in self.sent))

    def line(self) -> str:
        acks, waits = self.acknowledgements, self.waits(*What) or [0.0]
        return (
            f"ack p50 {p50(acks) * 1000:.0f} ms, p99 {p99(acks) * 1000:.0f} ms, max {acks[-1] * 1000:.0f} ms; "
            f"{self.answered} of {len(self.firsts)} answered, {self.twice} twice, {self.refused} not acknowledged; "
            f"{self.per_second:.1f} a second; answer p50 {p50(waits):.2f} s, p99 {p99(waits):.2f} s"
        )


class Bench:
    """The stand-in and one program under load, each a process."""

    def __init__(self, program: Sequence[str], folder: Path) -> None:
        self.port, self._api = free_port(), free_port()
        self.health = free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
        self._environment = {
            **kept,
            "DATA_DIR": str(folder),
            "SLACK_BOT_TOKEN": "xoxb-load",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_BAA": "true",
            "SLACK_API_URL": f"http://127.0.0.1:{self._api}/api/",
            "HEALTH_PORT": str(self.health),
            "OMP_NUM_THREADS": "1",
        }
        self._slack = self._start("-m", "tests.bench.load.slack_api", str(self._api))
        _wait_for(self._api)
        self.process = self._start(*program, str(self.port))
        _wait_for(self.port)
        self._runs = 0

    def load(self, count: int, rate: float, patience: float) -> Result:
        """Send, then wait until all is answered or `patience` (seconds) has passed without an answer more."""
        self._runs += 1
        self._ask("/forget", b"")
        made = events(count, f"{self._runs:02d}", f"http://127.0.0.1:{self._api}/response")
        sent = Sender(self.port, SECRET).send(made, rate)
        result, seen, since = Result(sent, {}), -1, time.monotonic()
        while time.monotonic() - since < patience:
            result = Result(sent, self._ask("/said")["said"])
            if result.answered == len(result.firsts):
                break
            if result.answered != seen:
                seen, since = result.answered, time.monotonic()
            time.sleep(0.5)
        return result

    def metrics(self) -> str:
        with _OPENER.open(f"http://127.0.0.1:{self.health}/metrics", timeout=5) as answer:
            return answer.read().decode()

    def resident_megabytes(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def stop(self) -> None:
        for process in (self.process, self._slack):
            process.send_signal(signal.SIGTERM)
        for process in (self.process, self._slack):
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)

    def _ask(self, path: str, body: bytes | None = None) -> dict:
        with _OPENER.open(f"http://127.0.0.1:{self._api}{path}", body, timeout=10) as answer:
            return json.load(answer)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *arguments], env=self._environment, cwd=ROOT, stdout=subprocess.DEVNULL
        )


@contextmanager
def running(program: Sequence[str]) -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder:
        if program == BOT:
            index = [sys.executable, "-m", "bot", "index", "--quiet"]
            subprocess.run(index, env={**os.environ, "DATA_DIR": folder}, cwd=ROOT, check=True)
        bench = Bench(program, Path(folder))
        try:
            bench.load(20, 10, 20)  # warm
            yield bench
        finally:
            bench.stop()


def _wait_for(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing listens on port {port} after {seconds:.0f} s")
