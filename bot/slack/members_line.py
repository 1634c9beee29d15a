"""“members: A.B., C.D.”: the line by which a note's reader puts the split into members right. Pure."""

import re

from bot.errors import UserError
from bot.review.segment_named import labels_of

_MOST_MEMBERS, _LONGEST_LABEL = 100, 60
_LINE = re.compile(r"\W*(?:the\s+)?(?:members|patients|clients|participants)(?:\s+are)?\s*:(?P<labels>.*)", re.I | re.S)


def is_members_line(text: str) -> bool:
    """Whether a text that is no note names members and asks nothing."""
    return "?" not in text and _LINE.fullmatch(text) is not None


def read_members_line(text: str) -> tuple[str, ...]:
    """The labels of such a line; raises UserError with one line for what cannot be labels."""
    found = _LINE.fullmatch(text)
    labels = labels_of(found["labels"].replace("`", "") if found else "")
    if not labels:
        raise UserError("Name at least one member, as the note writes them: “members: A.B., C.D.”.")
    if len(labels) > _MOST_MEMBERS:
        raise UserError(f"{len(labels)} members are named; a note may have {_MOST_MEMBERS}.")
    if any(len(label) > _LONGEST_LABEL for label in labels):
        raise UserError("One of these is too long for a label: initials, a name or a number, never words of the note.")
    return labels
