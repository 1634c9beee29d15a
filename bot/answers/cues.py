"""The words that tell topics apart, from `knowledge/topic_cues.yaml`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.policies.models import Topic
from bot.resources import KNOWLEDGE


@dataclass(frozen=True)
class Cues:
    """Weighted patterns for each topic, shorthand, the trade's words whose slips are mended, and what is ours."""

    cues: tuple[tuple[Topic, tuple[tuple[re.Pattern[str], int], ...]], ...]
    shorthand: dict[str, str]
    trade_words: tuple[str, ...]
    scope: dict[str, re.Pattern[str]]


@cache
def load_cues(folder: Path = KNOWLEDGE) -> Cues:
    """Read and compile the cues once a process."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = yaml.load((folder / "topic_cues.yaml").read_text("utf-8"), Loader=loader)  # noqa: S506  # a safe loader
    return Cues(
        cues=tuple(
            (Topic(topic), tuple((re.compile(cue), weight) for weight, cue in cues))
            for topic, cues in raw["cues"].items()
        ),
        shorthand=raw["shorthand"],
        trade_words=tuple(raw["trade_words"].split()),
        scope={name: re.compile("|".join(patterns)) for name, patterns in raw["scope"].items()},
    )
