"""What one check of a claim comes to. The review maps it onto its own statuses."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["met", "missing", "needs_confirmation", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Check:
    """An outcome with its reason and, unless all is well, the question that would settle it."""

    outcome: Outcome
    reason: str
    fix: str = ""
