"""A sentence is shown only where one cited fact carries all of it."""

import pytest

from bot.answers.ruled import Ruled
from bot.answers.sentence import Cut, checked
from tests.answers.wording_lies import ANSWER, FACTS, FAIR, LIES

RULED = Ruled.of(ANSWER, FACTS)


@pytest.mark.parametrize(
    ("text", "ids"),
    [pytest.param(*lie, id=f"{kind}: {lie[0]!a}") for kind, lies in LIES.items() for lie in lies],
)
def test_a_lie_is_cut(text: str, ids: str) -> None:
    with pytest.raises(Cut):
        checked(text, ids.split(), ANSWER, RULED)


@pytest.mark.parametrize(("text", "ids"), FAIR)
def test_a_fair_wording_is_kept_with_the_marker_of_its_fact(text: str, ids: str) -> None:
    assert checked(text, ids.split(), ANSWER, RULED) == f"{text} [{ids.removeprefix('F')}]"


def test_a_fact_that_says_nothing_of_the_sentence_gets_no_marker() -> None:
    assert checked("A group has 3 to 12 members.", ["F4", "F2"], ANSWER, RULED) == "A group has 3 to 12 members. [2]"


def test_the_reason_of_a_cut_holds_none_of_its_words() -> None:
    with pytest.raises(Cut) as cut:
        checked("cigna pays both when the sessions are separate.", ["F1"], ANSWER, RULED)
    assert "cigna" not in str(cut.value)


@pytest.mark.parametrize("ids", [[], ["F99"], ["F1", "F99"], ["f1"], [""]])
def test_a_sentence_that_cites_nothing_on_file_is_cut(ids: list[str]) -> None:
    with pytest.raises(Cut):
        checked("A group has 3 to 12 members.", ids, ANSWER, RULED)
