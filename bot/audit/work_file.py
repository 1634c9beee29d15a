"""What an audit has finished, so that one that was stopped goes on from there. Sealed, and gone when the audit ends."""

import json
import os
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from bot.audit.unit import Outcome
from bot.errors import UserError
from bot.review.models import Report, Segments


class Seal(Protocol):
    """Closes what holds words of notes, and opens it again."""

    def close(self, content: bytes) -> bytes: ...

    def open(self, sealed: bytes) -> bytes: ...


class WorkFile:
    """Outcomes of sessions by their digest, a sealed line each. `with` keeps out a second audit of the input."""

    def __init__(self, path: Path, seal: Seal) -> None:
        self._path = path
        self._seal = seal
        self._lock = FileLock(f"{path}.lock", timeout=0)

    def __enter__(self) -> "WorkFile":
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise UserError("Another audit of this input is running: wait for it, or stop it.") from None
        except OSError as error:
            raise UserError(f"{self._path} cannot be used: {error.strerror}.") from None
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()
        Path(self._lock.lock_file).unlink(missing_ok=True)

    def finished(self) -> dict[str, Outcome]:
        """What an earlier run left; a line that cannot be opened or read is work to be done again."""
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return {}
        found: dict[str, Outcome] = {}
        for line in lines:
            try:
                outcome = _outcome(self._seal.open(line))
            except Exception:  # noqa: S112  # sealed with another key, half written, of another version: all the same
                continue
            found[outcome.digest] = outcome
        return found

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Keep these, on disk when this returns."""
        sealed = b"".join(self._seal.close(_told(one)) + b"\n" for one in outcomes)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(sealed)

    def delete(self) -> None:
        self._path.unlink(missing_ok=True)


def forget_old(folder: Path, kept_for: timedelta) -> None:
    """Erase work files that nobody came back to."""
    oldest = time.time() - kept_for.total_seconds()
    for path in folder.glob("audit-*.work"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _told(one: Outcome) -> bytes:
    return json.dumps(
        {
            "digest": one.digest,
            "reason": one.reason,
            "report": one.report and one.report.model_dump(mode="json"),
            "segments": one.segments and one.segments.model_dump(mode="json"),
        }
    ).encode()


def _outcome(data: bytes) -> Outcome:
    told = json.loads(data)
    report, segments = told["report"], told["segments"]
    return Outcome(
        told["digest"],
        report and Report.model_validate(report),
        segments and Segments.model_validate(segments),
        told["reason"],
    )
