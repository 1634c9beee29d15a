"""A verification's history in words: who did what, when, and what stood before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.policies.matters import matter
from bot.policies.verification import Verification
from bot.storage.ledger import CHANGED, RECORDED, WITHDRAWN, Change

RESTORED = "brought back"


@dataclass(frozen=True)
class Step:
    """One thing done to a verification; `words` say what it came to, a line each."""

    by: str
    at: datetime
    action: str
    words: tuple[str, ...]


def told(changes: Sequence[Change], now: str) -> list[Step]:
    """The steps, oldest first; `now` is the body that stands, or stood last."""
    # What a change made is what stood before the next one.
    after = [*(change.before for change in changes[1:]), now]
    steps = []
    for place, (change, body) in enumerate(zip(changes, after, strict=True)):
        made = Verification.model_validate_json(body)
        if change.action == RECORDED:
            steps.append(Step(change.by, change.at, RECORDED, summary(made)))
        elif change.action == WITHDRAWN:
            steps.append(Step(change.by, change.at, WITHDRAWN, ()))
        else:
            back = place > 0 and changes[place - 1].action == WITHDRAWN
            words = differences(Verification.model_validate_json(change.before), made)
            steps.append(Step(change.by, change.at, RESTORED if back else CHANGED, words))
    return steps


def summary(one: Verification) -> tuple[str, ...]:
    """A verification in a few lines."""
    return tuple(f"{label}: {value}" for label, value in _fields(one).items() if value)


def differences(before: Verification, after: Verification) -> tuple[str, ...]:
    """What a change made different, field by field, with what stood before."""
    old, new = _fields(before), _fields(after)
    return tuple(
        f"{label}: {old[label] or 'nothing'} → {new[label] or 'nothing'}" for label in old if old[label] != new[label]
    )


def _fields(one: Verification) -> dict[str, str]:
    return {
        "Payer": one.payer_name,
        "Plans": one.line_of_business.value.replace("_", " "),
        "State": ", ".join(one.jurisdiction),
        "Asked about": matter(one.topic, one.aspect),
        "Answer": one.decision.value.replace("_", " "),
        "Conditions": "; ".join(one.conditions),
        "Modifiers": ", ".join(one.modifiers),
        "Answered by": one.answered_by,
        "Call reference": one.reference,
        "Answered on": one.verified_on.isoformat(),
        "Dates of service": f"{one.applies_from} to {one.valid_until}",
    }
