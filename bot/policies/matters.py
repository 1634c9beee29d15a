"""What a fact or an answer is about, in the words people use for it."""

from bot.policies.models import Topic

MATTERS = {
    Topic.SAME_DAY: "group and individual psychotherapy on one date",
    Topic.PRIOR_AUTH: "prior authorization for group therapy",
    Topic.TELEHEALTH: "group therapy by telehealth",
    Topic.GROUP_SIZE: "the size of a group",
    Topic.SESSION_DURATION: "the length of a group session",
    Topic.UNITS: "units of 90853",
    Topic.FREQUENCY: "how often group therapy is paid",
    Topic.MODIFIERS: "modifiers with 90853",
    Topic.PROVIDER_TYPES: "who may lead and bill a group",
    Topic.SUPERVISION: "groups led under supervision",
    Topic.DOCUMENTATION: "what the record must show",
    Topic.NON_COVERED: "groups that are not covered",
    Topic.DIAGNOSIS: "diagnoses for group therapy",
    Topic.REIMBURSEMENT: "what 90853 pays",
    Topic.CODING: "coding a group",
    Topic.DENIAL: "denied group claims",
    Topic.GENERAL: "group therapy",
}

_ASPECT_MATTERS = {
    (Topic.SAME_DAY, "evaluation_and_management"): "group therapy and a medical visit (E/M) on one date",
    (Topic.SAME_DAY, "family_therapy"): "group and family therapy on one date",
    (
        Topic.SAME_DAY,
        "partial_hospitalization",
    ): "group therapy on a day of partial hospital or intensive outpatient care",
    (Topic.SAME_DAY, "substance_use_program"): "group and individual therapy on one date in substance use programs",
    (
        Topic.SAME_DAY,
        "hospital_outpatient",
    ): "group and individual therapy on one date in a hospital's outpatient clinic",
    (Topic.SAME_DAY, "crisis"): "group therapy and crisis psychotherapy on one date",
    (Topic.SAME_DAY, "same_service_repeated"): "two sessions of the same kind on one date",
    (Topic.TELEHEALTH, "audio_only"): "group therapy by audio only",
    (Topic.TELEHEALTH, "in_person_visit"): "the in-person visit for telehealth",
    (Topic.TELEHEALTH, "place_of_service"): "place of service for telehealth groups",
    (Topic.PROVIDER_TYPES, "co_leaders"): "two clinicians leading one group",
    (Topic.PRIOR_AUTH, "active_duty"): "prior authorization for active-duty members",
    (Topic.CODING, "interactive_complexity"): "interactive complexity (90785) with group",
    (Topic.PRIOR_AUTH, "telehealth"): "prior authorization for telehealth",
    (Topic.PRIOR_AUTH, "medicare_primary"): "prior authorization where Medicare pays first",
    (Topic.MODIFIERS, "telehealth"): "telehealth modifiers with 90853",
    (Topic.MODIFIERS, "audio_only"): "the modifier for audio-only groups",
    (Topic.MODIFIERS, "supervised_billing"): "modifiers for groups led under supervision",
    (Topic.SUPERVISION, "supervisor_presence"): "where the supervisor has to be",
    (Topic.SUPERVISION, "substance_use_program"): "supervision in substance use programs",
    (Topic.GROUP_SIZE, "substance_use_program"): "the size of a group in substance use programs",
    (Topic.FREQUENCY, "substance_use_program"): "how often group therapy is paid in substance use programs",
}


def matter(topic: Topic, aspect: str = "") -> str:
    """What an answer is about, in words."""
    apart = f" ({aspect.replace('_', ' ')})" if aspect else ""
    return _ASPECT_MATTERS.get((topic, aspect)) or MATTERS[topic] + apart
