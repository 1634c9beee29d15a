"""A blank group note in a common format: the session once, then a part for each member, asking what the review asks."""

from functools import lru_cache

import yaml
from pydantic import BaseModel, ConfigDict

from bot.errors import UserError
from bot.resources import KNOWLEDGE

MOST_MEMBERS = 40
ADVICE = (
    "Fix the template first: a note that asks each question gets each answer, week after week. Overwrite every "
    "[question?] with what happened; one left standing counts as nothing."
)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NoteFormat(_Record):
    """One way of writing a member's part: its headings, each with the prompts beneath it."""

    name: str
    parts: dict[str, tuple[str, ...]]


class Templates(_Record):
    """`knowledge/templates.yaml`."""

    default: str
    session: dict[str, str]
    member: dict[str, str]
    prompts: dict[str, str]
    formats: dict[str, NoteFormat]


@lru_cache(maxsize=1)
def templates() -> Templates:
    """The formats on file, read once."""
    return Templates.model_validate(yaml.safe_load((KNOWLEDGE / "templates.yaml").read_text("utf-8")))


def format_named(name: str) -> str:
    """The format a person means, the usual one where none is named; raises UserError for one not on file."""
    known = templates()
    asked = name.strip().lower() or known.default
    if asked not in known.formats:
        raise UserError(f"“{name.strip()[:40]}” is no note format on file: {', '.join(known.formats)}.")
    return asked


def blank_note(format_: str, members: int) -> str:
    """The text of a blank note; raises UserError for another number of members than a group may have."""
    if not 1 <= members <= MOST_MEMBERS:
        raise UserError(f"A template has 1 to {MOST_MEMBERS} members.")
    known = templates()
    session = "\n".join(f"{heading}: {prompt}" for heading, prompt in known.session.items())
    parts = [member_part(format_, number) for number in range(1, members + 1)]
    return "\n\n".join([f"SESSION\n{session}", *parts]) + "\n"


def member_part(format_: str, number: int) -> str:
    """One member's part, headed so that the review finds it."""
    known = templates()
    lines = [f"Patient: Member {number} [initials or chart label?]"]
    lines += [f"{heading}: {prompt}" for heading, prompt in known.member.items()]
    for heading, asked in known.formats[format_].parts.items():
        prompts = "\n".join(known.prompts[name] for name in asked)
        lines.append(f"{heading}: {prompts}" if heading else prompts)
    return "\n".join(lines)
