"""All of it together, as `run` uses it: who observes, what is looked at, and where it can be read."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from bot.observing import NOBODY, Observer, Several
from bot.policies.age import is_stale
from bot.telemetry.health import CheckName, Health, Look
from bot.telemetry.traces import Traces, make_traces

if TYPE_CHECKING:
    from bot.jobs.jobs import Jobs
    from bot.policies.catalog import Catalog
    from bot.policies.search import Searcher
    from bot.storage.work import WorkStore
    from bot.telemetry.metrics import Metrics
    from bot.telemetry.pages import HealthServer

# The thread turns every ten seconds; a database that hangs may hold it for minutes, which a restart would not mend.
_HUNG_AFTER_SECONDS = 300.0


class Telemetry:
    """Made before the parts it looks at, so that they can be given its observer.

    With no port to be read at nothing is counted, and with no exporter nothing is traced.
    """

    def __init__(self, host: str, port: int, say: Callable[[str], None]) -> None:
        self._host, self._port = host, port
        traces = make_traces()
        if isinstance(traces, str):
            say(traces)
        self._traces = traces if isinstance(traces, Traces) else None
        self._metrics = _metrics() if port else None
        heard = [one for one in (self._metrics, self._traces) if one]
        self.observer: Observer = Several(heard) if heard else NOBODY
        self._server: HealthServer | None = None

    def look_at(  # noqa: PLR0913  # the parts that can fail
        self,
        *,
        work: "WorkStore",
        jobs: "Jobs",
        searcher: Callable[[], "Searcher"],
        catalog: "Catalog",
        slack: Look,
        silent_for: Callable[[], float | None] = lambda: None,
        is_warm: Callable[[], bool],
        is_recording: Callable[[], bool] = lambda: True,
    ) -> Health:
        """Begin to look at the parts, and open the port where there is to be one; raises OperatorError."""

        def by_words_alone() -> bool:
            return is_warm() and bool(searcher().degraded)

        health = Health(
            alive={CheckName.JOBS_THREAD: lambda: _turning(jobs)},
            ready={
                CheckName.DATABASE: lambda: _writable(work),
                CheckName.INDEX: lambda: _index(searcher, is_warm),
                CheckName.SLACK: slack,
                CheckName.JOBS: lambda: _launched(jobs),
                CheckName.AUDIT_RECORD: lambda: _recorded(is_recording()),
            },
        )
        if self._metrics:
            from bot.telemetry.metrics import AtScrape
            from bot.telemetry.pages import HealthServer

            self._metrics.registry.register(
                AtScrape(work.depth, _Facts(catalog), health.ready_now, silent_for, by_words_alone)
            )
            self._server = HealthServer(self._host, self._port, health, self._metrics)
        return health

    def stop(self) -> None:
        if self._server:
            self._server.stop()
        if self._traces:
            self._traces.stop()


def _metrics() -> "Metrics":
    from bot.telemetry.metrics import Metrics

    return Metrics()


def _recorded(well: bool) -> tuple[bool, str]:
    return well, "takes entries" if well else "an entry could not be written: see the log"


def _turning(jobs: "Jobs") -> tuple[bool, str]:
    silent = jobs.silent_for()
    if silent is None:
        return True, "not launched yet"
    return silent < _HUNG_AFTER_SECONDS, f"turned {silent:.0f} s ago"


def _launched(jobs: "Jobs") -> tuple[bool, str]:
    launched = jobs.silent_for() is not None
    return launched, "launched" if launched else "not launched yet"


def _writable(work: "WorkStore") -> tuple[bool, str]:
    work.probe()
    return True, "takes writes"


def _index(searcher: Callable[[], "Searcher"], is_warm: Callable[[], bool]) -> tuple[bool, str]:
    """Not ready before the warm-up has tried it; a dead Chroma server later costs quality, not answers."""
    if not is_warm():
        return False, "still warming up"
    degraded = searcher().degraded
    return True, f"by words alone: {degraded}" if degraded else "open"


class _Facts:
    """How many facts there are and how many are stale; counted once a day, since a count reads each fact's dates."""

    def __init__(self, catalog: "Catalog") -> None:
        self._facts = [fact for payer in catalog.payers.values() for fact in payer.facts]
        self._counted: tuple[date, int] | None = None

    def __call__(self) -> tuple[int, int]:
        today = date.today()
        if self._counted is None or self._counted[0] != today:
            self._counted = today, sum(is_stale(fact, today) for fact in self._facts)
        return len(self._facts), self._counted[1]
