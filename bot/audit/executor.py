"""Where units of work run: here, in processes of this machine, or on a cluster (`cluster.py`).

A unit is a pure function of its argument, both picklable; results come back as they are ready, in any order, and carry
what tells them apart.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

from bot.errors import OperatorError

Unit = TypeVar("Unit")
Result = TypeVar("Result")


class Executor(Protocol):
    """Runs units of work."""

    def run(self, work: Callable[[Unit], Result], units: Sequence[Unit]) -> Iterator[Result]:
        """The result of each unit, in any order. What a unit raises is raised here and ends the run."""
        ...


class Serial:
    """One unit after the other in this process."""

    def run(self, work: Callable[[Unit], Result], units: Sequence[Unit]) -> Iterator[Result]:
        for unit in units:
            yield work(unit)


class Processes:
    """Several at once, each in a process of its own that one thread keeps busy."""

    def __init__(self, number: int) -> None:
        self._number = number

    def run(self, work: Callable[[Unit], Result], units: Sequence[Unit]) -> Iterator[Result]:
        # Not forked: a child would inherit the threads' locks and the database's connections.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(min(self._number, len(units)), mp_context=context, initializer=_worker)
        try:
            for done in as_completed([pool.submit(work, unit) for unit in units]):
                yield done.result()
        except BrokenProcessPool:
            raise OperatorError(
                "A process of the audit was ended, most likely for want of memory: free some and run it again, "
                "it goes on from there."
            ) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def executor_for(units: int) -> Executor:
    """Processes where there is work enough to pay for their start of some two seconds each."""
    number = cores()
    return Processes(number) if number > 1 and units >= 2 * number else Serial()


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _worker() -> None:
    # Ctrl+C goes to every process of the terminal; the first one ends the others in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    alone()


def alone() -> None:
    """One thread for the models of this process: the other cores have processes of their own."""
    from bot import text_model

    text_model.use_threads(1)


def peak_memory_mb() -> float:
    """The most memory this process has held."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
            # Not getrusage: a child starts with the peak of the process it came from.
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        import resource

        held: Any = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return float(held) / 1024
