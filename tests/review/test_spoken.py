"""Dictated notes: spoken punctuation is read as the marks meant, spoken codes as codes, and quotes stay as given."""

import pytest

from bot.claims.codes import find_codes
from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from bot.review.models import Element, Status
from bot.review.offline import OfflineJudge
from bot.review.segment import segment
from bot.review.service import ReviewService
from bot.review.spoken import with_marks

DICTATED = (
    "This is Dr. Reed dictating the Tuesday process group comma April second period new paragraph First patient is "
    "K L period she was tearful comma processed loss of her mother period diagnosis F thirty two point one period "
    "next patient is M B period quiet comma gave feedback to K L period new paragraph next patient is Tom period "
    "angry at his boss comma he did a role play period end of dictation"
)


def test_members_dictated_with_their_punctuation_have_parts_of_their_own() -> None:
    split = segment(DICTATED)
    assert [member.label for member in split.members] == ["K L", "M B", "Tom"]
    parts = ["".join(DICTATED[span.start : span.end] for span in member.spans) for member in split.members]
    assert ["mother" in parts[0], "gave feedback" in parts[1], "boss" in parts[2]] == [True] * 3
    assert "M B" not in parts[0]


def test_paragraphs_that_are_spoken_are_paragraphs() -> None:
    text = (
        "Group therapy note period six people present period new paragraph Maria said she is drinking less comma two "
        "days this week period new paragraph Luis cried about the divorce period new paragraph Dana was quiet period"
    )
    assert [member.label for member in segment(text).members] == ["Maria", "Luis", "Dana"]


def test_a_spoken_code_is_the_diagnosis_and_its_evidence_the_words_as_given() -> None:
    catalog = load_catalog()
    report = ReviewService(OfflineJudge(), catalog=catalog, resolver=Resolver(catalog)).review(DICTATED)
    assert [code.code for code in report.patients[0].diagnosis_codes] == ["F32.1"]
    verdict = report.patients[0].elements[Element.DIAGNOSIS_PRESENT]
    assert verdict.status is Status.MET
    assert any("thirty two point one" in evidence.quote for evidence in verdict.evidence)
    assert all(DICTATED[evidence.start : evidence.end] == evidence.quote for evidence in verdict.evidence)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("F thirty two point one", "F32.1"),
        ("f three three point two", "F33.2"),
        ("F 43 point one zero", "F43.10"),
        ("F forty one point nine", "F41.9"),
        ("F thirty one point eight one", "F31.81"),
        ("F forty three point twenty three", "F43.23"),
        ("F twenty point nine", "F20.9"),
    ],
)
def test_a_dictated_code_is_read(said: str, code: str) -> None:
    (found,) = find_codes(f"diagnosis {said}, stable")
    assert found.code == code
    assert found.diagnosis is not None


@pytest.mark.parametrize(
    "text",
    [
        "She missed her period and the grace period ended. The trial period, a long period, is over. No period pain.",
        "K.L. cried. M.B. put a comma in his letter. Tom said it was a difficult period of his life.",
    ],
)
def test_words_that_only_sound_like_marks_stay_words(text: str) -> None:
    assert with_marks(text) == text


def test_the_text_with_marks_is_as_long_as_the_text() -> None:
    assert len(with_marks(DICTATED)) == len(DICTATED)
    assert with_marks(DICTATED) != DICTATED
