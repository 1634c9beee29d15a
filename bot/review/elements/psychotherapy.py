"""active_psychotherapy: whether the session was therapy, not a class, peer support or recreation."""

from bot.review.elements.interventions import therapeutic_acts
from bot.review.elements.participation import is_specific_act
from bot.review.elements.passages import Actor, Passage, Reading
from bot.review.elements.verdicts import met, missing, partial
from bot.review.lacking import question
from bot.review.models import Element, Evidence, Status, Verdict

_MIXED = "Therapy is mixed with class or support content, and the balance is unclear."
FIX = question(Element.ACTIVE_PSYCHOTHERAPY)


def judge_active_psychotherapy(reading: Reading, interventions: Verdict, modality: Verdict) -> Verdict:
    """Met where interventions and members' work show therapy; a class, peer support or recreation is none."""
    acts = therapeutic_acts(reading)
    worked = _members_work(reading)
    has_modality = modality.status is Status.MET
    lessons = [
        s for s in reading.session if s.has("act.class", "class.skills_only", "class.support", "class.recreation")
    ]
    if acts and worked and len(lessons) < len(acts) + has_modality:
        return met(acts[0], worked[0])
    if lessons:
        therapy: list[Passage | Evidence] = [*acts[:1]]
        if not acts and has_modality and interventions.status is Status.PARTIAL:
            therapy.extend(modality.evidence)
        therapy.append(lessons[0])
        if len(therapy) > 1:
            return partial(therapy, _MIXED, FIX)
        return missing("The session reads as a class, peer support, recreation or skills training.", FIX)
    if acts:
        return partial(acts[:1], "Interventions are named, but not what members did with them.", FIX)
    denied = any(sentence.has("act.none") for sentence in reading.session)
    if (has_modality or worked) and not denied:
        rests: list[Passage | Evidence] = [*worked[:1], *(modality.evidence if has_modality else ())]
        return partial(rests, "A modality or members' work shows, but no therapeutic intervention.", FIX)
    return missing("Nothing shows therapy: no intervention by the provider and no therapeutic work by members.", FIX)


def _members_work(reading: Reading) -> list[Passage]:
    """What members did that is work of therapy: told of one member, or of the group in the session part."""
    own = [
        clause
        for member in reading.members
        for clause in member.clauses()
        if is_specific_act(clause)
        and clause.has("class.work", "resp.insight", "resp.feedback", "resp.skill", "resp.affect", "resp.body")
    ]
    shared = [
        clause
        for sentence in reading.session
        for clause in sentence.clauses
        if clause.actor in {Actor.GROUP, Actor.PATIENT} and clause.has("class.work")
    ]
    return own or shared
