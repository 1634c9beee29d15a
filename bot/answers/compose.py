"""A ruling in words: the decision first, then what the sources say, each statement with its marker.

The text carries no markup but blank lines and "- " bullets, so that Slack, a terminal and JSON all show it as it is.
Conditions, modifiers, conflicts and the next step stand in their own fields and are not repeated at length.
"""

from collections.abc import Sequence
from datetime import date

from bot.answers.call_script import call_script
from bot.answers.citing import Citer
from bot.answers.cues import load_cues
from bot.answers.models import Answer, Matter, PayerRef
from bot.answers.phrases import DECISIONS, LINES, PLACES, SAME_DAY_PLACE, WITHIN_LIMITS, matter
from bot.answers.relevance import most_telling, shorten
from bot.answers.shorthand import spell_out
from bot.policies.age import last_known_year
from bot.policies.models import Confidence, Decision, Fact, Payer, Topic
from bot.policies.reading import decision_of, is_verified, speaks_of_groups
from bot.policies.ruling import Ruling
from bot.policies.states import STATES

_MOST_DECIDING = 4
_MOST_SUPPORTING = 2
_MOST_CONFLICTS = 3
_MOST_CAVEATS = 3
_LIMITS = frozenset({Topic.GROUP_SIZE, Topic.SESSION_DURATION, Topic.UNITS, Topic.FREQUENCY})
_OF_THE_EDIT = frozenset({"59", "XE", "XP", "XS", "XU"})
_BUNDLED = "individual session same-day rule"  # what a bundling denial of a group is about
_ABOUT_GROUPS = frozenset({Topic.SAME_DAY, Topic.PRIOR_AUTH, Topic.TELEHEALTH})
RAN_OUT = "Your practice's verification"
PERMISSIONS = frozenset({Decision.ALLOWED, Decision.ALLOWED_WITH_CONDITIONS, Decision.NOT_REQUIRED})


def compose(
    ruling: Ruling, question: str, today: date, *, on: date | None = None, also: Sequence[Topic] = ()
) -> Answer:
    """The answer to `question` from its ruling; `also` are topics the question names that this answer leaves out."""
    return _Composition(ruling, question, on or today, on).answer(also)


def payer_ref(payer: Payer, ruling: Ruling) -> PayerRef:
    """The payer an answer is about, with the line of business it was answered for."""
    return PayerRef(
        id=payer.id, name=payer.name, line_of_business=ruling.line_of_business, jurisdiction=payer.jurisdiction
    )


def asked_of(payer: Payer, ruling: Ruling) -> Matter:
    """What to ask the payer, where the ruling leaves something open."""
    return Matter(
        payer=payer.id,
        topic=ruling.topic,
        aspect=ruling.aspect,
        line_of_business=ruling.line_of_business,
        state=ruling.state,
    )


