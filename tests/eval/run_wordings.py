"""Every statement on file said back by a model as it stands, and changed in one word: the first kept, the second cut.

The changes are those that cost a claim: a denial added or taken away, a condition dropped, a number moved, a doubt
made certain, "or" made "and", another payer named. What is kept of them is printed, so that nobody has to take the
share on trust.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from bot.answers.compose import compose
from bot.answers.models import Answer
from bot.answers.ruled import Ruled
from bot.answers.sentence import Cut, checked
from bot.llm.support import statements
from bot.policies.catalog import Catalog, load_catalog
from bot.policies.decide import decide
from bot.policies.models import Decision, Snippet

Change = Callable[[str], str]


def _sub(pattern: str, by: str) -> Change:
    return lambda text: re.sub(pattern, by, text, count=1)


CHANGES: dict[str, Change] = {
    "denial taken away": _sub(r"(?i)\b(?:not|no|never)\s+", ""),
    "denial added": _sub(r"(?i)\b(is|are|may|can|must|should|will|pays|requires|covers|allows|needs)\b", r"\1 not"),
    "condition dropped": _sub(
        r"(?i),?\s*\b(?:only )?(?:if|when|unless|except|until|without|after|within)\b[^,;.]*", ""
    ),
    "only dropped": _sub(r"(?i)\bonly\s+", ""),
    "number moved": lambda text: re.sub(r"(?<![\w.])\d{1,4}(?![\w.])", lambda hit: str(int(hit[0]) + 1), text, count=1),
    "bound turned": lambda text: re.sub(
        r"(?i)\b(at least|no more than|up to|more than|fewer than|minimum|maximum)\b",
        lambda hit: {
            "at least": "at most",
            "no more than": "at least",
            "up to": "at least",
            "more than": "fewer than",
        }.get(hit[0].lower(), "at least"),
        text,
        count=1,
    ),
    "bound dropped": _sub(r"(?i)\b(?:at least|no more than|up to|more than|fewer than)\s+", ""),
    "doubt made certain": _sub(
        r"(?i)\b(?:may|might|could|can|usually|generally|normally|most|some|many|often)\b\s*", "always "
    ),
    "doubt dropped": _sub(r"(?i)\b(?:usually|generally|normally|most|some|many|often|typically)\b\s*", ""),
    "advice made a duty": _sub(r"(?i)\b(?:should|recommends?|expects?|wants)\b", "must"),
    "or made and": _sub(r"\bor\b", "and"),
    "and made or": _sub(r"\band\b", "or"),
    "another payer": lambda text: f"Zephyr says: {text}",
    "a payer in lower case": lambda text: f"For zephyr members, {text[:1].lower()}{text[1:]}",
    "another line": lambda text: f"For workers' compensation, {text[:1].lower()}{text[1:]}",
}


def answers(catalog: Catalog, today: date) -> Iterator[tuple[Answer, list[Snippet]]]:
    """The offline answer to every matter each payer has a decision on."""
    for payer in catalog.payers.values():
        if payer.background:
            continue
        for topic, aspect in dict.fromkeys((fact.topic, fact.aspect) for fact in payer.facts):
            ruling = decide(catalog, payer, topic, aspect=aspect, line_of_business=None, state="", on=None, today=today)
            answer = compose(ruling, f"What does {payer.name} say?", today)
            if answer.decision is not Decision.UNKNOWN:
                found = (catalog.snippet(one.snippet_id) for one in answer.citations)
                yield answer, [snippet for snippet in found if snippet]


def kept(text: str, name: str, answer: Answer, ruled: Ruled) -> bool:
    try:
        checked(text, [name], answer, ruled)
    except Cut:
        return False
    return True


# What was measured when the checks were written, with a little room: more lies let through is a hard failure.
_MOST_LIES, _FEWEST_FAIR = 0.01, 0.85


def main(show: bool = False) -> int:
    """Count what is kept of each kind; with `show`, print every change that was. 1 where a bound is broken."""
    tried: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for answer, facts in answers(load_catalog(), date(2026, 6, 1)):
        ruled = Ruled.of(answer, facts)
        for name, fact in ruled.facts.items():
            for statement in statements(fact.text.partition(" Conditions: ")[0]):
                fair = kept(f"{statement}.", name, answer, ruled)
                tried["as it stands"] += 1
                passed["as it stands"] += fair
                for kind, change in CHANGES.items():
                    lie = change(statement)
                    if lie == statement or not fair or "not not" in lie or "not no " in lie:
                        continue
                    tried[kind] += 1
                    if kept(f"{lie}.", name, answer, ruled):
                        passed[kind] += 1
                        if show:
                            print(f"{kind}: {lie}\n      {statement}")
    counts = {kind: (passed[kind], tried[kind]) for kind in ("as it stands", *CHANGES)}
    lies = [count for kind, count in counts.items() if kind != "as it stands"]
    kept_lies, all_lies = (sum(column) for column in zip(*lies, strict=True))
    for kind, (good, of) in {**counts, "all changes": (kept_lies, all_lies)}.items():
        print(f"{kind:24} {good:4} of {of:4} kept")
    fair, of = counts["as it stands"]
    return int(kept_lies > _MOST_LIES * all_lies or fair < _FEWEST_FAIR * of)


if __name__ == "__main__":
    sys.exit(main(show="--show" in sys.argv))
