"""A case told in the question that breaks a condition of the rule: one note for both services, a supervisor elsewhere.

A permission with conditions is none where the person says that a condition is not met. Only plain words count: what is
not said breaks nothing.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from bot.answers.shorthand import spell_out
from bot.policies.models import Decision, Fact, Topic
from bot.policies.ruling import Ruling

_PERMITS = frozenset({Decision.ALLOWED, Decision.ALLOWED_WITH_CONDITIONS})


@dataclass(frozen=True)
class Breach:
    """What a condition asks for (in the rule's words), what breaks it (in the question's), and how that is said."""

    condition: re.Pattern[str]
    broken: re.Pattern[str]
    said: str
    of_any_pair: bool = False
    """True for what no payer pays on one date: the pair is paid for distinct services documented apart (NCCI)."""


# Condition as the facts word it, words of a question that break it, and how the answer says so.
_TABLE: tuple[tuple[str, str, str] | tuple[str, str, str, bool], ...] = (
    (
        r"\bdocumented\b|separate(ly)? (\w+ )?(note|document|progress)|supporting records|own (progress )?note",
        r"\b(one|single|same|combined|joint|shared) (\w+ )?(progress )?(note|entry)\b|\bcombined (the )?notes?\b"
        r"|\bwithout (a )?(separate|second|own) (\w+ )?notes?\b|\bno separate (\w+ )?notes?\b"
        r"|\b(notes?|individual|session)\b.{0,30}\b(not|n't|never) (\w+ )?(charted|documented|written|noted)"
        r" (apart|separately)\b|\bnotes? (are|is|were|was)(n't| not) separate",
        "you say that the two share one note, and the rule wants them documented apart",
        True,
    ),
    (
        r"on[- ]?site|same (building|office|location|suite|facility)|on the premises|in the office|physically present"
        r"|vicinity",
        r"\b(supervis\w+|dr\.? \w+|doctor|licensed \w+|boss)\b.{0,80}\b(off[- ]?site|works? from home|from home"
        r"|remote(ly)?|(another|different|other) (town|city|office|building|site|location|state)|across town"
        r"|on vacation|by phone|not (on[- ]?site|in the (building|office)|there|present|around))\b"
        r"|\b(nobody|no one|no supervisor) (is )?(on[- ]?site|in the (building|office)|present)\b",
        "you say that the supervisor is elsewhere, and the rule wants them on site",
    ),
    (
        r"distinct|separate (session|encounter|time)|different times|non-?overlapping|not overlap",
        r"\b(overlap\w*|at the same time|same hour|simultaneous\w*|during (the )?(group|individual))\b",
        "you say that the two overlap in time, and the rule wants distinct sessions",
        True,
    ),
    (
        r"in[- ]network|participating|contracted|enrolled|credentialed",
        r"\b(out[- ]of[- ]network|oon|non-?par"
        r"|not (in[- ]network|contracted|enrolled|participating|credentialed|paneled))\b",
        "you say that the provider is outside the network, and the rule is for those in it",
    ),
    (
        r"incident[- ]to",
        r"\bunder (her|his|their|my|our|your) own (npi|name|number|id)\b|\b(her|his|their|my) own npi\b"
        r"|\bbill(ed|s|ing)? (\w+ )?(directly|independently)\b",
        "you say that it goes out under the clinician's own number, and the rule wants incident-to",
    ),
    (
        r"treatment plan|plan of care|individual plan",
        r"\b(no|without (a|any)?) ?(\w+ )?(tx|treatment|care) plan\b"
        r"|\b(tx|treatment|care) plan\b.{0,20}\b(expired|lapsed|not (yet )?(signed|done|written|in place)|missing)\b",
        "you say that there is no treatment plan in force, and the rule wants one",
    ),
)


@cache
def _breaches() -> tuple[Breach, ...]:
    return tuple(
        Breach(re.compile(condition, re.IGNORECASE), re.compile(broken, re.IGNORECASE), said, bool(pair))
        for condition, broken, said, *pair in _TABLE
    )


_HIGHER_LEVEL = re.compile(r"\b(iop|php|intensive outpatient|partial hospital\w*)\b", re.IGNORECASE)
_STILL_NEEDS = re.compile(
    r"\b(iop|php|intensive outpatient|partial hospital\w*)\b[^.;]{0,60}\b(do|need|needs|require|requires|required)\b",
    re.IGNORECASE,
)


def hold_to_conditions(ruling: Ruling, question: str) -> Ruling:
    """The ruling with the case told held to its conditions: one that is broken makes a permission a refusal.

    Where care of a higher level is asked about, a rule that frees plain outpatient care says what it says of that.
    """
    plain = spell_out(question)
    if ruling.decision is Decision.NOT_REQUIRED and _HIGHER_LEVEL.search(plain):
        still = any(_STILL_NEEDS.search("; ".join((fact.statement, *fact.conditions))) for fact in ruling.deciding)
        return replace(ruling, decision=Decision.REQUIRED if still else Decision.UNKNOWN)
    if ruling.decision not in _PERMITS:
        return ruling
    for breach in _breaches():
        if not breach.broken.search(plain):
            continue
        asking = [fact for fact in ruling.deciding if _asks(fact, breach)]
        if ruling.topic is Topic.SAME_DAY and not ruling.aspect and breach.of_any_pair:
            asking = asking or list(ruling.deciding)
        if asking:
            ordered = tuple(dict.fromkeys((*asking, *ruling.deciding)))
            return replace(ruling, decision=Decision.NOT_ALLOWED, deciding=ordered, measured=breach.said)
    return ruling


def _asks(fact: Fact, breach: Breach) -> bool:
    return bool(breach.condition.search("; ".join((fact.statement, *fact.conditions))))
