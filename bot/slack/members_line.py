"""“members: A.B., C.D.”: the line by which a note's reader puts the split into members right. Pure."""

import re
from collections.abc import Sequence

from bot.errors import UserError
from bot.review.segment_named import labels_of

_MOST_MEMBERS, _LONGEST_LABEL = 100, 60
_MOST_LEFT_OUT = 5
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


def left_out(before: Sequence[str], named: Sequence[str]) -> tuple[str, ...]:
    """A line that names whom the note was read to have and the new line has not; nothing where it has them all."""
    kept = [_letters(label) for label in named]
    gone = [label for label in before if not any(_same(_letters(label), one) for one in kept)]
    if not gone:
        return ()
    few = ", ".join(label[:_LONGEST_LABEL] for label in gone[:_MOST_LEFT_OUT])
    more = f" and {len(gone) - _MOST_LEFT_OUT} more" if len(gone) > _MOST_LEFT_OUT else ""
    named_so = f"{few}{more}".removesuffix(".")  # initials end in a stop of their own
    return (
        f"Left out of your line: {named_so}. What stood under them now counts as the words of the member before: "
        "name them too if they were there.",
    )


def _letters(label: str) -> str:
    return "".join(char for char in label.casefold() if char.isalnum())


def _same(one: str, other: str) -> bool:
    """Whether “Jane Doe” is “Jane Doe (ID 7)”; initials are told apart letter by letter."""
    return one == other or (min(len(one), len(other)) > 3 and (one in other or other in one))
