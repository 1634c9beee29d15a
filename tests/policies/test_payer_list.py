"""A practice's own list of payers: names read as people write them, kept with their history, one list a practice."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policies.catalog import load_catalog
from bot.policies.models import LineOfBusiness
from bot.policies.own_payers import MOST_LISTED, NAME_LIMIT, PAYERS, SETTING, OwnPayer, OwnPayers
from bot.policies.payer_list import PayerList
from bot.policies.payer_names import NameReader
from bot.policies.resolve import Resolver
from bot.storage.database import open_database
from bot.storage.ledger import Ledger

CATALOG = load_catalog()
RESOLVER = Resolver(CATALOG)
NAMES = NameReader(RESOLVER)
ON_FILE = sorted(payer.id for payer in CATALOG.payers.values() if not payer.background)


def ids(text: str) -> list[str]:
    return [payer.payer_id or payer.name for payer in NAMES.read(text).payers]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(open_database("", tmp_path))


@pytest.fixture
def listed(ledger: Ledger) -> PayerList:
    return PayerList(OwnPayers(ledger, "T1"), RESOLVER)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Aetna, Cigna", ["aetna", "cigna"]),
        ("Aetna and Cigna", ["aetna", "cigna"]),
        ("Aetna, Cigna & HUSKY.", ["aetna", "cigna", "connecticut-medicaid"]),
        ("QualChoice & Medicare", ["qualchoice", "medicare"]),
        ("1. Aetna\n2) Cigna\n- HUSKY\n• TRICARE", ["aetna", "cigna", "connecticut-medicaid", "tricare"]),
        ("our payers are Aetna; atena; AETNA", ["aetna"]),
        ("Blue Cross and Blue Shield of Texas", ["bcbs-texas"]),
        ("BCBS TX", ["bcbs-texas"]),
        ("Molina", ["Molina Healthcare"]),
        ("Acme Mutual and Foo Plan", ["Acme Mutual", "Foo Plan"]),
        ("Aetna Cigna", ["aetna", "cigna"]),
        ("aetna bcbs tx Cigna Medicare Advantage", ["aetna", "bcbs-texas", "cigna"]),
        ("Aetna Texas Medicaid", ["aetna"]),
        (" ,;\n & ", []),
        ("", []),
    ],
)
def test_names_are_read_as_people_list_them(typed: str, read: list[str]) -> None:
    assert ids(typed) == read


def test_a_plan_and_a_state_said_with_the_name_are_kept() -> None:
    cigna, humana, minnesota = NAMES.read("Cigna Medicare Advantage, Humana in Texas, Minnesota Medicaid").payers
    assert cigna.line_of_business is LineOfBusiness.MEDICARE_ADVANTAGE
    assert (humana.payer_id, humana.state) == ("humana", "TX")
    assert minnesota.state == ""


def test_a_name_that_fits_several_is_told_with_candidates_and_not_guessed() -> None:
    read = NAMES.read("BCBS, Aetna")
    assert [payer.payer_id for payer in read.payers] == ["aetna"]
    (unclear,) = read.unclear
    assert unclear.count > len(unclear.fits) >= 2


def test_a_payer_before_a_programme_with_no_comma_between_is_asked_about() -> None:
    read = NAMES.read("Aetna HUSKY Cigna")
    assert [payer.payer_id for payer in read.payers] == ["cigna"]
    (unclear,) = read.unclear
    assert unclear.told == (
        "“Aetna HUSKY” may be two payers or one plan: write “Aetna, HUSKY” or “Aetna (Medicaid Managed Care)”."
    )
    (plan,) = NAMES.read("Aetna (Medicaid Managed Care)").payers
    assert plan.line_of_business is LineOfBusiness.MEDICAID_MANAGED_CARE


def test_a_rule_for_everybody_is_no_payer_of_that_name() -> None:
    for payer in CATALOG.background:
        assert all(not one.payer_id for one in NAMES.read(payer.name).payers)


@pytest.mark.parametrize("payer_id", ON_FILE)
def test_what_the_list_shows_can_be_typed_again(payer_id: str) -> None:
    payer = CATALOG.payers[payer_id]
    for line in (None, *payer.lines_of_business):
        for state in ("", "TX"):
            entry = OwnPayer(payer_id=payer.id, name=payer.name[:NAME_LIMIT], line_of_business=line, state=state)
            assert NAMES.read(entry.label).payers == (entry,)


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_any_text_is_read_into_entries_that_can_be_kept(text: str) -> None:
    for payer in NAMES.read(text).payers:
        assert 0 < len(payer.name) <= NAME_LIMIT
        NAMES.settle(payer)


@given(st.lists(st.sampled_from(["Aetna", "Cigna", "HUSKY", "TRICARE", "Molina", "Humana"]), max_size=8), st.data())
@settings(max_examples=60)
def test_separators_do_not_matter(names: list[str], data: st.DataObject) -> None:
    marks = st.sampled_from([", ", ";", "\n", " and ", ", and ", " & ", "\n- "])
    text = "".join(name + data.draw(marks) for name in names)
    assert ids(text) == ids("\n".join(names))


def test_the_list_grows_shrinks_and_keeps_its_history(listed: PayerList, ledger: Ledger) -> None:
    added = listed.add("Aetna, Cigna Medicare Advantage, Molina", "U1")
    assert [payer.label for payer in added.added] == [
        "Aetna",
        "Cigna / Evernorth (Medicare Advantage)",
        "Molina Healthcare",
    ]
    again = listed.add("aetna", "U1")
    assert (again.added, len(again.already)) == ((), 1)
    removed = listed.remove("Cigna, Humana", "U2")
    assert [payer.payer_id for payer in removed.removed] == ["cigna"]
    assert [payer.payer_id for payer in removed.missing] == ["humana"]
    assert listed.clear("U2").removed == removed.payers
    assert listed.payers() == ()
    assert [change.by for change in ledger.history("T1", SETTING, PAYERS)] == ["U1", "U2", "U2"]


def test_the_whole_list_is_replaced_and_entries_shown_stay_what_they_are(listed: PayerList) -> None:
    listed.add("Cigna Medicare Advantage, Humana in Texas, Aetna", "U1")
    before = listed.payers()
    text = "\n".join(payer.label for payer in before[:2]) + "\nTRICARE, HUSKY"
    change = listed.replace(text, "U1")
    assert change.payers[:2] == before[:2]
    assert [payer.payer_id for payer in change.added] == ["tricare", "connecticut-medicaid"]
    assert [payer.payer_id for payer in change.removed] == ["aetna"]
    assert listed.replace("Aetna, BCBS", "U1").unclear
    assert listed.payers() == change.payers


def test_each_practice_has_its_own_list_and_the_installations_until_it_makes_one(ledger: Ledger) -> None:
    everyone, mine = OwnPayers(ledger, ""), OwnPayers(ledger, "T1")
    everyone.keep([OwnPayer(payer_id="aetna", name="Aetna")], "command line")
    assert [payer.payer_id for payer in mine.listed()] == ["aetna"]
    mine.keep([], "U1")
    assert mine.listed() == ()
    assert OwnPayers(ledger, "T2").listed() != ()


def test_a_list_past_its_end_says_what_was_left_out(listed: PayerList) -> None:
    names = ", ".join(f"Plan{number}" for number in range(MOST_LISTED + 2))
    change = listed.add(names, "U1")
    assert (len(change.payers), len(change.left_out)) == (MOST_LISTED, 2)
