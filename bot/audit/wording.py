"""What stands in the page and in the PDF alike: names of elements that fit a narrow column, the title, the figures."""

from bot.audit.models import Audit
from bot.review.models import Element
from bot.review.wording import LATE_ENTRY

SHORT_NAMES = {
    Element.SESSION_DATE: "Date",
    Element.GROUP_COMPOSITION: "Members",
    Element.TOPIC_FOCUS: "Topic",
    Element.MODALITY: "Modality",
    Element.PROVIDER_INTERVENTIONS: "Provider",
    Element.ACTIVE_PSYCHOTHERAPY: "Therapy",
    Element.PATIENT_PARTICIPATION: "Took part",
    Element.CLINICAL_RESPONSE: "Response",
    Element.PROGRESS_TOWARD_GOALS: "Progress",
    Element.MEDICAL_NECESSITY: "Necessity",
    Element.DIAGNOSIS_PRESENT: "Diagnosis",
    Element.SAFETY: "Safety",
    Element.PLAN: "Plan",
}


def title(audit: Audit) -> str:
    """As in “Group note audit, 2026-10-01 to 2026-10-28”."""
    return f"Group note audit{f', {audit.first} to {audit.last}' if audit.first else ''}"


def about(audit: Audit) -> str:
    """How much was read and when, and how to keep it."""
    return (
        f"{audit.notes:,} notes of {audit.sessions:,} sessions, made {audit.made_on}. Holds health information: "
        "keep it as you keep the notes."
    )


def how_to_mend(audit: Audit) -> str:
    """How words added after the month are entered, where a finding asks for any; else empty."""
    return LATE_ENTRY if any(one.kind != "split" for one in audit.findings) else ""
