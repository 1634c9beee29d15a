"""The model behind `LLM_MODEL`, through LangChain, with every way it can fail brought down to one error.

LangChain and the provider's package are imported at the first call, not before: they take seconds, and a
bot with no model never pays for them.
"""

import importlib.util
import logging
import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import Any

from bot.errors import OperatorError
from bot.llm.attempts import Failure, Trouble, classify, pause_before_retry, whole, within
from bot.llm.streaming import heard
from bot.llm.structured import Ear, M, ModelUnavailable, Prompt, StructuredModel
from bot.observing import NOBODY, ModelTried, Observer
from bot.turns import waiting

# provider: (module to import, what to install, the key's variable where one is always needed)
_PROVIDERS = {
    "openai": ("langchain_openai", "billing-copilot[openai]", "OPENAI_API_KEY"),
    "azure_openai": ("langchain_openai", "billing-copilot[openai]", "AZURE_OPENAI_API_KEY"),
    "anthropic": ("langchain_anthropic", "billing-copilot[anthropic]", "ANTHROPIC_API_KEY"),
    "bedrock": ("langchain_aws", "langchain-aws", ""),
    "bedrock_converse": ("langchain_aws", "langchain-aws", ""),
    "anthropic_bedrock": ("langchain_aws", "langchain-aws", ""),
    "google_vertexai": ("langchain_google_vertexai", "langchain-google-vertexai", ""),
    "google_genai": ("langchain_google_genai", "langchain-google-genai", "GOOGLE_API_KEY"),
    "ollama": ("langchain_ollama", "langchain-ollama", ""),
    "groq": ("langchain_groq", "langchain-groq", "GROQ_API_KEY"),
    "mistralai": ("langchain_mistralai", "langchain-mistralai", "MISTRAL_API_KEY"),
    "deepseek": ("langchain_deepseek", "langchain-deepseek", "DEEPSEEK_API_KEY"),
    "xai": ("langchain_xai", "langchain-xai", "XAI_API_KEY"),
}
# These take `timeout` and `max_retries`; others are bounded by our own deadline alone.
_OWN_TIMEOUT = {"openai", "azure_openai", "anthropic", "groq", "deepseek", "xai"}
# These take `max_tokens`: what one reply may cost. A reply of a review has some 2,000; reasoning counts too.
_OWN_LIMIT = _OWN_TIMEOUT | {"bedrock_converse", "google_vertexai", "google_genai", "mistralai"}
_MOST_TOKENS = 8_000
# LangChain's default for Anthropic forces a tool call, which its models with adaptive thinking no longer take.
_FORM: dict[str, dict[str, Any]] = {"anthropic": {"method": "json_schema"}}
_BY_SCHEMA = {"openai", "azure_openai"}
# SDKs that print whole requests at debug level: the note would end up in the log.
_TALKATIVE = frozenset(
    {"openai", "anthropic", "httpx", "httpcore", "httpx2", "httpcore2", "langchain", "langchain_core", "langsmith"}
    | {"botocore", "boto3", "urllib3", "google", "groq", "ollama", "mistralai"}
    | {package for package, _, _ in _PROVIDERS.values()}
)
_NAME = re.compile(r"[a-z][a-z0-9_]*:[^\s/].*")
_TRIES = 3
_FORMS = 2


def make_model(
    llm_model: str, timeout: float, most_tokens: int = _MOST_TOKENS, observer: Observer = NOBODY
) -> StructuredModel | None:
    """The model that `LLM_MODEL` names, or None where it is empty.

    `timeout`, in seconds, bounds a whole `complete`, retries included; `most_tokens` one reply. Raises OperatorError
    for a name that is not `provider:model` and for a provider whose package is not installed. A missing key is no
    reason to stop: it shows at the first call as ModelUnavailable, and the offline result stands.
    """
    wanted = llm_model.strip()
    if not wanted:
        return None
    if not _NAME.fullmatch(wanted):
        raise OperatorError("LLM_MODEL must be provider:model, such as openai:gpt-5.4-mini. See docs/models.md.")
    provider = wanted.partition(":")[0]
    if provider in _PROVIDERS:
        module, package, _ = _PROVIDERS[provider]
        if importlib.util.find_spec(module) is None:
            raise OperatorError(f"LLM_MODEL asks for {provider}, which is not installed: pip install {package}")
    return LangChainModel(wanted, timeout, most_tokens=most_tokens, observer=observer)


def missing_key(llm_model: str) -> str:
    """The name of the environment variable the provider needs and does not find; empty where nothing is missing."""
    variable = _PROVIDERS.get(llm_model.strip().partition(":")[0], ("", "", ""))[2]
    return variable if variable and not os.environ.get(variable, "").strip() else ""


