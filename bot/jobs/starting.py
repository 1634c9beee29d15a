"""Workflows are started behind the acknowledgement: what waits for it is stored already, and found after a crash."""

import threading
from collections.abc import Callable
from queue import SimpleQueue

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.turns import computing

log = structlog.get_logger("bot.jobs")


class Starting:
    """One thread that starts them, in the order in which they came."""

    def __init__(self, start: Callable[[str], None]) -> None:
        self._start = start
        self._stored: SimpleQueue[str | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="jobs-start", daemon=True)

    def launch(self) -> None:
        self._thread.start()

    def soon(self, work_id: str) -> None:
        """Start this work. Where that fails, whoever looks after work that was never started does it later."""
        self._stored.put(work_id)

    def stop(self, seconds: float) -> None:
        """Start no more; what is left stays stored."""
        self._stored.put(None)
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        while (work_id := self._stored.get()) is not None:
            try:
                with computing():
                    self._start(work_id)
            except (SQLAlchemyError, OSError) as error:
                log.warning("not_started", id=work_id, error=type(error).__name__)
