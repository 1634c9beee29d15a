"""A module's file: front matter, sections under `##`, the last of them the example to read."""

import re
from collections import Counter

from pydantic import BaseModel, ConfigDict, Field

from bot.onboarding.models import CourseSource, Drill, Module, Path, Section
from bot.policies.knowledge_files import BrokenFileError, parse_front_matter, validated

EXAMPLE = "An example"
"""The heading of a module's last section."""
_SECTION = re.compile(r"^## +(.+?) *$", re.MULTILINE)


class _FrontMatter(BaseModel):
    """What stands between the `---` lines; `session` is the session part of each drill that has none of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z-]*$")
    order: int = Field(ge=1)
    title: str = Field(min_length=1, max_length=60)
    minutes: int = Field(ge=2, le=4)
    roles: tuple[Path, ...] = Field(min_length=1)
    sources: tuple[CourseSource, ...] = Field(min_length=1)
    rests_on: tuple[str, ...] = Field(min_length=1)
    session: str = ""
    drills: tuple[Drill, ...] = Field(min_length=2, max_length=4)


def parse_module(text: str) -> tuple[int, Module]:
    """A module and its place in the course; raises BrokenFileError naming the field or section at fault."""
    fields, body = parse_front_matter(text)
    front = validated(_FrontMatter, fields)
    twice = [name for name, count in Counter(drill.id for drill in front.drills).items() if count > 1]
    if twice:
        raise BrokenFileError("drills", f"the id {twice[0]} stands twice")
    before, *parts = _SECTION.split(body)
    if before.strip():
        raise BrokenFileError("", "has text before its first ## section")
    sections = [_section(heading, words) for heading, words in zip(parts[::2], parts[1::2], strict=True)]
    if len(sections) < 2 or sections[-1].heading != EXAMPLE:
        raise BrokenFileError("", f"must end with a section ## {EXAMPLE}, after at least one other")
    given = front.model_dump(exclude={"order", "session", "drills"})
    drills = tuple(_with_session(drill, front.session) for drill in front.drills)
    module = Module(**given, sections=tuple(sections[:-1]), example=sections[-1].text, drills=drills)
    return front.order, module


def anchor_of(heading: str) -> str:
    """A heading as an anchor: "Said of one, not of all" is said-of-one-not-of-all."""
    return "-".join(re.findall(r"[a-z0-9]+", heading.lower()))


def _section(heading: str, words: str) -> Section:
    if not words.strip():
        raise BrokenFileError(f"section {heading}", "is empty")
    return Section(heading=heading, anchor=anchor_of(heading), text=_unwrapped(words))


def _unwrapped(words: str) -> str:
    """Paragraphs, items of lists and quoted paragraphs each on one line, however the file wraps them."""
    return "\n\n".join(_unwrapped_block(block) for block in re.split(r"\n\s*\n", words.strip()))


def _unwrapped_block(block: str) -> str:
    if not block.startswith(">"):
        return re.sub(r"\n(?!- )\s*", " ", block)
    inside = re.sub(r"^> ?", "", block, flags=re.MULTILINE)
    return "\n>\n".join("> " + " ".join(part.split()) for part in re.split(r"\n\s*\n", inside))


def _with_session(drill: Drill, session: str) -> Drill:
    if not hasattr(drill, "session") or drill.session:
        return drill
    return drill.model_copy(update={"session": session})
