"""The seam to language models: a prompt in, a typed object out. What stands behind it is LangChain.

Answers and review know only this file, so that tests hand them a fake and no test reaches a model by accident.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

from bot.errors import UpstreamError
from bot.resources import PROMPTS

M = TypeVar("M", bound=BaseModel)


class ModelUnavailable(UpstreamError):
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
        return cls.model_validate(yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8")))


class StructuredModel(Protocol):
    """A model that fills a pydantic class."""

    name: str

    def complete(self, prompt: Prompt, values: Mapping[str, str], schema: type[M]) -> M:
        """Fill `schema` from the prompt with `values` put in; raises ModelUnavailable."""
        ...