class LangChainModel:
    """One LangChain chat model as a StructuredModel. Safe to call from several threads."""

    def __init__(
        self,
        name: str,
        timeout: float,
        build: Callable[[], Any] | None = None,
        most_tokens: int = _MOST_TOKENS,
        observer: Observer = NOBODY,
    ) -> None:
        self.name = name
        self._observer = observer
        self._most_tokens = most_tokens
        self._provider = name.partition(":")[0]
        self._timeout = timeout
        self._build = build or self._init_chat_model
        self._chat: Any = None
        self._building = threading.Lock()

    def complete(
        self,
        prompt: Prompt,
        values: Mapping[str, str],
        schema: type[M],
        ear: Ear | None = None,
        *,
        seconds: float | None = None,
    ) -> M:
        """Fill `schema`: two attempts at the right form, within the timeout; raises ModelUnavailable.

        Network, rate and server errors are retried with jitter inside the same timeout. The error's line
        carries neither the prompt nor the reply. Once an `ear` has shown something of a reply, there is no
        other try: it would say in other words what a person has read already.
        """
        deadline = monotonic() + (self._timeout if seconds is None else min(seconds, self._timeout))
        system, user = prompt.render(values)
        trouble = Trouble(Failure.FORM)
        for _ in range(_FORMS):
            with waiting():
                result = self._answer([("system", system), ("human", user)], schema, deadline, ear)
            if not isinstance(result, Trouble):
                return result
            trouble = result
            if trouble.failure is not Failure.FORM or (ear and ear.committed):
                break
            user = f"{user}\n\nYour last reply could not be used: {trouble.feedback} Reply in the required form only."
        raise ModelUnavailable(trouble.sentence(self.name))

    def _answer(
        self, messages: list[tuple[str, str]], schema: type[M], deadline: float, ear: Ear | None
    ) -> M | Trouble:
        """One reply in the wanted form, or why there is none; transient failures are tried again."""
        trouble = Trouble(Failure.TIMEOUT)
        for tried in range(1, _TRIES + 1):
            left = deadline - monotonic()
            if left <= 0:
                break
            result = self._once(left, messages, schema, ear)
            if not isinstance(result, Trouble):
                return result
            trouble = result
            if (
                not trouble.transient
                or tried == _TRIES
                or (ear and ear.committed)
                or not pause_before_retry(trouble, tried, deadline)
            ):
                break
        return trouble

    def _once(self, seconds: float, messages: list[tuple[str, str]], schema: type[M], ear: Ear | None) -> M | Trouble:
        with self._observer.watch(tried := ModelTried()):
            if ear is None:
                result = within(seconds, lambda: self._call(messages, schema))
            else:
                result = heard(seconds, lambda: self._stream(messages, schema), schema, ear)
            if isinstance(result, Trouble):
                tried.failure = result.failure.name.lower()
        return result

    def _stream(self, messages: list[tuple[str, str]], schema: type[M]) -> Iterator[Any]:
        """The reply's messages as they come, from the model that LangChain bound to the form we want."""
        form = dict(_FORM.get(self._provider, {}))
        wanted: Any = schema
        if self._provider in _BY_SCHEMA:
            # Given the class, OpenAI's client parses on its own and warns with words of the reply.
            wanted, form = schema.model_json_schema(), {"method": "json_schema", "strict": True}
        chain = self._model().with_structured_output(wanted, **form)
        yield from getattr(chain, "first", chain).stream(messages)

    def _call(self, messages: list[tuple[str, str]], schema: type[M]) -> M | Trouble:
        reply = self._structured(schema).invoke(messages)
        parsed, error = reply.get("parsed"), reply.get("parsing_error")
        if isinstance(parsed, schema) and whole(reply.get("raw")):
            return parsed
        return classify(error, reply.get("raw"))

    def _model(self) -> Any:
        if self._chat is None:
            with self._building:
                if self._chat is None:
                    self._chat = self._built()
        return self._chat

    def _structured(self, schema: type[M]) -> Any:
        return self._model().with_structured_output(schema, include_raw=True, **_FORM.get(self._provider, {}))

    def _built(self) -> Any:
        """The chat model; whatever stops it from being made is one line of ours, since keys may stand in theirs."""
        try:
            return self._build()
        except ModelUnavailable:
            raise
        except Exception as error:
            reason = type(error).__name__
        raise ModelUnavailable(f"The model {self.name} cannot be set up ({reason}): see docs/models.md.")

    def _init_chat_model(self) -> Any:
        key = missing_key(self.name)
        if key:
            raise ModelUnavailable(f"The model {self.name} has no key: set {key}.")
        # Traces would carry prompts to a third party; whoever wants them says so in the environment.
        os.environ.setdefault("LANGSMITH_TRACING", "false")
        from langchain.chat_models import init_chat_model

        own = self._provider in _OWN_TIMEOUT
        options: dict[str, Any] = {"timeout": self._timeout, "max_retries": 0} if own else {}
        if self._provider in _OWN_LIMIT:
            options["max_tokens"] = self._most_tokens
        chat = init_chat_model(self.name, **options)
        _quieten()
        return chat


def _quieten() -> None:
    """Let no SDK log below a warning, whatever LOG_LEVEL or OPENAI_LOG says, nor any child with its own level."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        if name.partition(".")[0] in _TALKATIVE and logger.level not in (logging.NOTSET, logging.WARNING):
            logger.setLevel(max(logger.level, logging.WARNING))
