"""A model that says what a test tells it and records what it was sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from pydantic import BaseModel, ValidationError

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


class StreamingFake:
    """A model whose replies come in pieces; one that is None fails there. Each attempt plays the next reply.

    It keeps the seam's promise: no other attempt once what was heard is committed.
    """

    name = "fake:stream"

    def __init__(self, *attempts: Sequence[str | None]) -> None:
        self._attempts = attempts
        self.attempts = 0

    def complete(
        self,
        prompt: Prompt,
        values: Mapping[str, str],
        schema: type[M],
        ear: Ear | None = None,
        *,
        seconds: float | None = None,
    ) -> M:
        for pieces in self._attempts:
            self.attempts += 1
            if ear:
                ear.begin()
            said = ""
            for piece in pieces:
                if piece is None:
                    break
                said += piece
                if ear:
                    ear.hear(piece)
            else:
                try:
                    return schema.model_validate_json(said)
                except ValidationError:
                    pass
            if ear and ear.committed:
                break
        raise ModelUnavailable("The model fake:stream cannot be reached.")


class FakeModel:
    """A StructuredModel whose `answer` gets the call and returns an object, or raises ModelUnavailable."""

    name = "fake:model"

    def __init__(self, answer: Callable[[Sent], BaseModel | str]) -> None:
        self._answer = answer
        self._lock = Lock()
        self.sent: list[Sent] = []

    def complete(
        self,
        prompt: Prompt,
        values: Mapping[str, str],
        schema: type[M],
        ear: Ear | None = None,
        *,
        seconds: float | None = None,
    ) -> M:
        sent = Sent(prompt.name, *prompt.render(values))
        with self._lock:
            self.sent.append(sent)
        reply = self._answer(sent)
        if isinstance(reply, str):
            raise ModelUnavailable(reply)
        return schema.model_validate(reply.model_dump())
