"""Individual psychotherapy on the day of the group (rubric: `same_day_policy_confirmed`)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.claims.check import Check

INDIVIDUAL = frozenset({"90832", "90834", "90837"})
# Psychotherapy added on to an evaluation and management visit.
WITH_EVALUATION = frozenset({"90833", "90836", "90838"})

# Office, hospital, home, prolonged and telemedicine visits; consultations.
_VISIT = re.compile(r"^(?:99[2-4]\d\d|980(?:0\d|1[0-6])|G2212)", re.IGNORECASE)
# Modifiers that tell a pair of services apart; 95 or HQ on a line says nothing of the pair.
_UNBUNDLING = frozenset({"25", "59", "76", "77", "XE", "XP", "XS", "XU"})

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
    floor: tuple[str, ...] = ()
    """The modifiers of the national edit, where the payer's own rule is not known."""


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


def check_same_day(
    codes: tuple[str, ...] | None,
    mention: str,
    policy: SameDayPolicy | None,
    on_group: tuple[str, ...] = (),
    *,
    as_billed: bool = False,
) -> Check:
    """Judge by the payer's policy whether the day's claims can stand together.

    `codes` is what the biller says is billed that day (None: nobody said), modifiers included (90834-59); `mention`
    what the note says of it; `on_group` the modifiers on the 90853 line. `as_billed` says that the codes stand as
    they go out, so that one without a modifier has none.
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
    return _by_policy(codes or (), individual, policy, on_group, as_billed=as_billed)


def _by_policy(
    codes: tuple[str, ...],
    individual: tuple[str, ...],
    policy: SameDayPolicy | None,
    on_group: tuple[str, ...],
    *,
    as_billed: bool,
) -> Check:
    billed = ", ".join(code[:5] for code in individual)
    if policy is not None and policy.decision == "not_allowed":
        return Check(
            "missing",
            f"{policy.payer} does not pay {billed} with 90853 on one date. {policy.summary}".strip(),
            "Which of the two services is billed for this date?",
        )
    if lonely := _without_visit(codes):
        return Check(
            "needs_confirmation",
            f"{lonely} is billed only beside an evaluation and management visit, and none is named for that day.",
            f"Which evaluation and management code (such as 99214) is billed with {lonely} on this date?",
        )
    if policy is None or policy.decision == "unknown":
        return _unknown(billed, policy)
    where = f"Modifier {_or(policy.modifiers)} goes on {billed}, not on 90853." if policy.modifiers else ""
    if not policy.certain:
        return Check(
            "needs_confirmation",
            f"What is on file of {policy.payer} allows it, but it is old or not from the payer itself. {where}".strip(),
            f"Does {policy.payer} still allow 90853 with {billed} on one date, and with which modifier?",
        )
    wrong = _misplaced(individual, on_group, policy, billed) or (_bare(individual, policy) if as_billed else None)
    if wrong:
        return wrong
    return Check("met", f"{policy.payer} allows it. {policy.summary} {where}".strip())


def _without_visit(codes: tuple[str, ...]) -> str:
    """The add-on codes that stand with no visit beside them, in words; empty where each has one."""
    if any(_VISIT.match(code) for code in codes):
        return ""
    return " and ".join(code[:5] for code in codes if code[:5] in WITH_EVALUATION)


def _unknown(billed: str, policy: SameDayPolicy | None) -> Check:
    """No rule: what to ask, with the national edit beside it and marked as no rule of the payer's."""
    who = policy.payer if policy else "the payer"
    national = ""
    if policy and policy.floor:
        # The edit is Medicare's; many payers follow it, and which do is on no file.
        edit = "The national NCCI edit, which is Medicare's and no rule of theirs"
        national = f" {edit}, takes {_or(policy.floor)} on {billed}."
    return Check(
        "needs_confirmation",
        f"{billed} is billed that day, and no same-day rule of {who} is on file.{national}",
        f"What does {who} say about 90853 with {billed} on one date: allowed, with which modifier, on which code?"
        f"{' Do they follow the NCCI edit?' * bool(national)}",
    )


def _bare(individual: tuple[str, ...], policy: SameDayPolicy) -> Check | None:
    """An individual code without any modifier that tells the pair apart, where the rule asks for one."""
    bare = [code[:5] for code in individual if not set(code.upper().split("-")[1:]) & _UNBUNDLING]
    if not bare or not set(policy.modifiers) & _UNBUNDLING:
        return None
    named = _or(policy.modifiers)
    return Check(
        "missing",
        f"No such modifier stands on {' and '.join(bare)}; by the rule of {policy.payer} {named} goes there.",
        f"Do the records show two separate services, so that {named} can go on {' and '.join(bare)}?",
    )


def _misplaced(
    individual: tuple[str, ...], on_group: tuple[str, ...], policy: SameDayPolicy, billed: str
) -> Check | None:
    """A modifier that the biller has given, on the wrong line or another than the rule's."""
    rule = set(policy.modifiers) & _UNBUNDLING
    given = {code: set(code.upper().split("-")[1:]) & _UNBUNDLING for code in individual}
    if not rule:
        return None
    wrong_line = rule & {modifier.upper() for modifier in on_group}
    if wrong_line and not any(rule & modifiers for modifiers in given.values()):
        modifier = _or(sorted(wrong_line))
        return Check(
            "missing",
            f"Modifier {modifier} stands on 90853; by the rule of {policy.payer} it goes on {billed}.",
            f"Can {modifier} be moved from the 90853 line to {billed} before the claim goes out?",
        )
    named = _or(policy.modifiers)
    for code, modifiers in given.items():
        if modifiers and not modifiers & rule:
            other = _or(sorted(modifiers))
            return Check(
                "needs_confirmation",
                f"The claim has {other} on {code[:5]}; the rule of {policy.payer} names {named}.",
                f"Does {policy.payer} take {other} on {code[:5]} in place of {named}?",
            )
    return None


def _or(modifiers: Iterable[str]) -> str:
    return " or ".join(modifiers)
