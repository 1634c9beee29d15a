"""Whether a question asks if group therapy is covered at all, and not one kind of it."""

import re

_GROUPS = r"(?:outpatient )?(?:group (?:psycho)?therapy|90853|groups?|group sessions?)"
_AT_ALL = re.compile(
    rf"\b(?:cover(?:s|ed|age)?|pays?)(?: of| for)? {_GROUPS}(?: at all)?\W*$"
    rf"|\b(?:is|are) {_GROUPS} (?:covered|a benefit)\b",
    re.IGNORECASE,
)


def asks_whether_covered(question: str) -> bool:
    """True for "does X cover group therapy?"; "does X cover skills groups?" is about a kind of group."""
    return bool(_AT_ALL.search(question))
