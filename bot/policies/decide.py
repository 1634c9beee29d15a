"""The decision on one payer and one topic, from typed facts by precedence.

Precedence, highest first: what this practice verified with the payer, its contract, the payer's own current document,
the payer's older document, someone else's article, the national rule. A lower fact never overrides a higher one; what
disagrees is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.policies.age import EMERGENCY_ENDED, in_force, is_over, is_replaced, is_stale, last_known_year
from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Payer, SourceKind, Topic
from bot.policies.national import general_facts, guide_for, ncci_facts, trade_facts
from bot.policies.reading import (
    GENERALLY,
    caveats_of,
    decision_of,
    is_aside,
    is_verified,
    speaks_of_groups,
    terms_of,
)
from bot.policies.ruling import Ruling
from bot.policies.states import STATES

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog

_ALLOWED = frozenset({Decision.ALLOWED, Decision.ALLOWED_WITH_CONDITIONS})
_STEPS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
_REPLACED_LEVEL = 4
_OVER = f"given for the COVID-19 emergency, which ended on {EMERGENCY_ENDED}"
_USUAL = (LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICAID, LineOfBusiness.MEDICARE)
_LEVELS = {
    SourceKind.PRACTICE_VERIFICATION: 0,
    SourceKind.CONTRACT: 1,
    SourceKind.PRIMARY: 2,
    SourceKind.SECONDARY: 5,
    SourceKind.GUIDE: 6,
}


def decide(  # noqa: PLR0913  # each narrows the question
    catalog: "Catalog",
    payer: Payer | None,
    topic: Topic,
    *,
    aspect: str = "",
    line_of_business: LineOfBusiness | None = None,
    state: str = "",
    on: date | None = None,
    today: date,
) -> Ruling:
    """Rule on `topic` for `payer` (None: the general rule), as it stood on `on` (the date of service; today without).

    `aspect` narrows to a side question; where nothing is on file for it the ruling is `unknown`, with the main
    question's facts as support.
    """
    case = _Case(catalog, topic, aspect, state, on or today, past=bool(on and on.year < today.year))
    return case.generally(line_of_business) if payer is None else case.of(payer, line_of_business)


class _Case:
    """One question before the catalog."""

    def __init__(  # noqa: PLR0913  # each narrows the question
        self, catalog: "Catalog", topic: Topic, aspect: str, state: str, on: date, *, past: bool
    ) -> None:
        self.catalog = catalog
        self.topic = topic
        self.aspect = aspect
        self.state = state
        self.on = on
        self.past = past

    def generally(self, line: LineOfBusiness | None) -> Ruling:
        """No payer: the national rule and the guide, with what trade articles say as background."""
        floor = ncci_facts(self.catalog, self.topic, self.aspect)
        national = [fact for fact in general_facts(self.catalog, self.topic, self.aspect) if fact not in floor]
        if self.topic is Topic.SAME_DAY:
            national = []
        guide = guide_for(self.catalog, self.topic)
        background = trade_facts(self.catalog, self.topic, self.aspect, line, self.state)
        known = bool(floor or national or guide or background)
        return Ruling(
            payer=None,
            topic=self.topic,
            aspect=self.aspect,
            decision=GENERALLY[self.topic] if known else Decision.UNKNOWN,
            line_of_business=line,
            state=self.state,
            floor=(*floor, *national),
            background=background,
            guide=guide,
            confidence=Confidence.MEDIUM if guide and known else Confidence.LOW,
        )

    def of(self, payer: Payer, line: LineOfBusiness | None) -> Ruling:
        """The payer's own facts first; NCCI where it is the payer's own edit; else `unknown` over the floor."""
        floor = self._floor()
        every = [fact for fact in payer.facts if fact.topic is self.topic]
        there = [fact for fact in every if self._counts_here(fact)]
        dated = [fact for fact in there if in_force(fact, self.on)]
        chosen, assumed = _line_for(payer, line, [fact for fact in dated if fact.aspect == self.aspect])
        of_line = [fact for fact in dated if _same_line(fact.line_of_business, chosen)]
        main = [fact for fact in of_line if fact.aspect == self.aspect and not is_aside(fact)]
        blank = Ruling(
            payer=payer,
            topic=self.topic,
            aspect=self.aspect,
            decision=Decision.UNKNOWN,
            line_of_business=chosen,
            assumed_line=assumed,
            state=self.state,
            supporting=tuple(fact for fact in of_line if fact not in main),
            other_lines=tuple(
                fact for fact in dated if fact.aspect == self.aspect and not _same_line(fact.line_of_business, chosen)
            ),
            floor=floor,
            guide=guide_for(self.catalog, self.topic),
            out_of_dates=tuple(fact for fact in there if fact not in dated and fact.aspect == self.aspect),
            ran_out=self._ran_out(there, main, chosen),
            caveats=self._elsewhere(every, there),
        )
        if main:
            return self._weigh(blank, main)
        if payer.follows_ncci and chosen is LineOfBusiness.MEDICARE and not self.aspect:
            rule = ncci_facts(self.catalog, self.topic)
            if rule and in_force_all(rule, self.on):
                return self._by_ncci(blank, rule)
        return blank

    # -- what counts

    def _counts_here(self, fact: Fact) -> bool:
        return not self.state or not fact.jurisdiction or bool({"US", self.state} & set(fact.jurisdiction))

    def _elsewhere(self, every: Sequence[Fact], there: Sequence[Fact]) -> tuple[str, ...]:
        if there or not every:
            return ()
        places = ", ".join(dict.fromkeys(STATES.get(code, code) for fact in every for code in fact.jurisdiction))
        return (f"What is on file on this concerns {places} only.",)

    def _ran_out(self, there: Sequence[Fact], main: Sequence[Fact], line: LineOfBusiness | None) -> Fact | None:
        """The practice's last verification of this matter, where none of its own stands on that day any more."""
        if any(is_verified(fact) for fact in main):
            return None
        ended = [
            fact
            for fact in there
            if is_verified(fact)
            and fact.aspect == self.aspect
            and _same_line(fact.line_of_business, line)
            and fact.effective_to
            and fact.effective_to < self.on
        ]
        return max(ended, key=lambda fact: (fact.effective_to or self.on, fact.id), default=None)

    def _floor(self) -> tuple[Fact, ...]:
        if self.topic is Topic.SAME_DAY:
            rule = ncci_facts(self.catalog, self.topic, self.aspect)
            return rule if in_force_all(rule, self.on) else ()
        return general_facts(self.catalog, self.topic, self.aspect)[:2]

    # -- weighing

    def _weigh(self, blank: Ruling, main: list[Fact]) -> Ruling:
        """Pick the deciding facts by precedence, then say what supports and what disputes them."""
        broad, narrow = self._by_reach(blank, main)
        told = [fact for fact in broad if decision_of(fact) is not Decision.UNKNOWN]
        if not told:
            return replace(blank, deciding=tuple(broad), supporting=(*narrow, *blank.supporting))
        told = [fact for fact in told if not is_over(fact, self.on)] or told
        top = min(self._level(fact) for fact in told)
        members = [fact for fact in told if self._level(fact) == top]
        deciding, decision, contested = _settle(members)
        rest = [fact for fact in (*broad, *narrow) if fact not in deciding]
        disputing = [fact for fact in rest if fact in broad and not _agrees(decision_of(fact), decision)]
        disputing = [fact for fact in disputing if not is_over(fact, self.on)]
        disputing += [fact for fact in self._linked(blank, deciding) if fact not in disputing]
        named = {other for fact in deciding for other in fact.conflicts_with}
        among = [fact for fact in deciding[1:] if fact.id in named]
        if decision is Decision.VARIES and len(deciding) > 1 and contested:
            among = [fact for fact in deciding[1:] if decision_of(fact) is not decision_of(deciding[0])]
        conflicts = _conflicts(blank.payer, deciding, [*disputing, *among], contested)
        stale = all(is_stale(fact, self.on) for fact in deciding)
        if decision is Decision.NOT_ALLOWED and stale and all(is_replaced(fact) for fact in deciding):
            decision = Decision.UNKNOWN  # a refusal that only a replaced document holds is shown, and refuses nothing
        over = all(is_over(fact, self.on) for fact in deciding)
        if over:
            decision = Decision.UNKNOWN  # nor does what the emergency alone allowed allow anything after it
        return replace(
            blank,
            decision=decision,
            deciding=tuple(deciding),
            supporting=tuple(fact for fact in (*rest, *blank.supporting) if fact not in disputing),
            other_lines=tuple(fact for fact in blank.other_lines if fact not in disputing),
            disputing=tuple(disputing),
            conditions=() if over else self._conditions(blank, deciding),
            modifiers=() if over else _each(modifier for fact in deciding for modifier in fact.modifiers),
            caveats=(
                *blank.caveats,
                *([_OVER] if over else []),
                *_each(c for fact in deciding for c in caveats_of(fact)),
            ),
            conflicts=conflicts,
            stale=stale,
            confidence=self._confidence(deciding, stale=stale, conflict=bool(conflicts), blank=blank),
        )

    def _linked(self, blank: Ruling, deciding: Sequence[Fact]) -> list[Fact]:
        """The payer's facts that the file itself names as saying otherwise, where they hold here and on that day.

        One that a later document replaced, or that is about a narrower matter, is no dispute.
        """
        own = _own(blank.payer)
        named = [own[other] for fact in deciding for other in fact.conflicts_with if other in own]
        return [
            fact
            for fact in dict.fromkeys(named)
            if fact not in deciding
            and fact.aspect in {"", self.aspect}
            and not is_replaced(fact)
            and in_force(fact, self.on)
            and self._counts_here(fact)
        ]

    def _by_reach(self, blank: Ruling, main: list[Fact]) -> tuple[list[Fact], list[Fact]]:
        """With no state named, facts that hold in one of the payer's states support those that hold in all."""
        if self.state or blank.payer is None:
            return main, []
        broad = [fact for fact in main if not _is_local(fact, blank.payer)]
        return (broad, [fact for fact in main if fact not in broad]) if broad else (main, [])

    def _level(self, fact: Fact) -> int:
        level = _LEVELS[fact.source.kind]
        if fact.source.kind is SourceKind.PRIMARY:
            then_current = self.past and not is_stale(fact, self.on)  # asked of a day on which it still stood
            if is_replaced(fact) and not then_current:
                return _REPLACED_LEVEL
            return level if not is_stale(fact, self.on) else level + 1
        return level

    def _conditions(self, blank: Ruling, deciding: Sequence[Fact]) -> tuple[str, ...]:
        terms = _each(term for fact in deciding for term in terms_of(fact))
        if self.state or blank.payer is None or not all(_is_local(fact, blank.payer) for fact in deciding):
            return terms
        places = _each(STATES.get(code, code) for fact in deciding for code in fact.jurisdiction)
        return (f"on file for {', '.join(places)} only", *terms)

    def _confidence(self, deciding: Sequence[Fact], *, stale: bool, conflict: bool, blank: Ruling) -> Confidence:
        """High only for a current primary fact about groups that nothing disputes."""
        best = deciding[0]
        step = _STEPS.index(best.confidence)
        primary = _LEVELS[best.source.kind] <= _LEVELS[SourceKind.PRIMARY]
        step -= stale or not primary
        step -= conflict
        step -= not any(speaks_of_groups(fact) for fact in deciding) and primary and not stale
        step -= blank.ran_out is not None and decision_of(blank.ran_out) is not decision_of(best)
        local = not self.state and blank.payer is not None and all(_is_local(fact, blank.payer) for fact in deciding)
        return _STEPS[max(0, step - local)]

    def _by_ncci(self, blank: Ruling, rule: tuple[Fact, ...]) -> Ruling:
        """For Medicare the same-day edits are its own rule, with the modifier on the individual code."""
        same_day = self.topic is Topic.SAME_DAY
        return replace(
            blank,
            decision=Decision.ALLOWED_WITH_CONDITIONS if same_day else Decision.REQUIRED,
            deciding=rule,
            floor=(),
            conditions=terms_of(rule[0]),
            modifiers=_each(modifier for fact in rule for modifier in fact.modifiers if modifier in {"59", "XE"}),
            stale=all(is_stale(fact, self.on) for fact in rule),
            confidence=Confidence.MEDIUM,
            by_ncci=True,
        )


