from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.claims.csv_cells import month_and_day, read_date
from bot.claims.csv_file import TEMPLATE, read_claims, read_table
from bot.claims.models import Authorization
from bot.errors import UserError


def test_the_template_reads_back_whole() -> None:
    row = "K.L.,Aetna,CA,2026-03-14,F41.1,A1,2026-01-01,2026-06-30,4,yes,2026-01-05,Aetna,07-01,none,95,no,11"
    claim = read_claims(f"{TEMPLATE}\n{row}\n")[0]
    assert (claim.member, claim.payer, claim.diagnosis_code) == ("K.L.", "Aetna", "F41.1")
    assert claim.date_of_service == date(2026, 3, 14)
    assert claim.authorization is not None
    assert (claim.authorization.units_left, claim.authorization.covers_group) == (4, True)
    assert (claim.same_day_codes, claim.modifiers) == ((), ("95",))
    assert (claim.telehealth, claim.place_of_service, claim.benefit_year_starts) == (False, "11", "07-01")


def test_names_dates_and_separators_may_be_an_offices_own() -> None:
    claim = read_claims("Patient;DOS;Auth #;Auth End;Dx\nM.R.;3/14/2026;77;12/31/26;f33.1\n")[0]
    assert claim.member == "M.R."
    assert claim.authorization is not None
    assert claim.authorization.number == "77"
    assert claim.authorization.ends_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    "header",
    [
        "Client Initials,Insurance,Date of Service,ICD-10 Code,Prior Auth #,Auth Start Date,Auth End Date,Visits Left",
        "patientName\tcarrier\tSession Date\tPrimary Dx\tPA Number\tAuth From\tAuth Thru\tunits (left)",
        "MEMBER|PAYER NAME|DOS|DX CODE|AUTH NO.|AUTH BEGIN|AUTH EXPIRES|UNITS LEFT",
    ],
)
def test_headers_may_be_those_of_a_practice_management_system(header: str) -> None:
    mark = next(mark for mark in "\t|," if mark in header)
    row = mark.join(["K.L.", "Aetna", "03/14/2026", "F41.1", "A1", "1-Jan-2026", "Jun 30 2026", "4"])
    (claim,) = read_claims(f"\ufeffTuesday group\n\n{header}\n{row}\n")
    assert (claim.member, claim.payer, claim.date_of_service) == ("K.L.", "Aetna", date(2026, 3, 14))
    assert claim.diagnosis_code == "F41.1"
    assert claim.authorization == Authorization(
        number="A1", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30), units_left=4
    )


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-04",
        "03/04/2026",
        "3/4/26",
        "3-4-2026",
        "2026/3/4",
        "4 Mar 2026",
        "4-Mar-26",
        "Mar 4, 2026",
        "March 4th, 2026",
        "Mar. 4 2026",
        "20260304",
        "2026-03-04T00:00:00",
        "3/4/2026 0:00",
        "3/4/2026 12:00 AM",
        "46085",
        "46085.0",
    ],
)
def test_one_day_in_every_form_an_office_writes(written: str) -> None:
    assert read_date(written) == date(2026, 3, 4)


@pytest.mark.parametrize("written", ["31/12/2026", "2026-02-30", "3/4", "soon", "1926-03-04", "90853", "3/4/85", ""])
def test_what_is_no_day_of_this_century_is_not_guessed(written: str) -> None:
    assert read_date(written) is None


@given(
    st.dates(date(2000, 1, 1), date(2068, 12, 31)), st.sampled_from(["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%d %b %Y"])
)
def test_any_day_written_is_the_day_read(day: date, form: str) -> None:
    assert read_date(day.strftime(form)) == day


@pytest.mark.parametrize(
    ("written", "read"),
    [("July 1", "07-01"), ("7/1", "07-01"), ("Jul", "07-01"), ("2026-10-01", "10-01"), ("1 April", "04-01")],
)
def test_a_benefit_year_starts_on_a_month_and_day(written: str, read: str) -> None:
    assert month_and_day(written) == read


@pytest.mark.parametrize("written", ["13-01", "spring", "2/30", "1"])
def test_what_is_no_month_and_day_is_refused(written: str) -> None:
    assert month_and_day(written) is None


def cell(column: str, written: str) -> object:
    claim = read_claims(f"member,dos,{column}\nA,2026-03-04,{written}\n")[0]
    return claim.authorization or claim


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("yes", True),
        ("Group", True),
        ("90853", True),
        ("individual & group", True),
        ("N", False),
        ("individual only", False),
        ("90834", False),
        ("90837", False),
    ],
)
def test_what_an_authorization_covers_may_be_named(written: str, read: bool) -> None:
    assert cell("auth covers", written).covers_group is read  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("yes", (True, None)),
        ("video", (True, None)),
        ("audio only", (True, True)),
        ("phone", (True, True)),
        ("in person", (False, None)),
        ("no", (False, None)),
    ],
)
def test_how_a_session_was_held_may_be_named(written: str, held: tuple[bool, bool | None]) -> None:
    found = cell("telehealth", written)
    assert (found.telehealth, found.audio_only) == held  # type: ignore[attr-defined]


