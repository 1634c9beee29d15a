"""Whether each sentence of an answer rests on a cited source, measured on the text as it is shown.

A sentence is one of four things:

- *supported*: a marker ends it, or ends the line's next sentence that has one; every marker names a citation of this
  answer; and each number and code in the sentence, and half of its other words, stand in those sources. Words that are
  the program's own wording of a decision or a matter ("prior authorization for group therapy: required") count as
  standing there where the source is filed under that topic.
- *leading*: the first sentence, which states the decision ("Not allowed: ..., Aetna."), with a supported line
  right after it, from a source of that payer or of the national rule. A lead with nothing beneath it is unsupported.
- *remark*: states nothing about what a payer does: that something is unknown or not on file, how old or how narrow the
  sources are, a question back, what to ask, a heading, what this program is for. Known by its opening, from a list.
- *unsupported*: everything else.

The share reported is (supported + leading) / (all but remarks). It shows that words come from a source, not that the
source was read rightly: that is what the decision's accuracy is for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.answers.models import Answer
from bot.answers.phrases import DECISIONS, matter
from bot.policies.models import Decision


class Kind(StrEnum):
    SUPPORTED = "supported"
    LEADING = "leading"
    REMARK = "remark"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class Sentence:
    """One sentence with the numbers of the citations that cover it; `line` is the line it stands in."""

    text: str
    marks: tuple[int, ...]
    line: int


_PART = re.compile(r"(.*?)(?:((?:\[\d+\])+)[.;]?|$)")
_END = re.compile(r"(?<=[.!?])[\"”)]?\s+(?=[A-Z“\"(\d])")
_NUMBER = re.compile(r"\[(\d+)\]")
_WORD = re.compile(r"[a-z]+|\d[\d,.]*\d|\d")
_VALUE = re.compile(r"\b[A-Z]{0,2}\d[\d,./:-]*(?:%|\b)|\b(?:X[EPSU]|GT|HQ|F[QR]|UC|HO|AJ)\b")
_ENOUGH = 0.5
_REMARKS = re.compile(
    r"Unknown(:| until)|What is on file (for|on)|It depends on the payer:|In general, on |Sources disagree"
    r"|That speaks of care in general|No source here carries a date|The newest source is from|Mind: "
    r"|If .{1,60} is meant as a state|On file under a similar name|If you mean it|You also asked about|Ask "
    r"|I (answer|also|cannot|only)\b|That is (a|about|not|something) |Which "
)
_LEADS = tuple(f"{words}" for decision, words in DECISIONS.items() if decision is not Decision.UNKNOWN)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of an answer, each covered by the markers that come next in its line."""
    for line, words in enumerate(text.splitlines()):
        for part in _PART.finditer(words.strip().removeprefix("- ")):
            marks = tuple(int(number) for number in _NUMBER.findall(part[2] or ""))
            for told in _END.split(part[1].strip()):
                if re.search(r"\w", told):
                    yield Sentence(told.strip(), marks, line)


def judge(answer: Answer, sources: Mapping[str, str]) -> list[tuple[Kind, str]]:
    """Each sentence of the answer with what it is; `sources` holds all that is on file under a snippet's id."""
    held = [sources.get(citation.snippet_id, "") for citation in answer.citations]
    told = list(sentences(answer.answer))
    judged: list[tuple[Kind, str]] = []
    for place, sentence in enumerate(told):
        if sentence.text == "Sources disagree":  # its markers point at the conflict, which stands in its own field
            kind = Kind.REMARK
        elif sentence.marks:
            kind = Kind.SUPPORTED if _stands(sentence, held, answer) else Kind.UNSUPPORTED
        elif _REMARKS.match(sentence.text) or sentence.text.endswith((":", "?")):
            kind = Kind.REMARK
        elif place == 0 and sentence.text.startswith(_LEADS) and _rests_on_next(told[1:], held, answer):
            kind = Kind.LEADING
        else:
            kind = Kind.UNSUPPORTED
        judged.append((kind, sentence.text))
    return judged


def _rests_on_next(following: Sequence[Sentence], held: Sequence[str], answer: Answer) -> bool:
    """True where the line after the lead is supported."""
    under = [sentence for sentence in following if sentence.line == following[0].line]
    return bool(under) and all(sentence.marks and _stands(sentence, held, answer) for sentence in under)


def _stands(sentence: Sentence, held: Sequence[str], answer: Answer) -> bool:
    if any(not 0 < mark <= len(held) or not held[mark - 1] for mark in sentence.marks):
        return False
    source = " ".join(held[mark - 1] for mark in sentence.marks)
    if any(value not in source for value in _VALUE.findall(sentence.text) if value != "90853"):
        return False
    known = _words(source) | _words(matter(answer.topic)) | _words(answer.payer.name if answer.payer else "")
    words = _words(sentence.text)
    return len(words & known) >= _ENOUGH * len(words)


def _words(text: str) -> set[str]:
    """Words by their first five letters, so that an ending makes no difference; the shortest say nothing."""
    return {word[:5] for word in _WORD.findall(text.casefold()) if len(word) > 3 or word.isdigit()}


def share(kinds: Mapping[str, int]) -> tuple[int, int]:
    """Sentences that rest on a source, and those that have to."""
    resting = kinds.get(Kind.SUPPORTED, 0) + kinds.get(Kind.LEADING, 0)
    return resting, resting + kinds.get(Kind.UNSUPPORTED, 0)
