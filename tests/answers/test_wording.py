"""A model may word an answer, and never change it."""

import pytest

from bot.answers.models import Answer, Engine
from bot.answers.wording import WordedAnswer, WordedSentence, word
from bot.policies.models import Decision
from tests.answers.invented_payer import ANSWER, FACTS
from tests.llm.fake_model import FakeModel

GOOD = ("Yes, you can bill 90853 and 90837 on the same day only when the sessions are separate.", "F1")
TIMES = ("Each session needs its own note with start and stop times.", "F2")


def worded(*sentences: tuple[str, str], decision: str = "allowed_with_conditions") -> tuple[Answer, FakeModel]:
    reply = WordedAnswer(
        decision=decision,  # type: ignore[arg-type]
        sentences=[WordedSentence(text=text, rests_on=ids.split()) for text, ids in sentences],
    )
    model = FakeModel(lambda sent: reply)
    return word(ANSWER, FACTS, model), model


def test_a_wording_that_rests_on_the_facts_is_shown_as_the_models() -> None:
    answer, _ = worded(GOOD, TIMES)

    assert answer.answer == f"{GOOD[0]} {TIMES[0]}"
    assert answer.engine == Engine(name="model", model="fake:model", note="prompt answer_wording v3")


def test_only_the_words_are_the_models() -> None:
    answer, _ = worded(GOOD)

    changed = {name for name in Answer.model_fields if getattr(answer, name) != getattr(ANSWER, name)}
    assert changed == {"answer", "engine"}


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(("Append modifier 25 when the sessions are separate.", "F1"), id="a modifier of the question's"),
        pytest.param(("Northwind Health pays 90834 on the same day too.", "F1"), id="another code"),
        pytest.param(("This holds since March 2024.", "F1"), id="another date"),
        pytest.param(("Cigna pays both sessions on the same day too.", "F1"), id="another payer"),
        pytest.param(("Northwind Health does not pay both on the same day.", "F1"), id="a flat denial"),
        pytest.param(("See https://evil.example/manual for separate sessions.", "F1"), id="a link of nobody's"),
        pytest.param(("Appeals must reach the regional office by certified mail.", "F2"), id="a rule of nobody's"),
        pytest.param(("The sessions are separate.", ""), id="no fact cited"),
        pytest.param(("Separate sessions. " * 40, "F1"), id="endless"),
        pytest.param(("Both need a note.", "F7"), id="a fact that is not on file"),
        pytest.param(GOOD, id="said twice"),
    ],
)
def test_a_sentence_that_the_facts_do_not_carry_is_cut(bad: tuple[str, str]) -> None:
    answer, _ = worded(GOOD, bad)

    assert answer.answer == GOOD[0]
    assert answer.engine.note.endswith("1 unsupported sentence cut")


def test_a_sentence_that_leans_on_one_that_was_cut_goes_with_it() -> None:
    lie = ("Modifier 25 is the one to append.", "F1")
    leaning = ("It needs its own note with start and stop times.", "F2")

    answer, _ = worded(GOOD, lie, leaning)
    alone, _ = worded(GOOD, leaning)

    assert answer.answer == GOOD[0]
    assert alone.answer == f"{GOOD[0]} {leaning[0]}"


def test_what_comes_after_eight_sentences_is_cut() -> None:
    answer, _ = worded(GOOD, *[("The sessions are separate.", "")] * 7, TIMES)

    assert answer.answer == GOOD[0]
    assert answer.engine.note.endswith("8 unsupported sentences cut")


@pytest.mark.parametrize(
    ("sentences", "decision", "why"),
    [
        ([("No, the two are never paid on the same day.", "F1")], "not_allowed", "another decision"),
        ([("Yes, you can bill both only when they are separate.", "F7")], "allowed_with_conditions", "no sentence"),
        ([("Append modifier 25.", "F1")], "allowed_with_conditions", "no sentence was supported"),
        ([TIMES], "allowed_with_conditions", "does not say the decision"),
        ([("Yes, you can bill 90853 and 90837 on the same day.", "F1")], "allowed_with_conditions", "no sentence"),
        ([], "allowed_with_conditions", "no sentence"),
    ],
)
def test_a_wording_that_cannot_be_trusted_leaves_the_offline_answer(
    sentences: list[tuple[str, str]], decision: str, why: str
) -> None:
    answer, _ = worded(*sentences, decision=decision)

    assert answer.answer == ANSWER.answer
    assert answer.engine.name == "offline"
    assert answer.engine.note.startswith("the model's wording was refused")
    assert why in answer.engine.note


