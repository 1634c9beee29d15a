"""Real LangChain clients against a real server: a typed object or one clear line, in time, with nothing leaked."""

import json
import logging
import os
import time
from collections.abc import Callable
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from bot.errors import OperatorError
from bot.llm.factory import LangChainModel, make_model, missing_key
from bot.llm.structured import ModelUnavailable, Prompt, StructuredModel
from tests.llm.model_server import ModelServer, raw_server

SECRET = "Dalia wept about her father"
PROMPT = Prompt(name="test", version=1, system="Judge.", user="Judge this: {note}")


class Judged(BaseModel):
    """One verdict."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Literal["met", "missing"] = Field(description="The verdict.")
    quotes: list[str] = Field(description="Words of the note.")


GOOD = {"status": "met", "quotes": ["wept"]}
NAMES = {"openai": "openai:gpt-5.4-mini", "anthropic": "anthropic:claude-sonnet-5-5"}


@pytest.fixture(params=sorted(NAMES))
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def connect(provider: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., StructuredModel]:
    """Make the provider's model, talking to a given address."""

    def make(url: str, timeout: float = 20.0) -> StructuredModel:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{url}/v1")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
        model = make_model(NAMES[provider], timeout)
        assert model is not None
        return model

    return make


def saying(reply: object) -> dict[str, object]:
    """The server says this object as JSON, as both providers do when a schema is asked for."""
    return {"match": {}, "response": {"content": json.dumps(reply)}}


def ask(model: StructuredModel) -> Judged:
    return model.complete(PROMPT, {"note": SECRET}, Judged)


