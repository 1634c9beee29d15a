"""Whoever listens hears the decision before the model is asked, and nothing where no model words an answer."""

from collections.abc import Sequence
from datetime import date

from bot.answers.models import Answer
from bot.answers.service import AnswerService
from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from tests.llm.fake_model import FakeModel, Sent

CATALOG = load_catalog()
QUESTION = "Can I bill 90853 and 90837 on the same day for Medicare?"


class Heard:
    def __init__(self) -> None:
        self.answers: tuple[Answer, ...] = ()
        self.sentences: list[tuple[int, str]] = []

    def decided(self, answers: Sequence[Answer]) -> None:
        self.answers = tuple(answers)

    def said(self, place: int, sentence: str) -> bool:
        self.sentences.append((place, sentence))
        return True


def service(model: FakeModel | None) -> AnswerService:
    return AnswerService(CATALOG, Resolver(CATALOG), None, model, lambda: date(2026, 6, 1))


def test_the_decision_is_heard_before_the_model_is_asked() -> None:
    heard = Heard()
    known: list[int] = []

    def answer(sent: Sent) -> str:
        known.append(len(heard.answers))
        return "The model fake:model did not answer in time."

    reply = service(FakeModel(answer)).ask(QUESTION, listener=heard)

    assert known == [1]
    assert heard.answers[0] == service(None).ask(QUESTION).answers[0]
    assert reply.answers[0].decision is heard.answers[0].decision


def test_without_a_model_nothing_is_heard_and_the_answer_is_the_same() -> None:
    heard = Heard()

    assert service(None).ask(QUESTION, listener=heard) == service(None).ask(QUESTION)
    assert heard.answers == ()


def test_an_unknown_is_not_announced_since_no_model_words_it() -> None:
    heard = Heard()
    model = FakeModel(lambda sent: "not asked")

    service(model).ask("Does Molina need an auth for group?", listener=heard)

    assert heard.answers == ()
    assert model.sent == []