@pytest.mark.parametrize(("written", "read"), [("2", "02"), ("02", "02"), ("10 - home", "10"), ("11.0", "11")])
def test_a_place_of_service_survives_its_spreadsheet(written: str, read: str) -> None:
    assert cell("POS", written).place_of_service == read  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("90834-59", ("90834-59",)),
        ("90834:59 99214", ("90834-59", "99214")),
        ('"99214-25, 90833"', ("99214-25", "90833")),
        ("none", ()),
        ("90834 and 90836", ("90834", "90836")),
        ("g0411", ("G0411",)),
    ],
)
def test_codes_of_the_day_keep_their_modifiers(written: str, read: tuple[str, ...]) -> None:
    assert cell("same day", written).same_day_codes == read  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "read"),
    [("F41.1", "F41.1"), ("F41.1 GAD", "F41.1"), ("F33.1; F41.1", "F33.1, F41.1"), ("f411", "F411")],
)
def test_a_diagnosis_cell_may_hold_several_codes_and_a_name(written: str, read: str) -> None:
    assert cell("dx", written).diagnosis_code == read  # type: ignore[attr-defined]


def test_units_left_are_counted_where_the_file_gives_authorized_and_used() -> None:
    (claim,) = read_claims("member,units authorized,units used,dos\nA,24,20,\n")
    assert claim.authorization == Authorization(units_left=4)
    with pytest.raises(UserError, match="24 units less 20 used are not 9 left"):
        read_claims("member,units authorized,units used,units left\nA,24,20,9\n")


def test_an_empty_cell_is_not_known_and_none_says_nothing_else_is_billed() -> None:
    claims = read_claims("member,same_day_codes,dos\nA,,\nB,none,\nC,90834+90836,\n")
    assert [claim.same_day_codes for claim in claims] == [None, (), ("90834", "90836")]
    assert claims[0].authorization is None


def test_a_column_that_no_check_reads_is_left_and_said() -> None:
    table = read_table("member,dos,Copay,Room\nA,2026-01-01,20,B\n")
    assert len(table.facts) == 1
    assert table.remarks == ("Of the claims file, “Copay”, “Room” was not used: no check reads them.",)


def test_a_row_for_everyone_has_no_member_or_says_all() -> None:
    assert [claim.member for claim in read_claims("member,payer\nall,Aetna\nK.L.,Cigna\n")] == ["", "K.L."]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("member,dos\nA,31/12/2026\n", "Row 2, column “dos”: not a date"),
        ("member,dos\n\nA,2026-01-01\nB,tomorrow\n", "Row 4, column “dos”"),
        ("member,dos,auth nmber\nA,,7\n", "“auth nmber” is not known: did you mean authorization_number"),
        ("member,dos,date\nA,,\n", "date_of_service twice, as “dos” and “date”"),
        ("member,units\nA,many\n", "Row 2, column “units”: not a whole number"),
        ("member,covers_group\nA,perhaps\n", "yes or no"),
        ("member,dx\nA,GAD\n", "Row 2, column “dx”: not an ICD-10-CM code"),
        ("member,pos\nA,home\n", "column “pos”: write a two-digit code"),
        ("member,same day\nA,therapy\n", "column “same day”: write CPT codes"),
        ("member,dos\nA,2026-01-01,x\n", "3 cells for 2"),
        ("member,dos,\nA,2026-01-01,x\n", "column 3 has cells and no name"),
        ("member,auth_start,auth_end\nA,2026-02-01,2026-01-01\n", "ends before it begins"),
        ("member,payer\nK.L.,Aetna\nClient KL,Cigna\n", "Rows 2 and 3 are both for the same member"),
        ("payer,dos\nAetna,2026-01-01\nCigna,2026-01-01\n", "no column for the member"),
        ("member,dos\nA,x\nB,y\n", "Row 2.*Row 3"),
        ("shoe,size\nA,44\n", "no column that is known"),
        ("member,dos\n", "no rows"),
        ("", "no rows"),
    ],
)
def test_a_table_that_cannot_be_read_says_where_in_one_line(table: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        read_claims(table)
    assert "\n" not in str(caught.value)


def test_empty_cells_at_a_rows_end_are_no_fault() -> None:
    assert len(read_claims("member,dos,,\nA,2026-01-01,,,\nB\n")) == 2


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    said = ""
    try:
        read_claims(text)
    except UserError as error:
        said = str(error)
    assert "\n" not in said