def refused(model: StructuredModel, caplog: pytest.LogCaptureFixture) -> str:
    """Ask, expect ModelUnavailable, and hold every promise about what it may carry."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ModelUnavailable) as caught:
        ask(model)
    error = caught.value
    assert "\n" not in str(error)
    assert "wept" not in str(error) + caplog.text
    assert "sk-test" not in str(error) + caplog.text
    assert error.__cause__ is None
    assert error.__context__ is None
    return str(error)


def test_a_good_reply_becomes_the_object(
    model_server: ModelServer, provider: str, connect: Callable[..., StructuredModel], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    model_server.reply(saying(GOOD))

    model = connect(model_server.url)

    assert ask(model) == Judged.model_validate(GOOD)
    assert model.name == NAMES[provider]
    assert "wept" not in caplog.text
    assert len(model_server.requests()) == 1


@pytest.mark.parametrize(
    "reply",
    [
        {"content": "I would say it is met."},
        {"content": '{"status": "met"'},
        {"content": '{"status": "excellent", "quotes": [], "extra": 1}'},
        {"content": '{"status": "met", "quotes": ["she was not", "she w'},
        {"content": '{"status": "met", "quotes": []}', "finishReason": "length"},
        {"content": " "},
        {"content": "[[[[]]]]"},
    ],
    ids=["prose", "cut JSON", "wrong fields", "cut in a list", "cut at the limit", "nothing", "a list"],
)
def test_a_reply_in_a_wrong_form_is_asked_for_once_more_and_then_given_up(
    model_server: ModelServer,
    connect: Callable[..., StructuredModel],
    caplog: pytest.LogCaptureFixture,
    reply: dict[str, object],
) -> None:
    model_server.reply({"match": {}, "response": reply})

    line = refused(connect(model_server.url), caplog)

    assert "form that cannot be used" in line
    assert len(model_server.requests()) == 2


def test_the_second_attempt_is_told_which_fields_did_not_fit(
    model_server: ModelServer, provider: str, connect: Callable[..., StructuredModel]
) -> None:
    wrong = saying({"status": "excellent", "quotes": []})
    right = saying(GOOD)
    right["match"] = {"userMessage": "could not be used"}
    model_server.reply(right, wrong)

    assert ask(connect(model_server.url)).status == "met"
    second = str(model_server.requests()[1]["body"])
    assert "status: Input should be 'met' or 'missing'" in second
    assert "'excellent'" not in second


def test_too_many_requests_are_tried_again(
    model_server: ModelServer, provider: str, connect: Callable[..., StructuredModel]
) -> None:
    limited = {"error": {"message": "slow down", "type": "rate_limit_error"}, "status": 429, "retryAfter": 0}
    model_server.reply({"match": {"sequenceIndex": 0}, "response": limited}, saying(GOOD))

    assert ask(connect(model_server.url)).status == "met"
    assert [call["response"]["status"] for call in model_server.requests()] == [429, 200]  # type: ignore[index]


@pytest.mark.parametrize(
    "case",
    [
        (500, "fault on its side", 3),
        (401, "refused the key", 1),
        (404, "LLM_MODEL", 1),
        (400, "refused the request", 1),
    ],
)
def test_an_error_of_the_provider_is_one_line_and_retried_only_where_that_can_help(
    model_server: ModelServer,
    connect: Callable[..., StructuredModel],
    caplog: pytest.LogCaptureFixture,
    case: tuple[int, str, int],
) -> None:
    status, word, calls = case
    # A provider's message may hold our own words: it must not come through.
    error = {"message": f"bad input: {SECRET}", "type": "x"}
    model_server.reply({"match": {}, "response": {"error": error, "status": status}})

    line = refused(connect(model_server.url), caplog)

    assert word in line
    assert str(status) in line
    assert len(model_server.requests()) == calls


@pytest.mark.parametrize("failure", ["malformedRate", "disconnectRate", "dropRate"])
def test_a_broken_server_is_one_line(
    model_server: ModelServer,
    provider: str,
    connect: Callable[..., StructuredModel],
    caplog: pytest.LogCaptureFixture,
    failure: str,
) -> None:
    model_server.reply(saying(GOOD))
    model_server.fail(**{failure: 1.0})

    assert refused(connect(model_server.url), caplog).startswith("The model ")


def test_a_slow_model_is_left_after_the_timeout(
    model_server: ModelServer, provider: str, connect: Callable[..., StructuredModel], caplog: pytest.LogCaptureFixture
) -> None:
    model_server.reply(saying(GOOD))
    model = connect(model_server.url, timeout=1.0)
    ask(connect(model_server.url))  # the imports are not part of the wait
    model_server.fail(latencyMs=5000)

    started = time.monotonic()
    line = refused(model, caplog)

    assert "in time" in line
    assert time.monotonic() - started < 2.5


def test_a_reply_cut_in_its_middle_is_one_line(
    connect: Callable[..., StructuredModel], caplog: pytest.LogCaptureFixture
) -> None:
    with raw_server(b'{"id": "x", "choices": [{"message": {"content": "{', announce=4000) as url:
        assert "cannot be reached" in refused(connect(url), caplog)


def test_nothing_listening_is_one_line(
    connect: Callable[..., StructuredModel], caplog: pytest.LogCaptureFixture
) -> None:
    with raw_server(b"") as url:
        pass

    assert "cannot be reached" in refused(connect(url), caplog)


def test_a_refusal_is_said_to_be_one_and_not_asked_again(
    model_server: ModelServer, provider: str, connect: Callable[..., StructuredModel], caplog: pytest.LogCaptureFixture
) -> None:
    stop = "content_filter" if provider == "openai" else "refusal"
    model_server.reply({"match": {}, "response": {"content": "I can't help with that.", "finishReason": stop}})

    assert "declined" in refused(connect(model_server.url), caplog)
    assert len(model_server.requests()) == 1


def test_openais_own_refusal_field_is_understood(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    body = (
        b'{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",'
        b'"message":{"role":"assistant","content":null,"refusal":"I cannot help with Dalia who wept."}}]}'
    )
    with raw_server(body) as url:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        model = make_model(NAMES["openai"], 20)
        assert model is not None
        assert "declined" in refused(model, caplog)


def test_without_a_key_the_line_names_the_variable(
    provider: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    variable = f"{provider.upper()}_API_KEY"
    monkeypatch.delenv(variable, raising=False)
    model = make_model(NAMES[provider], 20)
    assert model is not None

    assert missing_key(NAMES[provider]) == variable
    assert variable in refused(model, caplog)


def test_no_model_asked_for_is_no_model() -> None:
    assert make_model("  ", 20) is None


@pytest.mark.parametrize("name", ["gpt-4.1", "openai:", ":gpt-4.1", "http://x:1"])
def test_a_name_that_is_not_provider_and_model_is_refused_at_start(name: str) -> None:
    with pytest.raises(OperatorError, match="LLM_MODEL must be provider:model"):
        make_model(name, 20)


def test_a_provider_that_is_not_installed_says_what_to_install() -> None:
    with pytest.raises(OperatorError, match="pip install langchain-ollama"):
        make_model("ollama:llama3.2", 20)


def test_a_provider_nobody_knows_is_one_line_at_the_first_call(caplog: pytest.LogCaptureFixture) -> None:
    model = make_model("nonesuch:model", 20)
    assert model is not None

    assert "cannot be set up" in refused(model, caplog)


def test_tracing_is_off_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGSMITH_TRACING", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    LangChainModel(NAMES["openai"], 5)._init_chat_model()

    assert os.environ["LANGSMITH_TRACING"] == "false"
