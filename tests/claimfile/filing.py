"""A claims file of the test's own, checked with the real knowledge and a payer whose rules are certain."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from bot.claimfile.models import Finding, Summary
from bot.claimfile.notes import Notes
from bot.claimfile.payers import PayerRules
from bot.claimfile.service import FileCheck
from bot.policies.catalog import Catalog, load_catalog
from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Payer, Source, SourceKind, Topic
from bot.policies.resolve import Resolver
from tests.bench.invented_claims import Envelope, Invented, write

TODAY = date(2026, 11, 26)
SURE = "TESTLAND HEALTH PLAN"
"""A payer whose every rule is its own current document's."""


def fact(topic: Topic, decision: Decision, statement: str, **more: object) -> Fact:
    source = Source(
        title="Provider manual",
        publisher="Testland",
        kind=SourceKind.PRIMARY,
        document_date="2026",
        url="https://t.test",
    )
    return Fact(
        id=f"t-{topic.replace('_', '-')}{len(statement)}",
        topic=topic,
        line_of_business=LineOfBusiness.COMMERCIAL,
        jurisdiction=("US",),
        decision=decision,
        statement=statement,
        source=source,
        effective_from=date(2026, 1, 1),
        read_on=date(2026, 2, 1),
        confidence=Confidence.HIGH,
        **more,
    )


_FACTS = (
    fact(
        Topic.SAME_DAY,
        Decision.ALLOWED_WITH_CONDITIONS,
        "Testland pays group and individual therapy (90853, 90837) on one day with 59 on the individual code.",
        modifiers=("59",),
    ),
    fact(Topic.PRIOR_AUTH, Decision.REQUIRED, "Testland asks for a prior authorization of group therapy, 90853."),
    fact(
        Topic.TELEHEALTH, Decision.ALLOWED, "Testland pays 90853, group therapy, by video with 95.", modifiers=("95",)
    ),
)


@cache
def catalog() -> Catalog:
    known = load_catalog()
    sure = Payer(
        id="testland",
        name="Testland Health Plan",
        lines_of_business=(LineOfBusiness.COMMERCIAL,),
        jurisdiction=("US",),
        facts=_FACTS,
    )
    return replace(known, payers={**known.payers, sure.id: sure})


@cache
def resolver() -> Resolver:
    return Resolver(catalog())


def rules(**more: object) -> PayerRules:
    return PayerRules(catalog(), resolver(), TODAY, **more)  # type: ignore[arg-type]


def check(path: Path, notes: Notes | None = None, **more: object) -> tuple[list[Finding], Summary]:
    done = FileCheck(path, rules(**more), notes)
    return list(done.findings()), done.summary()


Check = Callable[..., list[Finding]]


def checked(
    folder: Path, *claims: Invented, envelope: Envelope | None = None, notes: Notes | None = None, **more: object
) -> list[Finding]:
    """The findings of a file with these claims."""
    return check(write(folder / "claims.837", claims, envelope or Envelope()), notes, **more)[0]


def kinds(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Verdict and matter of each, in short."""
    return [(one.verdict.value.split("_")[0], one.kind.value) for one in findings]
