"""A knowledge of any size from invented payers, the same at every run: names and rules nobody has.

Ten snippets a payer on average, spread as on file: most payers have a handful, a few have many. The national rules
and the guide are those on file, so that an answer has the same floor to stand on as a real one.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.policies.catalog import Catalog, fact_snippet, load_catalog
from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Payer, Source, SourceKind, Topic
from bot.policies.states import STATES

_SEED = 90853
_FACTS_A_PAYER = 10
_HEAVIEST = 20
_SYLLABLES = """
    bel cor dran fel gor hal jun kes lor mar nev or pel quin ros sel tar ul ver wex yor zan
    a e i o u ai ea ia
    dan ford gren lis mont nor pax rin sol ton vale wick zor bar cade
"""
_FIRMS = ("Health Plan", "Mutual", "Benefit Trust", "Insurance", "Health Partners")
_LINES = (LineOfBusiness.COMMERCIAL, LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICAID_MANAGED_CARE)
_SAID = {
    Topic.SAME_DAY: "Group and individual psychotherapy of one member on one date are paid as {n} separate services",
    Topic.PRIOR_AUTH: "Prior authorization is asked for after {n} visits of outpatient group psychotherapy in a year",
    Topic.TELEHEALTH: "Group psychotherapy by video is covered with modifier 95 and POS 10, up to {n} a month",
    Topic.GROUP_SIZE: "A psychotherapy group holds at most {n} members, whoever pays for each of them",
    Topic.SESSION_DURATION: "A group session lasts at least {n} minutes, without check-in and paperwork",
    Topic.UNITS: "90853 is billed once a member and session, with at most {n} units a week",
    Topic.FREQUENCY: "Group psychotherapy is paid for {n} sessions in a benefit year, more with a new plan of care",
    Topic.MODIFIERS: "The claim line of 90853 carries modifier HQ when more than {n} members attend",
    Topic.PROVIDER_TYPES: "Licensed clinicians with {n} years in practice lead and bill groups under their own number",
    Topic.SUPERVISION: "An associate leads a group under a supervisor who reviews the notes within {n} days",
    Topic.DOCUMENTATION: "Each member's note names the goal worked on and is signed within {n} days of the session",
    Topic.NON_COVERED: "Classes, recreation and groups of more than {n} people are not psychotherapy and are not paid",
    Topic.REIMBURSEMENT: "90853 is paid at {n} percent of the fee schedule for each member of the group",
}
_NUMBERS = (2, 3, 4, 6, 8, 10, 12, 15, 20, 30, 45, 60)
_SETTINGS = (
    "in an office",
    "in a community clinic",
    "for adults",
    "for adolescents",
    "in the provider's second contract year",
    "where the member's plan year has begun",
    "for members seen at least monthly",
)
_PROOFS = (
    "the record shows the start and the end and the plan of care is dated within six months",
    "the roster is kept apart from the record and a claim is filed within ninety days",
    "the leader's credential is on the claim and the record shows the start and the end",
    "a claim is filed within ninety days and the plan of care is dated within six months",
    "the plan of care is dated within six months and the roster is kept apart from the record",
)
_DECISIONS = {
    Topic.NON_COVERED: Decision.NOT_ALLOWED,
    Topic.PRIOR_AUTH: Decision.REQUIRED,
    Topic.MODIFIERS: Decision.REQUIRED,
    Topic.DOCUMENTATION: Decision.REQUIRED,
    Topic.REIMBURSEMENT: Decision.VARIES,
}


@dataclass(frozen=True)
class Invented:
    """A catalog and the invented payers of it, each as often as it has facts: who is asked about how often."""

    catalog: Catalog
    asked_about: tuple[Payer, ...]


def invent(snippets: int) -> Invented:
    """A catalog of exactly so many snippets."""
    dice = random.Random(_SEED)
    shipped = load_catalog()
    national = {payer.id: payer for payer in shipped.payers.values() if payer.background}
    guide = [snippet for snippet in shipped.snippets if not snippet.payer_id]
    wanted = snippets - len(guide) - sum(len(payer.facts) for payer in national.values())
    named = zip(_names(dice), _sizes(dice, wanted), strict=False)
    payers = [_payer(dice, number, name, size) for number, (name, size) in enumerate(named)]
    everyone = {payer.id: payer for payer in payers} | national
    facts = (fact_snippet(payer, fact) for payer in everyone.values() for fact in payer.facts)
    asked = tuple(payer for payer in payers for _ in payer.facts)
    return Invented(Catalog(everyone, (*facts, *guide), shipped.checklist), asked)


def _sizes(dice: random.Random, wanted: int) -> list[int]:
    """How many facts each payer has: one at least, the others with a long tail as on file."""
    payers = max(1, wanted // _FACTS_A_PAYER)
    weights = [min(dice.paretovariate(1.2), _HEAVIEST) for _ in range(payers)]
    more = Counter(dice.choices(range(payers), weights, k=wanted - payers))
    return [1 + more[number] for number in range(payers)]


def _names(dice: random.Random) -> Iterator[str]:
    syllables = [line.split() for line in _SYLLABLES.strip().splitlines()]
    seen: set[str] = set()
    while True:
        words = ["".join(map(dice.choice, syllables)).title() for _ in range(2)]
        name = f"{' '.join(words)} {dice.choice(_FIRMS)}"
        if name not in seen:
            seen.add(name)
            yield name


def _payer(dice: random.Random, number: int, name: str, size: int) -> Payer:
    line, state = dice.choice(_LINES), dice.choice(list(STATES))
    facts = tuple(_fact(dice, f"x{number}-{at}", name, line, state) for at in range(size))
    return Payer(
        id=f"{name.casefold().replace(' ', '-')}",
        name=name,
        aliases=(" ".join(name.split()[:2]),),
        lines_of_business=(line,),
        jurisdiction=(state,),
        facts=facts,
    )


def _fact(dice: random.Random, key: str, name: str, line: LineOfBusiness, state: str) -> Fact:
    topic = dice.choice(list(_SAID))
    said = _SAID[topic].format(n=dice.choice(_NUMBERS))
    statement = f"{said} {dice.choice(_SETTINGS)}, provided that {dice.choice(_PROOFS)}."
    return Fact(
        id=key,
        topic=topic,
        line_of_business=line,
        jurisdiction=(state,),
        statement=statement,
        decision=_DECISIONS.get(topic, Decision.ALLOWED_WITH_CONDITIONS),
        source=Source(
            title=f"{name} provider manual", publisher=name, kind=SourceKind.PRIMARY, document_date="2026-01-15"
        ),
        read_on=date(2026, 3, 1),
        confidence=Confidence.HIGH,
    )
