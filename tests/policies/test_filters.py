"""What a filter leaves: the same rows, whether all snippets are looked at or one payer's."""

from itertools import product

from bot.policies.catalog import load_catalog
from bot.policies.filters import Filter, Passing
from bot.policies.models import LineOfBusiness, Topic

SNIPPETS = load_catalog().snippets
PASSING = Passing(SNIPPETS)


def test_rows_are_those_of_the_snippets_that_pass() -> None:
    payers = (None, "", "aetna", "medicare", "nobody")
    lines = (None, LineOfBusiness.COMMERCIAL.value)
    for wanted in (Filter(*parts) for parts in product(payers, (None, Topic.TELEHEALTH.value), lines, (None, "NY"))):
        rows = PASSING.rows(wanted)
        passing = [row for row, snippet in enumerate(SNIPPETS) if wanted.passes(snippet)]
        assert (list(range(len(SNIPPETS))) if rows is None else rows.tolist()) == passing, wanted


def test_what_narrows_nothing_has_no_rows_of_its_own() -> None:
    assert PASSING.rows(Filter()) is None
    assert PASSING.rows(Filter(payer_id="")) is not None
