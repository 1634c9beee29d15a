"""A document taken in, and the facts proposed from it, as cards. Pure; what a document says is data and made inert."""

from collections.abc import Sequence
from datetime import date

from bot.answers.phrases import DECISIONS
from bot.documents.library import Added
from bot.documents.proposal import CUES, Proposal
from bot.policies.models import Fact, SourceKind
from bot.policies.own_document import OwnDocument
from bot.policies.practice import OwnFact
from bot.slack.blocks.buttons import button
from bot.slack.blocks.split import Block, Message, context, section, sections
from bot.slack.blocks.text import clip, escape, one_line, plain, quoted

MOST_CARDS = 10
_QUOTE = 600
_KINDS = {SourceKind.CONTRACT: "your contract", SourceKind.PRIMARY: "payer's own document"}


def added_message(added: Added) -> Message:
    """What was taken in, what it replaced, and what comes next."""
    document = added.document
    if added.already:
        return _message([section(f"*Already on record*, so nothing was added\n{_described(document)}")])
    lines = [f"✅ *Added and searched from now on*\n{_described(document)}"]
    if added.new_payer:
        lines.append(f"{escape(document.payer_name)} was not on file: it is now, by this document.")
    for one, until in added.ended:
        ends = f"now holds until {until}" if until else "is wholly replaced"
        lines.append(f"{escape(one.title)} {ends}.")
    number = len(added.proposals)
    lines.append(
        f"*{number} fact{'s' if number != 1 else ''} proposed.* None is in force until an admin approves it."
        if number
        else "No fact on groups was found to propose; the text answers where the facts on file do not."
    )
    return _message([*sections(lines), *context(_small_print(added))])


def _small_print(added: Added) -> list[str]:
    lines = ["Only the text is kept, not the file. It is quoted beside answers and decides nothing by itself."]
    if added.wordless:
        pages = ", ".join(map(str, added.wordless[:12])) + (" …" if len(added.wordless) > 12 else "")
        lines.append(f"No text on page{'s' if len(added.wordless) > 1 else ''} {pages}: pictures are not read.")
    if added.orders:
        where = ", ".join(added.orders[:6])
        lines.append(f"⚠️ Sentences at {escape(where)} give orders to their reader: never followed, never quoted.")
    if added.note:
        lines.append(escape(added.note))
    if len(added.proposals) > MOST_CARDS:
        more = len(added.proposals) - MOST_CARDS
        lines.append(f"{more} more wait at the command line: `billing-copilot knowledge proposals`")
    return lines


def proposal_message(proposal: Proposal, document: OwnDocument) -> Message:
    """One proposed fact with the words it rests on; approving at once is offered only where a decision is proposed."""
    decided = f": {DECISIONS[proposal.decision].lower()}" if proposal.decision else ""
    head = f"*Proposed: {_words(proposal.topic)}{decided}* · {escape(document.payer_name)}"
    terms = [
        f"*{name}:* {escape('; '.join(values))}"
        for name, values in (("Conditions", proposal.conditions), ("Modifiers", proposal.modifiers))
        if values
    ]
    text = "\n".join([head, quoted(proposal.quote, _QUOTE), *terms])
    buttons = [button("edit_fact", "Edit…" if proposal.decision else "Say what it decides…", proposal.id)]
    if proposal.decision:
        buttons.insert(0, button("approve_fact", "Approve", proposal.id, primary=True))
    buttons.append(button("reject_fact", "Reject", proposal.id))
    found = "found by its words" if proposal.proposed_by == CUES else f"read by {proposal.proposed_by}"
    small = escape(f"{clip(document.title, 80)}, {proposal.place} · {found}: check it against the document")
    # Cards of one document follow each other closely: a line sets them apart.
    return _message([{"type": "divider"}, section(text), *context([small]), {"type": "actions", "elements": buttons}])


def approved_message(own: OwnFact, user: str) -> Message:
    """The card of a proposal once it is in force."""
    fact = own.fact
    decided = DECISIONS[fact.decision].lower() if fact.decision else ""
    lines = [f"✅ *In force: {_words(fact.topic)}, {decided}* · {escape(own.payer_name)}", quoted(own.quote, _QUOTE)]
    if fact.conditions:
        lines.append(f"*Conditions:* {escape('; '.join(fact.conditions))}")
    if fact.modifiers:
        lines.append(f"*Modifiers:* {escape(', '.join(fact.modifiers))}")
    small = f"{escape(clip(fact.source.title, 120))} · {_dates(fact)} · approved by <@{user}>"
    withdraw = {"type": "actions", "elements": [button("withdraw_fact", "Withdraw", fact.id)]}
    return _message([{"type": "divider"}, section("\n".join(lines)), *context([small]), withdraw])


def closed_message(words: str, quote: str, user: str) -> Message:
    """The card of a proposal turned down, or of a fact withdrawn."""
    return _message(
        [{"type": "divider"}, section(f"*{escape(words)}*\n{quoted(quote, 200)}"), *context([f"by <@{user}>"])]
    )


def ask_message(request: str, missing: Sequence[str], reason: str = "") -> Message:
    """Asks for what the words did not say; the button opens the form."""
    asked = reason or f"To add it I need to know {' and '.join(missing)}."
    ask = button("keep_document", "Say whose it is and since when…", request)
    return _message([section(escape(asked)), {"type": "actions", "elements": [ask]}])


def _described(document: OwnDocument) -> str:
    until = f" to {document.effective_to}" if document.effective_to else ""
    pages = f"{document.pages} page{'s' if document.pages != 1 else ''}" if document.pages else document.format
    parts = (document.payer_name, _KINDS[document.kind], f"from {document.effective_from}{until}", pages)
    return f"*{escape(one_line(document.title))}* · {escape(' · '.join(parts))}"


def _dates(fact: Fact) -> str:
    begins: date | str = fact.effective_from or "no date"
    return f"from {begins}" + (f" to {fact.effective_to}" if fact.effective_to else "")


def _words(topic: str) -> str:
    return topic.replace("_", " ")


def _message(blocks: Sequence[Block]) -> Message:
    text = "\n".join(
        plain(part["text"])
        for block in blocks
        for part in ([block["text"]] if "text" in block else block.get("elements", []))
        if isinstance(part.get("text"), str)
    )
    return Message(text, tuple(blocks))
