"""Grades what a learner answers, by the engine that reviews real notes and answers real questions.

The answer written in a course file is never looked at here: a test holds that the engine gives the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.answers.models import Answer, Matter
from bot.claims.models import ClaimFacts
from bot.errors import UserError
from bot.onboarding.models import (
    NO_MODIFIER,
    ChooseModifier,
    ChooseRuling,
    Drill,
    FixSentence,
    JudgeClaim,
    SpotCopy,
)
from bot.policies.models import Decision
from bot.review.models import SESSION_ELEMENTS, Element, Report, Status, Verdict
from bot.review.wording import ITEMS, READINESS_WORDS, SETTLED, STATUS_WORDS, copy_line, counted, element_name

if TYPE_CHECKING:
    from bot.answers.service import AnswerService
    from bot.review.service import ReviewService

NONE_OF_THESE = "None of these."
LONGEST_SENTENCE = 400
"""Characters."""


class Engine(Protocol):
    """The real engine, as far as drills need it; it keeps nothing of what it reads for them."""

    def review(self, text: str, claims: Sequence[ClaimFacts] = ()) -> Report: ...

    def on_file(self, matter: Matter) -> Answer: ...


@dataclass(frozen=True)
class Graded:
    """Whether an answer is right, and why in the engine's own words.

    `ask` is the engine's question or next step, `quote` the learner's words that it counts, `answer` the right one
    where it was asked for.
    """

    right: bool
    why: tuple[str, ...]
    ask: str = ""
    quote: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Choice:
    """One thing to choose: `value` is what is graded."""

    value: str
    label: str


def choices(drill: Drill) -> tuple[Choice, ...]:
    """What a learner may choose from; nothing where a sentence is written."""
    if isinstance(drill, SpotCopy):
        return tuple(Choice(f"{a}|{b}", f"{a} and {b}") for a, b in drill.pairs)
    if isinstance(drill, ChooseModifier):
        return tuple(Choice(one, "No modifier on file" if one == NO_MODIFIER else one) for one in drill.options)
    if isinstance(drill, ChooseRuling):
        return tuple(Choice(one.value, one.value.replace("_", " ").capitalize()) for one in drill.options)
    if isinstance(drill, JudgeClaim):
        return tuple(Choice(kind.value, word.capitalize()) for kind, word in READINESS_WORDS.items())
    return ()


def claim_lines(drill: JudgeClaim) -> list[str]:
    """What is known of the claim beside the note."""
    claim, held = drill.claim, drill.claim.authorization
    lines = [f"{claim.payer} {claim.state}, {claim.date_of_service}, diagnosis on the claim {claim.diagnosis_code}"]
    if claim.eligibility_verified_on:
        lines.append(f"eligibility verified {claim.eligibility_verified_on}")
    if held:
        group = {True: "covers group", False: "does not cover group", None: "group not mentioned"}[held.covers_group]
        lines.append(f"authorization {held.starts_on} to {held.ends_on}, {_units(held.units_left)}, {group}")
    if claim.same_day_codes:
        lines.append(f"also billed that day: {', '.join(claim.same_day_codes)}")
    return lines


def stated_answers(drill: Drill) -> tuple[str, ...]:
    """The right values as the course file states them."""
    if isinstance(drill, SpotCopy):
        return ("|".join(drill.answer),)
    if isinstance(drill, ChooseModifier):
        return drill.answer
    return (str(drill.answer),)


class Grader:
    """Asks the engine anew each time, so that what the practice itself verified counts."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine

    def right_values(self, drill: Drill) -> tuple[str, ...]:
        """The choices that the engine holds for right; for a sentence, the course's own where it is one."""
        if isinstance(drill, FixSentence):
            return stated_answers(drill) if self.grade(drill, drill.answer).right else ()
        return tuple(one.value for one in choices(drill) if self.grade(drill, one.value).right)

    def label(self, drill: Drill, value: str) -> str:
        """A right value as it is shown."""
        return next((one.label for one in choices(drill) if one.value == value), value)

    def shown(self, drill: Drill) -> Graded:
        """The right answer, and why; that it is none of the choices, where the practice's own file says otherwise."""
        if isinstance(drill, FixSentence):
            return replace(self.grade(drill, drill.answer), answer=drill.answer)
        right = self.right_values(drill)
        told = self.grade(drill, right[0] if right else choices(drill)[0].value)
        return replace(told, answer=", ".join(self.label(drill, one) for one in right) or NONE_OF_THESE)

    def grade(self, drill: Drill, given: str) -> Graded:
        """Raises UserError for a sentence that is empty or too long, and for what is none of the choices."""
        if isinstance(drill, FixSentence):
            return self._sentence(drill, given)
        if given not in {one.value for one in choices(drill)}:
            raise UserError("That is none of this drill's choices: open it again.")
        if isinstance(drill, SpotCopy):
            return self._copies(drill, given)
        if isinstance(drill, JudgeClaim):
            return self._claim(drill, given)
        return self._on_file(drill, given)

    def _sentence(self, drill: FixSentence, given: str) -> Graded:
        """Right where the note with the sentence in it meets the element; with the vague one it never does."""
        sentence = " ".join(given.split())
        if not any(character.isalpha() for character in sentence):
            raise UserError("Write a sentence in words.")
        if len(sentence) > LONGEST_SENTENCE:
            raise UserError(f"One sentence is enough: {LONGEST_SENTENCE} characters at most.")
        text = drill.note(sentence)
        verdict = _verdict(self._engine().review(text), drill.element)
        told = f"{element_name(drill.element)}: {STATUS_WORDS[verdict.status]}."
        # Words of the note around it would be praise, or blame, for what the learner did not write.
        quote = next((one.quote for one in verdict.evidence if one.quote.strip() and one.quote in sentence), "")
        return Graded(
            verdict.status is Status.MET, tuple(line for line in (told, verdict.reason) if line), verdict.fix, quote
        )

    def _copies(self, drill: SpotCopy, given: str) -> Graded:
        copies = self._engine().review(copied_note(drill)).copies
        right = set(given.split("|")) in [{copy.a, copy.b} for copy in copies]
        return Graded(right, tuple(f"{copy_line(copy)}." for copy in copies) or ("No two of these parts are copies.",))

    def _claim(self, drill: JudgeClaim, given: str) -> Graded:
        report = self._engine().review(drill.note, (drill.claim,))
        (patient,) = report.patients
        open_ = [(ITEMS[item], verdict) for item, verdict in patient.checklist.items() if verdict.status not in SETTLED]
        why = [f"{name}: {STATUS_WORDS[verdict.status]}. {verdict.reason}" for name, verdict in open_]
        right = given == patient.readiness.value
        # After a wrong choice the findings are told and not the verdict: there is something left to choose again.
        told = (f"The review says: {READINESS_WORDS[patient.readiness]}.",) if right else ()
        settled = () if why else ("All nine checks are met or do not apply.",)
        return Graded(right, (*told, *why, *settled), open_[0][1].fix if open_ else "")

    def _on_file(self, drill: ChooseModifier | ChooseRuling, given: str) -> Graded:
        answer = self._engine().on_file(Matter(payer=drill.payer, topic=drill.topic))
        if isinstance(drill, ChooseModifier):
            right = given in answer.modifiers if answer.modifiers else given == NO_MODIFIER
        else:
            right = given == answer.decision.value
        said = answer.answer.split("\n")[0]
        sources = "; ".join(
            f"{one.source_title} ({one.publisher}, {one.effective_date or 'undated'})" for one in answer.citations[:2]
        )
        # A wrong choice is not told the code: there is something left to choose again.
        codes = answer.modifiers if right and isinstance(drill, ChooseModifier) else ()
        named = (f"Modifier{'s' * (len(codes) > 1)} on file: {' or '.join(codes)}.",) if codes else ()
        beside = "Beside it, no rule of this payer" if answer.decision is Decision.UNKNOWN else "On file"
        stale = ("The rule is older than this benefit year: verify first.",) if answer.stale else ()
        # An answer has the questions beneath it; a drill has none.
        ask = answer.next_step.replace("the questions below", "the call script")
        return Graded(right, (said, *named, *stale, *((f"{beside}: {sources}",) if sources else ())), ask)


@dataclass(frozen=True)
class OwnEngine:
    """The engine over one practice's file. It goes by the services, and so leaves no fingerprint and no record."""

    reviews: "ReviewService"
    answers: "AnswerService"

    def review(self, text: str, claims: Sequence[ClaimFacts] = ()) -> Report:
        return self.reviews.review(text, claims)

    def on_file(self, matter: Matter) -> Answer:
        return self.answers.on_file(matter)


def copied_note(drill: SpotCopy) -> str:
    """The parts as one note."""
    parts = "\n\n".join(f"Patient: {label}\n{words.strip()}" for label, words in drill.parts.items())
    return f"{drill.session.strip()}\n\n{parts}\n"


def _units(left: int | None) -> str:
    return "units not known" if left is None else f"{counted(left, 'unit')} left"


def _verdict(report: Report, element: Element) -> Verdict:
    if element in SESSION_ELEMENTS:
        return report.session.elements[element]
    return report.patients[0].elements[element]
