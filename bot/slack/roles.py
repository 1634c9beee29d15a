"""What the roles of a practice may do. Pure; docs/access.md has the same table."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    BILLER = "biller"
    CLINICIAN = "clinician"
    LEARNER = "learner"


class Act(StrEnum):
    """What a person asks for; `ASK` is all that shows and changes nothing."""

    ASK = "ask"
    REVIEW = "review"
    VERIFY = "verify"
    KNOWLEDGE = "knowledge"
    APPROVE = "approve"
    SETTINGS = "settings"
    LEARN = "learn"
    LEAD = "lead"
    AUDIT = "audit"
    AUDIT_REPORT = "audit_report"


_OFFICE = frozenset({Role.ADMIN, Role.BILLER})
# A learner needs no patient's note to learn the rules: 45 CFR 164.502(b), minimum necessary.
_MAY = {
    Act.ASK: frozenset(Role),
    Act.REVIEW: _OFFICE | {Role.CLINICIAN},
    Act.VERIFY: _OFFICE,
    Act.KNOWLEDGE: _OFFICE,
    Act.APPROVE: frozenset({Role.ADMIN}),
    Act.SETTINGS: _OFFICE,
    Act.LEARN: frozenset(Role),
    Act.LEAD: frozenset({Role.ADMIN}),
    Act.AUDIT: frozenset({Role.ADMIN}),
    Act.AUDIT_REPORT: _OFFICE,
}
_CALLED = {
    Act.ASK: "Asking me",
    Act.REVIEW: "Reviewing notes",
    Act.VERIFY: "Recording what a payer said",
    Act.KNOWLEDGE: "Adding documents",
    Act.APPROVE: "Deciding on a document's facts",
    Act.SETTINGS: "Changing the practice's list, reminders or channels",
    Act.LEARN: "The course",
    Act.LEAD: "Everybody's progress in the course",
    Act.AUDIT: "Setting the monthly audit up",
    Act.AUDIT_REPORT: "The audit's report",
}


def may(roles: Collection[Role], act: Act) -> bool:
    """Whether one of these roles is enough."""
    return not _MAY[act].isdisjoint(roles)


def is_open(act: Act) -> bool:
    """Whether every role may, so that nobody's has to be looked up."""
    return _MAY[act] == frozenset(Role)


def refusal(roles: Collection[Role], act: Act) -> str:
    """One line for who may not: who may, what they are here, whom to ask."""
    allowed = [f"{role.value}s" for role in Role if role in _MAY[act]]
    named = allowed[0] if len(allowed) == 1 else f"{', '.join(allowed[:-1])} and {allowed[-1]}"
    held = " and ".join(role.value for role in Role if role in roles)
    yours = f"your role here is {held}" if held else "you have no role here"
    told = f"{_CALLED[act]} is for {named}, and {yours}: ask one of them, or an admin for another role."
    practises = act is Act.REVIEW and Role.LEARNER in roles
    return f"{told} Invented notes to practise on are in the course: say “learn”." if practises else told
