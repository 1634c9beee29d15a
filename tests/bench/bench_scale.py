"""How building, opening and asking grow from a thousand snippets to a hundred thousand, of invented payers.

Each index is built, and asked, in a process of its own for its memory; the times are taken in one process, size by size
in turn, so that all sizes see the same machine. Another payer is asked about each time, the larger ones more often.

Up to SCALE_REAL snippets (ten thousand) are embedded by the bundled model. A hundred thousand would take many minutes
and have vectors that stand in for its own (see `stand_in.py`). SCALE=1000,10000 leaves a size out.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.answers.service import AnswerService
from bot.answers.topic_model import TopicModel
from bot.embedder import Embedder
from bot.policies.index import open_index
from bot.policies.resolve import Resolver
from bot.policies.search import Searcher
from tests.bench.invented_knowledge import Invented, invent
from tests.bench.rows import Row, in_turn, milliseconds, p50, p99
from tests.bench.stand_in import StandIn

SIZES = tuple(int(size) for size in os.environ.get("SCALE", "1000,10000,100000").split(","))
_REALLY_UP_TO = int(os.environ.get("SCALE_REAL", "10000"))
_MOST = 2.0  # the median at the largest size over that at the smallest
_TYPED = (
    "Can I bill group and individual therapy on the same day for {payer}? Case {number}",
    "how many people can be in a {payer} group, case {number}?",
    "Does {payer} need prior auth for 90853? Case {number}",
)
_UNTOLD = "{payer}: a patient too confused to remember what was talked about, case {number}"
_PEAK = "[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0]"


def embedder_for(size: int) -> Embedder | StandIn:
    """The model, or what stands in for it where there are too many snippets."""
    return Embedder() if size <= _REALLY_UP_TO else StandIn()


@dataclass(frozen=True)
class Standing:
    """One size, opened and ready to be asked."""

    size: int
    knowledge: Invented
    searcher: Searcher
    answers: AnswerService
    opened_seconds: float
    payers: Iterator[str]

    @classmethod
    def open(cls, size: int, folder: Path) -> "Standing":
        knowledge, embedder = invent(size), embedder_for(size)
        started = time.perf_counter()
        searcher = Searcher(knowledge.catalog, lambda: open_index(folder, embedder), embedder)
        searcher.search("warm")
        answers = AnswerService(
            knowledge.catalog,
            Resolver(knowledge.catalog),
            lambda: searcher,
            None,
            lambda: date(2026, 11, 26),
            TopicModel(_embedder()),
        )
        answers.ask("Same day for Medicare?")
        opened = time.perf_counter() - started
        return cls(size, knowledge, searcher, answers, opened, _payers(knowledge))

    def search(self, number: int) -> None:
        """Search one payer's snippets, another payer each time."""
        payer = next(self.payers)
        found = self.searcher.search(f"group and individual therapy on the same day, case {number}", payer_id=payer)
        assert found
        assert not self.searcher.degraded

    def search_everything(self, number: int) -> None:
        assert self.searcher.search(f"group and individual therapy on the same day, case {number}")

    def ask(self, number: int) -> None:
        """A question that typed facts decide."""
        self._asked(_TYPED[number % len(_TYPED)], number)

    def ask_untold(self, number: int) -> None:
        """A question that no cue places, so that the answer has to search."""
        self._asked(_UNTOLD, number)

    def _asked(self, question: str, number: int) -> None:
        payer = self.knowledge.catalog.payers[next(self.payers)]
        # A number of each size's own: none finds the vector that another's question left behind.
        reply = self.answers.ask(question.format(payer=payer.name, number=number + self.size))
        assert reply.answers[0].payer
        assert reply.answers[0].payer.id == payer.id


@cache
def _embedder() -> Embedder:
    """One for all sizes: threads of a second one would spin in the way of the first."""
    return Embedder()


def _payers(knowledge: Invented) -> Iterator[str]:
    dice = random.Random(1)
    while True:
        yield dice.choice(knowledge.asked_about).id


def bench_scale() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        places = {size: Path(folder, str(size)) for size in SIZES}
        rows = [row for size in SIZES for row in _built(size, places[size])]
        rows += [_asking_memory(size, places[size]) for size in SIZES]
        standing = [Standing.open(size, places[size]) for size in SIZES]
        rows += [Row(f"open and first answer, {one.size:,}", one.opened_seconds, "s") for one in standing]
        for name, work in (
            ("search of one payer", Standing.search),
            ("answer from typed facts", Standing.ask),
            ("answer that searches", Standing.ask_untold),
            ("search of everything", Standing.search_everything),
        ):
            rows += _curve(name, work, standing)
    return rows


def _curve(name: str, work: Callable[[Standing, int], None], standing: list[Standing]) -> Iterator[Row]:
    """The work at each size, beside the smallest, call by call in turn."""
    # Not in turn with them: the model's threads go on spinning for a while, which the next in turn would pay for.
    embedder = Embedder()
    embedding = milliseconds(lambda number: embedder.embed([f"Group and individual therapy on one day? Case {number}"]))
    taken = in_turn(*(lambda number, one=one: work(one, number) for one in standing))
    yield Row(f"{name}: one embedding beside it, p50", p50(embedding), "ms")
    for one, times in zip(standing, taken, strict=True):
        last = one is standing[-1] and "everything" not in name
        target = _MOST if last else None
        yield Row(f"{name}, {one.size:,}, p50", p50(times), "ms", f"{SIZES[0]:,}", p50(taken[0]), target_ratio=target)
        yield Row(f"{name}, {one.size:,}, p99", p99(times), "ms", f"{SIZES[0]:,}", p99(taken[0]))


def _built(size: int, folder: Path) -> list[Row]:
    """Seconds and peak memory of a build from nothing, and how many of the seconds the model took."""
    said = _in_a_process(
        "import time; from pathlib import Path; from tests.bench.bench_scale import embedder_for\n"
        "from bot.policies.index import build_index; from tests.bench.invented_knowledge import invent\n"
        f"embedder, spent = embedder_for({size}), []\n"
        "class Timed:\n"
        "    fingerprint = embedder.fingerprint\n"
        "    def embed(self, texts):\n"
        "        started = time.perf_counter(); vectors = embedder.embed(texts)\n"
        "        spent.append(time.perf_counter() - started); return vectors\n"
        f"report = build_index(invent({size}).catalog, Path({str(folder)!r}), Timed())\n"
        "print(report.seconds, sum(spent))"
    )
    vectors = "the model" if size <= _REALLY_UP_TO else "stand-in vectors"
    return [
        Row(f"build, {size:,} snippets", said[0], "s", f"of it {vectors}", said[1]),
        Row(f"build, {size:,}: peak memory", said[2], "MB"),
        Row(f"index on disk, {size:,}", _megabytes(folder), "MB"),
    ]


def _asking_memory(size: int, folder: Path) -> Row:
    said = _in_a_process(
        "from pathlib import Path; from tests.bench.bench_scale import Standing\n"
        f"one = Standing.open({size}, Path({str(folder)!r}))\n"
        "for number in range(50):\n"
        "    one.search(number), one.ask(number), one.ask_untold(number)"
    )
    return Row(f"process that asks, {size:,}: peak memory", said[0], "MB")


def _in_a_process(code: str) -> list[float]:
    """Run the code in a fresh process: the numbers it prints, its peak memory in MB last."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nprint({_PEAK})"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    *numbers, peak = (float(number) for number in re.findall(r"[\d.]+", done.stdout))
    return [*numbers, peak / 1024]


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
