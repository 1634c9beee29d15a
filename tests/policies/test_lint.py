"""The lint finds what is planted, says both sides of a dispute, and leaves sound entries alone."""

from datetime import date
from pathlib import Path

import pytest

from bot.policies.catalog import Catalog
from bot.policies.knowledge_files import Problem
from bot.policies.lint import KINDS, Finding, lint
from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Payer, Source, SourceKind, Topic
from bot.policies.own_document import OwnDocument
from bot.policies.resolve import Resolver
from bot.policies.verification import Verification

TODAY = date(2026, 11, 26)


def fact(number: int, **changes: object) -> Fact:
    source = Source(
        title="Manual", url="https://a.example/m", publisher="Acme", kind=SourceKind.PRIMARY, document_date="2026"
    )
    base = Fact(
        id=f"f-{number}",
        topic=Topic.SAME_DAY,
        line_of_business=LineOfBusiness.COMMERCIAL,
        jurisdiction=("US",),
        statement=f"Statement {number} on group therapy.",
        decision=Decision.ALLOWED,
        source=source,
        read_on=TODAY,
        confidence=Confidence.HIGH,
    )
    return base.model_copy(update=changes)


def payer(name: str = "Acmecare", *facts: Fact, **changes: object) -> Payer:
    base = Payer(
        id=name.lower().replace(" ", "-"),
        name=name,
        lines_of_business=(LineOfBusiness.COMMERCIAL,),
        jurisdiction=("US",),
        facts=facts or (fact(1),),
    )
    return base.model_copy(update=changes)


def found(*payers: Payer, problems: tuple[Problem, ...] = (), **more: object) -> list[Finding]:
    catalog = Catalog({one.id: one for one in payers}, (), {}, problems)
    return lint(catalog, Resolver(catalog), TODAY, **more)  # type: ignore[arg-type]


def kinds(findings: list[Finding]) -> list[str]:
    return [one.kind for one in findings]


def test_a_sound_payer_has_no_finding() -> None:
    assert found(payer(aliases=("Acmecare Health",))) == []


def test_a_dispute_is_told_with_both_sides_and_their_sources_once() -> None:
    other = fact(2, decision=Decision.NOT_ALLOWED, conflicts_with=("f-1",))
    (finding,) = found(payer("Acmecare", fact(1, conflicts_with=("f-2",)), other))
    assert finding.kind == "conflict"
    assert len(finding.sides) == 2
    assert {side.split("]")[0] for side in finding.sides} == {"[f-1", "[f-2"}
    assert all("(Manual, Acme, 2026)" in side for side in finding.sides)


def test_what_the_file_says_another_source_says_is_a_dispute_too() -> None:
    (finding,) = found(payer("Acmecare", fact(1, contradicts="A newsletter says never.")))
    assert finding.sides[1] == "another source: A newsletter says never."


def test_old_facts_are_told_a_document_at_a_time() -> None:
    old = Source(
        title="Old manual", url="https://a.example", publisher="Acme", kind=SourceKind.PRIMARY, document_date="2019"
    )
    (finding,) = found(payer("Acmecare", fact(1, source=old), fact(2, source=old, topic=Topic.UNITS)))
    assert (finding.kind, finding.detail) == ("stale", "Acmecare: 2 facts from Old manual (2019)")


def test_a_fact_without_address_or_date_is_told_but_one_from_an_own_document_has_that() -> None:
    bare = fact(1, source=Source(title="Hearsay", publisher="?", kind=SourceKind.SECONDARY))
    assert set(kinds(found(payer("Acmecare", bare)))) == {"no_source", "no_date"}
    dated = fact(1, source=Source(title="Own, p. 1", publisher="Acme", kind=SourceKind.PRIMARY, document_date="2026"))
    assert found(payer("Acmecare", dated), own_facts=["f-1"]) == []


@pytest.mark.parametrize(
    ("aliases", "told"),
    [
        (("ACMECARE",), "is the same as “Acmecare”"),
        (("Acme One", "acme-one"), "is the same as “Acme One”"),
        (("…",), "holds no letter or figure"),
        (("Zenith Health",), "is shared with zenith"),
    ],
)
def test_a_dead_alias_is_told_with_its_reason(aliases: tuple[str, ...], told: str) -> None:
    zenith = payer("Zenith", fact(9), aliases=("Zenith Health",))
    mine = [one for one in found(payer("Acmecare", aliases=aliases), zenith) if one.payer_id == "acmecare"]
    assert kinds(mine) == ["dead_alias"]
    assert told in mine[0].detail


def test_a_payer_without_a_same_day_rule_is_told_and_trade_talk_is_not() -> None:
    other = fact(1, topic=Topic.UNITS)
    findings = found(payer("Acmecare", other), payer("Talk", fact(2, topic=Topic.UNITS), background=True))
    assert [(one.kind, one.payer_id) for one in findings] == [("no_same_day", "acmecare")]


def test_a_broken_file_is_told() -> None:
    (finding,) = found(payer(), problems=(Problem("payers/x.yaml", "facts[0].topic", "is missing"),))
    assert (finding.kind, finding.about) == ("broken_file", "payers/x.yaml")


def test_what_the_practice_learnt_is_told_once_it_has_run_out() -> None:
    ended = Verification(
        id="v-0123456789ab",
        payer_id="acmecare",
        payer_name="Acmecare",
        line_of_business=LineOfBusiness.COMMERCIAL,
        topic=Topic.SAME_DAY,
        decision=Decision.ALLOWED,
        answered_by="Kim",
        verified_on=date(2025, 3, 2),
        applies_from=date(2025, 1, 1),
        valid_until=date(2025, 12, 31),
    )
    document = OwnDocument(
        id="d-0123456789ab",
        payer_id="acmecare",
        payer_name="Acmecare",
        line_of_business=LineOfBusiness.COMMERCIAL,
        kind=SourceKind.CONTRACT,
        title="Contract",
        format="PDF",
        passages=1,
        sha256="0" * 64,
        effective_from=date(2024, 1, 1),
        effective_to=date(2025, 12, 31),
        added_on=date(2024, 1, 1),
    )
    findings = found(payer(), verifications=[ended], documents=[document])
    assert [(one.kind, one.about) for one in findings] == [("run_out", "d-0123456789ab"), ("run_out", "v-0123456789ab")]
    renewed = ended.model_copy(update={"id": "v-0123456789ac", "valid_until": date(2026, 12, 31)})
    newer = document.model_copy(
        update={"id": "d-0123456789ac", "effective_from": date(2026, 1, 1), "effective_to": None}
    )
    assert found(payer(), verifications=[ended, renewed], documents=[document, newer]) == []


def test_every_kind_has_words_and_the_shipped_file_has_nothing_broken() -> None:
    from bot.policies.catalog import load_catalog

    catalog = load_catalog()
    findings = lint(catalog, Resolver(catalog), TODAY)
    assert set(kinds(findings)) <= set(KINDS) - {"broken_file", "no_source"}


def test_the_docs_name_every_kind() -> None:
    page = Path("docs/knowledge.md").read_text("utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []
