"""Payers as people write them: names, nicknames, slips, states, and names that only sound like one on file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policies.catalog import load_catalog
from bot.policies.models import LineOfBusiness
from bot.policies.resolve import Mention, MentionKind, Resolver

CATALOG = load_catalog()
RESOLVER = Resolver(CATALOG)


def only(text: str, state: str = "") -> Mention:
    mentions = RESOLVER.mentions(text, state)
    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "payer_id"),
    [
        ("90853+90837 same DOS uhc?", "unitedhealthcare"),
        ("does Optum want auth", "unitedhealthcare"),
        ("United same day?", "unitedhealthcare"),
        ("BCBS of Mass telehealth", "bcbs-massachusetts"),
        ("blue cross of texas auth", "bcbs-texas"),
        ("BCBSIL same day", "bcbs-illinois"),
        ("MHCP group limit", "minnesota-medicaid"),
        ("auth needed for grp mn medicaid", "minnesota-medicaid"),
        ("Medicaid in Minnesota", "minnesota-medicaid"),
        ("How many for our Medicaid patients in Wisconsin?", "wisconsin-medicaid"),
        ("NY Medicaid group size", "new-york-medicaid"),
        ("VA Medicaid", "virginia-medicaid"),
        ("VA authorization for group", "va-community-care"),
        ("Tricare West auth?", "tricare"),
        ("Does medical in California cover groups?", "california-medicaid"),
        ("california medical group size", "california-medicaid"),
        ("medi-cal groups", "california-medicaid"),
        ("Kaiser in WA auth?", "kaiser-washington"),
        ("Anthem BCBS auth", "anthem"),
        ("Atena same day", "aetna"),
        ("cinga telehealth", "cigna"),
        ("Humanna auth", "humana"),
        ("Medcaid MN group size", "minnesota-medicaid"),
        ("Tircare referral", "tricare"),
        ("DOES AETNA ALLOW SAME DAY IN OREGON", "aetna"),
        ("What is Aetna's rule?", "aetna"),
    ],
)
def test_a_payer_on_file_is_found_however_it_is_written(text: str, payer_id: str) -> None:
    mention = only(text)
    assert (mention.kind, mention.payer_id) == (MentionKind.KNOWN, payer_id)


def test_a_strange_word_before_insurance_is_no_company_by_itself() -> None:
    assert RESOLVER.mentions("xyzzy patients with insurance need auth for group?") == []


@pytest.mark.parametrize(("payer_id", "name"), [(p.id, p.name) for p in CATALOG.payers.values() if not p.background])
def test_every_payer_is_found_by_the_name_we_show(payer_id: str, name: str) -> None:
    assert only(f"Is prior authorization needed for group with {name}?").payer_id == payer_id


@pytest.mark.parametrize(
    ("text", "payer_id"),
    [("Dr. Dynasaur group size", "vermont-medicaid"), ("Medallion 4.0 group auth", "virginia-medicaid")],
)
def test_a_stop_within_a_name_is_part_of_it(text: str, payer_id: str) -> None:
    assert only(text).payer_id == payer_id


@pytest.mark.parametrize(
    "text",
    ["group for dementia, covered?", "do we bill 90853 with agoraphobia", "is group for bulimia covered", "with CBT?"],
)
def test_an_illness_or_a_therapy_is_no_payer(text: str) -> None:
    assert RESOLVER.mentions(text) == []


def test_a_comma_parts_two_names() -> None:
    found = RESOLVER.mentions("prior auth: Cigna, Health Net, Highmark")
    assert [mention.payer_id for mention in found] == ["cigna", "health-net", "highmark"]


def test_medicaid_beside_its_own_programme_is_that_programme() -> None:
    assert only("OASAS clinic: bill Medicaid for a seminar?").payer_id == "new-york-medicaid"


def test_a_share_of_medicare_names_no_payer() -> None:
    assert only("DC Medicaid pays 80 percent of Medicare").payer_id == "dc-medicaid"


def test_a_plan_like_another_is_not_that_one() -> None:
    assert only("a humana-like plan called Humanitas: auth?").payer_id == ""


@pytest.mark.parametrize("text", ["Excellus prior auth", "Excellus BCBS same day"])
def test_excellus_is_on_file_with_univera(text: str) -> None:
    assert only(text).payer_id == "univera"


@pytest.mark.parametrize("text", ["Signa Trust same day?", "Does Humania cover group", "Aetnah Mutual prior auth"])
def test_a_name_that_only_sounds_like_a_payer_is_another_company(text: str) -> None:
    mention = only(text)
    assert mention.kind is MentionKind.UNKNOWN
    assert mention.candidates, "the payer it sounds like is offered, not taken"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Does Magellan need auth", "Magellan"),
        ("molina same day", "Molina Healthcare"),
        ("Oscar Health telehealth?", "Oscar Health"),
        ("Acme Health Plan prior auth", "Acme Health Plan"),
        ("does zorblax allow same day", "zorblax"),
        ("Does sunrise benefit trust require preauth", "sunrise benefit trust"),
        ("Blue Shield of Califronia auth?", "Blue Shield of California"),
        ("Idaho Medicaid max group size", "Idaho Medicaid"),
        ("Blue Cross in Georgia", "Blue Cross Blue Shield of Georgia"),
        ("Can I bill 90853 for Zanzibar Mutual", "Zanzibar Mutual"),
        ("Aetna Mutual prior auth", "Aetna Mutual"),
    ],
)
def test_a_payer_not_on_file_is_recognised_by_name(text: str, name: str) -> None:
    mention = only(text)
    assert (mention.kind, mention.name) == (MentionKind.UNKNOWN, name)


@pytest.mark.parametrize("text", ["Medicaid in Atlantis", "Atlantis Medicaid auth", "ZZ Medicaid group limit"])
def test_a_state_that_does_not_exist_is_said_to_be_none(text: str) -> None:
    assert only(text).no_such_state


@pytest.mark.parametrize("text", ["Blue Cross auth?", "Medicaid group size", "Kaiser auth?", "Medicare Advantage auth"])
def test_a_name_that_fits_several_payers_stays_open(text: str) -> None:
    mention = only(text)
    assert mention.kind is MentionKind.AMBIGUOUS
    assert len(mention.candidates) > 1


def test_a_state_from_elsewhere_settles_a_family_name() -> None:
    assert only("does Medicaid need auth", "MN").payer_id == "minnesota-medicaid"
    assert only("our state Medicaid", "WI").payer_id == "wisconsin-medicaid"
    assert only("blue cross auth", "TX").payer_id == "bcbs-texas"


@pytest.mark.parametrize(
    ("text", "payer_id", "line"),
    [
        ("Aetna Medicare auth", "aetna", LineOfBusiness.MEDICARE_ADVANTAGE),
        ("Aetna MA auth", "aetna", LineOfBusiness.MEDICARE_ADVANTAGE),
        ("does humana ma require auth", "humana", LineOfBusiness.MEDICARE_ADVANTAGE),
        ("aetna ma ppo telehealth group", "aetna", LineOfBusiness.MEDICARE_ADVANTAGE),
        ("UHC MA prior auth", "unitedhealthcare", LineOfBusiness.MEDICARE_ADVANTAGE),
        ("HUMANA MA PRIOR AUTH FOR GROUP", "humana", LineOfBusiness.MEDICARE_ADVANTAGE),
        ("aetna MA plan prior auth", "aetna", LineOfBusiness.MEDICARE_ADVANTAGE),
        ("Humana part C auth", "humana", LineOfBusiness.MEDICARE_ADVANTAGE),
        ("Medicare Advantage with Humana", "humana", LineOfBusiness.MEDICARE_ADVANTAGE),
        ("Humana Medicaid auth", "humana", LineOfBusiness.MEDICAID_MANAGED_CARE),
        ("Cigna EAP telehealth", "cigna", LineOfBusiness.EAP),
    ],
)
def test_the_line_of_business_said_with_the_name_is_kept(text: str, payer_id: str, line: LineOfBusiness) -> None:
    mention = only(text)
    assert (mention.payer_id, mention.line_of_business) == (payer_id, line)


@pytest.mark.parametrize(
    ("text", "payer_id"),
    [
        ("Aetna in MA same day group and individual", "aetna"),
        ("Aetna (MA) prior auth", "aetna"),
        ("bcbs ma telehealth group", "bcbs-massachusetts"),
        ("BCBS MA telehealth group", "bcbs-massachusetts"),
        ("Cigna MA level therapist can run the group?", "cigna"),
        ("aetna ma counselor bill 90853", "aetna"),
    ],
)
def test_ma_that_is_a_state_or_a_degree_names_no_line_of_business(text: str, payer_id: str) -> None:
    mention = only(text)
    assert (mention.payer_id, mention.line_of_business) == (payer_id, None)


def test_several_payers_come_in_the_order_of_the_text() -> None:
    found = RESOLVER.mentions("Aetna vs Cigna vs MN Medicaid")
    assert [mention.payer_id for mention in found] == ["aetna", "cigna", "minnesota-medicaid"]
    found = RESOLVER.mentions("MN and WI Medicaid group max")
    assert [mention.payer_id for mention in found] == ["minnesota-medicaid", "wisconsin-medicaid"]


@pytest.mark.parametrize(
    "text",
    [
        "medical necessity in California",
        "can my LPC intern run it",
        "how many pts max",
        "tele grp POS 10 vs 02",
        "Can I bill 90853 for a client named John Smith with PTSD?",
        "is prior auth required in ME for group",
        "what has to be in the note for each member",
        "is a human required to sign",
    ],
)
def test_ordinary_words_are_no_payers(text: str) -> None:
    assert RESOLVER.mentions(text) == []


def test_a_name_given_alone_always_stands_for_some_payer() -> None:
    assert RESOLVER.named("uhc").payer_id == "unitedhealthcare"
    assert RESOLVER.named("aetna").payer_id == "aetna"
    assert RESOLVER.named("qwerty").kind is MentionKind.UNKNOWN
    assert RESOLVER.named("Medicaid", "MN").payer_id == "minnesota-medicaid"


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_read_and_mentions_point_into_it(text: str) -> None:
    for mention in RESOLVER.mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)


def test_every_payer_on_file_is_found_by_its_own_name() -> None:
    payers = [payer for payer in load_catalog().payers.values() if not payer.background]
    lost = [
        payer.name
        for payer in payers
        if payer.id not in {mention.payer_id for mention in RESOLVER.mentions(f"Does {payer.name} require auth?")}
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "payer_id"),
    [
        ("does va cover group", "va-community-care"),
        ("va patient, group auth?", "va-community-care"),
        ("clinical notes for a VA patient seen thru TriWest", "va-community-care"),
        ("group in va medicaid", "virginia-medicaid"),
        ("Carelon PA HealthChoices clinic group", "carelon-pennsylvania"),
        ("Hoosier Healthwise: LMHC runs group under HSPP", "indiana-medicaid"),
    ],
)
def test_va_is_the_department_where_a_payer_stands_and_a_region_belongs_to_its_payer(text: str, payer_id: str) -> None:
    assert only(text).payer_id == payer_id


@pytest.mark.parametrize("name", ["Regency Health Plan", "Humanity First Benefit Fund"])
def test_a_company_that_opens_the_question_is_heard(name: str) -> None:
    mention = only(f"{name} prior auth group")
    assert (mention.kind, mention.name) == (MentionKind.UNKNOWN, name)


def test_a_question_word_before_a_health_plan_names_no_company() -> None:
    assert RESOLVER.mentions("Which Health Plan pays for groups") == []


def test_a_product_of_a_brand_tells_the_line_of_business() -> None:
    assert only("Tufts Health Direct 90853 auth").line_of_business is LineOfBusiness.MARKETPLACE


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("prior auth for aetna, zorbly, cigna", ["zorbly"]),
        ("group size Humana / Zorbly?", ["Zorbly"]),
        ("Aetna vs Cigna vs Harvest Ridge", ["Harvest Ridge"]),
        ("Cigna and Northpoint require auth?", ["Northpoint"]),
        ("Acme auth?", ["Acme"]),
        ("OmniSelect Gold: can my intern lead the group?", ["OmniSelect Gold"]),
        ("Quiet Harbor Administrators - auth for 90853?", ["Quiet Harbor Administrators"]),
        ("does open gate benefits pay for phone groups", ["open gate benefits"]),
        ("Medicare Australia: group and individual on one day?", ["Medicare Australia"]),
    ],
)
def test_no_payer_named_is_dropped_because_nobody_knows_it(text: str, unknown: list[str]) -> None:
    found = RESOLVER.mentions(text)
    assert [mention.name for mention in found if mention.kind is MentionKind.UNKNOWN] == unknown


@pytest.mark.parametrize(
    "text",
    [
        "Aetna, please check: Dana, Lee and Kim ran the group",
        "For Cigna, Tuesday group, Thursday individual",
        "Humana, Texas, group auth",
        "Aetna, Group and Individual same day",
        "Heyyy quick one, how many people in a group",
        "Authorizaton for group therapy?",
    ],
)
def test_names_of_people_days_and_services_are_no_payers(text: str) -> None:
    assert not [mention for mention in RESOLVER.mentions(text) if mention.kind is MentionKind.UNKNOWN]


@pytest.mark.parametrize("state", ["Virginia", "DC", "Maryland"])
def test_a_name_that_a_payer_has_in_several_states_is_known_in_each(state: str) -> None:
    assert only(f"Kaiser in {state}: group auth?").payer_id == "kaiser-mid-atlantic"


def test_a_strange_name_before_a_payer_is_not_dropped() -> None:
    found = RESOLVER.mentions("Zorbly Aetna same day group and individual")
    assert [mention.name for mention in found] == ["Zorbly", "Aetna"]
    for text in ("Telemed Aetna group", "Dose Aetna cover group", "Precert Cigna", "DBT Aetna group", "Heyyy Aetna?"):
        assert len(RESOLVER.mentions(text)) == 1, text
