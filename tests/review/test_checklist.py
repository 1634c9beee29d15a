"""The nine rows follow the rubric, and a claim is ready only when all of them allow it."""

import pytest

from bot.claims.check import Check
from bot.review.checklist import ClaimChecks, judge_items, readiness, worst
from bot.review.models import (
    PATIENT_ELEMENTS,
    SESSION_ELEMENTS,
    Copy,
    Element,
    Evidence,
    Item,
    ItemVerdict,
    Readiness,
    Status,
    Verdict,
)

MET = Verdict(status=Status.MET, evidence=(Evidence(quote="x", start=0, end=1),))
GOOD = ClaimChecks(
    eligibility=Check("met", "Verified."),
    authorization=Check("met", "Active."),
    same_day=Check("not_applicable", "None."),
    diagnosis=Check("met", "F41.1."),
)


def items(
    changed: dict[Element, Verdict] | None = None, *, copies: tuple[Copy, ...] = (), claim: ClaimChecks = GOOD
) -> dict[Item, ItemVerdict]:
    changed = changed or {}
    session = {element: changed.get(element, MET) for element in SESSION_ELEMENTS}
    patient = {element: changed.get(element, MET) for element in PATIENT_ELEMENTS}
    return judge_items(session, patient, copies, "K.L.", claim)


def test_all_nine_rows_are_there_and_a_good_claim_is_ready() -> None:
    rows = items()
    assert list(rows) == list(Item)
    assert readiness(rows.values()) is Readiness.READY


def test_a_part_that_another_only_points_at_is_no_copy() -> None:
    pointed_at = Copy(a="K.L.", b="D.R.", similarity=1.0, spans=(), points="D.R.")
    assert items(copies=(pointed_at,))[Item.INDIVIDUALIZED].status is Status.MET
    pointing = Copy(a="K.L.", b="D.R.", similarity=1.0, spans=(), points="K.L.")
    row = items(copies=(pointing,))[Item.INDIVIDUALIZED]
    assert row.status is Status.MISSING
    assert row.reason == "Only points at the part of D.R. and has no words of its own."


ROWS = {
    Item.SESSION_DOCUMENTATION: [
        Element.SESSION_DATE,
        Element.GROUP_COMPOSITION,
        Element.TOPIC_FOCUS,
        Element.MODALITY,
        Element.PROVIDER_INTERVENTIONS,
    ],
    Item.INDIVIDUAL_DOCUMENTATION: [
        Element.PATIENT_PARTICIPATION,
        Element.CLINICAL_RESPONSE,
        Element.PROGRESS_TOWARD_GOALS,
    ],
    Item.ACTIVE_PSYCHOTHERAPY: [Element.ACTIVE_PSYCHOTHERAPY],
    Item.MEDICAL_NECESSITY: [Element.MEDICAL_NECESSITY],
}


@pytest.mark.parametrize(("item", "element"), [(item, element) for item, of in ROWS.items() for element in of])
@pytest.mark.parametrize("status", [Status.PARTIAL, Status.MISSING])
def test_a_row_falls_with_each_element_it_rests_on(item: Item, element: Element, status: Status) -> None:
    rows = items({element: Verdict(status=status, reason="It is thin.", fix="What was said?")})
    assert rows[item].status is status
    assert "It is thin." in rows[item].reason
    assert "What was said?" in rows[item].fix
    assert {row for row, verdict in rows.items() if verdict.status is status} == {item}
    assert readiness(rows.values()) is Readiness.FIX


@pytest.mark.parametrize("element", [Element.SAFETY, Element.PLAN, Element.DIAGNOSIS_PRESENT])
def test_safety_plan_and_diagnosis_words_stand_beside_the_checklist(element: Element) -> None:
    assert readiness(items({element: Verdict(status=Status.MISSING)}).values()) is Readiness.READY


def test_the_worse_of_two_elements_is_the_rows_status() -> None:
    rows = items(
        {
            Element.PATIENT_PARTICIPATION: Verdict(status=Status.PARTIAL, reason="Generic."),
            Element.CLINICAL_RESPONSE: Verdict(status=Status.MISSING, reason="None."),
        }
    )
    row = rows[Item.INDIVIDUAL_DOCUMENTATION]
    assert row.status is Status.MISSING
    assert "Patient participation: Generic." in row.reason
    assert "Clinical response: None." in row.reason


def test_a_copy_of_another_member_is_named_with_its_likeness() -> None:
    row = items(copies=(Copy(a="M.R.", b="K.L.", similarity=0.93, spans=()),))[Item.INDIVIDUALIZED]
    assert row.status is Status.MISSING
    assert "M.R. (93% alike)" in row.reason
    assert row.fix == "What did K.L. say or do in this session that no other member did?"


def test_copies_among_others_leave_this_member_alone() -> None:
    assert items(copies=(Copy(a="M.R.", b="S.T.", similarity=1, spans=()),))[Item.INDIVIDUALIZED].status is Status.MET


def test_what_needs_confirmation_is_to_confirm_unless_something_is_to_fix() -> None:
    asked = ClaimChecks(Check("needs_confirmation", "Who?", "When?"), GOOD.authorization, GOOD.same_day, GOOD.diagnosis)
    assert readiness(items(claim=asked).values()) is Readiness.CONFIRM
    thin = {Element.MODALITY: Verdict(status=Status.PARTIAL)}
    assert readiness(items(thin, claim=asked).values()) is Readiness.FIX


def test_a_session_is_as_ready_as_its_worst_claim() -> None:
    assert worst([Readiness.READY, Readiness.CONFIRM, Readiness.FIX]) is Readiness.FIX
    assert worst([Readiness.READY, Readiness.CONFIRM]) is Readiness.CONFIRM
    assert worst([Readiness.READY, Readiness.READY]) is Readiness.READY
