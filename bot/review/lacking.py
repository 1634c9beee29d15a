"""What a verdict says is lacking, and the question whose true answer would supply it, for each element.

They serve the rules and the tagger alike; a rule that knows more says more.
"""

from bot.review.elements.verdicts import named
from bot.review.models import Element, Status

# Partial, missing, the question; {} is the member.
_WORDS = {
    Element.SESSION_DATE: (
        "The date of service is not complete: it needs month, day and year.",
        "No date of service is given.",
        "On what date (month, day and year) was this session held?",
    ),
    Element.GROUP_COMPOSITION: (
        "The note tells whom the group is for, but not who or how many were present.",
        "The note does not say who or how many were present.",
        "How many members were present at this session?",
    ),
    Element.TOPIC_FOCUS: (
        "Only the group's name or a hint tells what this session dealt with.",
        "The note does not say what the session was about.",
        "What was this session's topic or therapeutic focus?",
    ),
    Element.MODALITY: (
        "A technique is told, but not the modality that it belongs to.",
        "No clinical modality is named; group therapy, support or education is not one.",
        "Which clinical modality did you use in this session (for example CBT, DBT, interpersonal process)?",
    ),
    Element.PROVIDER_INTERVENTIONS: (
        "What the provider did is told in general words only.",
        "The note does not say what the provider did as therapy.",
        "What did you do as the therapist in this session: which interventions, with what aim?",
    ),
    Element.ACTIVE_PSYCHOTHERAPY: (
        "It is not clear from the note that this was psychotherapy more than a class, support or company.",
        "The note reads as a class, support or recreation, not as psychotherapy.",
        "Which therapeutic work was done: what did you do as therapist, and what did the members work through?",
    ),
    Element.PATIENT_PARTICIPATION: (
        "{}'s participation is described in words that fit anyone.",
        "The note does not say what {} said or did in the group.",
        "What did {} say or do in the group (one thing you saw or heard)?",
    ),
    Element.CLINICAL_RESPONSE: (
        "{}'s response is given in general words, not as something seen or heard.",
        "The note does not say how {} responded to an intervention or to the group.",
        "How did {} respond to an intervention or to the group: what did you see, or what did they say about it?",
    ),
    Element.PROGRESS_TOWARD_GOALS: (
        "A goal of {} or progress is mentioned, but no movement, no change or setback on a named goal.",
        "Nothing is said of {}'s progress toward a named treatment goal.",
        "Which treatment goal of {} does this bear on, and what moved since last time: better, worse or the same?",
    ),
    Element.MEDICAL_NECESSITY: (
        "The session's work is tied to only one of the two: {}'s diagnosis or symptoms, and a treatment goal.",
        "No sentence connects this session's work to {}'s diagnosis or symptoms and to a treatment goal.",
        "How did this session's work bear on {}'s diagnosis or symptoms, and which treatment goal did it serve?",
    ),
    Element.DIAGNOSIS_PRESENT: (
        "Symptoms or a pointer to a diagnosis are given, but no diagnosis of {}.",
        "No diagnosis of {} is given, by name or by code.",
        "What is {}'s diagnosis, by name and ICD-10-CM code?",
    ),
    Element.SAFETY: (
        "A concern about {} is mentioned, and nothing says how it was addressed.",
        "Risk and safety are not addressed for {}.",
        "Did you ask {} about risk (suicide, self-harm, harm to others) in this session, and what did they say?",
    ),
    Element.PLAN: (
        "The plan is to go on as before, with no next step of {}'s own.",
        "The note does not say what {} does next.",
        "What will {} do next: what at the next group, or before it?",
    ),
}


def asked(element: Element, status: Status, label: str = "") -> tuple[str, str]:
    """Reason and question for an element that is partial or missing; both empty for one that is met."""
    if status is Status.MET:
        return "", ""
    partly, lacking, _ = _WORDS[element]
    return (partly if status is Status.PARTIAL else lacking).format(named(label)), question(element, label)


def question(element: Element, label: str = "") -> str:
    """What is asked of the clinician wherever an element is not met."""
    return _WORDS[element][2].format(named(label))
