"""Set phrases of the answers: decisions in plain words, next steps; topics as people say them are in `matters`."""

from bot.policies.matters import MATTERS, matter
from bot.policies.models import Decision, LineOfBusiness, SourceKind, Topic

__all__ = [
    "DECISIONS",
    "HOW_LEARNT",
    "LINES",
    "MATTERS",
    "PLACES",
    "SAME_DAY_PLACE",
    "WHAT_WE_DO",
    "WITHIN_LIMITS",
    "matter",
]

DECISIONS = {
    Decision.ALLOWED: "Allowed",
    Decision.ALLOWED_WITH_CONDITIONS: "Allowed with conditions",
    Decision.NOT_ALLOWED: "Not allowed",
    Decision.REQUIRED: "Required",
    Decision.NOT_REQUIRED: "Not required",
    Decision.VARIES: "It depends",
    Decision.UNKNOWN: "Unknown",
    Decision.NOT_APPLICABLE: "Not a yes or no",
}
WITHIN_LIMITS = "Allowed within limits"

LINES = {
    LineOfBusiness.COMMERCIAL: "commercial plans",
    LineOfBusiness.MEDICARE: "Medicare",
    LineOfBusiness.MEDICARE_ADVANTAGE: "Medicare Advantage",
    LineOfBusiness.MEDICAID: "Medicaid",
    LineOfBusiness.MEDICAID_MANAGED_CARE: "managed Medicaid",
    LineOfBusiness.MARKETPLACE: "marketplace plans",
    LineOfBusiness.TRICARE: "TRICARE",
    LineOfBusiness.VA: "VA care",
    LineOfBusiness.EAP: "employee assistance (EAP)",
    LineOfBusiness.NATIONAL_CODING: "national coding",
}

HOW_LEARNT = {
    SourceKind.PRACTICE_VERIFICATION: "verified by your practice",
    SourceKind.CONTRACT: "your contract",
    SourceKind.PRIMARY: "payer's own document",
    SourceKind.SECONDARY: "article, not the payer's own",
    SourceKind.GUIDE: "general billing guide",
}

PLACES = {
    Topic.TELEHEALTH: "on the 90853 line",
    Topic.SUPERVISION: "on the line of the supervised service",
}
SAME_DAY_PLACE = "on the individual code, not on 90853"

WHAT_WE_DO = (
    "I answer how payers treat group psychotherapy (90853): same-day billing, authorization, telehealth, group size,"
    " units, modifiers, who may bill, documentation, denials. I also review group notes before the claims go out."
)
