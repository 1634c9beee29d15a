"""Only providers on the practice's list are asked, and one without an agreement as the admin set it."""

import pytest

from bot.app import Copilot
from bot.errors import OperatorError
from bot.llm.providers import standing
from bot.settings import Settings

_VARIABLES = ("OPENAI_BASE_URL", "OPENAI_API_BASE", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL", "OLLAMA_HOST")


@pytest.fixture(autouse=True)
def no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("listed", ["", "anthropic+baa", "openai:gpt-5.4+baa"])
def test_a_provider_that_is_not_on_the_list_is_refused_in_one_line(listed: str) -> None:
    with pytest.raises(OperatorError, match="not in LLM_PROVIDERS: add openai\\+baa") as caught:
        standing("openai:gpt-5.4-mini", listed, "redacted")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "listed", ["openai+baa", "anthropic, openai:gpt-5.4-mini+baa", "openai openai:gpt-5.4-mini+baa"]
)
def test_a_listed_provider_with_a_declared_agreement_is_asked(listed: str) -> None:
    assert standing("openai:gpt-5.4-mini", listed, "refuse").agreement


def test_without_an_agreement_nothing_is_sent_unless_the_admin_says_so() -> None:
    with pytest.raises(OperatorError, match="LLM_WITHOUT_BAA=redacted"):
        standing("openai:gpt-5.4-mini", "openai", "refuse")

    assert not standing("openai:gpt-5.4-mini", "openai", "redacted").agreement


@pytest.mark.parametrize(
    ("variable", "address", "model"),
    [
        ("OPENAI_BASE_URL", "http://127.0.0.1:8000/v1", "openai:local"),
        ("OPENAI_BASE_URL", "http://localhost:8000/v1", "openai:local"),
        ("ANTHROPIC_BASE_URL", "http://[::1]:9000", "anthropic:local"),
        ("OLLAMA_HOST", "127.0.0.1", "ollama:llama3.2"),
        ("OLLAMA_HOST", "", "ollama:llama3.2"),
    ],
)
def test_a_server_on_this_machine_is_in_house(
    monkeypatch: pytest.MonkeyPatch, variable: str, address: str, model: str
) -> None:
    monkeypatch.setenv(variable, address)

    assert standing(model, "", "refuse").in_house


@pytest.mark.parametrize(
    "address", ["http://10.0.0.8:8000/v1", "https://127.0.0.1.example.org", "https://localhost.example"]
)
def test_a_server_elsewhere_is_not_in_house(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", address)

    with pytest.raises(OperatorError, match="LLM_PROVIDERS"):
        standing("openai:local", "", "refuse")


def test_the_program_holds_its_model_to_the_list() -> None:
    with pytest.raises(OperatorError, match="LLM_PROVIDERS"):
        _ = Copilot(Settings(llm_model="openai:gpt-5.4-mini", llm_providers="anthropic+baa")).model