def in_force_all(facts: Iterable[Fact], on: date) -> bool:
    """True when every fact stood on that day (the same-day pair was the other way round before 2014-10-01)."""
    return all(in_force(fact, on) for fact in facts)


def same_day_floor(catalog: "Catalog", on: date) -> tuple[Fact, ...]:
    """The national edit of 90853 and individual psychotherapy where it stood on that day, whoever the payer."""
    rule = ncci_facts(catalog, Topic.SAME_DAY)
    return rule if in_force_all(rule, on) else ()


def _line_for(payer: Payer, asked: LineOfBusiness | None, main: Sequence[Fact]) -> tuple[LineOfBusiness | None, bool]:
    """The line to answer for, and whether that was our assumption rather than the question's words."""
    lines = payer.lines_of_business
    if asked is not None:
        return asked, False
    usual = next((line for line in _USUAL if line in lines), lines[0])
    on_file = list(dict.fromkeys(fact.line_of_business for fact in main))
    if usual in on_file or not on_file:
        return usual, len(lines) > 1
    return on_file[0], True


def _same_line(line: LineOfBusiness, chosen: LineOfBusiness | None) -> bool:
    return chosen is None or line is chosen


def _is_local(fact: Fact, payer: Payer) -> bool:
    """True when a fact holds in only some of the places where the payer works; a practice asks for its own place."""
    if fact.source.kind is SourceKind.PRACTICE_VERIFICATION:
        return False
    where = set(fact.jurisdiction)
    if not where or "US" in where:
        return False
    return "US" in payer.jurisdiction or not where >= set(payer.jurisdiction)


