"""The labelled questions: which half each belongs to, and what its label takes for right."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

QUESTIONS = Path(__file__).parent / "questions"
HALVES = ("tune", "kept")
GROUPS = ("older sets", "newer sets")
NOBODY = None
# Written while the answers were first built; every later file was written against the finished program's facts.
_OLDER = re.compile(r"\d\d-|tune-")


@dataclass(frozen=True)
class Case:
    """One labelled question; where it has turns, the labels are of the last."""

    id: str
    group: str
    turns: tuple[str, ...]
    label: dict[str, Any]

    @property
    def half(self) -> str:
        """Odd numbers may be looked into, even ones are only counted."""
        return HALVES[0] if int(self.id[1:]) % 2 else HALVES[1]

    @property
    def payer_sets(self) -> list[set[str | None]]:
        """The payers the answers may be about; `None` for general, unknown and ambiguous alike."""
        return [_payers(option) for option in [self.label["payers"], *self.label.get("payers_alt", [])]]

    @property
    def topics(self) -> set[str]:
        return as_set(self.label["topic"]) | as_set(self.label.get("topic_alt", []))

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
                    NOBODY if payer in ("unknown", "ambiguous") else payer,
                    as_set(decision),
                    as_set(label["must_cite"].get(payer, [])),
                    as_set(label["never"].get(payer, [])),
                )
                for payer, decision in label["decision"].items()
            ]
        payer = next(iter(self.payer_sets[0]))
        return [(payer, as_set(label["decision"]), as_set(label["must_cite"]), as_set(label["never"]))]

    @property
    def must_cite(self) -> set[str]:
        """The facts of which one must be found, whichever of its payers they belong to."""
        return set().union(*(cited for _, _, cited, _ in self.slots))

    @property
    def kinds(self) -> set[str]:
        """What makes the question a hard one, read from its label."""
        names, slots = set(self.label["payers"]), self.slots
        decisions = set().union(*(decisions for _, decisions, _, _ in slots))
        found = {
            "unknown payer": "unknown" in names,
            "name that fits several": "ambiguous" in names,
            "several payers": len(slots) > 1 or len(names) > 1,
            "off-topic or hostile": "general" in self.topics and decisions <= {"not_applicable", "unknown"},
            "thread": len(self.turns) > 1,
        }
        return {kind for kind, held in found.items() if held}


def as_set(value: str | list[str]) -> set[str]:
    return {value} if isinstance(value, str) else set(value)


def _payers(names: list[str]) -> set[str | None]:
    return {NOBODY if name in ("unknown", "ambiguous") else name for name in names} or {NOBODY}


def load_cases(only: str = "*") -> Iterator[Case]:
    """The cases of the files whose names match a pattern; stops the run where an id stands twice."""
    seen: set[str] = set()
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        if not (fnmatch(path.name, only) or fnmatch(path.stem, only)):
            continue
        group = GROUPS[0] if _OLDER.match(path.name) else GROUPS[1]
        for line in path.read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            if label["id"] in seen:
                raise SystemExit(f"{path.name}: {label['id']} stands twice.")
            seen.add(label["id"])
            yield Case(label["id"], group, tuple(label.get("turns") or [label["question"]]), label)
