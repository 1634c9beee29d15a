"""Questions made particular to this note: "during the role-play" where the session's part tells of one.

The words asked about stand in the note; nothing is suggested that does not. No verdict changes.
"""

import re
from collections.abc import Mapping, Sequence

from bot.review.models import Element, Status, Verdict

# What members do together, as a question names it; the first that the session's part tells of is asked about.
_ACTIVITIES = {
    "role-play": r"role[- ]?play(?:s|ing|ed)?",
    "empty-chair work": r"(?:empty|two)[- ]chair",
    "exposure": r"(?:in[- ]session |in vivo |imaginal )?exposure (?:exercise|practice|task|to)",
    "behavioral experiment": r"behaviou?ral experiments?",
    "chain analysis": r"chain analys[ei]s",
    "thought record": r"thought records?",
    "grounding exercise": r"grounding (?:exercise|practice|technique|skill)s?|5-4-3-2-1",
    "breathing exercise": r"(?:diaphragmatic |paced |slow |deep |box )?breathing(?: exercises?| practice)?",
    "guided imagery": r"guided imagery",
    "mindfulness exercise": r"mindful(?:ness)? (?:exercise|practice|meditation|breathing)s?",
    "letter writing": r"(?:wrote|writing|write|read) (?:\w+ ){0,3}letters?",
    "decisional balance": r"decisional balance",
    "safety planning": r"safety plan(?:s|ning)",
    "pair work": r"(?:in|into) pairs|pair work",
    "feedback round": r"(?:round|rounds) of feedback|feedback rounds?",
    "go-round": r"go[- ]?(?:a)?round",
    "check-in": r"check[- ]?in(?: round)?",
}
_PATTERNS = {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _ACTIVITIES.items()}
_NOT_DONE = re.compile(
    r"\b(?:no|not|did not|didn't|without|skipped|postponed|next|will|planned)\b[^.;\n]{0,40}$", re.IGNORECASE
)
# The general words of a judge's question, and what stands in their place.
_PARTICULAR = {
    Element.PATIENT_PARTICIPATION: ("in the group (", "during the {activity} ("),
    Element.CLINICAL_RESPONSE: ("to an intervention or to the group:", "to the {activity}:"),
    Element.MEDICAL_NECESSITY: ("did this session's work bear", "did the {activity} bear"),
}


def activity_in(session: Sequence[str]) -> str:
    """What the members did together, as the session's part tells it; empty where it names nothing known."""
    for name, pattern in _PATTERNS.items():
        for part in session:
            if any(
                not _NOT_DONE.search(part[max(0, hit.start() - 60) : hit.start()]) for hit in pattern.finditer(part)
            ):
                return name
    return ""


def ask_about(elements: Mapping[Element, Verdict], activity: str) -> dict[Element, Verdict]:
    """The same verdicts, with their questions about what was done where they would ask in general."""
    return {element: _asked(element, verdict, activity) for element, verdict in elements.items()}


def _asked(element: Element, verdict: Verdict, activity: str) -> Verdict:
    if not activity or element not in _PARTICULAR or verdict.status not in (Status.MISSING, Status.PARTIAL):
        return verdict
    general, particular = _PARTICULAR[element]
    return verdict.model_copy(update={"fix": verdict.fix.replace(general, particular.format(activity=activity), 1)})
