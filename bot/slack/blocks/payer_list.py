"""The practice's own list of payers: shown, changed, and edited in a modal. Payers' names only."""

from collections.abc import Iterable, Sequence

from bot.policies.models import Topic
from bot.policies.own_payers import OwnPayer
from bot.policies.payer_list import ListChange
from bot.policies.payer_names import Unclear
from bot.slack.blocks.buttons import button
from bot.slack.blocks.guide import suggestion_message
from bot.slack.blocks.split import Block, Message, context, messages, section, sections
from bot.slack.blocks.text import clip, escape

CALLBACK = "own_payers"
FIELD = "names"
# Of a text input, by Slack.
INPUT_LIMIT = 3_000
_HOW = "`/billing payers add Aetna, HUSKY` · `/billing payers remove Aetna` · `/billing payers clear`"
_TOPICS = ", ".join(f"`{topic}`" for topic in Topic)


def list_messages(payers: Sequence[OwnPayer], on_file: int) -> list[Message]:
    """The list, how many of it are on file, and how to change and use it."""
    if payers:
        known = sum(bool(payer.payer_id) for payer in payers)
        lines = [f"*Your payers ({len(payers)})*, {known} of them on file", *(_line(payer) for payer in payers)]
    else:
        lines = [
            "*Your practice has no list of payers yet.*",
            "Make it once: `/billing payers add Aetna, Cigna Medicare Advantage, HUSKY, Molina`",
        ]
    uses = [
        f"Change it: {_HOW}",
        "Compare them: `/billing payers same_day`, or ask “which of our payers need auth for group?”",
        f"Matters: {_TOPICS}",
        f"The whole file, {on_file} payers and programmes: `/billing payers all`",
    ]
    buttons = {
        "type": "actions",
        "elements": [button("edit_payers", "Edit our payers" if payers else "List our payers", "edit")],
    }
    return messages([*sections(lines), *context(uses), buttons])


def change_message(change: ListChange) -> Message:
    """What a change did, a line each; what could not be read says what would be."""
    known = [payer for payer in change.added if payer.payer_id]
    lines = [
        _named("Added", known),
        _named("Kept by name, “unknown: not on file” until you verify with them", set_apart(change.added)),
        _named("Removed", change.removed),
        _named("On the list already", change.already),
        _named("Not on the list", change.missing),
        _named("Left out, the list is full", change.left_out),
        *(unclear_line(unclear) for unclear in change.unclear),
    ]
    if change.removed and not change.added:
        again = ", ".join(payer.label for payer in change.removed)
        lines.append(f"To bring back: `/billing payers add {escape(clip(again.replace('`', ''), 600))}`")
    lines = [line for line in lines if line] or ["Name the payers: `/billing payers add Aetna, HUSKY`."]
    count = len(change.payers)
    lines.append(f"Your list has {count} payer{'' if count == 1 else 's'} now.")
    blocks = sections(lines)
    return Message("\n".join(line.replace("*", "").replace("`", "") for line in lines), tuple(blocks))


def set_apart(payers: Iterable[OwnPayer]) -> list[OwnPayer]:
    """Those that are not on file."""
    return [payer for payer in payers if not payer.payer_id]


def unclear_line(unclear: Unclear) -> str:
    """One line for a name that fits several."""
    return f"❔ {escape(unclear.told)}"


def payers_form(payers: Sequence[OwnPayer], private_metadata: str) -> Block:
    """The modal in which the whole list stands as text, a payer a line."""
    text = "\n".join(payer.label for payer in payers)
    field = {
        "type": "plain_text_input",
        "action_id": FIELD,
        "multiline": True,
        "max_length": INPUT_LIMIT,
        "placeholder": {"type": "plain_text", "text": "Aetna, Cigna Medicare Advantage, HUSKY"},
    }
    if text and len(text) <= INPUT_LIMIT:
        field["initial_value"] = text
    hint = "One a line or with commas, as you call them; with the plan or state where it matters."
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": private_metadata,
        "title": {"type": "plain_text", "text": "Our payers"},
        "submit": {"type": "plain_text", "text": "Keep"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": [
            {
                "type": "input",
                "block_id": FIELD,
                "optional": True,
                "label": {"type": "plain_text", "text": "The payers your practice bills"},
                "hint": {"type": "plain_text", "text": hint},
                "element": field,
            }
        ],
    }


def form_error(unclear: Sequence[Unclear]) -> str:
    """What the modal says under the field, where nothing was changed."""
    return clip(unclear[0].told, 280)


def _line(payer: OwnPayer) -> str:
    return f"• {escape(payer.label)}" + ("" if payer.payer_id else " · _unknown: not on file_")


def _named(what: str, payers: Sequence[OwnPayer]) -> str:
    return f"*{what}:* {escape(', '.join(payer.label for payer in payers))}" if payers else ""


def suggestion(text: str, meant: Topic | None = None) -> Message:
    """For words after `/billing payers` that are neither a verb nor a matter: what was meant, or what there is."""
    if meant:
        return suggestion_message(f"payers {text.replace('`', '')}", f"payers {meant.value}")
    shown = escape(clip(text, 60).replace("`", ""))
    words = (
        f"To put {shown} on your list: `/billing payers add {shown}`. To compare your payers, name a matter: {_TOPICS}"
    )
    return Message(words.replace("`", ""), (section(words),))
