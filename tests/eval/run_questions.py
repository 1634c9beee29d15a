"""Ask the labelled payer questions and print how the answers fare, for the tuning and the kept half apart.

The questions and their labels stand in `questions/*.jsonl` and were written from the facts, the precedence and
the contract, without sight of the code that answers. A question with an odd number belongs to the tuning half,
an even one to the kept half, whose disagreements are never listed.

    python tests/eval/run_questions.py                   # both tables
    python tests/eval/run_questions.py --errors tune     # and what the tuning half disagrees on

Exits with 1 where a harmful decision, a wrong payer's citation or a citation of nothing on file was found.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

QUESTIONS = Path(__file__).parent / "questions"
NOBODY = None
# The answer says that a citation of no payer's own is the national rule or what is said in general.
MARKED = re.compile(r"national|ncci|in general|generally|general rule|background|trade|guide|not .{0,40}\bown\b", re.I)


@dataclass(frozen=True)
class Case:
    """One labelled question; where it has turns, the labels are of the last."""

    id: str
    turns: tuple[str, ...]
    label: dict[str, Any]

    @property
    def half(self) -> str:
        return "tune" if int(self.id[1:]) % 2 else "kept"

    @property
    def payer_sets(self) -> list[set[str | None]]:
        """The payers the answers may be about; `None` for general, unknown and ambiguous alike."""
        return [_payers(option) for option in [self.label["payers"], *self.label.get("payers_alt", [])]]

    @property
    def abstains(self) -> bool:
        """A payer was named, and none on file is meant."""
        return set(self.label["payers"]) <= {"unknown", "ambiguous"} and bool(self.label["payers"])

    @property
    def slots(self) -> list[tuple[str | None, set[str], set[str], set[str]]]:
        """For each payer: decisions that are right, facts of which one must be cited, decisions that harm."""
        label = self.label
        if isinstance(label["decision"], dict):
            return [
                (
                    NOBODY if payer == "unknown" else payer,
                    _set(decision),
                    _set(label["must_cite"].get(payer, [])),
                    _set(label["never"].get(payer, [])),
                )
                for payer, decision in label["decision"].items()
            ]
        return [
            (next(iter(self.payer_sets[0])), _set(label["decision"]), _set(label["must_cite"]), _set(label["never"]))
        ]


@dataclass
class Given:
    """What an answer says of one payer, as far as it is measured."""

    payer: str | None
    topic: str
    decision: str
    cited: list[str]
    text: str


@dataclass
class Tally:
    """Counts of one half."""

    asked: int = 0
    payer: int = 0
    topic: int = 0
    decision: int = 0
    slots: int = 0
    cite_asked: int = 0
    cite_hit: int = 0
    harmful: list[str] = field(default_factory=list)
    wrong_payer: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    dangling: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    abstained_right: int = 0
    abstained: int = 0
    should_abstain: int = 0
    milliseconds: list[float] = field(default_factory=list)


def _set(value: str | list[str]) -> set[str]:
    return {value} if isinstance(value, str) else set(value)


def _payers(names: list[str]) -> set[str | None]:
    return {NOBODY if name in ("unknown", "ambiguous") else name for name in names} or {NOBODY}


def cases() -> Iterator[Case]:
    seen: set[str] = set()
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            if label["id"] in seen:
                raise SystemExit(f"{path.name}: {label['id']} stands twice.")
            seen.add(label["id"])
            yield Case(label["id"], tuple(label.get("turns") or [label["question"]]), label)


class Asker:
    """The program, with an index of its own, and what is on file to check citations against."""

    def __init__(self) -> None:
        from bot.app import Copilot
        from bot.settings import load_settings

        self.copilot = Copilot(load_settings())
        self.copilot.build_index()
        self.copilot.warm_up()
        catalog = self.copilot.catalog
        self.owner = {snippet.id: snippet.payer_id for snippet in _values(catalog.snippets)}
        self.background = {payer.id for payer in _values(catalog.payers) if payer.background} | {""}

    def ask(self, case: Case) -> tuple[list[Given], list[float], bool]:
        """The answers to the last turn, the milliseconds of every turn, and whether it was refused."""
        from bot.answers.models import Context
        from bot.errors import UserError

        on = case.label.get("date_of_service")
        context, reply, spent = Context(), None, []
        for turn in case.turns:
            started = time.perf_counter()
            try:
                reply = self.copilot.ask(turn, context, date_of_service=date.fromisoformat(on) if on else None)
                context = reply.context
            except UserError:
                reply = None
            spent.append((time.perf_counter() - started) * 1000)
        if reply is None:
            return [Given(NOBODY, "general", "not_applicable", [], "")], spent, True
        return [_given(answer) for answer in reply.answers], spent, False


def _values(held: Any) -> list[Any]:
    return list(held.values() if isinstance(held, dict) else held)


def _given(answer: Any) -> Given:
    told = " ".join([answer.answer, *answer.conditions, *answer.conflicts, answer.next_step])
    cited = [citation.snippet_id for citation in answer.citations]
    return Given(answer.payer.id if answer.payer else NOBODY, str(answer.topic), str(answer.decision), cited, told)


def score(case: Case, given: list[Given], asker: Asker, tally: Tally) -> list[str]:
    """Add one case to the tally; returns what it disagrees on, in words."""
    wrong: list[str] = []
    about = {answer.payer for answer in given}
    tally.asked += 1
    right_payer = about in case.payer_sets
    tally.payer += right_payer
    if not right_payer:
        wrong.append(f"payer {_shown(about)}, not {' or '.join(_shown(option) for option in case.payer_sets)}")
    topics = _set(case.label["topic"]) | _set(case.label.get("topic_alt", []))
    right_topic = all(answer.topic in topics for answer in given)
    tally.topic += right_topic
    if not right_topic:
        wrong.append(f"topic {'/'.join(sorted({a.topic for a in given}))}, not {'/'.join(sorted(topics))}")
    wrong += _score_slots(case, given, tally)
    wrong += _score_citations(case, given, asker, tally)
    _score_abstention(case, given, tally)
    return wrong


def _shown(payers: set[str | None]) -> str:
    return "+".join(sorted(payer or "none" for payer in payers))


def _score_slots(case: Case, given: list[Given], tally: Tally) -> list[str]:
    wrong = []
    single = len(case.slots) == 1
    named = {slot[0] for slot in case.slots}
    stray = [answer for answer in given if answer.payer not in named]
    all_right = True
    for payer, decisions, must_cite, never in case.slots:
        own = [answer for answer in given if answer.payer == payer]
        matched = own or (given if single else [])
        right = bool(matched) and all(answer.decision in decisions for answer in matched)
        all_right &= right
        if not right:
            got = "/".join(answer.decision for answer in matched) or "no answer"
            wrong.append(f"decision {got} for {payer or 'none'}, not {'|'.join(sorted(decisions))}")
        # An answer about a payer nobody asked for can harm as much as the wrong answer about the right one.
        for answer in [*matched, *([] if own or single else stray)]:
            if answer.decision in never:
                tally.harmful.append(case.id)
                wrong.append(f"HARMFUL {answer.decision} for {answer.payer or 'none'}")
        if must_cite:
            tally.cite_asked += 1
            hit = any(must_cite & set(answer.cited) for answer in matched)
            tally.cite_hit += hit
            if not hit:
                wrong.append(f"cited none of {'|'.join(sorted(must_cite))}")
    tally.decision += all_right
    return wrong


def _score_citations(case: Case, given: list[Given], asker: Asker, tally: Tally) -> list[str]:
    wrong = []
    for answer in given:
        for cited in answer.cited:
            owner = asker.owner.get(cited)
            if owner is None:
                tally.dangling.append(f"{case.id}:{cited}")
                wrong.append(f"cites {cited}, which is not on file")
            elif owner in asker.background:
                if answer.payer and owner and not MARKED.search(answer.text):
                    tally.unmarked.append(f"{case.id}:{cited}")
                    wrong.append(f"cites {cited} of {owner} without saying that it is no rule of {answer.payer}")
            elif owner != answer.payer:
                tally.wrong_payer.append(f"{case.id}:{cited}")
                wrong.append(f"cites {cited} of {owner} in an answer about {answer.payer or 'none'}")
    return wrong


def _score_abstention(case: Case, given: list[Given], tally: Tally) -> None:
    if not case.label["payers"] or isinstance(case.label["decision"], dict):
        return  # a general question names nobody: there is no payer to abstain from
    abstained = all(answer.payer is NOBODY and answer.decision in ("unknown", "varies") for answer in given)
    tally.should_abstain += case.abstains
    tally.abstained += abstained
    # A case that leaves open whether a payer on file is meant is right either way.
    tally.abstained_right += abstained and {NOBODY} in case.payer_sets
    if case.abstains and not abstained and {answer.payer for answer in given} in case.payer_sets[1:]:
        tally.should_abstain -= 1


def table(name: str, tally: Tally) -> str:
    def rate(part: int, whole: int) -> str:
        return f"{part / whole:.3f}  ({part}/{whole})" if whole else "-"

    spent = sorted(tally.milliseconds)
    rows = [
        ("payer resolution", rate(tally.payer, tally.asked)),
        ("topic", rate(tally.topic, tally.asked)),
        ("decision", rate(tally.decision, tally.asked)),
        ("must-cite hit", rate(tally.cite_hit, tally.cite_asked)),
        ("harmful decisions", f"{len(tally.harmful)}"),
        ("wrong-payer citations", f"{len(tally.wrong_payer)}"),
        ("background not marked", f"{len(tally.unmarked)}"),
        ("citations not on file", f"{len(tally.dangling)}"),
        ("abstention precision", rate(tally.abstained_right, tally.abstained)),
        ("abstention recall", rate(tally.abstained_right, max(tally.should_abstain, tally.abstained_right))),
        ("refused with a line", f"{len(tally.refused)}"),
        ("p50 ms", f"{spent[len(spent) // 2]:.1f}"),
        ("p99 ms", f"{spent[min(len(spent) - 1, int(len(spent) * 0.99))]:.1f}"),
    ]
    return "\n".join([f"{name}: {tally.asked} questions", *(f"  {label:<24}{value}" for label, value in rows)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", choices=["tune"], help="list what the tuning half disagrees on")
    options = parser.parse_args()
    tallies = {"tune": Tally(), "kept": Tally()}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.pop("LLM_MODEL", None)  # the offline answers are what is measured
        asker = Asker()
        for case in cases():
            tally = tallies[case.half]
            given, spent, refused = asker.ask(case)
            tally.milliseconds += spent
            if refused:
                tally.refused.append(case.id)
            wrong = score(case, given, asker, tally)
            if wrong and options.errors == case.half:
                print(f"{case.id} {' > '.join(case.turns)}\n    " + "\n    ".join(wrong))
    for name, tally in tallies.items():
        print(table(name, tally))
    return 1 if any(t.harmful or t.wrong_payer or t.dangling for t in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
