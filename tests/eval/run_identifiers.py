"""How many planted identifiers are taken out before a model sees a text, and how much else is.

Run `python -m tests.eval.run_identifiers`, with `--errors` to list misses and needless cuts of the tuning half,
which is all files of that name. The kept half's are never listed. Recall: a planted identifier counts as found
where no letter or digit of it is left. Precision: a cut counts as right where it touches a planted identifier. A
date of service has to stay: its row says how many did. The cut's own kind is not held against the planted one for
recall; precision is by the cut's kind.

Beside the program, in the same run: our rules as they were before Presidio, and Presidio as it comes (its default
recognizers, on the same engine without a model).
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from bot.llm.identifying.identifiers import identifiers
from bot.llm.redaction import chosen
from tests.eval import former_identifiers
from tests.eval.marked_texts import HALVES, STAYS, Marked, load
from tests.eval.plain_presidio import plain_presidio

Finder = Callable[[str, Sequence[str]], Iterable[tuple[int, int, str, str]]]
# "Dr." before a name or "LCSW" after it tells nobody; they may stay, as may the "s" of a possessive.
_TITLE = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Rev|Sgt|Cpl|Capt|Lt|Col|Officer|Nurse|Pastor|Father|Sister|Brother|Aunt|Uncle|Coach|Judge|LCSW|LMSW|"
    r"LPC|LMFT|LMHC|PhD|PsyD|MD|RN|NP)\b|(?<=['’])s\b"
)
_AIMED = [
    *("HEADING_NAME", "INITIALS", "DOB", "DATE", "PHONE", "FAX", "EMAIL", "SSN", "MRN", "MEMBER_ID"),
    *("ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "URL", "IP", "OTHER_ID"),
]


@dataclass
class Tally:
    """Of each planted kind how many there are and how many were found; of each kind of cut how many were right."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    cuts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, item: Marked, hits: Iterable[tuple[int, int, str, str]]) -> None:
        cuts = [(start, end, kind) for start, end, kind, _ in chosen(hits, item.text)]
        covered = {at for start, end, _ in cuts for at in range(start, end)}
        out = [span for span in item.spans if span.kind != STAYS]
        for span in item.spans:
            planted = _TITLE.sub(lambda title: " " * len(title[0]), item.text[span.start : span.end])
            left = [at for at, sign in enumerate(planted, span.start) if sign.isalnum() and at not in covered]
            kept = not any(at in covered for at in range(span.start, span.end))
            good = kept if span.kind == STAYS else not left
            self.planted[span.kind] += 1
            self.found[span.kind] += good
            if not good:
                what = "CUT" if span.kind == STAYS else "MISSED"
                self.errors.append(f"{what} {span.kind} {item.text[span.start : span.end]!r} in {item.text!r}")
        for start, end, kind in cuts:
            right = any(span.start < end and start < span.end for span in out)
            self.cuts[kind] += 1
            self.right[kind] += right
            if not right:
                self.errors.append(f"NEEDLESS {kind} {item.text[start:end]!r} in {item.text!r}")

    def recall(self, kinds: Iterable[str] | None = None) -> tuple[int, int]:
        chosen = [kind for kind in (kinds or self.planted) if kind != STAYS]
        return sum(self.found[kind] for kind in chosen), sum(self.planted[kind] for kind in chosen)

    def precision(self) -> tuple[int, int]:
        return self.right.total(), self.cuts.total()


def tables(half: str, columns: Mapping[str, Tally]) -> tuple[Table, Table]:
    """Recall by planted kind, and precision by the kind of cut."""
    first = next(iter(columns.values()))
    recall = Table("", title=f"{half}: recall", title_justify="left")
    precision = Table("", title=f"{half}: precision", title_justify="left")
    for name in columns:
        recall.add_column(name, justify="right")
        precision.add_column(name, justify="right")
    for kind in sorted(first.planted, key=lambda kind: (kind == STAYS, kind)):
        name = "SERVICE, stays" if kind == STAYS else kind
        recall.add_row(name, *(_rate(tally.found[kind], tally.planted[kind]) for tally in columns.values()))
    recall.add_section()
    recall.add_row("headings, numbers, dates, contacts", *(_rate(*tally.recall(_AIMED)) for tally in columns.values()))
    recall.add_row("all", *(_rate(*tally.recall()) for tally in columns.values()))
    for kind in sorted(first.cuts):
        precision.add_row(kind, *(_rate(tally.right[kind], tally.cuts[kind]) for tally in columns.values()))
    precision.add_section()
    precision.add_row("all", *(_rate(*tally.precision()) for tally in columns.values()))
    precision.add_row("F1", *(f"{_f1(tally):.3f}" for tally in columns.values()))
    return recall, precision


def _rate(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def _f1(tally: Tally) -> float:
    (found, planted), (right, cuts) = tally.recall(), tally.precision()
    recall, precision = found / planted if planted else 0.0, right / cuts if cuts else 0.0
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--errors", action="store_true", help="list the tuning half's misses and needless cuts")
    asked = parser.parse_args()
    console = Console(width=120, highlight=False)
    finders: dict[str, Finder] = {
        "ours": identifiers,
        "rules as they were": former_identifiers.identifiers,
        "Presidio as it comes": plain_presidio,
    }
    for half in HALVES:
        items = load(half)
        if not items:
            console.print(f"{half}: no file")
            continue
        columns = {name: Tally() for name in finders}
        started = time.perf_counter()
        for name, find in finders.items():
            for item in items:
                columns[name].add(item, find(item.text, item.labels))
            if name == "ours":
                spent = (time.perf_counter() - started) * 1000 / len(items)
        console.print(f"{half}: {len(items)} texts, {columns['ours'].recall()[1]} identifiers, {spent:.1f} ms a text")
        for table in tables(half, columns):
            console.print(table)
        if asked.errors and half == HALVES[0]:
            for line in columns["ours"].errors:
                console.print(line, markup=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
