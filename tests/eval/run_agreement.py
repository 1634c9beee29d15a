"""Does a claim's code agree with the words of the note? Invented pairs, every second one kept.

`python -m tests.eval.run_agreement [--show]`: the kept half is counted only, `--show` prints the tuning half's misses.
A false alarm is a pair that a reader finds in agreement or unclear and that the program calls a disagreement.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.claims.agreement import agreement

PAIRS = Path(__file__).parent / "agreement" / "pairs.tsv"
_WORD = {"agrees": "agree", "disagrees": "disagree", "silent": "unclear"}


@dataclass(frozen=True)
class Pair:
    label: str
    code: str
    words: str
    kept: bool

    @property
    def found(self) -> str:
        return _WORD[agreement(self.code, self.words).verdict]


def pairs() -> list[Pair]:
    """Every second line of each label is kept."""
    seen: Counter[str] = Counter()
    read = []
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        label, code, words = line.split("\t")
        seen[label] += 1
        read.append(Pair(label, code, words, kept=seen[label] % 2 == 0))
    return read


def scores(some: list[Pair]) -> dict[str, str]:
    """Accuracy, false alarms and missed disagreements, as "right of all"."""
    right = sum(pair.found == pair.label for pair in some)
    quiet = [pair for pair in some if pair.label != "disagree"]
    alarms = sum(pair.found == "disagree" for pair in quiet)
    loud = [pair for pair in some if pair.label == "disagree"]
    return {
        "right": f"{right} of {len(some)}",
        "false alarms": f"{alarms} of {len(quiet)}",
        "disagreements found": f"{sum(pair.found == 'disagree' for pair in loud)} of {len(loud)}",
    }


def main() -> None:
    every = pairs()
    for name, kept in (("tuning", False), ("kept", True)):
        print(name, scores([pair for pair in every if pair.kept is kept]))
    if "--show" in sys.argv:
        for pair in every:
            if not pair.kept and pair.found != pair.label:
                print(f"{pair.label} read as {pair.found}: {pair.code} | {pair.words}")


if __name__ == "__main__":
    main()
