"""A diagnosis that a note weighs and does not give."""

import re
from collections.abc import Iterable

# Outpatient claims code no uncertain diagnosis: ICD-10-CM Official Guidelines for Coding and Reporting, section IV.H.
_UNSURE_BEFORE = re.compile(
    r"(?:\b(?:r/o|rule[- ]?out|possible|probable|suspected|questionable|query|versus|vs\.?|likely"
    r"|(?:evaluat|assess|test|screen)\w*\s+for)[^\w.;\n]+(?:an?\s+|of\s+|dx\W+)?|(?<!\w)\?\s?)$",
    re.IGNORECASE,
)
_UNSURE_AFTER = re.compile(
    r"[^\w.;\n]{0,3}(?:(?:is|was|are|were|has|have|been|being|still|currently|now)\s+){0,3}"
    r"(?:ruled\s+out|considered(?!\s+in\b)|suspected|questioned|under\s+(?:consideration|evaluation)|in\s+question|vs\b|versus\b"
    r"|(?:r/o|rule[- ]?out)\s*(?:\)|$))",
    re.IGNORECASE | re.MULTILINE,
)
# Between a diagnosis and its code: "rule out bipolar II disorder (F31.81)".
_BESIDE = re.compile(r"(?:(?!\band\b)[^.;,&+\n]){0,30}", re.IGNORECASE)


def is_unsettled(note: str, start: int, end: int) -> bool:
    """Whether the words right before or behind a diagnosis, by name or code, say that it is not settled."""
    line = note.rfind("\n", 0, start) + 1
    before = note[max(line, start - 24) : start]
    return bool(_UNSURE_BEFORE.search(before) or _UNSURE_AFTER.match(note, end))


def is_unsettled_code(note: str, start: int, end: int, names: Iterable[tuple[int, int]]) -> bool:
    """Whether a code is not settled, or stands right behind the name of what is not.

    `names` are where the note names diagnoses, each from its first character to behind its last.
    """
    unsettled = (name for name in names if is_unsettled(note, *name))
    return is_unsettled(note, start, end) or any(_BESIDE.fullmatch(note, name[1], start) for name in unsettled)
