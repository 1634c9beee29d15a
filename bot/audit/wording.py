"""Names of elements that fit a narrow column, the same in the page and the PDF."""

from bot.review.models import Element

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
