"""A wording shown while it comes: never a sentence that has not passed, and none said twice."""

import json

import pytest

from bot.answers.wording import word
from tests.answers.invented_payer import ANSWER, FACTS
from tests.llm.fake_model import StreamingFake

GOOD = "Yes, you can bill 90853 and 90837 on the same day only when the sessions are separate."
TIMES = "Each session needs its own note with start and stop times."
LIE = "Northwind Health pays 90853 and 90837 on the same day."


def reply(*sentences: tuple[str, str], decision: str = "allowed_with_conditions") -> str:
    told = [{"text": text, "rests_on": ids.split()} for text, ids in sentences]
    return json.dumps({"decision": decision, "sentences": told})


def pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


class Screen:
    """What a person saw, and what had come of the reply when they did."""

    def __init__(self, sees: bool = True) -> None:
        self.sees = sees
        self.shown: list[str] = []

    def __call__(self, sentence: str) -> bool:
        self.shown.append(sentence)
        return self.sees


@pytest.mark.parametrize("size", [1, 3, 11, 64, 10_000])
def test_each_sentence_that_passes_is_shown_once_and_in_order(size: int) -> None:
    screen = Screen()
    model = StreamingFake(pieces(reply((GOOD, "F1"), (LIE, "F1"), (TIMES, "F2")), size))

    answer = word(ANSWER, FACTS, model, screen)

    assert screen.shown == [GOOD, TIMES]
    assert answer.answer == " ".join(screen.shown)
    assert answer.engine.name == "model"


def test_a_sentence_is_shown_as_soon_as_it_is_whole_and_not_before() -> None:
    text = reply((GOOD, "F1"), (TIMES, "F2"))
    end = text.index("}") + 1
    early, late = Screen(), Screen()

    word(ANSWER, FACTS, StreamingFake([text[: end - 1], None]), early)
    word(ANSWER, FACTS, StreamingFake([text[:end], None]), late)

    assert early.shown == []
    assert late.shown == [GOOD]


def test_nothing_is_shown_until_the_decision_has_been_said() -> None:
    screen = Screen()

    word(ANSWER, FACTS, StreamingFake([reply((TIMES, "F2"), (LIE, "F1"))]), screen)
    assert screen.shown == []

    word(ANSWER, FACTS, StreamingFake([reply((TIMES, "F2"), (GOOD, "F1"))]), screen)
    assert screen.shown == [TIMES, GOOD]


def test_a_reply_that_gives_its_decision_last_is_held_back_until_then() -> None:
    sentences = json.dumps([{"text": GOOD, "rests_on": ["F1"]}])
    flipped, right = Screen(), Screen()

    word(ANSWER, FACTS, StreamingFake([f'{{"sentences": {sentences}, "decision": "not_allowed"}}']), flipped)
    word(
        ANSWER, FACTS, StreamingFake([f'{{"sentences": {sentences}', ', "decision": "allowed_with_conditions"}']), right
    )

    assert flipped.shown == []
    assert right.shown == [GOOD]


def test_another_decision_shows_nothing() -> None:
    screen = Screen()

    answer = word(ANSWER, FACTS, StreamingFake([reply((GOOD, "F1"), decision="allowed")]), screen)

    assert screen.shown == []
    assert answer.answer == ANSWER.answer


def test_a_stream_cut_after_a_sentence_leaves_the_offline_answer_and_is_not_tried_again() -> None:
    screen = Screen()
    text = reply((GOOD, "F1"), (TIMES, "F2"))
    model = StreamingFake([text[:180], None], [text])

    answer = word(ANSWER, FACTS, model, screen)

    assert screen.shown == [GOOD]
    assert model.attempts == 1
    assert answer.answer == ANSWER.answer
    assert answer.engine.name == "offline"


def test_a_stream_cut_before_anyone_saw_a_word_is_tried_again() -> None:
    screen = Screen()
    text = reply((GOOD, "F1"))

    answer = word(ANSWER, FACTS, StreamingFake([text[:60], None], [text]), screen)

    assert screen.shown == [GOOD]
    assert answer.engine.name == "model"


def test_a_screen_that_nobody_sees_does_not_stop_another_try() -> None:
    text = reply((GOOD, "F1"), (TIMES, "F2"))

    answer = word(ANSWER, FACTS, StreamingFake([text[:180], None], [text]), Screen(sees=False))

    assert answer.answer == f"{GOOD} {TIMES}"


@pytest.mark.parametrize(
    "broken", ["no JSON at all", "[]", '{"decision": 7, "sentences": "none"}', '{"sentences": [1, null]}']
)
def test_what_is_no_wording_shows_nothing(broken: str) -> None:
    screen = Screen()

    answer = word(ANSWER, FACTS, StreamingFake(pieces(broken, 2)), screen)

    assert screen.shown == []
    assert answer.answer == ANSWER.answer


def test_a_second_decision_at_the_end_takes_the_answer_back() -> None:
    screen = Screen()
    text = reply((GOOD, "F1"))[:-1] + ', "decision": "not_allowed"}'

    answer = word(ANSWER, FACTS, StreamingFake([text]), screen)

    assert answer.answer == ANSWER.answer
    assert "another decision" in answer.engine.note
