"""What in the file wants a person's eye: disputes, old facts, facts without source or date, names nobody reaches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.policies.age import in_force, is_replaced, is_stale, last_known_year
from bot.policies.alias_index import AliasIndex
from bot.policies.decide import decide
from bot.policies.mention import MentionKind
from bot.policies.models import Decision, Fact, Payer, SourceKind, Topic
from bot.policies.names import load_names
from bot.policies.own_document import OwnDocument
from bot.policies.tokens import fold
from bot.policies.verification import Verification

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog
    from bot.policies.resolve import Resolver

KINDS = {
    "broken_file": "files that were refused",
    "conflict": "sources that disagree",
    "no_source": "facts without an address of their source",
    "no_date": "facts that carry no date",
    "stale": "facts older than this benefit year",
    "run_out": "own verifications and documents that have run out",
    "dead_alias": "names that reach no payer, or several",
    "no_same_day": "payers with no same-day rule",
}
"""What is looked for, in the order in which it is told."""

# What a practice learnt itself has a reference or a document of its own instead of an address.
_OWN = (SourceKind.PRACTICE_VERIFICATION, SourceKind.CONTRACT)


@dataclass(frozen=True)
class Finding:
    """One thing to look at; `sides` are the two or more statements of a conflict, with their sources."""

    kind: str
    payer_id: str
    about: str
    detail: str
    sides: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"sides": list(self.sides)}


def lint(  # noqa: PLR0913  # what a practice recorded comes in parts
    catalog: "Catalog",
    resolver: "Resolver",
    today: date,
    *,
    verifications: Sequence[Verification] = (),
    documents: Sequence[OwnDocument] = (),
    own_facts: Iterable[str] = (),
) -> list[Finding]:
    """Every finding, by kind and payer. `own_facts` are ids of facts whose source is a practice's own document."""
    own = frozenset(own_facts)
    found = [
        *(Finding("broken_file", "", problem.file, str(problem)) for problem in catalog.problems),
        *_run_out(verifications, documents, today),
    ]
    for payer in catalog.payers.values():
        current = [fact for fact in payer.facts if in_force(fact, today)]
        found += [*_conflicts(catalog, payer, today), *_old(payer, current, today), *_bare(payer, own)]
        if not payer.background and _has_no_same_day(catalog, payer, today):
            found.append(Finding("no_same_day", payer.id, payer.name, "nothing on file about same-day services"))
    found += _dead_aliases(catalog, resolver)
    order = list(KINDS)
    return sorted(found, key=lambda one: (order.index(one.kind), one.payer_id, one.about))


def _conflicts(catalog: "Catalog", payer: Payer, today: date) -> Iterator[Finding]:
    """What a ruling finds disputed, then what the file itself marks as contradicting and no ruling met."""
    met: set[frozenset[str]] = set()
    for topic in Topic:
        for line in payer.lines_of_business:
            ruling = decide(catalog, payer, topic, line_of_business=line, today=today)
            against = ruling.disputing or ruling.deciding[1:]
            if not ruling.conflicts or not ruling.deciding or not against:
                continue
            sides = (ruling.deciding[0], *against)
            pair = frozenset(fact.id for fact in sides)
            if pair not in met:
                met |= {pair, *(frozenset((ruling.deciding[0].id, other.id)) for other in against)}
                yield _conflict(payer, sides)
    known = {fact.id: fact for fact in payer.facts if in_force(fact, today) and not is_replaced(fact)}
    for fact in known.values():
        for other in fact.conflicts_with:
            pair = frozenset((fact.id, other))
            if other in known and pair not in met:
                met.add(pair)
                yield _conflict(payer, (fact, known[other]))
        if fact.contradicts and not fact.conflicts_with:
            told = (_side(fact), f"another source: {fact.contradicts}")
            yield Finding("conflict", payer.id, fact.id, f"{payer.name}: {_words(fact.topic)}", told)


def _conflict(payer: Payer, facts: Sequence[Fact]) -> Finding:
    about = " / ".join(fact.id for fact in facts)
    return Finding("conflict", payer.id, about, f"{payer.name}: {_words(facts[0].topic)}", tuple(map(_side, facts)))


def _side(fact: Fact) -> str:
    return f"[{fact.id}] {fact.statement} ({fact.source.title}, {fact.source.publisher}, {_dated(fact)})"


