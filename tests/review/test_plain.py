"""Words so plain that the weighing of sentences does not undo them, and words that earn less than they seem to."""

from pathlib import Path

import pytest
import yaml

from bot.review.models import SESSION_ELEMENTS, Element, Member, Segments, Span, Status, Verdict
from bot.review.offline import OfflineJudge
from bot.review.segment import segment
from bot.review.tagger import Earns, Tagger

SESSION = "Date: March 4, 2026. CBT. 7 members present. Therapist used Socratic questioning.\n"
CASES = [
    pytest.param(Element(element), statuses.split(" or "), words, id=f"{element}-{statuses}-{words[:50]}")
    for element, wanted in yaml.safe_load(Path(__file__).with_name("plain_words.yaml").read_text("utf-8")).items()
    for statuses, phrases in wanted.items()
    for words in phrases
]


def judge(element: Element, words: str) -> Verdict:
    """An element of a note of two members whose words, or whose session's, are these."""
    session, own = (SESSION + words, "Attended.") if element in SESSION_ELEMENTS else (SESSION, words)
    text, spans = session + "\n", []
    for label, said in (("K.L.", own), ("D.M.", "Attended.")):
        start = len(text)
        text += f"{label}\n{said}\n"
        spans.append(Member(label=label, spans=(Span(start=start, end=len(text)),)))
    segments = Segments(session=(Span(start=0, end=len(session)),), members=tuple(spans), sure=True, how="by hand")
    judged = OfflineJudge().judge(text, segments)[0]
    return (judged.session if element in SESSION_ELEMENTS else judged.members[0])[element]


@pytest.mark.parametrize(("element", "statuses", "words"), CASES)
def test_plain_words_are_judged_as_the_rubric_says(element: Element, statuses: list[str], words: str) -> None:
    verdict = judge(element, words)
    assert verdict.status in statuses
    assert bool(verdict.evidence) is (verdict.status is not Status.MISSING)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Therapist guided a thought record.", Status.MET),
        ("Therapist guided thought records.", Status.MET),
        ("Therapist led a role-play of the feared talk.", Status.MET),
        ("Clinician guided members through a chain analysis.", Status.MET),
        ("Therapist led a discussion of role-play.", Status.PARTIAL),
        ("Therapist led a thought record lesson.", Status.PARTIAL),
        ("Therapist led no role-play.", Status.PARTIAL),
        ("Peer led a role-play.", Status.PARTIAL),
        ("Therapist taught about the thought record.", Status.MISSING),
        ("Members led a role-play.", Status.MISSING),
    ],
)
def test_an_exercise_of_therapy_that_the_provider_led_is_an_intervention(words: str, status: Status) -> None:
    text = f"{words}\n\nK.L.: Told the group he avoids his boss.\nD.M.: Told the group she cried at work.\n"
    assert OfflineJudge().judge(text, segment(text))[0].session[Element.PROVIDER_INTERVENTIONS].status is status


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("quiet today", Status.PARTIAL),
        ("was quiet today", Status.PARTIAL),
        ("Quiet.", Status.PARTIAL),
        ("quiet, did not speak", Status.MET),
        ("attended", Status.MISSING),
        ("present", Status.MISSING),
        ("group was quiet today", Status.MISSING),
    ],
)
def test_quiet_today_is_a_little_said_of_how_one_took_part(words: str, status: Status) -> None:
    text = f"3/14/2026 CBT group.\n\nMK - {words}\nJL - told the group he cried at work\nTR - argued with a peer\n"
    found = segment(text)
    judged = OfflineJudge().judge(text, found)[0]
    assert [member.label for member in found.members] == ["MK", "JL", "TR"]
    assert judged.members[0][Element.PATIENT_PARTICIPATION].status is status


def test_a_concern_that_was_met_with_a_step_shows_both() -> None:
    verdict = judge(Element.SAFETY, "Said it'd be easier if he weren't here. I met with him and we made a safety plan.")
    assert verdict.status is Status.MET
    assert any("safety plan" in one.quote for one in verdict.evidence)


def test_necessity_shows_the_whole_sentence_that_ties_the_work() -> None:
    words = (
        "In the exposure she stood up and read the first page of her letter to the seven of us, hands shaking, "
        "which goes straight at the panic and the staying home that brought her here, and she sat down when it was "
        "over, and the reading is the third rung of her goal of speaking at her sister's wedding in June."
    )
    verdict = judge(Element.MEDICAL_NECESSITY, words)
    assert verdict.status is Status.MET
    said = " ".join(one.quote for one in verdict.evidence)
    assert "panic" in said
    assert "goal of speaking" in said


def test_a_capped_sentence_keeps_its_odds_together() -> None:
    tags = Tagger.shipped().tag(["Says he is fine.", "Cried when a peer hugged him."])
    capped = tags.capped([(0, Element.PATIENT_PARTICIPATION, Earns.PARTIAL)])
    odds, before = capped.of(Element.PATIENT_PARTICIPATION), tags.of(Element.PATIENT_PARTICIPATION)
    assert odds[0, Earns.MET] == 0
    assert odds[0].sum() == pytest.approx(before[0].sum())
    assert (odds[1] == before[1]).all()
