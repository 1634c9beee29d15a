"""How the bot behaves in a channel: the modal that sets it, and the same in a line."""

from collections.abc import Sequence

from bot.policies.channels import Audience, ChannelSettings, Mode
from bot.policies.own_payers import OwnPayer
from bot.slack.blocks.split import Block, Message, context, fallback, section
from bot.slack.blocks.text import clip, escape

CALLBACK = "channel_settings"
_NAMES_LIMIT = 1_000
_MODES = {
    Mode.MENTION: ("When mentioned", "And follow-up questions in its own threads."),
    Mode.QUESTIONS: ("Payer questions too", "A message that asks about billing groups is answered; no other is."),
    Mode.OFF: ("Never", "A mention gets a line that only its sender sees."),
}
_AUDIENCES = {
    Audience.ALL: ("Everyone in the channel", "In the question's thread."),
    Audience.ASKER: ("The asker alone", "With a button to share the answer with the channel."),
}
_MODE_WORDS = {
    Mode.MENTION: "answers when mentioned",
    Mode.QUESTIONS: "answers payer questions",
    Mode.OFF: "never answers",
}
_AUDIENCE_WORDS = {Audience.ALL: "for all to see", Audience.ASKER: "to the asker alone"}


def channel_form(settings: ChannelSettings, private_metadata: str) -> Block:
    """The modal, as the channel is set now; `private_metadata` holds ids only."""
    payers = "\n".join(payer.label for payer in settings.payers)
    names = {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": True,
        "max_length": _NAMES_LIMIT,
        "placeholder": _plain("Aetna, HUSKY"),
    }
    if payers:
        names["initial_value"] = clip(payers, _NAMES_LIMIT)
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": private_metadata,
        "title": _plain("This channel"),
        "submit": _plain("Keep"),
        "close": _plain("Cancel"),
        "blocks": [
            _input("mode", "I answer", _radios(_MODES, settings.mode)),
            _input("audience", "Answers are seen by", _radios(_AUDIENCES, settings.audience)),
            _input("payers", "This channel is about", names, optional=True)
            | {
                "hint": _plain(
                    "Payers, with commas or one a line. A question here that names none is answered for these, and "
                    "tables hold these alone. Leave it empty for your whole list."
                )
            },
        ],
    }


def settings_words(settings: ChannelSettings) -> str:
    """A channel in a line: "answers when mentioned, for all to see; about Aetna"."""
    said = _MODE_WORDS[settings.mode]
    if settings.mode is not Mode.OFF:
        said += f", {_AUDIENCE_WORDS[settings.audience]}"
    about = ", ".join(payer.label for payer in settings.payers)
    return said + (f"; about {escape(clip(about, 200))}" if about else "")


def settings_kept(channel: str, settings: ChannelSettings, unknown: Sequence[OwnPayer]) -> Message:
    """Says what holds now; a payer that is not on file gets no rule, only its name."""
    text = f"In <#{channel}> the copilot now {settings_words(settings)}."
    names = escape(", ".join(one.label for one in unknown))
    small = [f"Not on file, so “unknown” until you verify: {names}"] if unknown else []
    blocks = [section(text), *context(small)]
    return Message(fallback(blocks), tuple(blocks))


def _radios(labels: "dict[Mode, tuple[str, str]] | dict[Audience, tuple[str, str]]", chosen: str) -> Block:
    options = [
        {"text": _plain(label), "description": _plain(more), "value": str(value)}
        for value, (label, more) in labels.items()
    ]
    initial = next(option for option in options if option["value"] == str(chosen))
    return {"type": "radio_buttons", "action_id": "value", "options": options, "initial_option": initial}


def _input(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element, "optional": optional}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
