"""The seam to language models: a prompt in, a typed object out. What stands behind it is LangChain.

Answers and review know only this file, so that tests hand them a fake and no test reaches a model by accident.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import OperatorError, UpstreamError
from bot.resources import PROMPTS

M = TypeVar("M", bound=BaseModel)

_SLOT = re.compile(r"\{([a-z_]+)\}")


class ModelUnavailable(UpstreamError):  # noqa: N818  # said of the model, not of the program
    """The model gave nothing usable: no key, no answer in time, a refusal, or JSON that does not fit."""


class Prompt(BaseModel):
    """One file of `prompts/`: its version is recorded with each result it made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: int
    system: str
    user: str

    @classmethod
    def load(cls, name: str, folder: Path = PROMPTS) -> "Prompt":
        """Read `prompts/NAME.yaml`; raises OperatorError where the file is missing or broken."""
        file = folder / f"{name}.yaml"
        try:
            return cls.model_validate(yaml.safe_load(file.read_text("utf-8")))
        except (OSError, yaml.YAMLError, ValidationError) as error:
            reason = type(error).__name__
        raise OperatorError(f"Prompt file {file.name} cannot be used ({reason}): restore it from the project.")

    @property
    def label(self) -> str:
        """What is recorded beside a result: "answer_wording v1"."""
        return f"{self.name} v{self.version}"

    def render(self, values: Mapping[str, str]) -> tuple[str, str]:
        """The system and the user text with every `{slot}` filled, once: what a value says is never filled again."""
        missing = {*_SLOT.findall(self.system), *_SLOT.findall(self.user)} - set(values)
        if missing:
            raise OperatorError(f"Prompt {self.label} asks for {', '.join(sorted(missing))}, which nobody gives.")
        system, user = (_SLOT.sub(lambda slot: values[slot[1]], text) for text in (self.system, self.user))
        return system, user


class Ear(Protocol):
    """Hears a reply while it comes, in the thread of whoever asked for it; must raise nothing."""

    def begin(self) -> None:
        """A reply starts, or starts anew: what was heard before does not count."""
        ...

    def hear(self, piece: str) -> None:
        """The next piece of the reply's JSON, cut anywhere."""
        ...

    @property
    def committed(self) -> bool:
        """Whether something heard has been shown, so that another try would say it a second time."""
        ...


class StructuredModel(Protocol):
    """A model that fills a pydantic class."""

    name: str

    def complete(
        self,
        prompt: Prompt,
        values: Mapping[str, str],
        schema: type[M],
        ear: Ear | None = None,
        *,
        seconds: float | None = None,
    ) -> M:
        """Fill `schema` from the prompt with `values` put in; raises ModelUnavailable.

        With an `ear` the reply is streamed to it where the provider can; what is returned is still the whole. `seconds`
        are what is left of a larger piece of work; the model's own timeout holds too.
        """
        ...
