"""What the rules make of phrases as clinicians write them, element by element."""

from pathlib import Path

import pytest
import yaml

from bot.review.elements.passages import read_note
from bot.review.models import SESSION_ELEMENTS, Element, Member, Segments, Span, Verdict
from bot.review.rules import judge_by_rules

PHRASES = Path(__file__).parent / "phrases"
CASES = [
    pytest.param(Element(path.stem), status, phrase, id=f"{path.stem}-{status}-{phrase[:50]}")
    for path in sorted(PHRASES.glob("*.yaml"))
    for status, phrases in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    for phrase in phrases
]


def judge_phrase(element: Element, phrase: str) -> Verdict:
    whole = Span(start=0, end=len(phrase))
    if element in SESSION_ELEMENTS:
        segments = Segments(session=(whole,), members=(), sure=True, how="a session part alone")
        return judge_by_rules(read_note(phrase, segments)).session[element]
    segments = Segments(session=(), members=(Member(label="K.L.", spans=(whole,)),), sure=True, how="one member alone")
    return judge_by_rules(read_note(phrase, segments)).members[0][element]


@pytest.mark.parametrize(("element", "status", "phrase"), CASES)
def test_phrase_is_judged_as_the_rubric_says(element: Element, status: str, phrase: str) -> None:
    verdict = judge_phrase(element, phrase)
    assert verdict.status == status
    if status == "met":
        assert verdict.evidence
        assert not verdict.reason
    else:
        assert verdict.reason
        assert verdict.fix.rstrip().endswith("?")


def test_a_ticked_answer_is_quoted_with_its_question() -> None:
    verdict = judge_phrase(Element.SAFETY, "Mood: [x] euthymic   SI: [ ] yes [x] no  HI: [ ] yes [x] no")
    assert [one.quote for one in verdict.evidence] == ["SI: [ ] yes [x] no"]


@pytest.mark.parametrize(
    ("phrase", "quote"),
    [
        ("Eight members on the roster; seven came.", "seven came"),
        ("Anxiety group of eight members. 7 attended, 1 absent.", "7 attended, 1 absent"),
        ("Roster: 8 members. Present: 7.", "Present: 7"),
        ("Enrolled: 8. Attended: 6.", "Attended: 6"),
        ("9 enrolled / 7 in attendance", "7 in attendance"),
        ("There are eight members in this group and seven attended today.", "seven attended"),
        ("Two members shared losses. Eight present.", "Eight present"),
        ("Eight clients, one no-show.", "Eight clients, one no-show"),
    ],
)
def test_who_came_is_quoted_and_not_who_belongs(phrase: str, quote: str) -> None:
    assert [one.quote for one in judge_phrase(Element.GROUP_COMPOSITION, phrase).evidence] == [quote]


def test_a_code_in_a_heading_counts_before_a_sentence_of_the_group() -> None:
    verdict = judge_phrase(Element.DIAGNOSIS_PRESENT, "K.L. (F32.1): Group members offered support. Improved mood.")
    assert [one.quote for one in verdict.evidence] == ["F32.1"]
