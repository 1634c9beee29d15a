"""The two modals of own documents: whose a document is, and what a proposed fact decides."""

from datetime import date

from bot.answers.phrases import DECISIONS
from bot.documents.proposal import Proposal
from bot.policies.matters import matter
from bot.policies.models import Topic
from bot.policies.own_document import OwnDocument
from bot.policies.verification_draft import decisions_for
from bot.slack.blocks.split import Block, section
from bot.slack.blocks.text import escape, quoted
from bot.slack.blocks.verification_form import decision_block
from bot.slack.document_request import DocumentRequest

KEEP = "keep_document"
EDIT = "edit_fact"
FACT_TOPIC = "fact_topic"
CONTRACT, PAYERS_OWN = "contract", "primary"


def document_form(request: DocumentRequest) -> Block:
    """Asks for payer and dates; `private_metadata` carries where the file is, never a word of it."""
    kinds = [_option("The payer's own document", PAYERS_OWN), _option("Our contract with the payer", CONTRACT)]
    return _modal(
        KEEP,
        "Add to knowledge",
        "Add",
        request.dumps(),
        [
            _input("payer", "Payer", _text("As you call it: Aetna, Medicaid MN …", 80, request.payer), optional=False),
            _input("kind", "What is it?", _select(kinds, kinds[request.contract]), optional=False),
            _input("effective_from", "Holds for dates of service from", _date(request.effective_from), optional=False),
            _input("effective_to", "Holds until", _date(request.effective_to), hint="Empty: until a newer version."),
            _input("title", "Title to cite it by", _text("Else the file's own title", 120, request.title)),
        ],
    )


def fact_form(private_metadata: str, proposal: Proposal, document: OwnDocument, topic: Topic | None = None) -> Block:
    """The proposal to correct, with its quote above; it offers what can be decided on `topic`, else on its own."""
    topic = topic or proposal.topic
    topics = [_option(_opening(matter(topic)), topic.value) for topic in Topic]
    decisions = [_option(DECISIONS[decision], decision.value) for decision in decisions_for(topic)]
    chosen = next((one for one in decisions if one["value"] == proposal.decision), None)
    about = _select(topics, topics[list(Topic).index(topic)]) | {"action_id": FACT_TOPIC}
    return _modal(
        EDIT,
        "What it decides",
        "Put in force",
        private_metadata,
        [
            section(f"{quoted(proposal.quote, 1_200)}\n{escape(proposal.place)}"),
            _input("topic", "It is about", about, optional=False) | {"dispatch_action": True},
            _input(decision_block(topic), "It decides", _select(decisions, chosen), optional=False),
            _input(
                "conditions",
                "Conditions, one a line",
                _text("Separate notes and times", 1_000, "\n".join(proposal.conditions), multiline=True),
            ),
            _input("modifiers", "Modifiers", _text("59, XE", 40, ", ".join(proposal.modifiers))),
            _input("effective_from", "Holds from", _date(document.effective_from), optional=False),
            _input(
                "effective_to", "Holds until", _date(document.effective_to), hint="Empty: as long as the document does."
            ),
        ],
    )


def _opening(words: str) -> str:
    return words[:1].upper() + words[1:]


def _modal(callback: str, title: str, submit: str, metadata: str, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": metadata,
        "title": _plain(title),
        "submit": _plain(submit),
        "close": _plain("Cancel"),
        "blocks": blocks,
    }


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def _option(text: str, value: str) -> Block:
    return {"text": _plain(text), "value": value}


def _input(name: str, label: str, element: Block, *, optional: bool = True, hint: str = "") -> Block:
    block = {"type": "input", "block_id": name, "label": _plain(label), "element": element, "optional": optional}
    return block | {"hint": _plain(hint)} if hint else block


def _text(placeholder: str, limit: int, initial: str = "", *, multiline: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": "value", "placeholder": _plain(placeholder)}
    element |= {"max_length": limit} | ({"multiline": True} if multiline else {})
    return element | ({"initial_value": initial[:limit]} if initial else {})


def _select(options: list[Block], initial: Block | None = None) -> Block:
    element: Block = {"type": "static_select", "action_id": "value", "options": options}
    return element | {"initial_option": initial} if initial else element


def _date(initial: date | None) -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    return element | ({"initial_date": initial.isoformat()} if initial else {})
