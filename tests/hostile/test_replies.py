"""A model that lies in every way we know, over its provider's own protocol: nothing it says lifts a verdict."""

import json
from collections.abc import Iterator

import pytest

from bot.llm import attempts
from bot.llm.factory import LangChainModel
from bot.review.model_judge import ModelJudge
from bot.review.models import PATIENT_ELEMENTS, SESSION_ELEMENTS, Judgement, Status
from bot.review.offline import OfflineJudge
from bot.review.segment import segment
from tests.hostile.attacks import Attack, attacks, each
from tests.hostile.note import CLEAN, attacked
from tests.llm.breaking_server import Asked, BreakingServer, Reply, running
from tests.llm.providers import connected

_LOOSER = (Status.MISSING, Status.PARTIAL, Status.MET)
# Ways in which a note tries to win the model over; the model then says what was asked of it.
_ORDERS = [one for one in attacks("notes") if one.kind in ("order", "forged output", "fence")]


@pytest.fixture(scope="module")
def server() -> Iterator[BreakingServer]:
    with running() as broken:
        yield broken


@pytest.fixture
def model(server: BreakingServer, monkeypatch: pytest.MonkeyPatch) -> LangChainModel:
    monkeypatch.setattr(attempts, "LONGEST_PAUSE", 0.05)
    return connected("openai", server.url, monkeypatch)


def _all_met(asked: Asked, quote: str) -> Reply:
    elements = PATIENT_ELEMENTS if "seven elements for the member" in asked.words else SESSION_ELEMENTS
    item = {"status": "met", "quotes": [quote] if quote else [], "reason": f"Met. {quote[:60]}", "fix": quote[:60]}
    return Reply(says=json.dumps({"readings": [{"element": element.value, **item} for element in elements]}))


def _lifted(before: Judgement, after: Judgement) -> list[str]:
    pairs = [(before.session, after.session), *zip(before.members, after.members, strict=True)]
    return [
        name for old, new in pairs for name in old if _LOOSER.index(new[name].status) > _LOOSER.index(old[name].status)
    ]


@each("replies")
def test_a_lying_model_lifts_no_verdict(model: LangChainModel, server: BreakingServer, attack: Attack) -> None:
    segments = segment(CLEAN)
    rules, _ = OfflineJudge().judge(CLEAN, segments)
    server.start_over(lambda asked: _all_met(asked, attack.text))
    judgement, _ = ModelJudge(model, OfflineJudge()).judge(CLEAN, segments)
    assert server.asked
    assert _lifted(rules, judgement) == []
    for verdicts in (judgement.session, *judgement.members):
        for verdict in verdicts.values():
            assert all(CLEAN[one.start : one.end] == one.quote for one in verdict.evidence)


@pytest.mark.parametrize("attack", _ORDERS, ids=lambda attack: attack.id)
def test_a_model_that_obeys_the_note_lifts_no_verdict(
    model: LangChainModel, server: BreakingServer, attack: Attack
) -> None:
    text = attacked(attack)
    segments = segment(text)
    rules, _ = OfflineJudge().judge(text, segments)
    server.start_over(lambda asked: _all_met(asked, attack.text))
    judgement, _ = ModelJudge(model, OfflineJudge()).judge(text, segments)
    assert server.asked
    assert _lifted(rules, judgement) == []
