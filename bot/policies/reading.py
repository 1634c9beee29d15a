"""How a fact with no yes or no of its own is read, topic by topic. docs/answers.md tells users the same."""

import re

from bot.policies.models import Decision, Fact, SourceKind, Topic

# A limit on size, length, units, visits or people leaves the service billable within it.
_LIMITS = dict.fromkeys(
    (
        Topic.GROUP_SIZE,
        Topic.SESSION_DURATION,
        Topic.UNITS,
        Topic.FREQUENCY,
        Topic.PROVIDER_TYPES,
        Topic.SUPERVISION,
        Topic.TELEHEALTH,
        Topic.SAME_DAY,
    ),
    Decision.ALLOWED_WITH_CONDITIONS,
)
_DUTIES = {Topic.DOCUMENTATION: Decision.REQUIRED, Topic.DIAGNOSIS: Decision.REQUIRED}
_READS_AS = {
    **_LIMITS,
    **_DUTIES,
    Topic.NON_COVERED: Decision.NOT_ALLOWED,
    Topic.REIMBURSEMENT: Decision.VARIES,
    Topic.PRIOR_AUTH: Decision.VARIES,
    Topic.CODING: Decision.NOT_APPLICABLE,
    Topic.DENIAL: Decision.NOT_APPLICABLE,
    Topic.GENERAL: Decision.NOT_APPLICABLE,
}

# With no payer named there is only the general rule.
GENERALLY = {
    **_READS_AS,
    Topic.SAME_DAY: Decision.VARIES,
    Topic.TELEHEALTH: Decision.VARIES,
    Topic.GROUP_SIZE: Decision.VARIES,
    Topic.SESSION_DURATION: Decision.VARIES,
    Topic.FREQUENCY: Decision.VARIES,
    Topic.SUPERVISION: Decision.VARIES,
    Topic.MODIFIERS: Decision.VARIES,
    Topic.DIAGNOSIS: Decision.VARIES,
}

_REFUSES = re.compile(
    r"\b(may not bill|may not be billed|cannot be billed|does not pay|are not paid|does not turn)\b", re.IGNORECASE
)
_NO_MODIFIER = re.compile(r"\bno modifier\b|\b(told|asked) providers not to use\b", re.IGNORECASE)


def decision_of(fact: Fact) -> Decision:
    """The fact's own decision, or what its topic makes of a statement without one."""
    if fact.decision is not None:
        return fact.decision
    if fact.topic is Topic.MODIFIERS:
        if _NO_MODIFIER.search(fact.statement):
            return Decision.NOT_REQUIRED
        return Decision.REQUIRED if fact.modifiers else Decision.VARIES
    # A statement that refuses payment must never read as an allowance with conditions.
    if fact.topic is Topic.SUPERVISION and _REFUSES.search(fact.statement):
        return Decision.NOT_ALLOWED
    return _READS_AS.get(fact.topic, Decision.VARIES)


# Notes a reader left about the source rather than terms of the rule.
_CAVEAT = re.compile(
    r"excerpt|legacy|secondary source|general to|generally$|emergency period|\b20\d\d manual|through at least"
    r"|inferred|inference|not .{0,20}-specific|group-specific|\bmanual$|historic|\bversion\b|guidance"
    r"|report"
    r"|covid|pandemic|background knowledge|\bcheck\b|\bverify\b|\bsee\b|partly|bulletin|predates|superseded|policy$"
    r"|not shown|not stated|not seen|not named|not read|truncated|visible|article|interpretation|unsourced|undated"
    r"|proposed|proposal|circa|recheck|payers? unnamed|not identified|not a payer document|does not address"
    r"|not addressed"
    r"|not expressly|\bold\b|(?<!and )older|sample|summary|practice experience|not about|text$|list covers",
    re.IGNORECASE,
)


def is_caveat(condition: str) -> bool:
    """True for a note about the source ("2012 manual", "not 90853-specific") rather than a term to meet."""
    return bool(_CAVEAT.search(condition))


def terms_of(fact: Fact) -> tuple[str, ...]:
    """The conditions that are terms to meet. In a practice's own verification all are: nobody read a source for it."""
    return tuple(term for term in fact.conditions if is_verified(fact) or not is_caveat(term))


def caveats_of(fact: Fact) -> tuple[str, ...]:
    """The conditions that are notes about the source."""
    return tuple(term for term in fact.conditions if not is_verified(fact) and is_caveat(term))


def is_verified(fact: Fact) -> bool:
    """True for what this practice asked the payer itself, and asked about groups."""
    return fact.source.kind is SourceKind.PRACTICE_VERIFICATION


# "Group therapy is not named" is silence; "authorization for group therapy is not required" is a rule about it.
_SILENT = re.compile(
    r"group (therapy |psychotherapy )?is (not|neither)"
    r"(?! (required|needed|necessary|covered|allowed|paid|payable|reimbursed|billable|subject|limited)\b)"
    r"|not group-specific|does not name",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\b(group|90853)\b", re.IGNORECASE)


def speaks_of_groups(fact: Fact) -> bool:
    """True when the statement itself is about group therapy; one about "behavioral health services" is weaker."""
    if is_verified(fact):
        return True
    denies = any("group" in condition and "not" in condition for condition in fact.conditions)
    return bool(_GROUP.search(fact.statement)) and not denies and not _SILENT.search(fact.statement)


_ASIDE = re.compile(
    r"not about 90853|\bnot 90853(?!-)|not a 90853 rule|individual codes only|multiple-family group only"
    r"|not group plus individual|group plus individual not addressed|does not reach individual plus group"
    r"|individual-plus-group is not stated|family, not group",
    re.IGNORECASE,
)


def is_aside(fact: Fact) -> bool:
    """True for a fact that says itself that it does not reach its topic's main question for 90853."""
    return (
        not fact.aspect and not is_verified(fact) and bool(_ASIDE.search(" ".join((fact.statement, *fact.conditions))))
    )
