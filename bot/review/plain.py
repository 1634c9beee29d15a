"""Plain words: what a clause tells without weighing, and what a sentence cannot earn however it looks.

The weighing serves wordings that no rule foresaw; it also calls "slept through the second half" nothing. Where the
rules find an element in words as plain as these, theirs is the verdict. And some sentences earn less than they seem to:
"says he is fine" tells nobody apart, and a wish to be dead is no response to the group.
"""

from collections.abc import Iterable, Iterator

from bot.review.elements.goals import NOT_NAMED
from bot.review.elements.interventions import is_plain_exercise
from bot.review.elements.participation import is_plain_act, is_stock_statement
from bot.review.elements.passages import Passage
from bot.review.elements.plan import is_plain_step, is_unchanged_elsewhere
from bot.review.elements.response import is_plain_response, shows_response
from bot.review.elements.safety import answers_danger, is_false_alarm, is_left_empty, own_danger
from bot.review.elements.safety_plan import is_only_there
from bot.review.elements.topic_focus import is_plain_topic
from bot.review.models import Element
from bot.review.tagger import Earns
from bot.review.units import Unit

_OF_CLAUSES = {
    Element.PROVIDER_INTERVENTIONS: is_plain_exercise,
    Element.PATIENT_PARTICIPATION: is_plain_act,
    Element.CLINICAL_RESPONSE: is_plain_response,
    Element.PLAN: is_plain_step,
}


def plainly_met(element: Element, units: Iterable[Unit]) -> Passage | None:
    """The first words that meet an element so plainly that the rules' `met` stands; none for most elements."""
    if element is Element.TOPIC_FOCUS:
        return next((unit.passage for unit in units if is_plain_topic(unit.passage)), None)
    is_plain = _OF_CLAUSES.get(element)
    if is_plain is None:
        return None
    return next((clause for unit in units for clause in unit.clauses if is_plain(clause)), None)


def tells_danger(unit: Unit) -> bool:
    """Whether a unit tells of a wish to be dead or of harm to oneself, and not how it was addressed."""
    return any(own_danger(clause) for clause in unit.clauses) and not any(map(answers_danger, unit.clauses))


def answers_nothing(unit: Unit) -> bool:
    """Whether a unit says no more of safety than that there is a safety plan, or that it was read out."""
    return any(map(is_only_there, unit.clauses)) and not any(map(answers_danger, unit.clauses))


def _tells_progress(unit: Unit) -> bool:
    return any(clause.has("progress.generic", "goal.plain") for clause in unit.clauses)


def caps(unit: Unit) -> Iterator[tuple[Element, Earns]]:
    """The most that a unit earns for an element, where that is less than a met."""
    if all(is_stock_statement(clause) for clause in unit.clauses):
        yield Element.PATIENT_PARTICIPATION, Earns.PARTIAL
        yield Element.CLINICAL_RESPONSE, Earns.PARTIAL
    if all(is_false_alarm(clause) or is_left_empty(clause) for clause in unit.clauses):
        yield Element.SAFETY, Earns.NOTHING
    if all(is_unchanged_elsewhere(clause) for clause in unit.clauses):
        yield Element.PLAN, Earns.NOTHING
    if tells_danger(unit) and not any(shows_response(clause) for clause in unit.clauses):
        yield Element.CLINICAL_RESPONSE, Earns.NOTHING
    if _tells_progress(unit) and not any(clause.content(NOT_NAMED) for clause in unit.clauses):
        yield Element.PROGRESS_TOWARD_GOALS, Earns.PARTIAL
