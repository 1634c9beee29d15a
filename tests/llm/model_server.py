"""A real server that speaks the OpenAI and Anthropic protocols on the loopback address, and fails on order."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

from tests.npm import installed

_FOLDER = Path(__file__).parent / "aimock"


class ModelServer:
    """aimock under our control: what it says next, how it fails, and what it was sent."""

    def __init__(self, url: str) -> None:
        self.url = url

    def reply(self, *fixtures: dict[str, object]) -> None:
        """Answer with the first fixture that matches, from now on, and forget what was sent before."""
        self._control("DELETE", "fixtures")
        self._control("POST", "reset/journal")
        self._control("DELETE", "chaos")
        self._control("POST", "fixtures", {"fixtures": list(fixtures)})

    def fail(self, **rates: float) -> None:
        """Break replies from now on: dropRate (500), malformedRate, disconnectRate, rateLimitRate, latencyMs."""
        self._control("POST", "chaos", rates)

    def requests(self) -> list[dict[str, object]]:
        """What it was sent since the last `reply`, oldest first."""
        return json.loads(self._control("GET", "journal"))

    def _control(self, method: str, path: str, body: object = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.url}/__aimock/{path}", data, {"content-type": "application/json"}, method=method)
        with urlopen(request, timeout=5) as response:
            return response.read()


@contextmanager
def running_model_server(folder: Path) -> Iterator[ModelServer]:
    """Install from the lock if need be, start, stop. See `installed` for a machine without npm."""
    cli = installed(_FOLDER, "@copilotkit/aimock/dist/cli.js", "real model clients")
    fixtures = folder / "fixtures.json"
    fixtures.write_text('{"fixtures": [{"match": {}, "response": {"content": "nothing set"}}]}')
    log = folder / "aimock.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["node", str(cli), "--port", "0", "--host", "127.0.0.1", "--fixtures", str(fixtures)],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield ModelServer(_address(log, process))
    finally:
        process.terminate()
        process.wait(10)


def _address(log: Path, process: "subprocess.Popen[bytes]") -> str:
    for _ in range(100):
        for line in log.read_text().splitlines():
            if "listening on " in line:
                return line.rpartition("listening on ")[2].strip()
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"aimock did not start: {log.read_text()[-500:]}")


@contextmanager
def raw_server(body: bytes, announce: int | None = None) -> Iterator[str]:
    """A server that gives one body to every request; with `announce` larger than the body the reply is cut short."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(announce or len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Say nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