def _dated(fact: Fact) -> str:
    return fact.source.document_date or (fact.effective_from.isoformat() if fact.effective_from else "undated")


def _old(payer: Payer, facts: Sequence[Fact], today: date) -> Iterator[Finding]:
    """Facts grown old, a line for each document: whoever reads it again settles them together."""
    documents: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if last_known_year(fact) and is_stale(fact, today) and not is_replaced(fact):
            documents.setdefault((fact.source.title, _dated(fact)), []).append(fact)
    for (title, dated), old in documents.items():
        number = f"{len(old)} fact{'s' if len(old) > 1 else ''}"
        ids = ", ".join(fact.id for fact in old)
        yield Finding("stale", payer.id, ids, f"{payer.name}: {number} from {title} ({dated})")


def _bare(payer: Payer, own: frozenset[str]) -> Iterator[Finding]:
    for fact in payer.facts:
        if not fact.source.url and fact.source.kind not in _OWN and fact.id not in own:
            yield Finding("no_source", payer.id, fact.id, f"{payer.name}: no address for {fact.source.title}")
        if not fact.source.document_date and fact.effective_from is None:
            yield Finding("no_date", payer.id, fact.id, f"{payer.name}: no date in {fact.source.title}")


def _has_no_same_day(catalog: "Catalog", payer: Payer, today: date) -> bool:
    lines = payer.lines_of_business
    rulings = (decide(catalog, payer, Topic.SAME_DAY, line_of_business=line, today=today) for line in lines)
    return all(ruling.decision is Decision.UNKNOWN and not ruling.deciding for ruling in rulings)


def _run_out(verifications: Sequence[Verification], documents: Sequence[OwnDocument], today: date) -> Iterator[Finding]:
    latest: dict[object, Verification] = {}
    for one in sorted(verifications, key=lambda one: one.valid_until):
        latest[one.matter] = one
    for one in latest.values():
        if one.valid_until < today:
            yield Finding(
                "run_out", one.payer_id, one.id, f"{one.payer_name}: {_words(one.topic)}, held until {one.valid_until}"
            )
    standing = {document.series for document in documents if (document.effective_to or today) >= today}
    for document in documents:
        if document.effective_to and document.effective_to < today and document.series not in standing:
            ended = f"{document.payer_name}: {document.title} ended on {document.effective_to}"
            yield Finding("run_out", document.payer_id, document.id, f"{ended}, and no newer version is on record")


def _dead_aliases(catalog: "Catalog", resolver: "Resolver") -> Iterator[Finding]:
    index = AliasIndex(catalog.payers.values(), load_names())
    for payer in index.payers.values():
        seen = {fold(payer.name): payer.name}
        for alias, state in _aliases(payer):
            reason = _fault(index, resolver, payer, alias, state, seen)
            if reason:
                yield Finding("dead_alias", payer.id, alias, f"{payer.name}: “{alias}” {reason}")
            seen.setdefault(fold(alias), alias)


def _aliases(payer: Payer) -> Iterator[tuple[str, str]]:
    yield from ((alias, "") for alias in payer.aliases)
    yield from ((alias, state) for state, aliases in payer.state_aliases.items() for alias in aliases)


def _fault(  # noqa: PLR0913, PLR0917  # one alias and what it is held against
    index: AliasIndex, resolver: "Resolver", payer: Payer, alias: str, state: str, seen: dict[tuple[str, ...], str]
) -> str:
    """Why an alias does nothing, or does not do enough; empty where it leads to its payer."""
    key = fold(alias)
    if not key:
        return "holds no letter or figure"
    if key in seen and not state:
        return f"is the same as “{seen[key]}” once case and signs are set aside"
    others = {entry.payer_id for entry in index.names.get(key, []) if entry.state in ("", state)} - {payer.id}
    if others and not state:
        shared = ", ".join(sorted(others))
        return f"is shared with {shared}: it is asked back unless a state tells them apart"
    mention = resolver.named(alias, state)
    if mention.kind is MentionKind.KNOWN and mention.payer_id == payer.id:
        return ""
    if mention.kind is MentionKind.AMBIGUOUS and payer.id in mention.candidates:
        return "" if state else "is ambiguous by itself: it is asked back unless a state is named"
    led = mention.payer_id or "no payer on file"
    return f"leads to {led}" + (f" in {state}" if state else "")


def _words(topic: Topic) -> str:
    return topic.value.replace("_", " ")
