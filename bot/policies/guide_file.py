"""A guide file: general 90853 knowledge in Markdown, each `##` section a snippet that can be cited."""

import re
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bot.policies.knowledge_files import BrokenFileError, parse_front_matter, validated
from bot.policies.models import Snippet, Source, Topic

_SECTION = re.compile(r"^## +(.+?) *$", re.MULTILINE)


class FrontMatter(BaseModel):
    """What stands between the `---` lines of a guide file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^guide-[a-z0-9-]+$")
    title: str = Field(min_length=1)
    topic: Topic
    source: Source
    read_on: date


def parse_guide(text: str) -> tuple[Snippet, ...]:
    """The sections of one guide file, with ids `<file id>-1`, `-2` ... in order.

    Raises BrokenFileError where the front matter is wrong, or a section is missing or empty.
    """
    fields, body = parse_front_matter(text)
    front = validated(FrontMatter, fields)
    before, *parts = _SECTION.split(body)
    if before.strip():
        raise BrokenFileError("", "has text before its first ## section")
    if not parts:
        raise BrokenFileError("", "has no ## section")
    return tuple(
        _section(front, number, heading, " ".join(words.split()))
        for number, (heading, words) in enumerate(zip(parts[::2], parts[1::2], strict=True), start=1)
    )


def _section(front: FrontMatter, number: int, heading: str, words: str) -> Snippet:
    if not words:
        raise BrokenFileError(f"section {number}", "is empty")
    return Snippet(
        id=f"{front.id}-{number}",
        topic=front.topic,
        title=f"{front.title}: {heading}",
        text=words,
        source=front.source,
        read_on=front.read_on,
    )
