"""How old the rules of a payer are, whenever they were read."""

from datetime import date

from bot.policies.age import RuleYears, rule_years
from bot.policies.models import Decision
from tests.policies.invented_payers import fact

TODAY = date(2026, 11, 26)


def aged(name: str, year: str, **more: object):
    return fact(name, Decision.ALLOWED, document_date=year, **more)


def test_the_years_of_a_payers_rules_are_the_rules_own_and_not_the_day_they_were_read() -> None:
    assert rule_years([aged("a", "2019"), aged("b", "2024-09-25")], TODAY) == RuleYears(2019, 2024, stale=True)


def test_one_rule_of_this_year_leaves_a_payer_current() -> None:
    assert rule_years([aged("a", "2019"), aged("b", "2026")], TODAY) == RuleYears(2019, 2026, stale=False)


def test_rules_that_carry_no_date_have_no_years() -> None:
    assert rule_years([aged("a", "")], TODAY) is None


def test_a_rule_that_was_replaced_makes_nobodys_rules_older() -> None:
    old = aged("a", "2012", conditions=("superseded",))
    assert rule_years([old, aged("b", "2026")], TODAY) == RuleYears(2026, 2026, stale=False)
