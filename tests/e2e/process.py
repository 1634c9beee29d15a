"""The program as a process of its own, as `make run` starts it: its address, its standard error and its end."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

READY = re.compile(r"open (http://\S+)|has joined Slack")
_HARMLESS = ("PATH", "HOME", "LANG", "SYSTEMROOT", "VIRTUAL_ENV")


class Process:
    """`python -m bot run` with these settings and no others."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *arguments: str) -> None:
        kept = {name: os.environ[name] for name in _HARMLESS if name in os.environ}
        self._written = folder / f"stderr-{time.monotonic_ns()}.txt"
        with self._written.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", *(arguments or ("run",))],
                env={**kept, "DATA_DIR": str(folder / "data"), **settings},
                stdout=errors,
                stderr=errors,
            )

    @property
    def said(self) -> str:
        """All that it wrote so far, on either stream."""
        return self._written.read_text("utf-8", "replace")

    def ready(self, seconds: float = 30) -> str:
        """Wait for the line that says it is ready; the address in it, if any."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := READY.search(self.said):
                return found[1] or ""
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"not ready: {self.said}")

    def ended(self, seconds: float = 30) -> int:
        """Wait for its end; the exit status."""
        return self._process.wait(seconds)

    def stop(self) -> None:
        """Ask it to stop, as a container's host does."""
        self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)
