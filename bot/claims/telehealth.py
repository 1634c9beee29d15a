"""Whether place of service and modifier say what the claim says of how the session was held.

Stands beside the nine checks, as safety and plan do: the rubric has no row for it, and payers deny for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.claims.check import Check

# CMS's place-of-service codes, in our words.
ELSEWHERE, AT_HOME = "02", "10"
_PLACES = {ELSEWHERE: "telehealth, the patient not at home", AT_HOME: "telehealth, the patient at home"}
VIDEO, AUDIO = frozenset({"95", "GT"}), frozenset({"93", "FQ"})
# "By phone" alone is a call to somebody, and "through video" may be where one slept; with joining or meeting before
# it, it is the session.
_MENTION = re.compile(
    r"\b(?:tele-?(?:health|medicine|therapy|psych\w*)|virtual (?:group|session|meeting|visit|platform)"
    r"|(?:held|met|meeting|attended|joined) (?:virtually|remotely|online)"
    r"|(?:via|over|on|by|secure) (?:zoom|video|doxy\S*|ms teams|microsoft teams)"
    r"|through (?:zoom|doxy\S*|ms teams|microsoft teams)"
    r"|(?:held|met|attended|joined|participated|conducted|provided|delivered|session|group)(?: \w+){0,3} through video"
    r"|(?:held|met|attended|joined|participated|conducted|session|group)(?: \w+){0,3} (?:by|via|over) (?:tele)?phone"
    r"|video (?:group|session|visit|conferenc\w+)|audio[- ]only|zoom group)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|never|declin\w+|instead of|next|offered|in[- ]person)\b[^.;\n]{0,30}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TelehealthPolicy:
    """What is on file of the payer's rule for group psychotherapy by telehealth on one date."""

    decision: Literal["allowed", "not_allowed", "unknown"]
    payer: str
    summary: str = ""
    modifiers: tuple[str, ...] = ()
    certain: bool = False


def mentions_telehealth(note: str) -> str:
    """The words of a note that say the session was held by telehealth, or nothing."""
    for found in _MENTION.finditer(note):
        if not _DENIED.search(note, max(0, found.start() - 50), found.start()):
            return found[0].strip()
    return ""


def check_telehealth(  # noqa: PLR0913  # the facts of one check, each by name
    *,
    telehealth: bool | None,
    audio_only: bool | None,
    place: str,
    modifiers: Sequence[str] | None,
    mention: str,
    policy: TelehealthPolicy | None,
) -> Check | None:
    """None where nothing speaks of telehealth; else whether claim, note and the payer's rule fit together."""
    carried = {modifier.upper() for modifier in modifiers or ()} & (VIDEO | AUDIO)
    remote = telehealth or (telehealth is None and bool(place in _PLACES or carried or audio_only))
    if not remote:
        return _in_person(place, carried, mention, said=telehealth is False)
    if place and place not in _PLACES:
        return Check(
            "missing",
            f"{_by_telehealth(carried, said=bool(telehealth))}, and place of service {place} is none of telehealth.",
            "Where was the patient: at home (10) or elsewhere (02)? Or does this payer want another place in writing?",
        )
    if policy is not None and policy.decision == "not_allowed":
        return Check(
            "missing",
            f"{policy.payer} does not pay 90853 by telehealth. {policy.summary}".strip(),
            f"Was the session held in person, or does {policy.payer} say otherwise now?",
        )
    if clash := _clash(carried, audio_only=audio_only):
        return clash
    if not place:
        return Check(
            "needs_confirmation",
            "The session was held by telehealth, and no place of service was given.",
            "Where was the patient: at home (place of service 10) or elsewhere (02)?",
        )
    return _by_rule(place, carried, modifiers is not None, audio_only=bool(audio_only), policy=policy)


def _by_telehealth(carried: set[str], *, said: bool) -> str:
    """Who says so: the biller, or the modifiers alone."""
    if said or not carried:
        return "The session was held by telehealth"
    say = "Modifier {} says" if len(carried) == 1 else "Modifiers {} say"
    return f"{say.format(' and '.join(sorted(carried)))} that the session was held by telehealth"


def _in_person(place: str, carried: set[str], mention: str, *, said: bool) -> Check | None:
    marks = [f"place of service {place}"] * (place in _PLACES) + [f"modifier {one}" for one in sorted(carried)]
    if said and marks:
        reason = f"The claim says the session was held in person, and carries {' and '.join(marks)}."
        return Check("missing", reason, "How was the session held: in person, by video or by phone?")
    if mention:
        claim = "says in person" if said else f"says place of service {place}" if place else "does not say how"
        return Check(
            "needs_confirmation",
            f"The note speaks of “{mention}”, and the claim {claim}.",
            "Was the session held by telehealth, and where was the patient: at home (10) or elsewhere (02)?",
        )
    return None


def _clash(carried: set[str], *, audio_only: bool | None) -> Check | None:
    wrong = sorted(carried & (VIDEO if audio_only else AUDIO)) if audio_only is not None else []
    if not wrong:
        return None
    how, right = ("by phone alone", "93") if audio_only else ("with video", "95")
    return Check(
        "missing",
        f"The session was held {how}, and the claim carries modifier {', '.join(wrong)}: {right} is the one for that.",
        f"Which modifier does this payer take for a session held {how}?",
    )


def _by_rule(place: str, carried: set[str], told: bool, *, audio_only: bool, policy: TelehealthPolicy | None) -> Check:
    who = policy.payer if policy else "the payer"
    where = f"Place of service {place}: {_PLACES[place]}."
    usual = "93" if audio_only else "95"
    if policy is None or policy.decision == "unknown":
        return Check(
            "needs_confirmation",
            f"{where} No telehealth rule of {who} for 90853 is on file; nationally {usual} marks "
            f"{'audio alone' if audio_only else 'audio with video'}.",
            f"Does {who} pay 90853 by telehealth, with place of service {place}, and with which modifier?",
        )
    fitting = [one for one in policy.modifiers if one in (AUDIO if audio_only else VIDEO)] or [usual]
    rule = f"{policy.payer} allows it. {policy.summary}".strip()
    if not policy.certain:
        return Check(
            "needs_confirmation",
            f"{where} What is on file of {policy.payer} allows it, but it is old or not from the payer itself.",
            f"Does {who} still pay 90853 by telehealth, with {place} and {' or '.join(fitting)} on the 90853 line?",
        )
    if told and not carried & set(fitting):
        there = f"{', '.join(sorted(carried))} and " if carried else ""
        return Check(
            "needs_confirmation",
            f"{where} {rule} The 90853 line carries {there}no {' or '.join(fitting)}.",
            f"Does {who} want {' or '.join(fitting)} on the 90853 line?",
        )
    return Check("met", f"{where} {rule} Modifier {' or '.join(fitting)} goes on the 90853 line.")
