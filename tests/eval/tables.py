"""The figures of one half as a table: the program's column, and the baselines' beside it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from tests.eval.cases import Case
from tests.eval.scoring import Tally
from tests.eval.support import Kind, share


def table(title: str, columns: Mapping[str, Tally], own_search: Tally) -> str:
    """`own_search` counts what the program's search finds when asked directly, under the answer's payer."""
    ours, *others = columns.values()
    rows = [
        ("payer resolution", *(_rate(t.payer, t.asked) for t in columns.values())),
        ("topic", *(_rate(t.topic, t.asked) for t in columns.values())),
        ("decision", *(_rate(t.decision, t.asked) for t in columns.values())),
        ("recall@5", *(_rate(t.recalled, t.recall_asked) for t in columns.values())),
        ("  its search alone", _rate(own_search.recalled, own_search.recall_asked), *("" for _ in others)),
        ("harmful decisions", *(str(len(t.harmful)) for t in columns.values())),
        ("citing a payer not asked", *(str(len(t.another_payer)) for t in columns.values())),
        ("abstention precision", *(_rate(t.abstained_right, t.abstained) for t in columns.values())),
        ("abstention recall", *(_rate(t.abstained_due, t.should_abstain) for t in columns.values())),
        ("p50 ms", *(f"{_at(t, 0.5):.1f}" for t in columns.values())),
        ("p99 ms", *(f"{_at(t, 0.99):.1f}" for t in columns.values())),
        ("must-cite hit", _rate(ours.cite_hit, ours.cite_asked)),
        ("supported sentences", _rate(*share(ours.sentences))),
        ("  remarks, not counted", str(ours.sentences[Kind.REMARK])),
        ("wrong-payer citations", str(len(ours.wrong_payer))),
        ("background not marked", str(len(ours.unmarked))),
        ("citations not on file", str(len(ours.dangling))),
        ("refused with a line", str(len(ours.refused))),
    ]
    heads = ("", *columns)
    lines = [f"{title}: {ours.asked} questions"]
    lines += [f"  {row[0]:<25}" + "".join(f"{cell:<20}" for cell in row[1:]).rstrip() for row in (heads, *rows)]
    return "\n".join(lines)


def kinds(cases: Sequence[Case]) -> str:
    """How many of the questions are hard ones, and in which way."""
    counted = Counter(kind for case in cases for kind in case.kinds)
    told = ", ".join(f"{number} {kind}" for kind, number in counted.most_common())
    return f"{len(cases)} questions: {told or 'none of a hard kind'}"


def _rate(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def _at(tally: Tally, share_of_all: float) -> float:
    spent = sorted(tally.milliseconds)
    return spent[min(len(spent) - 1, int(len(spent) * share_of_all))] if spent else 0.0
