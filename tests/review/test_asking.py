"""A finding says what is missing and asks the question whose true answer would supply it; it suggests no answer."""

import pytest

from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from bot.review.asking import activity_in
from bot.review.models import Element, Item, PatientReport, Report, Status
from bot.review.offline import OfflineJudge
from bot.review.service import ReviewService

SESSION = "Date: 03/04/2026. 3 members present. CBT. {did}"
PARTS = "\n\nPatient: K.L.\nAttended, engaged.\n\nPatient: M.N.\nAttended.\n\nPatient: O.P.\nWas there."


@pytest.fixture(scope="module")
def service() -> ReviewService:
    catalog = load_catalog()
    return ReviewService(OfflineJudge(), catalog=catalog, resolver=Resolver(catalog))


def asked(report: Report, element: Element, member: int = 0) -> str:
    return report.patients[member].elements[element].fix


def test_what_the_session_did_is_asked_about_by_name(service: ReviewService) -> None:
    report = service.review(SESSION.format(did="The therapist set up a role-play of a feared talk.") + PARTS)
    assert asked(report, Element.PATIENT_PARTICIPATION).startswith("What did K.L. say or do during the role-play")
    assert asked(report, Element.CLINICAL_RESPONSE).startswith("How did K.L. respond to the role-play:")
    assert asked(report, Element.MEDICAL_NECESSITY).startswith("How did the role-play bear on K.L.'s diagnosis")
    assert "during the role-play" in report.patients[0].checklist[Item.INDIVIDUAL_DOCUMENTATION].fix


def test_where_the_session_names_nothing_the_question_is_general(service: ReviewService) -> None:
    report = service.review(SESSION.format(did="Members talked.") + PARTS)
    assert asked(report, Element.PATIENT_PARTICIPATION).startswith("What did K.L. say or do in the group")


@pytest.mark.parametrize(
    ("session", "activity"),
    [
        ("Therapist guided members through thought records.", "thought record"),
        ("Led a chain analysis of one volunteer's urge", "chain analysis"),
        ("5-4-3-2-1 after the fire alarm", "grounding exercise"),
        ("After check-in, members role-played saying no.", "role-play"),
        ("There was no role-play today.", ""),
        ("Will do a role-play next week.", ""),
        ("Members talked about work.", ""),
    ],
)
def test_only_what_was_done_is_asked_about(session: str, activity: str) -> None:
    assert activity_in([session]) == activity


def questions(patient: PatientReport) -> list[tuple[str, str]]:
    verdicts = [*patient.elements.items(), *patient.checklist.items()]
    return [(name.value, v.fix) for name, v in verdicts if v.status in (Status.MISSING, Status.PARTIAL)]


def test_every_finding_of_a_member_asks_and_names_the_member_asked_about(service: ReviewService) -> None:
    report = service.review(SESSION.format(did="Members talked.") + PARTS)
    for patient in report.patients:
        found = questions(patient)
        assert found
        of_the_session = {"active_psychotherapy", "session_documentation"}
        for name, fix in found:
            assert fix.endswith("?"), (name, fix)
            assert patient.label in fix or name in of_the_session, (name, fix)


def test_what_no_member_has_is_the_templates_fault_and_that_is_said(service: ReviewService) -> None:
    report = service.review(SESSION.format(did="Members talked.") + PARTS)
    (advice,) = [warning for warning in report.warnings if "Fix the template first" in warning]
    assert "safety" in advice
    assert "plan" in advice
    one_has_it = service.review(SESSION.format(did="Members talked.") + PARTS + " Denied SI/HI.")
    assert not [warning for warning in one_has_it.warnings if "safety" in warning]
