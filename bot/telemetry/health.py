"""Whether the process lives, and whether it is ready for work: a few checks, each with one line of reason."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from time import monotonic

from bot.telemetry.glance import Glance

KEPT_SECONDS = 2.0
PATIENCE_SECONDS = 1.0


class CheckName(StrEnum):
    PROCESS = "process"
    JOBS_THREAD = "jobs_thread"
    DATABASE = "database"
    INDEX = "index"
    SLACK = "slack"
    JOBS = "jobs"
    AUDIT_RECORD = "audit_record"
    RUNNING = "running"


@dataclass(frozen=True)
class Check:
    """One thing looked at."""

    name: CheckName
    ok: bool
    reason: str = ""


Look = Callable[[], tuple[bool, str]]


@dataclass(frozen=True)
class Report:
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)

    def as_json(self) -> dict[str, object]:
        return {"ok": self.ok, "checks": [asdict(check) for check in self.checks]}


class Health:
    """`alive` and `ready` are looks by name: whether it is well, and why. An exception is a no, told by its class."""

    def __init__(self, alive: Mapping[CheckName, Look], ready: Mapping[CheckName, Look]) -> None:
        self._alive = {name: _glance(name, look) for name, look in alive.items()}
        self._ready = {name: _glance(name, look) for name, look in ready.items()}
        self._stopping = False

    def stop(self) -> None:
        """The program is about to stop: not ready any more, while it still lives."""
        self._stopping = True

    async def alive(self) -> Report:
        """That this runs shows that the event loop turns."""
        return Report((Check(CheckName.PROCESS, True, "the event loop turns"), *await _seen(self._alive)))

    async def ready(self) -> Report:
        return Report((self._running(), *await _seen(self._ready)))

    def ready_now(self) -> Report:
        """The same for one that may wait for it."""
        for glance in self._ready.values():
            glance.begin()
        until = monotonic() + PATIENCE_SECONDS
        for glance in self._ready.values():
            glance.within(max(0.0, until - monotonic()))
        return Report((self._running(), *_found(self._ready)))

    def _running(self) -> Check:
        return Check(CheckName.RUNNING, not self._stopping, "stopping" if self._stopping else "takes work")


def _glance(name: CheckName, look: Look) -> Glance[Check]:
    def checked() -> Check:
        try:
            return Check(name, *look())
        except Exception as error:  # whatever it is: the check failed, and its class says why without its words
            return Check(name, False, f"failed ({type(error).__name__})")

    return Glance(checked, KEPT_SECONDS)


async def _seen(glances: Mapping[CheckName, Glance[Check]]) -> tuple[Check, ...]:
    for glance in glances.values():
        glance.begin()
    until = monotonic() + PATIENCE_SECONDS
    while monotonic() < until and any(glance.seen is None for glance in glances.values()):
        await asyncio.sleep(0.01)
    return _found(glances)


def _found(glances: Mapping[CheckName, Glance[Check]]) -> tuple[Check, ...]:
    return tuple(
        glance.seen or Check(name, False, f"has not answered for {glance.hanging_for():.0f} s")
        for name, glance in glances.items()
    )
