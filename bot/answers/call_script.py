"""What to ask the payer when the file cannot answer, from `knowledge/call_scripts.yaml`."""

from functools import cache
from pathlib import Path

import yaml

from bot.policies.models import Topic
from bot.resources import KNOWLEDGE


@cache
def _scripts(folder: Path = KNOWLEDGE) -> dict[Topic, tuple[str, ...]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = yaml.load((folder / "call_scripts.yaml").read_text("utf-8"), Loader=loader)  # noqa: S506  # a safe loader
    return {
        Topic(topic): (*questions, raw["have_ready"], raw["write_down"]) for topic, questions in raw["scripts"].items()
    }


def call_script(topic: Topic) -> tuple[str, ...]:
    """The questions for the payer's line on a topic, then the data to have at hand and what to write down."""
    return _scripts()[topic]
