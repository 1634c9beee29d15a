"""Facts out of a document through real LangChain clients: what a schema takes, and what is left of a reply."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.documents.library import About
from bot.policies.models import Decision
from bot.settings import Settings
from tests.documents.files import MANUAL
from tests.llm.model_server import ModelServer

QUOTE = "A therapy group may have no more than 10 members."


@pytest.mark.parametrize("name", ["openai:gpt-5.4-mini", "anthropic:claude-sonnet-5-5"])
def test_a_reply_over_the_wire_becomes_a_proposal_and_an_invented_one_none(
    model_server: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", f"{model_server.url}/v1")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", model_server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    limit = {"counts": "people", "least": None, "most": 10, "period": ""}
    fact = {
        "topic": "group_size",
        "decision": "allowed_with_conditions",
        "quote": QUOTE,
        "conditions": [],
        "modifiers": [],
        "limit": limit,
    }
    invented = {**fact, "quote": "A therapy group may have no more than 40 members."}
    model_server.reply({"match": {}, "response": {"content": json.dumps({"facts": [fact, invented]})}})
    library = Copilot(Settings(data_dir=tmp_path, llm_model=name)).at("T1").library
    added = library.add(MANUAL.encode(), "m.md", About("Aetna", date(2026, 1, 1)), "U1")
    (proposal,) = added.proposals
    assert (proposal.quote, proposal.decision) == (QUOTE, Decision.ALLOWED_WITH_CONDITIONS)
    assert proposal.limit
    assert proposal.limit.most == 10
    assert "of the model's proposals dropped" in added.note
