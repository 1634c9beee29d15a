"""The two providers' real LangChain clients, talking to a local server instead of the provider."""

import pytest

from bot.llm.factory import LangChainModel, make_model

MODELS = {"openai": "openai:gpt-5.4-mini", "anthropic": "anthropic:claude-sonnet-5-5"}


def connected(provider: str, url: str, monkeypatch: pytest.MonkeyPatch, seconds: float = 8.0) -> LangChainModel:
    """The provider's model at an address, with this long for a reply."""
    monkeypatch.setenv("OPENAI_BASE_URL", f"{url}/v1")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    made = make_model(MODELS[provider], seconds)
    assert isinstance(made, LangChainModel)
    made._model()  # the imports, seconds on a busy machine, are not part of the wait
    return made
