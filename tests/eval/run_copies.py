"""How copies are told from honest likeness, over labelled pairs, tuning and kept half apart.

Run `python -m tests.eval.run_copies`, with `--errors` to list the tuning half's disagreements. The kept half's are
never listed, so that no rule is fitted to them. Beside the program, in the same run: Python's difflib and rapidfuzz's
token-set ratio over the two parts, each with the threshold that gives it the best F1 on the tuning half.

Exits 1 where more than 2 of 100 shared session parts of either half are called copies.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.utils import default_process
from rich.console import Console
from rich.table import Table

from tests.eval.copy_judges import judged
from tests.eval.copy_pairs import HALVES, LONG_SESSION, SHARED_SESSION, Pair, load

FALSE_ALARMS = 0.02


@dataclass
class Tally:
    """Pairs called copies, rightly and wrongly, by kind."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[Pair] = field(default_factory=list)

    def add(self, pair: Pair, *, called: bool) -> None:
        name = ("hit" if called else "missed") if pair.copy else ("false" if called else "quiet")
        self.counts[pair.kind][name] += 1
        if called != pair.copy:
            self.wrong.append(pair)

    def total(self) -> Counter[str]:
        return sum(self.counts.values(), Counter())

    def figures(self) -> tuple[float, float, float, float, float]:
        """Precision, recall, F1, false alarms on shared session parts, and on all that are no copies."""
        all_ = self.total()
        shared = self.counts[SHARED_SESSION] + self.counts[LONG_SESSION]
        return (
            _share(all_["hit"], all_["hit"] + all_["false"]),
            _share(all_["hit"], all_["hit"] + all_["missed"]),
            _share(2 * all_["hit"], 2 * all_["hit"] + all_["missed"] + all_["false"]),
            _share(shared["false"], shared.total()),
            _share(all_["false"], all_["false"] + all_["quiet"]),
        )


def by_difflib(pair: Pair) -> float:
    first, second = _texts(pair)
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def by_token_set(pair: Pair) -> float:
    return token_set_ratio(*_texts(pair), processor=default_process) / 100


def _texts(pair: Pair) -> tuple[str, str]:
    return pair.first.replace("{label}", pair.labels[0]), pair.second.replace("{label}", pair.labels[1])


def with_best_threshold(score: Callable[[Pair], float], pairs: Sequence[Pair]) -> tuple[float, dict[int, bool]]:
    """The threshold of the best F1 on the tuning half, and what it calls a copy."""
    scores = {pair.id: score(pair) for pair in pairs}
    tuning = [pair for pair in pairs if pair.half == HALVES[0]]

    def f1(threshold: float) -> float:
        return tallied(tuning, {pair.id: scores[pair.id] >= threshold for pair in tuning}).figures()[2]

    best = max(sorted({scores[pair.id] for pair in tuning}), key=f1)
    return best, {key: value >= best for key, value in scores.items()}


def tallied(pairs: Iterable[Pair], called: Mapping[int, bool]) -> Tally:
    tally = Tally()
    for pair in pairs:
        tally.add(pair, called=called[pair.id])
    return tally


def table(half: str, columns: Mapping[str, Tally]) -> Table:
    """The figures, then for each kind how many were judged rightly."""
    first = next(iter(columns.values()))
    all_ = first.total()
    copies = all_["hit"] + all_["missed"]
    shown = Table("", title=f"{half}: {all_.total()} pairs, {copies} of them copies", title_justify="left")
    for name in columns:
        shown.add_column(name, justify="right")
    rows = ("precision", "recall", "F1", "false alarms, shared session", "false alarms, all")
    for name, values in zip(rows, zip(*(tally.figures() for tally in columns.values()), strict=True), strict=True):
        shown.add_row(name, *(f"{value:.3f}" for value in values))
    shown.add_section()
    for kind in sorted(first.counts):
        cells = []
        for tally in columns.values():
            said = tally.counts[kind]
            cells.append(f"{said['hit'] + said['quiet']}/{said.total()}")
        shown.add_row(("= " if first.counts[kind]["hit"] + first.counts[kind]["missed"] else "≠ ") + kind, *cells)
    return shown


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--errors", action="store_true", help="list the tuning half's disagreements")
    asked = parser.parse_args()
    console = Console(width=120, highlight=False)
    pairs = load()
    started = time.perf_counter()
    ours = judged(pairs)
    spent = (time.perf_counter() - started) * 1000 / len(pairs)
    called = {"ours": ours}
    for name, score in (("difflib", by_difflib), ("token set", by_token_set)):
        threshold, calls = with_best_threshold(score, pairs)
        called[f"{name} ≥ {threshold:.2f}"] = calls
    broken = 0
    for half in HALVES:
        of_half = [pair for pair in pairs if pair.half == half]
        columns = {name: tallied(of_half, calls) for name, calls in called.items()}
        console.print(table(half, columns))
        broken |= columns["ours"].figures()[3] > FALSE_ALARMS
        if asked.errors and half == HALVES[0]:
            for pair in columns["ours"].wrong:
                what = "missed" if pair.copy else "false alarm"
                console.print(f"\n[{pair.id}] {pair.kind}: {what}\n  {pair.first}\n  {pair.second}", markup=False)
    console.print(f"{spent:.2f} ms a pair")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
