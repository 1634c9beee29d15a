"""The lesson behind a finding or an answer: which module says why, and where in it."""

from dataclasses import dataclass

from bot.onboarding.course import shipped_course
from bot.policies.models import Topic
from bot.review.models import Element, Item

_ELEMENTS = {
    Element.SESSION_DATE: ("two-layers", "the-layer-they-share"),
    Element.GROUP_COMPOSITION: ("two-layers", "the-layer-they-share"),
    Element.TOPIC_FOCUS: ("two-layers", "the-layer-they-share"),
    Element.MODALITY: ("what-the-code-is-for", "what-has-to-be-visible"),
    Element.PROVIDER_INTERVENTIONS: ("what-the-code-is-for", "what-has-to-be-visible"),
    Element.ACTIVE_PSYCHOTHERAPY: ("therapy-or-class", "three-signs-of-therapy"),
    Element.PATIENT_PARTICIPATION: ("two-layers", "the-layer-that-is-theirs-alone"),
    Element.CLINICAL_RESPONSE: ("two-layers", "the-layer-that-is-theirs-alone"),
    Element.PROGRESS_TOWARD_GOALS: ("two-layers", "no-progress-is-progress-written-down"),
    Element.MEDICAL_NECESSITY: ("necessity", "two-ties-one-sentence"),
    Element.DIAGNOSIS_PRESENT: ("diagnosis", "agreeing-with-the-note"),
    Element.SAFETY: ("two-layers", "safety-and-plan"),
    Element.PLAN: ("two-layers", "safety-and-plan"),
}
_ITEMS = {
    Item.ELIGIBILITY_VERIFIED: ("checklist", "three-of-the-payer"),
    Item.GROUP_AUTHORIZATION_ACTIVE: ("authorization", "four-things-to-see-on-it"),
    Item.ACTIVE_PSYCHOTHERAPY: _ELEMENTS[Element.ACTIVE_PSYCHOTHERAPY],
    Item.SESSION_DOCUMENTATION: ("two-layers", "the-layer-they-share"),
    Item.INDIVIDUAL_DOCUMENTATION: ("two-layers", "the-layer-that-is-theirs-alone"),
    Item.MEDICAL_NECESSITY: _ELEMENTS[Element.MEDICAL_NECESSITY],
    Item.INDIVIDUALIZED: ("copies", "the-costliest-habit"),
    Item.SAME_DAY_POLICY_CONFIRMED: ("same-day", "no-single-rule"),
    Item.DIAGNOSIS_CODE: ("diagnosis", "complete-and-from-the-set"),
}
_TOPICS = {
    Topic.SAME_DAY: ("same-day", "no-single-rule"),
    Topic.MODIFIERS: ("same-day", "the-national-floor"),
    Topic.PRIOR_AUTH: ("authorization", "it-depends-on-the-payer"),
    Topic.TELEHEALTH: ("telehealth", "widely-covered-payer-by-payer"),
    Topic.GROUP_SIZE: ("what-the-code-is-for", "not-a-matter-of-the-clock"),
    Topic.SESSION_DURATION: ("what-the-code-is-for", "not-a-matter-of-the-clock"),
    Topic.UNITS: ("eight-claims", "one-member-one-claim"),
    Topic.PROVIDER_TYPES: ("what-the-code-is-for", "who-may-give-it"),
    Topic.SUPERVISION: ("what-the-code-is-for", "who-may-give-it"),
    Topic.DOCUMENTATION: ("two-layers", "the-layer-that-is-theirs-alone"),
    Topic.NON_COVERED: ("therapy-or-class", "what-is-not-90853"),
    Topic.DIAGNOSIS: ("diagnosis", "complete-and-from-the-set"),
    Topic.REIMBURSEMENT: ("eight-claims", "why-it-pays-and-why-it-stops-paying"),
    Topic.CODING: ("what-the-code-is-for", "what-has-to-be-visible"),
    Topic.DENIAL: ("copies", "the-costliest-habit"),
}


@dataclass(frozen=True)
class Lesson:
    """A section of a module as teaching text, in markdown."""

    module: str
    anchor: str
    title: str
    heading: str
    text: str


def lesson_for_element(element: Element | Item) -> Lesson | None:
    """Why an element or a check of a review matters; None where the course cannot be read."""
    return _lesson(_ITEMS[element] if isinstance(element, Item) else _ELEMENTS[element])


def lesson_for_topic(topic: Topic) -> Lesson | None:
    """What stands behind the answers on a topic; None where no lesson does."""
    return _lesson(_TOPICS[topic]) if topic in _TOPICS else None


def _lesson(place: tuple[str, str]) -> Lesson | None:
    module = shipped_course().module(place[0])
    section = module.section(place[1]) if module else None
    if module is None or section is None:
        return None
    return Lesson(module.id, section.anchor, module.title, section.heading, section.text)
