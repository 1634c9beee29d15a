"""Whatever a real provider does, a reply comes out, the offline result stands where it should, and nothing leaks."""

import json
import logging
from collections.abc import Callable

import pytest

from bot.answers.models import Answer
from bot.answers.wording import word
from bot.llm.structured import StructuredModel
from bot.review.model_judge import ModelJudge
from bot.review.models import PATIENT_ELEMENTS, SESSION_ELEMENTS, Element, Engine, Judgement, Status, Verdict
from tests.answers.invented_payer import ANSWER, FACTS
from tests.llm.model_server import ModelServer
from tests.llm.providers import MODELS, connected
from tests.review.invented_session import NOTE, SEGMENTS, OfflineStub

MISSING = Verdict(status=Status.MISSING, reason="Offline.", fix="What was asked?")

Fixture = dict[str, object]
Break = Callable[[ModelServer], None]


@pytest.fixture(params=sorted(MODELS))
def model(
    request: pytest.FixtureRequest, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> StructuredModel:
    return connected(request.param, model_server.url, monkeypatch)


def say(reply: object, when: str = "") -> Fixture:
    match = {"userMessage": when} if when else {}
    return {"match": match, "response": {"content": reply if isinstance(reply, str) else json.dumps(reply)}}


def readings(elements: tuple[Element, ...], status: str, quote: str) -> dict[str, object]:
    item = {"status": status, "quotes": [quote] if quote else [], "reason": "Read so.", "fix": ""}
    return {"readings": [{"element": element.value, **item} for element in elements]}


def judging(session: object, member: object) -> tuple[Fixture, Fixture]:
    return say(session, "six session elements"), say(member, "seven elements")


def wording(decision: str, *sentences: tuple[str, str]) -> Fixture:
    return say({"decision": decision, "sentences": [{"text": t, "rests_on": i.split()} for t, i in sentences]})


def judged(
    model: StructuredModel, caplog: pytest.LogCaptureFixture, offline: Verdict = MISSING
) -> tuple[Judgement, Engine]:
    caplog.set_level(logging.DEBUG)
    judgement, engine = ModelJudge(model, OfflineStub(offline)).judge(NOTE, SEGMENTS)
    assert not any(words in caplog.text + engine.note for words in ("challenged", "Dalia", "sk-test"))
    return judgement, engine


def worded(model: StructuredModel, caplog: pytest.LogCaptureFixture) -> Answer:
    caplog.set_level(logging.DEBUG)
    answer = word(ANSWER, FACTS, model)
    assert "Northwind" not in caplog.text
    return answer


BROKEN: dict[str, tuple[Fixture, dict[str, float], str]] = {
    "prose": (say("It all looks fine to me."), {}, "form that cannot be used"),
    "bad JSON": (say('{"readings": ['), {}, "form that cannot be used"),
    "500": ({"match": {}, "response": {"error": {"message": "down", "type": "x"}, "status": 500}}, {}, "fault on its"),
    "cut": (say("{}"), {"disconnectRate": 1.0}, "cannot be reached"),
    "slow": (say("{}"), {"latencyMs": 20_000}, "in time"),
}


@pytest.mark.parametrize("broken", sorted(BROKEN))
def test_a_broken_provider_leaves_the_offline_results_and_they_say_why(
    model: StructuredModel,
    model_server: ModelServer,
    caplog: pytest.LogCaptureFixture,
    broken: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fixture, rates, why = BROKEN[broken]
    model_server.reply(fixture)
    if rates:
        model_server.fail(**rates)
    if broken == "slow":
        monkeypatch.setattr(model, "_timeout", 1.5)

    judgement, engine = judged(model, caplog)
    answer = worded(model, caplog)

    assert engine.name == answer.engine.name == "offline"
    assert why in engine.note
    assert why in answer.engine.note
    assert answer.answer == ANSWER.answer
    assert set(judgement.session.values()) | {v for each in judgement.members for v in each.values()} == {MISSING}


def test_a_good_judge_is_believed(
    model: StructuredModel, model_server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    model_server.reply(
        *judging(
            readings(SESSION_ELEMENTS, "met", "guided a thought record"), readings(PATIENT_ELEMENTS, "missing", "")
        )
    )

    judgement, engine = judged(model, caplog, offline=MISSING)

    assert engine.name == "model"
    assert engine.model in MODELS.values()
    assert judgement.members[0][Element.PLAN].status is Status.MISSING


def test_all_met_is_no_lie_that_lifts_a_verdict(
    model: StructuredModel, model_server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    model_server.reply(
        *judging(
            readings(SESSION_ELEMENTS, "met", "six members present"),
            readings(PATIENT_ELEMENTS, "met", "mark all items"),
        )
    )

    judgement, engine = judged(model, caplog)

    verdicts = [*judgement.session.values(), *(v for each in judgement.members for v in each.values())]
    assert {verdict.status for verdict in verdicts} == {Status.MISSING}
    assert "14 of the model's verdicts were refused" in engine.note


def test_invented_quotes_leave_the_offline_verdicts(
    model: StructuredModel, model_server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    said = "She spoke of her childhood at length"
    model_server.reply(
        *judging(readings(SESSION_ELEMENTS, "partial", said), readings(PATIENT_ELEMENTS, "partial", said))
    )

    judgement, engine = judged(model, caplog)

    assert judgement.members[0][Element.SAFETY] == MISSING
    assert engine.name == "offline"
    assert "none of its verdicts passed" in engine.note


def test_one_member_whose_call_fails_costs_that_member(
    model: StructuredModel, model_server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    met = Verdict(status=Status.MET, evidence=(), reason="Offline.")
    down: Fixture = {
        "match": {"userMessage": "called [MEMBER_2]"},
        "response": {"error": {"message": "no", "type": "x"}, "status": 400},
    }
    model_server.reply(
        down, *judging(readings(SESSION_ELEMENTS, "met", "CBT"), readings(PATIENT_ELEMENTS, "missing", ""))
    )

    judgement, engine = judged(model, caplog, offline=met)

    assert judgement.members[0][Element.SAFETY].status is Status.MISSING
    assert judgement.members[1][Element.SAFETY] == met
    assert "stand for member 2: The model" in engine.note


def test_what_leaves_the_machine_names_nobody(
    model: StructuredModel, model_server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    model_server.reply(*judging(readings(SESSION_ELEMENTS, "met", "CBT"), readings(PATIENT_ELEMENTS, "missing", "")))

    judged(model, caplog)

    sent = json.dumps([call["body"] for call in model_server.requests()])
    assert "thought record" in sent
    assert [name for name in ("Dalia", "Tomasz", "03/04/1985", "555-201-4471") if name in sent] == []


def test_a_good_wording_is_shown(
    model: StructuredModel, model_server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    said = "Yes, you can bill 90853 and 90837 on the same day only when the sessions are separate."
    model_server.reply(wording("allowed_with_conditions", (said, "F1")))

    answer = worded(model, caplog)

    assert answer.answer == said
    assert answer.engine.name == "model"


@pytest.mark.parametrize(
    "fixture",
    [
        pytest.param(wording("not_allowed", ("No, the two are never paid on one day.", "F1")), id="decision flipped"),
        pytest.param(
            wording("allowed_with_conditions", ("Yes, bill both only if separate.", "F9")), id="unknown citation"
        ),
        pytest.param(wording("allowed_with_conditions", ("Append modifier 25.", "F1")), id="invented modifier"),
        pytest.param(wording("allowed_with_conditions"), id="nothing said"),
    ],
)
def test_a_wording_that_lies_leaves_the_offline_answer(
    model: StructuredModel, model_server: ModelServer, caplog: pytest.LogCaptureFixture, fixture: Fixture
) -> None:
    model_server.reply(fixture)

    answer = worded(model, caplog)

    assert answer.answer == ANSWER.answer
    assert answer.engine.name == "offline"
    assert answer.engine.note.startswith("the model's wording was refused")
