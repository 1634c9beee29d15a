"""The rules' reading of a note: each of the thirteen elements by its own module, over sentences and clauses."""

from bot.review.elements.diagnosis import judge_diagnosis
from bot.review.elements.goals import judge_progress
from bot.review.elements.group_composition import judge_group_composition
from bot.review.elements.interventions import judge_interventions
from bot.review.elements.modality import judge_modality
from bot.review.elements.necessity import judge_necessity
from bot.review.elements.participation import judge_participation
from bot.review.elements.passages import MemberReading, Reading
from bot.review.elements.plan import judge_plan
from bot.review.elements.psychotherapy import judge_active_psychotherapy
from bot.review.elements.response import judge_response
from bot.review.elements.safety import judge_safety
from bot.review.elements.session_date import judge_session_date
from bot.review.elements.topic_focus import judge_topic_focus
from bot.review.models import Element, Judgement, Verdict


def judge_by_rules(reading: Reading) -> Judgement:
    """The verdicts of the session and of each member, in order."""
    return Judgement(session=_judge_session(reading), members=tuple(_judge_member(one) for one in reading.members))


def _judge_session(reading: Reading) -> dict[Element, Verdict]:
    modality = judge_modality(reading)
    interventions = judge_interventions(reading)
    return {
        Element.SESSION_DATE: judge_session_date(reading),
        Element.GROUP_COMPOSITION: judge_group_composition(reading),
        Element.TOPIC_FOCUS: judge_topic_focus(reading),
        Element.MODALITY: modality,
        Element.PROVIDER_INTERVENTIONS: interventions,
        Element.ACTIVE_PSYCHOTHERAPY: judge_active_psychotherapy(reading, interventions, modality),
    }


def _judge_member(member: MemberReading) -> dict[Element, Verdict]:
    return {
        Element.PATIENT_PARTICIPATION: judge_participation(member),
        Element.CLINICAL_RESPONSE: judge_response(member),
        Element.PROGRESS_TOWARD_GOALS: judge_progress(member),
        Element.MEDICAL_NECESSITY: judge_necessity(member),
        Element.DIAGNOSIS_PRESENT: judge_diagnosis(member),
        Element.SAFETY: judge_safety(member),
        Element.PLAN: judge_plan(member),
    }