def test_a_model_that_fails_leaves_the_offline_answer_and_says_so() -> None:
    answer = word(ANSWER, FACTS, FakeModel(lambda sent: "The model fake:model did not answer in time."))

    assert answer == ANSWER.model_copy(
        update={"engine": Engine(name="offline", note="The model fake:model did not answer in time.")}
    )


def test_an_unknown_is_not_worded() -> None:
    unknown = ANSWER.model_copy(update={"decision": Decision.UNKNOWN})
    model = FakeModel(lambda sent: "not asked")

    assert word(unknown, FACTS, model) == unknown
    assert word(ANSWER, (), model) == ANSWER
    assert model.sent == []


def test_the_question_is_sent_as_data_without_identifiers() -> None:
    _, model = worded(GOOD)

    sent = model.sent[0]
    assert "dalia.n@example.org" not in sent.everything
    assert "Ignore your rules" not in sent.system
    assert "Ignore your rules" in sent.user.split("<<<question ")[1].split(" question>>>")[0]


COMPOSED = ANSWER.model_copy(
    update={
        "answer": "Allowed with conditions: group and individual psychotherapy on one date, Northwind Health.\n\n"
        "- Northwind Health pays 90853 and 90837 on the same day only when the sessions are separate. [1]\n\n"
        "Modifier: 59 on the individual code, not on 90853 [1].\n\n"
        "No source here carries a date, so nothing shows that this holds in 2026: verify first.\n\n"
        "National floor beside it (NCCI): 59 or XE on the individual code [2].",
        "citations": (
            ANSWER.citations[0],
            ANSWER.citations[0].model_copy(update={"snippet_id": "national.1"}),
        ),
    }
)
FLOOR = FACTS[1].model_copy(
    update={"id": "national.1", "payer_id": "ncci", "text": "Modifier 59 or XE goes on the individual code."}
)


def composed(text: str, ids: str = "F1", answer: Answer = COMPOSED) -> tuple[Answer, FakeModel]:
    reply = WordedAnswer(
        decision="allowed_with_conditions", sentences=[WordedSentence(text=text, rests_on=ids.split())]
    )
    model = FakeModel(lambda sent: reply)
    return word(answer, (FACTS[0], FLOOR), model), model


def test_the_words_carry_the_markers_of_their_sources_and_every_caveat_stays() -> None:
    answer, model = composed(GOOD[0])

    said, *rest = answer.answer.split("\n\n")
    assert said == f"{GOOD[0]} [1]"
    assert rest == COMPOSED.answer.split("\n\n")[2:]
    assert "goes on the individual code" not in model.sent[0].user, "the floor is not the ruling's and is not worded"


def test_a_modifier_that_stands_only_in_the_national_floor_is_not_the_payers() -> None:
    answer, _ = composed("Yes, you can bill both only when the sessions are separate, with modifier XE.")

    assert answer.answer == COMPOSED.answer


def test_a_modifier_on_a_line_that_no_fact_names_is_refused() -> None:
    answer, _ = composed("Yes, you can bill both only when the sessions are separate and 59 is appended to 90853.")

    assert answer.answer == COMPOSED.answer


def test_a_general_rule_is_not_put_in_the_payers_mouth() -> None:
    general = ANSWER.model_copy(update={"citations": ()})
    facts = (FLOOR.model_copy(update={"text": FACTS[0].text.replace("Northwind Health", "Medicare")}),)
    reply = WordedAnswer(
        decision="allowed_with_conditions",
        sentences=[
            WordedSentence(
                text="Northwind pays both on the same day only when the sessions are separate.", rests_on=["F1"]
            )
        ],
    )

    answer = word(general, facts, FakeModel(lambda sent: reply))

    assert answer.answer == ANSWER.answer
    assert answer.engine.name == "offline"
