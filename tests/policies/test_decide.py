"""What a ruling promises: precedence, line of business, state, dates, and an honest unknown."""

from datetime import date

import pytest

from bot.policies.catalog import Catalog
from bot.policies.decide import decide
from bot.policies.models import Confidence, Decision, Payer, SourceKind, Topic
from bot.policies.ruling import Ruling
from tests.policies.invented_payers import LINE, NCCI, TODAY, catalog, fact, payer

ALLOWED = Decision.ALLOWED_WITH_CONDITIONS
NOT_ALLOWED = Decision.NOT_ALLOWED
SIZE = Topic.GROUP_SIZE


def rule(one: Payer, topic: Topic = Topic.SAME_DAY, **narrowed: object) -> Ruling:
    return decide(catalog(one), one, topic, today=TODAY, **narrowed)  # type: ignore[arg-type]


def test_a_current_document_of_the_payer_decides_with_high_confidence() -> None:
    ruling = rule(payer("acme", fact("own", conditions=("separate notes",), modifiers=("XE",))))
    assert (ruling.decision, ruling.confidence, ruling.stale) == (ALLOWED, Confidence.HIGH, False)
    assert (ruling.conditions, ruling.modifiers) == (("separate notes",), ("XE",))


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        (SourceKind.PRACTICE_VERIFICATION, SourceKind.CONTRACT),
        (SourceKind.CONTRACT, SourceKind.PRIMARY),
        (SourceKind.PRIMARY, SourceKind.SECONDARY),
    ],
)
def test_the_more_binding_source_decides_and_the_other_is_shown(higher: SourceKind, lower: SourceKind) -> None:
    ruling = rule(payer("acme", fact("low", ALLOWED, kind=lower), fact("high", NOT_ALLOWED, kind=higher)))
    assert ruling.decision is NOT_ALLOWED
    assert [one.id for one in ruling.deciding] == ["high"]
    assert [one.id for one in ruling.disputing] == ["low"]
    assert ruling.conflicts


def test_a_newer_document_outranks_an_older_one() -> None:
    ruling = rule(
        payer("acme", fact("old", NOT_ALLOWED, document_date="2012"), fact("new", ALLOWED, document_date="2024-06"))
    )
    assert ruling.decision is ALLOWED
    assert [one.id for one in ruling.disputing] == ["old"]


def test_a_document_its_file_calls_superseded_does_not_decide() -> None:
    ruling = rule(
        payer(
            "acme",
            fact("gone", Decision.REQUIRED, document_date="2020-01", conditions=("superseded version",)),
            fact("now", Decision.NOT_REQUIRED, document_date=""),
        ),
    )
    assert ruling.decision is Decision.NOT_REQUIRED


def test_equals_that_disagree_make_it_vary_and_lower_the_confidence() -> None:
    ruling = rule(payer("acme", fact("yes", ALLOWED), fact("no", NOT_ALLOWED)))
    assert ruling.decision is Decision.VARIES
    assert ruling.conflicts
    assert ruling.confidence is not Confidence.HIGH


def test_allowed_beside_allowed_with_conditions_is_the_stricter_without_conflict() -> None:
    ruling = rule(payer("acme", fact("a", Decision.ALLOWED), fact("b", ALLOWED)))
    assert (ruling.decision, ruling.conflicts) == (ALLOWED, ())


def test_what_another_source_contradicts_is_shown_and_lowers_the_confidence() -> None:
    ruling = rule(payer("acme", fact("own", contradicts="A newsletter says ten.")))
    assert "A newsletter says ten" in ruling.conflicts[0]
    assert ruling.confidence is Confidence.MEDIUM


def test_a_commercial_rule_is_not_the_medicare_advantage_rule() -> None:
    one = payer("acme", fact("own"), lines=(LINE.COMMERCIAL, LINE.MEDICARE_ADVANTAGE))
    ruling = rule(one, line_of_business=LINE.MEDICARE_ADVANTAGE)
    assert ruling.decision is Decision.UNKNOWN
    assert [other.id for other in ruling.other_lines] == ["own"]


def test_with_no_line_named_the_commercial_rule_is_assumed_and_said_so() -> None:
    one = payer(
        "acme",
        fact("ma", NOT_ALLOWED, line=LINE.MEDICARE_ADVANTAGE),
        fact("own", ALLOWED),
        lines=(LINE.MEDICARE_ADVANTAGE, LINE.COMMERCIAL),
    )
    ruling = rule(one)
    assert (ruling.decision, ruling.line_of_business, ruling.assumed_line) == (ALLOWED, LINE.COMMERCIAL, True)