class _Composition:
    """One answer in the making."""

    def __init__(self, ruling: Ruling, question: str, day: date, asked_day: date | None) -> None:
        self.ruling = ruling
        self.question = question
        self.day = day
        self.asked_day = asked_day
        self.citer = Citer()
        self._bundled = bool(load_cues().scope["bundled"].search(spell_out(question)))

    def answer(self, also: Sequence[Topic]) -> Answer:
        ruling = self.ruling
        paragraphs = self._general() if ruling.payer is None else self._of_payer(ruling.payer)
        conflicts = self._conflicts()
        if also:
            named = " and ".join(matter(topic) for topic in also)
            paragraphs.append(f"You also asked about {named}: ask that on its own.")
        open_still = ruling.stale or ruling.decision is Decision.UNKNOWN or bool(conflicts or ruling.ran_out)
        asking = ruling.payer is not None and open_still
        return Answer(
            question=self.question,
            payer=payer_ref(ruling.payer, ruling) if ruling.payer else None,
            topic=ruling.topic,
            decision=ruling.decision,
            answer="\n\n".join(part for part in paragraphs if part),
            conditions=ruling.conditions[:8],
            modifiers=ruling.modifiers,
            stale=ruling.stale,
            confidence=ruling.confidence,
            conflicts=conflicts,
            citations=self.citer.citations(),
            next_step=self._next_step(),
            call_script=call_script(ruling.topic) if asking else (),
            to_ask=asked_of(ruling.payer, ruling) if asking and ruling.payer else None,
        )

    # -- a payer on file

    def _of_payer(self, payer: Payer) -> list[str]:
        ruling = self.ruling
        if ruling.decision is Decision.UNKNOWN:
            who, about = self._who(payer), matter(ruling.topic, ruling.aspect)
            about = f"{about} ({ruling.measured})" if ruling.measured else about
            return [
                f"Unknown: nothing on file says what {who} decides on {about}."
                if not ruling.deciding
                else f"Unknown: what is on file does not settle {about} for {who}.",
                self._ran_out(),
                self._bullets(ruling.deciding[:2]),
                *([self._caveats()] if ruling.deciding else ruling.caveats[:1]),
                self._dates_note(),
                self._beside(payer),
                self._supporting(),
                self._other_lines(),
            ]
        return [
            self._lead(payer),
            self._bullets(most_telling(ruling.deciding, self.question, _MOST_DECIDING)),
            self._ran_out(),
            self._silence(),
            self._modifiers(),
            self._mention_conflict(),
            self._age(),
            self._caveats(),
            self._supporting(),
            self._other_lines(),
            self._floor_beside(payer),
        ]

    def _who(self, payer: Payer) -> str:
        ruling = self.ruling
        line = ruling.line_of_business
        told = [LINES[line]] if line and len(payer.lines_of_business) > 1 else []
        told = [words for words in told if words not in payer.name]
        if ruling.state and ruling.state not in payer.jurisdiction:
            told.append(STATES.get(ruling.state, ruling.state))
        return f"{payer.name} ({', '.join(told)})" if told else payer.name

    def _lead(self, payer: Payer) -> str:
        ruling = self.ruling
        who = self._who(payer)
        words = DECISIONS[ruling.decision]
        if ruling.measured and ruling.by_ncci:
            return f"{words}, {ruling.measured}: {matter(ruling.topic, ruling.aspect)}, {who}."
        if ruling.by_ncci and ruling.topic is Topic.SAME_DAY:
            return (
                f"{words}: {who} pays group (90853) and individual psychotherapy on one date when both were done, are"
                f" distinct and are documented apart, with 59 or XE {SAME_DAY_PLACE}."
            )
        if ruling.by_ncci:
            return f"{words} when group and individual psychotherapy share a date: 59 or XE {SAME_DAY_PLACE} ({who})."
        if ruling.decision is Decision.ALLOWED_WITH_CONDITIONS and ruling.topic in _LIMITS:
            words = WITHIN_LIMITS
        if ruling.measured:
            return f"{words}, {ruling.measured}: {matter(ruling.topic, ruling.aspect)}, {who}."
        if ruling.decision is Decision.NOT_APPLICABLE:
            return f"{who}, on {matter(ruling.topic, ruling.aspect)}:"
        return f"{words}: {matter(ruling.topic, ruling.aspect)}, {who}."

    def _bullets(self, facts: Sequence[Fact]) -> str:
        return "\n".join(f"- {self._statement(fact)}" for fact in facts)

    def _statement(self, fact: Fact) -> str:
        region = f"{fact.region}: " if fact.region and fact.region.split()[0] not in fact.statement else ""
        return f"{region}{fact.statement} {self.citer.mark(fact)}"

    def _silence(self) -> str:
        """Says so where a rule on care in general decides: whether it takes in groups is for the payer to say."""
        ruling = self.ruling
        if ruling.topic not in _ABOUT_GROUPS or ruling.decision not in PERMISSIONS:
            return ""
        if any(speaks_of_groups(fact) for fact in ruling.deciding):
            return ""
        return "That speaks of care in general and does not name groups: ask whether 90853 is included."

    def _modifiers(self) -> str:
        ruling = self.ruling
        if not ruling.modifiers or ruling.by_ncci:
            return ""
        carrying = [fact for fact in ruling.deciding if fact.modifiers]
        codes = _or(ruling.modifiers)
        pair = ruling.topic is Topic.SAME_DAY and not ruling.aspect
        place = SAME_DAY_PLACE if pair else PLACES.get(ruling.topic, "")
        noun = "Modifier" if len(ruling.modifiers) == 1 else "Modifiers"
        return f"{noun}: {codes}{' ' + place if place else ''} {self.citer.mark(*_enough(carrying))}."

    def _mention_conflict(self) -> str:
        if not self.ruling.conflicts:
            return ""
        shown = self.ruling.disputing[:_MOST_CONFLICTS]
        return f"Sources disagree {self.citer.mark(*shown)}." if shown else "Sources disagree: see the conflict noted."

    def _conflicts(self) -> tuple[str, ...]:
        ruling = self.ruling
        shown = [f"{sentence}" for sentence in ruling.conflicts[:_MOST_CONFLICTS]]
        for at, fact in enumerate(ruling.disputing[: len(shown)]):
            shown[at] = f"{shown[at]} {self.citer.mark(fact)}"
        return tuple(shown)

    def _age(self) -> str:
        ruling = self.ruling
        if not ruling.stale:
            return ""
        years = [year for year in map(last_known_year, ruling.deciding) if year]
        if not years:
            return f"No source here carries a date, so nothing shows that this holds in {self.day.year}: verify first."
        return f"The newest source is from {max(years)}, before the {self.day.year} benefit year: verify first."

    def _caveats(self) -> str:
        """What limits the sources themselves ("2012 manual", "inferred from a list")."""
        told = self.ruling.caveats[:_MOST_CAVEATS]
        return f"Mind: {'; '.join(told)}." if told else ""

    def _supporting(self) -> str:
        facts = most_telling(self.ruling.supporting, self.question, _MOST_SUPPORTING)
        facts = [fact for fact in facts if not self.citer.has(fact)]
        return "Also on file:\n" + self._bullets(facts) if facts else ""

    def _other_lines(self) -> str:
        """What holds for the payer's other lines, where it differs from the answer given."""
        ruling = self.ruling
        different = [fact for fact in ruling.other_lines if decision_of(fact) is not ruling.decision][:2]
        lines = [
            f"- For {LINES[fact.line_of_business]}: {shorten(fact.statement)} {self.citer.mark(fact)}"
            for fact in different
        ]
        opening = (
            "Other plans of this payer differ:"
            if ruling.decision is not Decision.UNKNOWN
            else "On file for its other plans only:"
        )
        return "\n".join([opening, *lines]) if lines else ""

    def _ran_out(self) -> str:
        """What the practice learnt itself is never dropped without a word when its time is over."""
        fact = self.ruling.ran_out
        if fact is None:
            return ""
        return (
            f"{RAN_OUT} of {fact.read_on} ({DECISIONS[decision_of(fact)].lower()}) ran out on {fact.effective_to}: "
            f"ask again {self.citer.mark(fact)}."
        )

    def _dates_note(self) -> str:
        facts = [fact for fact in self.ruling.out_of_dates if fact is not self.ruling.ran_out][:2]
        if not facts:
            return ""
        said = "; ".join(f"{_span(fact)}: {shorten(fact.statement)} {self.citer.mark(fact)}" for fact in facts)
        return f"A rule is on file for other dates only. {said}"

    def _beside(self, payer: Payer) -> str:
        """The national rule under an unknown, named as such."""
        ruling = self.ruling
        if ruling.topic is Topic.SAME_DAY and ruling.floor:
            return (
                f"National floor, not {_own(payer)} own rule: under NCCI both can be reported for distinct services"
                f" documented apart, with 59 or XE {SAME_DAY_PLACE}; learnt from trade publications, not from the"
                f" current edit file {self.citer.mark(*ruling.floor)}."
            )
        return self._floor_beside(payer) or self._guide_beside()

    def _floor_beside(self, payer: Payer) -> str:
        ruling = self.ruling
        if not ruling.floor or (ruling.decision is not Decision.UNKNOWN and ruling.topic is not Topic.SAME_DAY):
            return ""
        if ruling.topic is Topic.SAME_DAY:
            # Where the payer's own facts name one of them, what it wants is known.
            ask = "" if _OF_THE_EDIT & set(ruling.modifiers) else f" Ask whether {_short(payer)} wants it."
            return (
                f"National floor beside it (NCCI, from trade publications): 59 or XE {SAME_DAY_PLACE}"
                f" {self.citer.mark(*_enough(ruling.floor[::-1]))}.{ask}"
            )
        told = " ".join(f"{fact.statement} {self.citer.mark(fact)}" for fact in ruling.floor[:2])
        return f"Beside it, the general rule (not {_own(payer)} own): {told}"

    def _guide_beside(self) -> str:
        if not self.ruling.guide:
            return ""
        guide = self.ruling.guide
        snippet = most_telling(guide, _BUNDLED, 1)[0] if self._bundled else guide[0]
        return f"Beside it, our general guide: {shorten(snippet.text, 320)} {self.citer.mark(snippet)}"

    # -- no payer

    def _general(self) -> list[str]:
        ruling = self.ruling
        parts = [self._general_lead()]
        if ruling.topic is Topic.SAME_DAY and ruling.floor:
            parts.append(
                "National floor (NCCI, learnt from trade publications): both can be reported for distinct services"
                f" documented apart, with 59 or XE {SAME_DAY_PLACE} {self.citer.mark(*ruling.floor)}."
            )
        elif ruling.floor:
            parts.append(self._bullets(most_telling(ruling.floor, self.question, 3)))
        asked = _BUNDLED if self._bundled else self.question
        for snippet in most_telling(ruling.guide, asked, 1 if ruling.floor or self._bundled else 2):
            parts.append(f"{shorten(snippet.text, 420)} {self.citer.mark(snippet)}")
        if ruling.background:
            shown = most_telling(ruling.background, self.question, 2)
            parts.append("Background, no payer's own rule:\n" + self._bullets(shown))
        return parts

    def _general_lead(self) -> str:
        ruling = self.ruling
        about = matter(ruling.topic, ruling.aspect)
        if ruling.decision is Decision.VARIES:
            return f"It depends on the payer: {about}."
        if ruling.decision is Decision.UNKNOWN:
            return f"Unknown: nothing on file says anything general on {about}."
        if ruling.decision is Decision.NOT_APPLICABLE:
            return f"In general, on {about}:"
        return f"{DECISIONS[ruling.decision]}, in general: {about}."

    # -- what to do

    def _next_step(self) -> str:
        ruling = self.ruling
        name = _short(ruling.payer) if ruling.payer else ""
        if not name:
            return "Which payer is it? Name it, with the state for Medicaid or Blue Cross, for that payer's own rule."
        if ruling.ran_out or ruling.decision is Decision.UNKNOWN or ruling.stale:
            return self._ask_them(name)
        if ruling.conflicts or ruling.decision is Decision.VARIES:
            return f"Check this member's plan with {name} before the claim goes out."
        if ruling.confidence is not Confidence.HIGH:
            return f"Confirm with {name} when you verify benefits for this member."
        kept = "call's reference" if any(map(is_verified, ruling.deciding)) else "cited source"
        return f"Keep the {kept} with the claim."

    def _ask_them(self, name: str) -> str:
        if self.ruling.ran_out:
            return f"Ask {name} again with the questions below, and record what they say."
        if self.ruling.decision is Decision.UNKNOWN:
            return f"Call {name} with the questions below before the claim goes out, and record the answer."
        return f"Verify first with {name}, using the questions below; record who answered, when, and the reference."


def _enough(facts: Sequence[Fact]) -> list[Fact]:
    """The first facts that together carry every modifier of all of them: what a sentence that lists them rests on."""
    chosen: list[Fact] = []
    for fact in facts:
        if not set(fact.modifiers) <= {modifier for other in chosen for modifier in other.modifiers}:
            chosen.append(fact)
    return chosen or list(facts[:1])


def _short(payer: Payer) -> str:
    """A payer's name as said in a sentence, without what its file adds in brackets."""
    return payer.name.split(" (")[0]


def _own(payer: Payer) -> str:
    name = _short(payer)
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _or(codes: Sequence[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} or {codes[-1]}"


def _span(fact: Fact) -> str:
    if fact.effective_from and fact.effective_to:
        return f"from {fact.effective_from} to {fact.effective_to}"
    return f"from {fact.effective_from}" if fact.effective_from else f"until {fact.effective_to}"
