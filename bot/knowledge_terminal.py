"""Own documents, proposed facts and findings as pages to read in a terminal (rich)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.console import inert_console
from bot.documents.library import Added
from bot.documents.proposal import CUES, Proposal
from bot.policies.lint import KINDS, Finding
from bot.policies.models import SourceKind
from bot.policies.own_document import OwnDocument, place_words
from bot.policies.practice import OwnFact
from bot.storage.documents import StoredPassage
from bot.storage.ledger import Change

_MOST_OF_A_KIND = 25
_KINDS = {SourceKind.CONTRACT: "your contract", SourceKind.PRIMARY: "payer's own document"}


def show_added(added: Added, console: Console | None = None) -> None:
    """What was read, what it replaced, and what to do with the proposals."""
    out = console or inert_console()
    document = added.document
    if added.already:
        out.print(Text(f"Already on record as {document.id}, so nothing was added.", style="bold"))
        out.print(_heading(document))
        return
    out.print(Text(f"Added as {document.id}. Its text is searched from now on; the file itself is not kept."))
    out.print(_heading(document))
    if added.new_payer:
        out.print(Text(f"{document.payer_name} was not on file: it is now, by this document.", style="yellow"))
    for one, until in added.ended:
        ends = f"now holds until {until}" if until else "is wholly replaced"
        out.print(Text(f"{one.title} ({one.id}) {ends}.", style="yellow"))
    if added.wordless:
        out.print(Text(f"No text on {_pages(added.wordless)}: pictures are not read.", style="yellow"))
    if added.orders:
        where = ", ".join(added.orders[:8])
        out.print(Text(f"Sentences that give orders to their reader stand at {where}: never followed, never quoted."))
    if added.note:
        out.print(Text(added.note, style="dim"))
    number = len(added.proposals)
    if number:
        out.print(Text(f"{number} fact{'s' if number > 1 else ''} proposed, none in force:", style="bold"))
        for proposal in added.proposals:
            out.print(_proposal(proposal))
        out.print(_how_to_decide(added.proposals))
    else:
        out.print(Text("No fact on groups was found to propose."))


def show_documents(
    documents: Sequence[OwnDocument], facts: Sequence[OwnFact], waiting: int, console: Console | None = None
) -> None:
    """Each document with the facts that rest on it."""
    out = console or inert_console()
    if not documents:
        out.print("No document on record. Add one: billing-copilot knowledge add FILE --payer P --effective DATE")
    for document in documents:
        out.print(Text(document.id, style="bold"), _heading(document))
        for own in facts:
            if own.document_id == document.id:
                out.print(Padding(_fact(own), (0, 0, 0, 4)))
    if waiting:
        out.print(Text(f"{waiting} proposed facts wait: billing-copilot knowledge proposals", style="yellow"))


def show_document(
    document: OwnDocument, passages: Sequence[StoredPassage], history: Sequence[Change], console: Console | None = None
) -> None:
    """The whole text as it is searched, then who did what."""
    out = console or inert_console()
    out.print(Text(document.id, style="bold"), _heading(document))
    for one in passages:
        out.print(Text(f"\n{place_words(one.page, one.heading, one.paragraph)} · {_words(one.topic)}", style="dim"))
        out.print(Text(one.text))
    out.print()
    _show_history(out, history)


def show_fact(own: OwnFact, history: Sequence[Change], console: Console | None = None) -> None:
    """One fact in force and what became of it so far."""
    out = console or inert_console()
    out.print(Text(own.payer_name, style="bold"))
    out.print(_fact(own))
    _show_history(out, history)


def show_proposals(
    proposals: Sequence[Proposal], documents: Mapping[str, OwnDocument], console: Console | None = None
) -> None:
    """What waits for a person, document by document."""
    out = console or inert_console()
    if not proposals:
        out.print("No proposed fact waits.")
        return
    last = ""
    for proposal in proposals:
        if proposal.document_id != last and proposal.document_id in documents:
            out.print(_heading(documents[proposal.document_id]))
        last = proposal.document_id
        out.print(_proposal(proposal))
    out.print(_how_to_decide(proposals))


def show_approved(own: OwnFact, console: Console | None = None) -> None:
    """The fact as it now stands."""
    out = console or inert_console()
    out.print(Text(f"In force for {own.payer_name}:", style="bold"))
    out.print(_fact(own))


def show_findings(findings: Sequence[Finding], console: Console | None = None) -> None:
    """How many of each kind, then each; a conflict with its sides."""
    out = console or inert_console()
    counts = Counter(finding.kind for finding in findings)
    if not findings:
        out.print("Nothing to look at.")
    for kind, words in KINDS.items():
        if counts[kind]:
            out.print(Text(f"\n{counts[kind]} {words}", style="bold"))
        of_kind = [finding for finding in findings if finding.kind == kind]
        for finding in of_kind[:_MOST_OF_A_KIND]:
            out.print(Text(f"• {finding.detail}") + Text(f"  {finding.about}", style="dim"))
            for side in finding.sides:
                out.print(Padding(Text(f"– {side}"), (0, 0, 0, 4)))
        if len(of_kind) > _MOST_OF_A_KIND:
            out.print(Text(f"  and {len(of_kind) - _MOST_OF_A_KIND} more: --json lists all", style="dim"))


def _show_history(out: Console, history: Sequence[Change]) -> None:
    for change in history:
        out.print(Text(f"{change.action} by {change.by}, {change.at:%Y-%m-%d %H:%M} UTC", style="dim"))


def _heading(document: OwnDocument) -> Text:
    parts = [
        document.payer_name,
        _words(document.line_of_business)
        + (f" in {', '.join(document.jurisdiction)}" if document.jurisdiction else ""),
        _KINDS.get(document.kind, document.kind),
        _span(document.effective_from, document.effective_to),
        f"{document.format}, {document.pages} pages" if document.pages else document.format,
    ]
    return Text.assemble((document.title, "bold"), f" · {' · '.join(parts)}")


def _proposal(proposal: Proposal) -> Padding:
    text = Text.assemble((proposal.id, "bold"), f" {_words(proposal.topic)}, {proposal.place}")
    if proposal.decision:
        text.append(f": {_words(proposal.decision)}", style="yellow")
    text.append(f"\n“{proposal.quote}”", style="italic")
    for name, values in (("Conditions", proposal.conditions), ("Modifiers", proposal.modifiers)):
        if values:
            text.append(f"\n{name}: {'; '.join(values)}")
    text.append(f"\nfound by {proposal.proposed_by}", style="dim")
    return Padding(text, (0, 0, 1, 2))


def _how_to_decide(proposals: Sequence[Proposal]) -> Text:
    first = proposals[0]
    said = "" if first.decision else " --decision required"
    need = "\nRead each quote in its document first; say what it decides." if first.proposed_by == CUES else ""
    return Text(
        f"billing-copilot knowledge approve {first.id}{said}   or   billing-copilot knowledge reject {first.id}{need}",
        style="dim",
    )


def _fact(own: OwnFact) -> Text:
    fact = own.fact
    decided = _words(fact.decision or "")
    more = "".join(f"; {term}" for term in (*fact.conditions, *(f"modifier {code}" for code in fact.modifiers)))
    span = _span(fact.effective_from, fact.effective_to)
    head = Text.assemble((fact.id, "bold"), f" {_words(fact.topic)}: {decided}{more} · {span}")
    return head + Text(f"\n{fact.statement} ({fact.source.title})", style="italic")


def _span(begins: date | None, ends: date | None) -> str:
    return f"from {begins} to {ends}" if ends else f"from {begins}"


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:12])) + (" …" if len(numbers) > 12 else "")
    return f"page{'s' if len(numbers) > 1 else ''} {shown}"


def _words(name: str) -> str:
    return name.replace("_", " ")
