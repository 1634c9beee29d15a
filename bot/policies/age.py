"""How old a fact is, and whether it is older than the benefit year it is asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.policies.models import Fact, SourceKind

_YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
# A curator's word that a later document replaced this one.
_REPLACED = re.compile(r"\b(superseded|predates|replaced by|former rule|no longer in force)\b", re.IGNORECASE)

EMERGENCY_ENDED = date(2023, 5, 11)
"""The federal COVID-19 emergency expired: https://www.hhs.gov/coronavirus/COVID-19-public-health-emergency/index.html"""


def document_year(fact: Fact) -> int | None:
    """The last year that stands in the document's date as printed ("2024-09-25 (current through)")."""
    years = [int(year) for year in _YEAR.findall(fact.source.document_date)]
    return max(years) if years else None


def last_known_year(fact: Fact) -> int | None:
    """The last year in which the rule is known to have stood; None when neither fact nor document is dated.

    When we read it (`read_on`) says nothing: a page read today may be ten years old.
    """
    years = [year for year in (fact.effective_from and fact.effective_from.year, document_year(fact)) if year]
    return max(years) if years else None


def is_stale(fact: Fact, on: date) -> bool:
    """True when nothing shows that the rule still stood in the benefit year (calendar year) of `on`.

    A verification or a contract says itself until when it holds, which may be past its calendar year.
    """
    if fact.source.kind in (SourceKind.PRACTICE_VERIFICATION, SourceKind.CONTRACT) and fact.effective_to:
        return fact.effective_to < on
    year = last_known_year(fact)
    return year is None or year < on.year


@dataclass(frozen=True)
class RuleYears:
    """The years that the dated ones of some rules are from; `stale` where not one of them is known to stand still."""

    first: int
    last: int
    stale: bool


def rule_years(facts: Iterable[Fact], on: date) -> RuleYears | None:
    """How old rules are on a day, leaving out those that another replaced; None where none is dated."""
    dated = [(year, fact) for fact in facts if not is_replaced(fact) and (year := last_known_year(fact))]
    if not dated:
        return None
    years = [year for year, _ in dated]
    return RuleYears(min(years), max(years), stale=all(is_stale(fact, on) for _, fact in dated))


def is_replaced(fact: Fact) -> bool:
    """True when the file itself says that another document replaced this one."""
    return any(_REPLACED.search(condition) for condition in fact.conditions)


def is_over(fact: Fact, on: date) -> bool:
    """True of a permission that was given for the emergency alone, asked for a day after its end."""
    return fact.emergency and on > EMERGENCY_ENDED


def in_force(fact: Fact, on: date) -> bool:
    """True when `on` lies within the dates the fact carries; both ends count."""
    after = fact.effective_from is None or fact.effective_from <= on
    return after and (fact.effective_to is None or on <= fact.effective_to)
