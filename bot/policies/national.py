"""The national rules and the guide: what stands beneath every payer, and what is said when no payer is named."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.policies.models import Fact, LineOfBusiness, Snippet, Topic

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog

NCCI = "ncci"
_NATIONAL = LineOfBusiness.NATIONAL_CODING


def ncci_facts(catalog: "Catalog", topic: Topic, aspect: str = "") -> tuple[Fact, ...]:
    """What NCCI says on the same-day pair (for `same_day` with where its modifier goes); none on other topics."""
    if aspect or topic not in {Topic.SAME_DAY, Topic.MODIFIERS}:
        return ()
    topics = (Topic.SAME_DAY, Topic.MODIFIERS) if topic is Topic.SAME_DAY else (Topic.MODIFIERS, Topic.SAME_DAY)
    facts = [fact for one in topics for fact in catalog.facts(NCCI, one) if not fact.aspect and _everywhere(fact)]
    # The rule in two statements: that both may be reported, and where the modifier goes.
    placing = [fact for fact in facts if fact.topic is Topic.MODIFIERS and "not on 90853" in fact.statement]
    telling = [fact for fact in facts if fact.topic is Topic.SAME_DAY] + placing
    return tuple(telling or facts)[:3]


def general_facts(catalog: "Catalog", topic: Topic, aspect: str = "") -> tuple[Fact, ...]:
    """National coding facts on a topic, whoever the payer; one state's reading of them is no national rule."""
    return tuple(fact for fact in _from_background(catalog, topic, aspect, {_NATIONAL}) if _everywhere(fact))


def trade_facts(
    catalog: "Catalog", topic: Topic, aspect: str, line: LineOfBusiness | None, state: str
) -> tuple[Fact, ...]:
    """What trade articles say of a kind of payer: background for a general question, never a named payer's rule."""
    lines = {line} if line else set(LineOfBusiness) - {_NATIONAL}
    return tuple(
        fact
        for fact in _from_background(catalog, topic, aspect, lines)
        if not fact.jurisdiction or {"US", state} & set(fact.jurisdiction)
    )


def guide_for(catalog: "Catalog", topic: Topic) -> tuple[Snippet, ...]:
    """The guide's sections on a topic."""
    return tuple(snippet for snippet in catalog.guide if snippet.topic is topic)


def _from_background(catalog: "Catalog", topic: Topic, aspect: str, lines: Iterable[LineOfBusiness]) -> Iterable[Fact]:
    for payer in catalog.background:
        for fact in payer.facts:
            if fact.topic is topic and fact.aspect == aspect and fact.line_of_business in lines:
                yield fact


def _everywhere(fact: Fact) -> bool:
    return not fact.jurisdiction or "US" in fact.jurisdiction
