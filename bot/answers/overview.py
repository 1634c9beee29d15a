"""What is on file for a payer, when it is named and no one matter is asked: coverage if that is asked, else a list."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.answers.call_script import call_script
from bot.answers.citing import Citer
from bot.answers.compose import asked_of, compose, payer_ref
from bot.answers.models import Answer
from bot.answers.phrases import DECISIONS, MATTERS
from bot.policies.age import is_stale
from bot.policies.decide import decide
from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Payer, Topic
from bot.policies.reading import is_verified, speaks_of_groups
from bot.policies.ruling import Ruling

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog

_COVERS = re.compile(
    r"\b(group|90853)\b[^.]{0,80}\b(cover(s|ed)?|payable|named covered service|medically necessary when)\b"
    r"|\b(cover(s|ed)?|payable|pays? for|benefit)\b[^.]{0,80}\b(group|90853)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(not covered|exclud\w+|not payable|does not (cover|pay)|only on some|only when|not paid|neither)\b",
    re.IGNORECASE,
)
_SOME_PLANS = re.compile(r"\b(only (on|in|for)|some|certain|not (all|every)) (\w+ ){0,2}plans?\b", re.IGNORECASE)
_ORDER = (Topic.SAME_DAY, Topic.PRIOR_AUTH, Topic.TELEHEALTH, Topic.GROUP_SIZE, Topic.SUPERVISION, Topic.FREQUENCY)


class Overview:
    """Answers "does X cover groups?" and "what are X's rules?" from what the file says on each matter."""

    def __init__(self, catalog: "Catalog") -> None:
        self._catalog = catalog

    def of(  # noqa: PLR0913  # the narrowing of `decide`
        self,
        payer: Payer,
        question: str,
        today: date,
        *,
        line: LineOfBusiness | None,
        state: str,
        on: date | None,
        coverage: bool,
        near: Sequence[Fact] = (),
    ) -> Answer:
        """`coverage` asks whether groups are covered at all; without a fact that says so the answer is unknown.

        `near` are facts near to the question's words, shown first.
        """
        citer = Citer()
        rulings = [
            decide(self._catalog, payer, topic, line_of_business=line, state=state, on=on, today=today)
            for topic in Topic
            if topic is not Topic.GENERAL
        ]
        blank = decide(self._catalog, payer, Topic.GENERAL, line_of_business=line, state=state, on=on, today=today)
        if coverage and (blank.ran_out or any(map(is_verified, blank.deciding))):
            return compose(blank, question, today, on=on)
        covering = self._coverage(rulings) if coverage else []
        depends = self._by_plan(rulings) if coverage else []
        covering = depends or covering
        told = [f"- {fact.statement} {citer.mark(fact)}" for fact in covering[:3]]
        decided = bool(covering)
        told_of = [ruling for ruling in self._by_interest(rulings) if ruling.deciding][:6]
        nearest = [f"- {fact.statement} {citer.mark(fact)}" for fact in near if fact not in covering[:3]]
        lines = [self._line(ruling, citer) for ruling in told_of]
        if depends:
            lead = f"It depends on the plan: not every plan of {payer.name} covers group therapy."
        elif decided:
            lead = f"Allowed with conditions: {payer.name} counts group therapy among its services."
        elif coverage:
            lead = f"Unknown: nothing on file says outright whether {payer.name} covers group therapy."
        else:
            lead = f"What is on file for {payer.name}; ask about one matter for its details."
        closest = "\n".join(["Nearest to your words:", *nearest]) if nearest else ""
        parts = [lead, "\n".join(told), closest, *(["On file:\n" + "\n".join(lines)] if lines else [])]
        stale = decided and all(is_stale(fact, on or today) for fact in covering[:3])
        decision = Decision.ALLOWED_WITH_CONDITIONS if decided else Decision.UNKNOWN
        decision = Decision.VARIES if depends else decision
        return Answer(
            question=question,
            payer=payer_ref(payer, blank),
            topic=Topic.GENERAL,
            decision=decision if coverage else Decision.NOT_APPLICABLE,
            answer="\n\n".join(part for part in parts if part),
            stale=stale,
            confidence=Confidence.MEDIUM if decided and not stale else Confidence.LOW,
            citations=citer.citations(),
            next_step=f"Verify the member's group therapy benefit with {payer.name}, or ask about one matter.",
            call_script=call_script(Topic.GENERAL) if stale or not decided else (),
            to_ask=asked_of(payer, blank) if coverage and (stale or not decided) else None,
        )

    def _coverage(self, rulings: list[Ruling]) -> list[Fact]:
        return [
            fact
            for ruling in rulings
            for fact in ruling.deciding
            if speaks_of_groups(fact) and _COVERS.search(fact.statement) and not _REFUSES.search(fact.statement)
        ]

    def _by_plan(self, rulings: list[Ruling]) -> list[Fact]:
        """What says that group therapy is a benefit of some plans only."""
        excluded = (ruling for ruling in rulings if ruling.topic is Topic.NON_COVERED)
        return [
            fact
            for ruling in excluded
            if ruling.decision is Decision.VARIES
            for fact in ruling.deciding
            if speaks_of_groups(fact) and _SOME_PLANS.search(fact.statement)
        ]

    def _by_interest(self, rulings: list[Ruling]) -> list[Ruling]:
        return sorted(rulings, key=lambda ruling: _ORDER.index(ruling.topic) if ruling.topic in _ORDER else 99)

    def _line(self, ruling: Ruling, citer: Citer) -> str:
        matter = MATTERS[ruling.topic]
        return (
            f"- {matter[0].upper()}{matter[1:]}: {DECISIONS[ruling.decision].lower()} {citer.mark(ruling.deciding[0])}"
        )
