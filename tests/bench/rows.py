"""What a measurement is, and the registry of those that make them.

A module `tests/bench/bench_<subject>.py` holds functions `bench_<matter>() -> list[Row]`, and is found by its name.
A row says what was measured beside what, and whether it meets its target.
"""

import gc
import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

_numbers = itertools.count()

Bench = Callable[[], "list[Row]"]


@dataclass(frozen=True)
class Row:
    """One measurement. `baseline` is the bare part measured in the same run.

    A target is the most that is right, in `unit` or as a ratio to the baseline; with `at_least`, the least.
    """

    name: str
    value: float
    unit: str
    baseline: str = ""
    baseline_value: float | None = None
    target: float | None = None
    target_ratio: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """The value over the baseline's."""
        return self.value / self.baseline_value if self.baseline_value else None

    @property
    def met(self) -> bool | None:
        """Whether the targets are met; None where there is none."""
        pairs = [(self.value, self.target), (self.ratio, self.target_ratio)]
        checks = [
            found >= wanted if self.at_least else found <= wanted
            for found, wanted in pairs
            if found is not None and wanted is not None
        ]
        return all(checks) if checks else None


def benches() -> Iterator[tuple[str, Bench]]:
    """Every measurement with the subject it belongs to, in the order of module names and of definition."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        module = import_module(f"tests.bench.{path.stem}")
        for name, made in list(vars(module).items()):
            if name.startswith("bench_") and callable(made):
                yield path.stem.removeprefix("bench_"), made


def milliseconds(work: Callable[[int], object], times: int = 200, warm: int = 10) -> list[float]:
    """How long each call took, sorted; `work` gets a number that is never the same, so that no cache answers."""
    taken = []
    gc.collect()
    for _ in range(warm + times):
        number = next(_numbers)
        started = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken[warm:])


def in_turn(*works: Callable[[int], object], times: int = 200, warm: int = 20) -> list[list[float]]:
    """Milliseconds of each work, sorted; call by call in turn, so that all see the same machine."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(warm + times):
        for work, times_of in zip(works, taken, strict=True):
            started = time.perf_counter()
            # Numbers never come twice, also over calls of this function: no cache answers.
            work(next(_numbers))
            if number >= warm:
                times_of.append((time.perf_counter() - started) * 1000)
    return [sorted(times_of) for times_of in taken]


def p50(taken: list[float]) -> float:
    """The median."""
    return statistics.median(taken)


def p99(taken: list[float]) -> float:
    """The value that one in a hundred exceeds."""
    return taken[min(len(taken) - 1, round(len(taken) * 0.99))]


def peak_megabytes(code: str) -> float:
    """Peak resident memory of a fresh process that runs the code."""
    # Not getrusage: a child starts with the peak of the process it was forked from.
    status = "[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')]"
    measured = f"{code}\nprint({status}[0])"
    done = subprocess.run([sys.executable, "-c", measured], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1]) / 1024
