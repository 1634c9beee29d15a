"""Ask the labelled payer questions and print how the answers fare beside plain retrieval over the same collection.

The questions and their labels stand in `questions/*.jsonl` and were written from the facts, the precedence and
the contract, without sight of the code that answers. A question with an odd number belongs to the tuning half,
an even one to the kept half, whose disagreements are never listed.

    python -m tests.eval.run_questions                   # all sets, each half apart
    python -m tests.eval.run_questions --only 'g*'       # the files whose names match
    python -m tests.eval.run_questions --errors tune     # and what the tuning half disagrees on
    python -m tests.eval.run_questions --bare            # without the baselines

Exits with 1 where a harmful decision, a wrong payer's citation or a citation of nothing on file was found.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from tests.eval.asked import Program, Told, own_folder
from tests.eval.baselines import Baseline, Retrieved, baselines, retrieve, threshold_for, told
from tests.eval.cases import GROUPS, HALVES, Case, load_cases
from tests.eval.scoring import Tally, score, score_recall
from tests.eval.sources import sources_of
from tests.eval.support import Kind, judge
from tests.eval.tables import kinds, table

OURS = "copilot"
Answers = list[tuple[Case, Told]]


class Run:
    """What every system told in one run, asked case by case in turn so that all see the same machine."""

    def __init__(self, cases: Sequence[Case], program: Program, chosen: Sequence[Baseline]) -> None:
        self.cases = cases
        self.program = program
        self.sources = sources_of(program.copilot.catalog)
        self.ours: Answers = []
        taken: dict[str, list[Retrieved]] = {baseline.name: [] for baseline in chosen}
        for baseline in chosen:
            baseline.find("warm up")
        for case in cases:
            self.ours.append((case, program.ask(case)))
            for baseline in chosen:
                taken[baseline.name].append(retrieve(baseline, case))
        self.found = {case.id: program.search(case, given) for case, given in self.ours}
        self.thresholds = {name: threshold_for(found, program) for name, found in taken.items()}
        self.beside: dict[str, Answers] = {
            name: [(one.case, told(one, self.thresholds[name], program)) for one in found]
            for name, found in taken.items()
        }

    def counted(self, title: str, wanted: Sequence[Case], *, errors: bool = False) -> tuple[str, Tally]:
        """The table of some cases and the program's own counts."""
        ids = {case.id for case in wanted}
        columns = {name: Tally() for name in (OURS, *self.beside)}
        own_search = Tally()
        for name, answers in ((OURS, self.ours), *self.beside.items()):
            for case, given in answers:
                if case.id in ids:
                    wrong = score(case, given, self.program, columns[name])
                    if name == OURS:
                        wrong += self._sentences(given, columns[OURS])
                        score_recall(case, self.found[case.id], own_search)
                        if errors and wrong:
                            print(f"{case.id} {' > '.join(case.turns)}\n    " + "\n    ".join(wrong))
        return table(title, columns, own_search), columns[OURS]

    def _sentences(self, given: Told, tally: Tally) -> list[str]:
        judged = [one for answer in given.answers for one in judge(answer, self.sources)]
        tally.sentences.update(kind for kind, _ in judged)
        return [f"unsupported: {text}" for kind, text in judged if kind is Kind.UNSUPPORTED]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="*", help="a pattern of file names, such as 'g*'")
    parser.add_argument("--errors", choices=["tune"], help="list what the tuning half disagrees on")
    parser.add_argument("--bare", action="store_true", help="leave the baselines out")
    options = parser.parse_args()
    cases = list(load_cases(options.only))
    if not cases:
        raise SystemExit(f"No file of questions is named like {options.only}.")
    with own_folder() as folder:
        program = Program(Path(folder))
        with nullcontext([]) if options.bare else baselines(program) as chosen:
            run = Run(cases, program, chosen)
        return _report(run, errors=options.errors == "tune")


def _report(run: Run, *, errors: bool) -> int:
    groups = {group: [case for case in run.cases if case.group == group] for group in GROUPS}
    groups = {group: cases for group, cases in groups.items() if cases}
    if len(groups) > 1:
        groups["all sets"] = list(run.cases)
    broken = False
    for group, cases in groups.items():
        print(f"\n{group}, {kinds(cases)}")
        for half in HALVES:
            some = [case for case in cases if case.half == half]
            if some:
                listed = errors and half == HALVES[0] and group != "all sets"
                text, ours = run.counted(f"{group}, {half}", some, errors=listed)
                print(text)
                broken |= bool(ours.harmful or ours.wrong_payer or ours.dangling)
    for name, threshold in run.thresholds.items():
        print(f"{name}: abstains under a first score of {threshold:.3f}, which decides the tuning half best")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