def test_a_rule_of_one_state_does_not_hold_in_another() -> None:
    one = payer("acme", fact("ct", where=("CT",)))
    assert rule(one, state="TX").decision is Decision.UNKNOWN
    assert rule(one, state="CT").decision is ALLOWED
    national = payer("acme", fact("us", where=("US",)))
    assert rule(national, state="TX").decision is ALLOWED


def test_a_rule_of_one_state_is_said_to_be_so_when_no_state_is_named() -> None:
    ruling = rule(payer("acme", fact("ct", where=("CT",))))
    assert "Connecticut" in ruling.conditions[0]
    assert ruling.confidence is not Confidence.HIGH


def test_a_date_of_service_is_ruled_by_the_rule_of_that_date() -> None:
    one = payer(
        "acme",
        fact("before", NOT_ALLOWED, effective_to=date(2022, 12, 31)),
        fact("since", ALLOWED, effective_from=date(2023, 1, 1)),
    )
    assert rule(one, on=date(2022, 12, 31)).decision is NOT_ALLOWED
    assert rule(one, on=date(2023, 1, 1)).decision is ALLOWED


def test_a_rule_that_began_after_the_date_of_service_leaves_it_unknown() -> None:
    one = payer("acme", fact("since", ALLOWED, effective_from=date(2023, 1, 1)))
    ruling = rule(one, on=date(2022, 6, 1))
    assert ruling.decision is Decision.UNKNOWN
    assert [one.id for one in ruling.out_of_dates] == ["since"]


@pytest.mark.parametrize(
    ("document_date", "on", "stale"),
    [
        ("2025-12-31", None, True),
        ("2026", None, False),
        ("", None, True),
        ("2024-09-25 (current through)", None, True),
        ("2024-09-25 (current through)", date(2024, 3, 1), False),
    ],
)
def test_a_fact_older_than_the_benefit_year_is_stale(document_date: str, on: date | None, stale: bool) -> None:
    ruling = rule(payer("acme", fact("own", document_date=document_date)), on=on)
    assert ruling.stale is stale
    assert (ruling.confidence is Confidence.HIGH) is not stale


def test_nothing_on_file_is_unknown_with_the_national_floor_beside_it() -> None:
    ruling = rule(payer("acme"))
    assert (ruling.decision, ruling.deciding, ruling.modifiers) == (Decision.UNKNOWN, (), ())
    assert [one.id for one in ruling.floor] == ["ncci-pair", "ncci-place"]


def test_for_medicare_the_national_pair_is_its_own_rule() -> None:
    medicare = payer("medicare", lines=(LINE.MEDICARE,), follows_ncci=True)
    ruling = rule(medicare)
    assert (ruling.decision, ruling.by_ncci) == (ALLOWED, True)
    assert set(ruling.modifiers) == {"59", "XE"}


def test_a_narrower_matter_never_decides_the_main_question() -> None:
    ruling = rule(payer("acme", fact("em", ALLOWED, aspect="evaluation_and_management")))
    assert ruling.decision is Decision.UNKNOWN
    assert [one.id for one in ruling.supporting] == ["em"]


def test_an_aspect_asked_for_is_decided_by_its_own_facts() -> None:
    one = payer("acme", fact("main", NOT_ALLOWED), fact("em", ALLOWED, aspect="evaluation_and_management"))
    assert rule(one, aspect="evaluation_and_management").decision is ALLOWED
    assert rule(one, aspect="family_therapy").decision is Decision.UNKNOWN


def test_a_fact_that_says_it_misses_the_question_does_not_decide_it() -> None:
    one = payer("acme", fact("em", ALLOWED, statement="It concerns E/M, not group plus individual."))
    assert rule(one).decision is Decision.UNKNOWN


def test_a_fact_that_knows_nothing_leaves_it_unknown() -> None:
    ruling = rule(payer("acme", fact("list", Decision.UNKNOWN)))
    assert ruling.decision is Decision.UNKNOWN
    assert [one.id for one in ruling.deciding] == ["list"]


