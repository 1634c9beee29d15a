"""`billing-copilot knowledge ...`: own documents, the facts proposed from them, and what in the file wants an eye."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.command_line import (
    COMMAND_LINE,
    AsJson,
    Workspace,
    copilot,
    parse_date,
    print_json,
    read_bytes,
)
from bot.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.policies.models import Decision, LineOfBusiness, Topic
    from bot.storage.ledger import Change

E = TypeVar("E", bound=StrEnum)

knowledge = typer.Typer(name="knowledge", help="Your own documents and facts, and what in the file wants a look.")

Begins = Annotated[str, typer.Option("--effective", help="YYYY-MM-DD; the first date of service it holds for.")]
Ends = Annotated[str, typer.Option("--until", help="YYYY-MM-DD; the last date of service it holds for.")]
AnyId = Annotated[str, typer.Argument(metavar="ID", help="As `knowledge list` and `knowledge proposals` show it.")]


@knowledge.command()
def add(  # noqa: PLR0913, PLR0917  # typer makes each option a parameter
    file: Annotated[Path, typer.Argument(help="PDF, Word (.docx), HTML, Markdown or text.")],
    payer: Annotated[str, typer.Option("--payer", help="Whose rules it holds, as you call the payer.")],
    effective: Begins,
    until: Ends = "",
    contract: Annotated[bool, typer.Option("--contract", help="Your contract, not the payer's own document.")] = False,
    title: Annotated[str, typer.Option("--title", help="What to cite it by; else its own title or name.")] = "",
    state: Annotated[str, typer.Option("--state", help="Two-letter state, where it holds in one only.")] = "",
    line: Annotated[str, typer.Option("--line", help="commercial, medicaid, medicare_advantage …")] = "",
    replaces: Annotated[str, typer.Option("--replaces", help="Id of the document it takes over from.")] = "",
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """Add a document: searched at once, its facts proposed. Only its text is kept, not the file."""
    from bot.documents.library import About

    begins = parse_date(effective, "The effective date")
    if begins is None:
        raise UserError("Since when does it hold? Give --effective YYYY-MM-DD.")
    about = About(
        payer=payer,
        effective_from=begins,
        effective_to=parse_date(until, "The last date"),
        contract=contract,
        title=title,
        state=state,
        line_of_business=_line(line),
        replaces=replaces,
    )
    library = copilot().at_command_line(workspace).library
    added = library.add(read_bytes(file), str(file), about, COMMAND_LINE)
    if as_json:
        print_json(
            {
                "document": added.document.model_dump(mode="json"),
                "already": added.already,
                "ended": [
                    {"id": one.id, "title": one.title, "until": until.isoformat() if until else None}
                    for one, until in added.ended
                ],
                "proposals": [one.model_dump(mode="json") for one in added.proposals],
                "note": added.note,
                "orders": list(added.orders),
                "pages_without_text": list(added.wordless),
            }
        )
    else:
        from bot.knowledge_terminal import show_added

        show_added(added)
    library.embed(added.document.id)


@knowledge.command(name="list")
def list_(workspace: Workspace = "", as_json: AsJson = False) -> None:
    """The documents on record and the facts approved from them."""
    library = copilot().at_command_line(workspace).library
    documents, facts = library.documents(), library.proposals.facts()
    waiting = library.proposals.waiting()
    if as_json:
        print_json(
            {
                "documents": [one.model_dump(mode="json") for one in documents],
                "facts": [own.model_dump(mode="json") for own in facts],
                "proposals_waiting": len(waiting),
            }
        )
    else:
        from bot.knowledge_terminal import show_documents

        show_documents(documents, facts, len(waiting))


@knowledge.command()
def show(entry_id: AnyId, workspace: Workspace = "", as_json: AsJson = False) -> None:
    """One document with its text and history, or one approved fact with its history."""
    library = copilot().at_command_line(workspace).library
    if entry_id.startswith("f-"):
        own, changes = library.proposals.fact(entry_id)
        if as_json:
            print_json(own.model_dump(mode="json") | {"history": _told(changes)})
        else:
            from bot.knowledge_terminal import show_fact

            show_fact(own, changes)
        return
    document, passages, history = library.document(entry_id), library.passages(entry_id), library.history(entry_id)
    if as_json:
        print_json(
            {
                "document": document.model_dump(mode="json"),
                "passages": [
                    {
                        "number": one.number,
                        "page": one.page,
                        "heading": one.heading,
                        "topic": one.topic,
                        "text": one.text,
                    }
                    for one in passages
                ],
                "history": _told(history),
            }
        )
    else:
        from bot.knowledge_terminal import show_document

        show_document(document, passages, history)


@knowledge.command()
def remove(entry_id: AnyId, workspace: Workspace = "", as_json: AsJson = False) -> None:
    """Take out a document with the facts that rest on it, or one fact. Who did what, and when, stays on record."""
    library = copilot().at_command_line(workspace).library
    if entry_id.startswith("f-"):
        library.proposals.withdraw(entry_id, COMMAND_LINE)
        told, facts = f"Withdrawn: fact {entry_id}. It decides nothing any more; its history stays.", 1
    else:
        document, facts = library.remove(entry_id, COMMAND_LINE)
        went = f", and {facts} fact{'s' if facts != 1 else ''} that rested on it" if facts else ""
        told = f"Removed: {document.title} ({document.payer_name}){went}. Its text is erased; its history stays."
    if as_json:
        print_json({"removed": entry_id, "facts_withdrawn": facts})
    else:
        typer.echo(told)


@knowledge.command()
def proposals(workspace: Workspace = "", as_json: AsJson = False) -> None:
    """Facts proposed from your documents that nobody has decided on."""
    library = copilot().at_command_line(workspace).library
    waiting = library.proposals.waiting()
    if as_json:
        print_json({"proposals": [one.model_dump(mode="json") for one in waiting]})
    else:
        from bot.knowledge_terminal import show_proposals

        show_proposals(waiting, {document.id: document for document in library.documents()})


@knowledge.command()
def approve(  # noqa: PLR0913, PLR0917  # typer makes each option a parameter
    entry_id: AnyId,
    decision: Annotated[str, typer.Option("--decision", help="allowed, not_allowed, required, …")] = "",
    topic: Annotated[str, typer.Option("--topic", help="Where it is about another matter than proposed.")] = "",
    condition: Annotated[list[str] | None, typer.Option("--condition", help="A term to meet; once for each.")] = None,
    modifier: Annotated[list[str] | None, typer.Option("--modifier", help="A modifier; once for each.")] = None,
    effective: Begins = "",
    until: Ends = "",
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """Put a proposed fact in force; what you give here stands over what was proposed."""
    from bot.documents.proposals import Changes

    library = copilot().at_command_line(workspace).library
    changes = Changes(
        topic=_topic(topic),
        decision=_decision(decision),
        conditions=tuple(condition) if condition else None,
        modifiers=tuple(code.upper() for code in modifier) if modifier else None,
        effective_from=parse_date(effective, "The effective date"),
        effective_to=parse_date(until, "The last date"),
    )
    own = library.proposals.approve(entry_id, COMMAND_LINE, changes)
    if as_json:
        print_json(own.model_dump(mode="json"))
    else:
        from bot.knowledge_terminal import show_approved

        show_approved(own)


@knowledge.command()
def reject(entry_id: AnyId, workspace: Workspace = "", as_json: AsJson = False) -> None:
    """Turn a proposed fact down; it is not proposed again."""
    rejected = copilot().at_command_line(workspace).library.proposals.reject(entry_id, COMMAND_LINE)
    if as_json:
        print_json({"rejected": rejected.id})
    else:
        typer.echo(f"Turned down: {rejected.id}. It will not be proposed again.")


@knowledge.command()
def lint(
    strict: Annotated[bool, typer.Option("--strict", help="End with status 1 where anything was found.")] = False,
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """List disputes, old facts, missing sources, names that reach nobody, and payers with no same-day rule."""
    from bot.policies.lint import lint as look

    office = copilot().at_command_line(workspace)
    files, practice = office.files, office.practice
    findings = look(
        office.services.catalog,
        office.services.resolver,
        date.today(),
        verifications=files.verifications(practice),
        documents=files.documents(practice),
        own_facts=[own.fact.id for own in files.own_facts(practice)],
    )
    if as_json:
        print_json({"findings": [one.as_json() for one in findings]})
    else:
        from bot.knowledge_terminal import show_findings

        show_findings(findings)
    if strict and findings:
        raise typer.Exit(1)


def _told(history: "Sequence[Change]") -> list[dict[str, str]]:
    return [{"action": one.action, "by": one.by, "at": one.at.isoformat()} for one in history]


def _line(name: str) -> "LineOfBusiness | None":
    from bot.policies.models import LineOfBusiness

    return _one_of(LineOfBusiness, name, "line of business")


def _topic(name: str) -> "Topic | None":
    from bot.policies.models import Topic

    return _one_of(Topic, name, "topic")


def _decision(name: str) -> "Decision | None":
    from bot.policies.models import Decision

    return _one_of(Decision, name, "decision")


def _one_of(choices: type[E], name: str, what: str) -> E | None:
    """The choice of that name, None for nothing; raises UserError naming the choices."""
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    if not plain:
        return None
    try:
        return choices(plain)
    except ValueError:
        raise UserError(f"There is no {what} {name[:30]!r}: one of {', '.join(choices)}.") from None
