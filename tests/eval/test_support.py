"""What counts as a supported sentence: a marker alone is not enough, and a remark is no statement."""

import pytest

from bot.answers.models import Answer, Citation, PayerRef
from bot.policies.models import Decision, LineOfBusiness, SourceKind, Topic
from tests.eval.support import Kind, judge, sentences, share

SOURCES = {
    "size": "Acme: group size. A group holds at most 12 members, whoever pays. group size Allowed with conditions",
    "video": "Acme: telehealth. Groups by video carry modifier 95.",
}


def answer(text: str, *cited: str, decision: Decision = Decision.ALLOWED_WITH_CONDITIONS) -> Answer:
    return Answer(
        question="?",
        payer=PayerRef(id="acme", name="Acme", line_of_business=LineOfBusiness.COMMERCIAL, jurisdiction=("US",)),
        topic=Topic.GROUP_SIZE,
        decision=decision,
        answer=text,
        citations=tuple(
            Citation(
                snippet_id=key,
                source_title="Manual",
                source_url="",
                publisher="Acme",
                source_kind=SourceKind.PRIMARY,
                effective_date="",
                checked_on="",
            )
            for key in cited
        ),
    )


def kinds(text: str, *cited: str) -> list[Kind]:
    return [kind for kind, _ in judge(answer(text, *cited), SOURCES)]


def test_a_marker_covers_the_sentences_before_it_in_its_line() -> None:
    told = list(sentences("Lead.\n- One group. Two groups. [1][2] Three.\n- Four [3]."))
    assert [(one.text, one.marks) for one in told] == [
        ("Lead.", ()),
        ("One group.", (1, 2)),
        ("Two groups.", (1, 2)),
        ("Three.", ()),
        ("Four", (3,)),
    ]


def test_what_the_source_says_is_supported() -> None:
    assert kinds("- A group holds at most 12 members [1].", "size") == [Kind.SUPPORTED]


@pytest.mark.parametrize(
    "text",
    [
        "- A group holds at most 10 members [1].",  # another number
        "- Interns lead on weekends with approval [1].",  # other words
        "- A group holds at most 12 members [2].",  # no such citation
        "- A group holds at most 12 members.",  # no marker
        "- Groups by video carry modifier GT [1].",  # another modifier
    ],
)
def test_a_marker_on_what_the_source_does_not_say_is_no_support(text: str) -> None:
    assert kinds(text, "size") == [Kind.UNSUPPORTED]


def test_the_decision_needs_a_supported_line_beneath_it() -> None:
    lead = "Allowed within limits: the size of a group, Acme."
    lead_kept = "Allowed with conditions: the size of a group, Acme."
    for first in (lead, lead_kept):
        assert kinds(f"{first}\n\n- A group holds at most 12 members [1].", "size") == [Kind.LEADING, Kind.SUPPORTED]
    assert kinds(lead) == [Kind.UNSUPPORTED]
    assert kinds(f"{lead}\n\n- A group holds at most 99 members [1].", "size") == [Kind.UNSUPPORTED] * 2
    assert kinds(f"Mind: old.\n\n{lead}")[1] is Kind.UNSUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "Unknown: nothing on file says what Acme decides on the size of a group.",
        "The newest source is from 2019, before the 2026 benefit year: verify first.",
        "Which state?",
        "Also on file:",
    ],
)
def test_what_says_nothing_of_a_payers_rule_is_a_remark(text: str) -> None:
    assert kinds(text) == [Kind.REMARK]


def test_remarks_do_not_raise_the_share() -> None:
    assert share({Kind.SUPPORTED: 3, Kind.LEADING: 1, Kind.REMARK: 9, Kind.UNSUPPORTED: 1}) == (4, 5)