def _settle(members: list[Fact]) -> tuple[list[Fact], Decision, bool]:
    """One decision from facts of the same standing, `varies` where equals disagree; last, whether they did at first."""
    contested = not _one(members)
    for narrow in (_newest, _surest):
        if _one(members):
            break
        members = narrow(members)
    ordered = sorted(members, key=lambda fact: (not speaks_of_groups(fact), -(last_known_year(fact) or 0)))
    return ordered, _one(members) or Decision.VARIES, contested


def _one(facts: Sequence[Fact]) -> Decision | None:
    """The decision that facts share, the stricter of the two kinds of allowed; None when they disagree."""
    found = {decision_of(fact) for fact in facts}
    if len(found) == 1:
        return found.pop()
    return Decision.ALLOWED_WITH_CONDITIONS if found <= _ALLOWED else None


def _agrees(one: Decision, other: Decision) -> bool:
    return one is other or {one, other} <= _ALLOWED or one in {Decision.UNKNOWN, Decision.NOT_APPLICABLE}


def _newest(facts: list[Fact]) -> list[Fact]:
    years = [last_known_year(fact) for fact in facts]
    if None in years:
        return facts
    return [fact for fact, year in zip(facts, years, strict=True) if year == max(y for y in years if y)]


def _surest(facts: list[Fact]) -> list[Fact]:
    """Where one side is well founded and the other weak, the weak side is shown but does not count."""
    if any(fact.confidence is Confidence.HIGH for fact in facts):
        return [fact for fact in facts if fact.confidence is not Confidence.LOW]
    return facts


def _conflicts(
    payer: Payer | None, deciding: Sequence[Fact], disputing: Sequence[Fact], contested: bool
) -> tuple[str, ...]:
    """What disagrees, in words; first a sentence for each of `disputing`, in its order."""
    sentences = [f"{fact.source.publisher} says otherwise: {fact.statement}" for fact in disputing]
    # Where the other side is on file itself, it is shown from there or has been found no dispute.
    own = _own(payer)
    sentences += [
        f"Another source disagrees: {fact.contradicts.rstrip('.')}."
        for fact in deciding
        if fact.contradicts and not disputing and own.keys().isdisjoint(fact.conflicts_with)
    ]
    if contested and not sentences:
        sentences = [f"Sources of equal standing disagree: {fact.statement}" for fact in deciding[1:]]
    return tuple(_each(sentences))


def _own(payer: Payer | None) -> dict[str, Fact]:
    return {fact.id: fact for fact in payer.facts} if payer else {}


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
