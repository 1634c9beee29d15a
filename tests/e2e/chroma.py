"""A Chroma server of a test's own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port


@contextmanager
def running_chroma(folder: Path) -> Iterator[str]:
    """A real `chroma run` on the loopback address; where it is."""
    port = free_port()
    chroma = Path(sys.executable).with_name("chroma")
    command = [chroma, "run", "--host", "127.0.0.1", "--port", str(port), "--path", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
