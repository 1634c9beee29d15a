from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.claims.csv_file import TEMPLATE, read_claims
from bot.errors import UserError


def test_the_template_reads_back_whole() -> None:
    row = "K.L.,Aetna,CA,2026-03-14,F41.1,A1,2026-01-01,2026-06-30,4,yes,2026-01-05,Aetna,none,no,11"
    claim = read_claims(f"{TEMPLATE}\n{row}\n")[0]
    assert (claim.member, claim.payer, claim.diagnosis_code) == ("K.L.", "Aetna", "F41.1")
    assert claim.date_of_service == date(2026, 3, 14)
    assert claim.authorization is not None
    assert (claim.authorization.units_left, claim.authorization.covers_group) == (4, True)
    assert claim.same_day_codes == ()
    assert claim.telehealth is False


def test_names_dates_and_separators_may_be_an_offices_own() -> None:
    claim = read_claims("Patient;DOS;Auth #;Auth End;Dx\nM.R.;3/14/2026;77;12/31/26;f33.1\n")[0]
    assert claim.member == "M.R."
    assert claim.authorization is not None
    assert claim.authorization.number == "77"
    assert claim.authorization.ends_on == date(2026, 12, 31)


def test_an_empty_cell_is_not_known_and_none_says_nothing_else_is_billed() -> None:
    claims = read_claims("member,same_day_codes,dos\nA,,\nB,none,\nC,90834+90836,\n")
    assert [claim.same_day_codes for claim in claims] == [None, (), ("90834", "90836")]
    assert claims[0].authorization is None


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("member,dos\nA,31/12/2026\n", "Row 2.*date_of_service"),
        ("member,shoe size\nA,44\n", "shoe size"),
        ("member,dos,date\nA,,\n", "twice"),
        ("member,units\nA,many\n", "Row 2.*units_left"),
        ("member,covers_group\nA,perhaps\n", "yes or no"),
        ("member,dos\nA,2026-01-01,x\n", "3 cells for 2"),
        ("member,auth_start,auth_end\nA,2026-02-01,2026-01-01\n", "ends before it begins"),
        ("member,dos\n", "no rows"),
        ("", "no rows"),
    ],
)
def test_a_table_that_cannot_be_read_says_where_in_one_line(table: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        read_claims(table)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    said = ""
    try:
        read_claims(text)
    except UserError as error:
        said = str(error)
    assert "\n" not in said
