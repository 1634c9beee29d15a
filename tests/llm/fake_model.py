"""A model that says what a test tells it and records what it was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from pydantic import BaseModel

from bot.llm.structured import Ear, M, ModelUnavailable, Prompt


@dataclass(frozen=True)
class Sent:
    """One call as it left us."""

    prompt: str
    system: str
    user: str

    @property
    def everything(self) -> str:
        return f"{self.system}\n{self.user}"


class FakeModel:
    """A StructuredModel whose `answer` gets the call and returns an object, or raises ModelUnavailable."""

    name = "fake:model"

    def __init__(self, answer: Callable[[Sent], BaseModel | str]) -> None:
        self._answer = answer
        self._lock = Lock()
        self.sent: list[Sent] = []

    def complete(self, prompt: Prompt, values: Mapping[str, str], schema: type[M], ear: Ear | None = None) -> M:
        sent = Sent(prompt.name, *prompt.render(values))
        with self._lock:
            self.sent.append(sent)
        reply = self._answer(sent)
        if isinstance(reply, str):
            raise ModelUnavailable(reply)
        return schema.model_validate(reply.model_dump())
