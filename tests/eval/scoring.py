"""What counts as right: one case's answers held against its label, added to the counts of its half."""

import re
from collections import Counter
from dataclasses import dataclass, field

from tests.eval.asked import Given, Program, Told
from tests.eval.cases import NOBODY, Case

# The answer says that a citation of no payer's own is the national rule or what is said in general.
MARKED = re.compile(r"national|ncci|in general|generally|general rule|background|trade|guide|not .{0,40}\bown\b", re.I)
FIRST = 5


@dataclass
class Tally:
    """Counts of one half."""

    asked: int = 0
    payer: int = 0
    topic: int = 0
    decision: int = 0
    cite_asked: int = 0
    cite_hit: int = 0
    recall_asked: int = 0
    recalled: int = 0
    harmful: list[str] = field(default_factory=list)
    wrong_payer: list[str] = field(default_factory=list)
    another_payer: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    dangling: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    abstained_right: int = 0
    abstained: int = 0
    should_abstain: int = 0
    abstained_due: int = 0
    milliseconds: list[float] = field(default_factory=list)
    sentences: Counter[str] = field(default_factory=Counter)


def score(case: Case, told: Told, program: Program, tally: Tally) -> list[str]:
    """Add one case to the tally; returns what it disagrees on, in words."""
    wrong: list[str] = []
    given = told.given
    about = {answer.payer for answer in given}
    tally.asked += 1
    tally.milliseconds += told.milliseconds
    if told.refused:
        tally.refused.append(case.id)
    right_payer = about in case.payer_sets
    tally.payer += right_payer
    if not right_payer:
        wrong.append(f"payer {_shown(about)}, not {' or '.join(_shown(option) for option in case.payer_sets)}")
    right_topic = all(answer.topic in case.topics for answer in given)
    tally.topic += right_topic
    if not right_topic:
        wrong.append(f"topic {'/'.join(sorted({a.topic for a in given}))}, not {'/'.join(sorted(case.topics))}")
    wrong += _score_slots(case, given, tally)
    wrong += _score_citations(case, given, program, tally)
    _score_abstention(case, given, tally)
    score_recall(case, told.retrieved, tally)
    return wrong


def score_recall(case: Case, retrieved: list[str], tally: Tally) -> None:
    """Whether one of the facts that must be cited is among the first five snippets."""
    if case.must_cite:
        tally.recall_asked += 1
        tally.recalled += not case.must_cite.isdisjoint(retrieved[:FIRST])


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


def _score_citations(case: Case, given: list[Given], program: Program, tally: Tally) -> list[str]:
    """Citations against the answer's own payer, and against the payers that the question names."""
    wrong = []
    asked_about = set().union(*case.payer_sets)
    for answer in given:
        for cited in answer.cited:
            owner = program.owner.get(cited)
            if owner is None:
                tally.dangling.append(f"{case.id}:{cited}")
                wrong.append(f"cites {cited}, which is not on file")
            elif owner in program.background:
                if answer.payer and owner and not MARKED.search(answer.text):
                    tally.unmarked.append(f"{case.id}:{cited}")
                    wrong.append(f"cites {cited} of {owner} without saying that it is no rule of {answer.payer}")
            elif owner != answer.payer:
                tally.wrong_payer.append(f"{case.id}:{cited}")
                wrong.append(f"cites {cited} of {owner} in an answer about {answer.payer or 'none'}")
            if owner and owner not in program.background and owner not in asked_about:
                tally.another_payer.append(f"{case.id}:{cited}")
    return wrong


def _score_abstention(case: Case, given: list[Given], tally: Tally) -> None:
    if not case.label["payers"] or isinstance(case.label["decision"], dict):
        return  # a general question names nobody: there is no payer to abstain from
    abstained = all(answer.payer is NOBODY and answer.decision in ("unknown", "varies") for answer in given)
    others = {answer.payer for answer in given} in case.payer_sets[1:]
    due = case.abstains and (abstained or not others)
    tally.should_abstain += due
    tally.abstained_due += due and abstained
    tally.abstained += abstained
    # A case that leaves open whether a payer on file is meant is right either way.
    tally.abstained_right += abstained and {NOBODY} in case.payer_sets
