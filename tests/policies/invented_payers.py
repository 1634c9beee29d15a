"""Invented payers and facts for tests: small, and independent of what is on file."""

from datetime import date

from bot.policies.catalog import Catalog
from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Payer, Snippet, Source, SourceKind, Topic

LINE = LineOfBusiness
TODAY = date(2026, 11, 24)


def fact(
    fact_id: str,
    decision: Decision | None = Decision.ALLOWED_WITH_CONDITIONS,
    *,
    topic: Topic = Topic.SAME_DAY,
    line: LineOfBusiness = LINE.COMMERCIAL,
    where: tuple[str, ...] = ("US",),
    kind: SourceKind = SourceKind.PRIMARY,
    document_date: str = "2026-02-01",
    statement: str = "",
    confidence: Confidence = Confidence.HIGH,
    **more: object,
) -> Fact:
    return Fact.model_validate(
        {
            "id": fact_id,
            "topic": topic,
            "line_of_business": line,
            "jurisdiction": where,
            "statement": statement or f"Statement {fact_id} about group therapy, 90853.",
            "decision": decision,
            "source": Source(title=f"Document {fact_id}", publisher="Acme", kind=kind, document_date=document_date),
            "read_on": TODAY,
            "confidence": confidence,
            **more,
        }
    )


def payer(payer_id: str, *facts: Fact, lines: tuple[LineOfBusiness, ...] = (LINE.COMMERCIAL,), **more: object) -> Payer:
    return Payer.model_validate(
        {
            "id": payer_id,
            "name": payer_id.replace("-", " ").title(),
            "lines_of_business": lines,
            "jurisdiction": ("US",),
            "facts": facts,
            **more,
        }
    )


NCCI = payer(
    "ncci",
    fact("ncci-pair", kind=SourceKind.SECONDARY, line=LINE.NATIONAL_CODING, document_date="", modifiers=("59",)),
    fact(
        "ncci-place",
        None,
        topic=Topic.MODIFIERS,
        kind=SourceKind.SECONDARY,
        line=LINE.NATIONAL_CODING,
        document_date="",
        modifiers=("59", "XE"),
        statement="The individual code is column 2, so the modifier goes on it and not on 90853.",
    ),
    lines=(LINE.NATIONAL_CODING,),
    background=True,
)


def catalog(*payers: Payer) -> Catalog:
    everyone = {one.id: one for one in (*payers, NCCI)}
    snippets = tuple(
        Snippet(
            id=one.id,
            payer_id=owner.id,
            topic=one.topic,
            title=one.source.title,
            text=one.statement,
            source=one.source,
            read_on=one.read_on,
        )
        for owner in everyone.values()
        for one in owner.facts
    )
    return Catalog(everyone, snippets, {})
