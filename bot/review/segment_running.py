"""Members in running text: labels inside a line, and sentences that begin with a member's initials or name."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.review.segment_fillings import likelihood, name_likelihood

_LABEL_INSIDE = re.compile(
    r"(?:(?<=[.!?;|])|(?<=[.!?]['\"”)])|^)\s{1,3}(?P<label>(?i:patient|client|member|participant|pt)\.?\s?(?:#\s?)?(?:(?P<colon>[:：])\s?)?"
    r"(?P<ident>(?:[A-Z]\.\s?){1,3}[A-Z]?\.?(?!\w)|[A-Z]{2,3}(?!\w)|#?\d{1,6}(?![\w/])|[A-Z](?![\w'’])|[A-Z][a-z]+(?:\s[A-Z]\.?(?!\w))?))\s?(?P<sep>[:：–—-]|\([^)]{0,60}\)|[.,])?",
    re.MULTILINE,
)
_INITIALS_INSIDE = re.compile(
    r"(?:(?<=[.!?;])\s{1,3}|^\s{0,3})(?P<label>(?:[A-Z]\.\s?){1,2}[A-Z]\.?|[A-Z]{2})(?:\s?\([^)]{0,60}\))?\s?(?:[:：]|[–—-]\s)",
    re.MULTILINE,
)
_NAMES_INSIDE = re.compile(
    r"(?:(?<=[.!?;])[\"'”’)]?\s{1,3}|(?<=//)\s?|(?<=[^\x00-\xff‘’“”–—…])\s{0,2}|(?<=\s\()|^\s{0,3})(?P<label>(?:(?:Mr|Mrs|Ms|Miss|Mx)\.?\s)?[A-Z][^\W\d_]{1,20}(?:['’-][A-Z][^\W\d_]{1,20})?"
    r"(?:\s[A-Z][^\W\d_]{1,20}|\s[A-Z]\b\.?)?)(?:\s?\([^()\n]{0,60}\))?\s?(?:[:：](?!\s?\d)|[–—-]\s(?!\d))",
    re.MULTILINE,
)
# How likely words before a colon must be a name where nothing else marks them.
_SURELY = 0.85
_SUBJECT = re.compile(
    r"(?:(?<=[.!?;])\s{1,3}|^\s{0,3}(?:[A-Z][A-Za-z /-]{0,24}:\s)?)"
    r"(?P<label>[A-Z]\.\s?[A-Z]\.(?:[A-Z]\.)?)(?=\s+(?:then\s+|also\s+|again\s+)?[a-z])",
    re.MULTILINE,
)


_SHORTHAND = re.compile(
    r"(?:^|(?<=[.;,!?/]\s)|(?<=\d[.)]\s))[ \t]*(?P<word>(?i:pt|cl|client|patient|member|participant)\.?\s)?"
    r"(?P<label>[A-Z]{2,3}|[A-Z]|[a-z]{2})(?P<mark>\s?[:=/>]|\s?[–—-]{1,2}(?=\s))?(?:\s+(?!(?:and|or|of)\b)(?=[a-z])|(?<=[:=/>–—-])(?=[a-z]))",
    re.MULTILINE,
)
_LIKELY = 0.6
# The letters of SOAP, DAP, BIRP, GIRP and PIRP: fields of one note.
_FIELD_LETTERS = frozenset("SOAPDBIRG")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of running text that speaks of one member."""

    label: str
    start: int
    end: int


def labelled_runs(text: str) -> list[Run]:
    """Runs opened by a label inside a line: "Patient: K.L. ... Patient: M.R. ...", "KL: ... MR: ..."."""
    for pattern in (_LABEL_INSIDE, _INITIALS_INSIDE):
        found = [match for match in pattern.finditer(text) if _says_who(match)]
        if len({match["label"] for match in found}) >= 2:
            return until_next(text, [(_label_of(match), match.start("label")) for match in found])
    found = [match for match in _NAMES_INSIDE.finditer(text) if name_likelihood(match["label"]) >= _SURELY]
    once = len({match["label"] for match in found}) == len(found)
    return (
        until_next(text, [(match["label"], match.start("label")) for match in found]) if once and len(found) > 2 else []
    )


def shorthand_runs(text: str) -> list[Run]:
    """Runs of telegraphic clauses that open with initials: "KL - tearful, processed loss; MB quiet, gave fdbk"."""
    found = [match for match in _SHORTHAND.finditer(text) if _is_opener(match)]
    labels = {match["label"] for match in found}
    marked = all(match["mark"] for match in found)
    if len(labels) < (2 if marked else 3) or _FIELD_LETTERS.issuperset(labels) or len(found) > 2 * len(labels):
        return []
    return until_next(text, [(match["label"], match.start("label")) for match in found])


def _is_opener(match: re.Match[str]) -> bool:
    label = match["label"]
    if match["word"]:
        return True
    return (
        bool(match["mark"])
        if len(label) == 1
        else likelihood(label, "initials") >= _LIKELY and (bool(match["mark"]) or label.isupper())
    )


def subject_runs(text: str) -> list[Run]:
    """Runs of sentences from one whose subject is a member's initials to the next such of another member."""
    found = [(match["label"], match.start("label")) for match in _SUBJECT.finditer(text)]
    counts = Counter(label for label, _ in found)
    enough = len(counts) >= 3 or (len(counts) == 2 and min(counts.values()) > 1)  # two who come again
    if not enough or counts.most_common(1)[0][1] * 2 > len(found) > 4:
        return []
    return until_next(text, found)


def _says_who(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    if "ident" not in groups:
        return True
    return bool(groups["colon"] or groups["sep"] in {":", "：", "–", "—", "-"} or (groups["sep"] or "").startswith("("))


def _label_of(match: re.Match[str]) -> str:
    groups = match.groupdict()
    ident = groups.get("ident")
    if ident is None:
        return match["label"].strip()
    return ident.strip() if groups.get("colon") and not ident.isdigit() and len(ident) > 1 else match["label"].strip()


def until_next(text: str, found: list[tuple[str, int]]) -> list[Run]:
    runs: list[Run] = []
    for label, start, end in _stretches(text, found):
        if runs and runs[-1].label == label:
            runs[-1] = Run(label, runs[-1].start, end)
        else:
            runs.append(Run(label, start, end))
    return runs


def _stretches(text: str, found: list[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    for number, (label, start) in enumerate(found):
        end = found[number + 1][1] if number + 1 < len(found) else len(text)
        yield label, start, end