@pytest.mark.parametrize(
    ("topic", "decision"),
    [
        (Topic.GROUP_SIZE, ALLOWED),
        (Topic.SESSION_DURATION, ALLOWED),
        (Topic.UNITS, ALLOWED),
        (Topic.FREQUENCY, ALLOWED),
        (Topic.PROVIDER_TYPES, ALLOWED),
        (Topic.DOCUMENTATION, Decision.REQUIRED),
        (Topic.DIAGNOSIS, Decision.REQUIRED),
        (Topic.NON_COVERED, NOT_ALLOWED),
        (Topic.REIMBURSEMENT, Decision.VARIES),
        (Topic.CODING, Decision.NOT_APPLICABLE),
    ],
)
def test_a_fact_without_yes_or_no_is_read_by_its_topic(topic: Topic, decision: Decision) -> None:
    assert rule(payer("acme", fact("own", None, topic=topic)), topic).decision is decision


def test_a_refusal_to_pay_for_trainees_never_reads_as_allowed() -> None:
    one = fact("own", None, topic=Topic.SUPERVISION, statement="They may not bill for work of people they supervise.")
    assert rule(payer("acme", one), Topic.SUPERVISION).decision is NOT_ALLOWED


def test_with_no_payer_same_day_depends_on_the_payer() -> None:
    ruling = decide(catalog(), None, Topic.SAME_DAY, today=TODAY)
    assert (ruling.decision, ruling.deciding) == (Decision.VARIES, ())
    assert ruling.floor


def test_the_national_pair_is_not_read_back_into_the_years_before_it() -> None:
    medicare = payer("medicare", lines=(LINE.MEDICARE,), follows_ncci=True)
    turned = NCCI.model_copy(
        update={"facts": tuple(one.model_copy(update={"effective_from": date(2014, 10, 1)}) for one in NCCI.facts)}
    )
    file = Catalog({"medicare": medicare, "ncci": turned}, (), {})
    before = decide(file, medicare, Topic.SAME_DAY, today=TODAY, on=date(2014, 9, 30))
    assert (before.decision, before.floor) == (Decision.UNKNOWN, ())
    assert decide(file, medicare, Topic.SAME_DAY, today=TODAY, on=date(2014, 10, 1)).decision is ALLOWED


def test_what_the_file_names_as_saying_otherwise_is_shown_with_its_source_and_lowers_the_confidence() -> None:
    ten = fact("ten", None, topic=Topic.GROUP_SIZE, kind=SourceKind.SECONDARY, conflicts_with=("twelve",))
    ruling = rule(payer("acme", fact("twelve", None, topic=Topic.GROUP_SIZE, conflicts_with=("ten",)), ten), SIZE)
    assert (ruling.decision, [one.id for one in ruling.deciding]) == (ALLOWED, ["twelve"])
    assert [one.id for one in ruling.disputing] == ["ten"]
    assert ruling.conflicts == ("Acme says otherwise: Statement ten about group therapy, 90853.",)
    assert ruling.confidence is not Confidence.HIGH


def test_equals_that_the_file_sets_against_each_other_are_a_conflict_though_their_decision_is_one() -> None:
    ruling = rule(payer("acme", fact("a", conflicts_with=("b",)), fact("b", conflicts_with=("a",))))
    assert (ruling.decision, len(ruling.deciding), len(ruling.conflicts)) == (ALLOWED, 2, 1)


@pytest.mark.parametrize(
    "history",
    [{"effective_to": date(2019, 10, 10)}, {"conditions": ("superseded text",)}, {"aspect": "hospital_outpatient"}],
)
def test_history_and_narrower_matters_are_no_dispute(history: dict[str, object]) -> None:
    ruling = rule(payer("acme", fact("now", conflicts_with=("old",)), fact("old", conflicts_with=("now",), **history)))
    assert (ruling.disputing, ruling.conflicts) == ((), ())
    assert ruling.confidence is Confidence.HIGH


def test_each_conflict_is_cited_to_the_source_that_makes_it() -> None:
    no, other = fact("no", NOT_ALLOWED), fact("other", kind=SourceKind.SECONDARY, conflicts_with=("yes",))
    ruling = rule(payer("acme", fact("yes", conflicts_with=("other",)), no, other))
    assert ruling.decision is Decision.VARIES
    assert [one.id for one in ruling.disputing] == ["other"]
    assert "Statement other" in ruling.conflicts[0]
    assert "Statement no" in ruling.conflicts[1]
