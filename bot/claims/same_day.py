"""Individual psychotherapy on the day of the group (rubric: `same_day_policy_confirmed`)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.claims.check import Check

INDIVIDUAL = frozenset({"90832", "90834", "90837"})
# Psychotherapy added on to an evaluation and management visit.
WITH_EVALUATION = frozenset({"90833", "90836", "90838"})

_CODES = re.compile(r"(?<!\d)(?:90832|90834|90837|90833|90836|90838)(?!\d)")
_TODAY = (
    r"(?:today|same[- ]day|this (?:morning|afternoon|evening)|(?:before|after|prior to|following) (?:the |this )?group"
    r"|(?:earlier|later)(?! (?:this|in the|last) (?:week|month)))"
)
_KIND = r"(?:individual|1:1|one[- ]on[- ]one)"
_ONE = (
    rf"(?:{_KIND}(?: (?:psycho)?therapy| session| appointment| visit| counseling| \(\d+ ?min\w*\))+|1:1"
    r"|(?:seen|saw|met|meet|meeting)(?: (?!each|every|all)\w+){0,4} individually|IT (?:session|appointment))"
)
# "with Dr. P this morning": the stop after a title ends no sentence.
_WORDS = r"(?:\bDr\.|[^.;\n])"
_MENTION = re.compile(
    rf"\b{_ONE}(?!\w){_WORDS}{{0,40}}\b{_TODAY}\b|\b{_TODAY}\b{_WORDS}{{0,25}}\b{_ONE}(?!\w)", re.IGNORECASE
)
_ANOTHER_DAY = re.compile(
    r"\b(?:no|not|without|declined|cancel\w*|tomorrow|next|later this week|later in the week|schedul\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SameDayPolicy:
    """What is on file of the payer's rule for group and individual psychotherapy on one date."""

    decision: Literal["allowed", "not_allowed", "unknown"]
    payer: str
    summary: str = ""
    modifiers: tuple[str, ...] = ()
    certain: bool = False


def same_day_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Those of the codes billed that day that are individual psychotherapy."""
    return tuple(code for code in codes if code.strip()[:5] in INDIVIDUAL | WITH_EVALUATION)


def mentions_individual_session(note: str) -> str:
    """The words of a note that speak of an individual session that day, or nothing."""
    if found := _CODES.search(note):
        return found[0]
    for match in _MENTION.finditer(note):
        sentence_so_far = re.split(r"[.;\n]", note[max(0, match.start() - 60) : match.end()])[-1]
        if not _ANOTHER_DAY.search(sentence_so_far):
            return match[0]
    return ""


def check_same_day(codes: tuple[str, ...] | None, mention: str, policy: SameDayPolicy | None) -> Check:
    """Judge by the payer's policy whether the day's claims can stand together.

    `codes` is what the biller says is billed that day (None: nobody said), `mention` what the note says of it.
    """
    individual = same_day_codes(codes or ())
    if not individual and (codes is not None or not mention):
        return Check("not_applicable", "Neither note nor claim speaks of individual psychotherapy that day.")
    if not individual:
        return Check(
            "needs_confirmation",
            "The note speaks of an individual session that day, and nobody has said what is billed for it.",
            "Which individual psychotherapy code, if any, is billed for this patient on this date?",
        )
    billed = ", ".join(individual)
    if policy is None or policy.decision == "unknown":
        who = policy.payer if policy else "the payer"
        return Check(
            "needs_confirmation",
            f"{billed} is billed that day, and no same-day rule of {who} is on file.",
            f"What does {who} say about 90853 with {billed} on one date: allowed, with which modifier, on which code?",
        )
    if policy.decision == "not_allowed":
        return Check(
            "missing",
            f"{policy.payer} does not pay {billed} with 90853 on one date. {policy.summary}".strip(),
            "Which of the two services is billed for this date?",
        )
    where = f"Modifier {' or '.join(policy.modifiers)} goes on {billed}, not on 90853." if policy.modifiers else ""
    if not policy.certain:
        return Check(
            "needs_confirmation",
            f"What is on file of {policy.payer} allows it, but it is old or not from the payer itself. {where}".strip(),
            f"Does {policy.payer} still allow 90853 with {billed} on one date, and with which modifier?",
        )
    return Check("met", f"{policy.payer} allows it. {policy.summary} {where}".strip())
