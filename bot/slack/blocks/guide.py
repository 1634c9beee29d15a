"""What the bot says about itself: help, App Home, the note template, and the question back."""

from collections.abc import Sequence

from bot.review.template import ADVICE, blank_note, templates
from bot.slack.blocks.split import Block, Message, context, messages, section, sections
from bot.slack.blocks.text import clip, escape

PROMPTS = (
    ("Same-day billing", "Can I bill group and individual therapy the same day for Medicare?"),
    ("Prior authorization", "Does Aetna require prior authorization for 90853?"),
    ("Group size", "How many members can a group have for Minnesota Medicaid?"),
    ("Review a note", "How do I send you a group note to review?"),
)
HOW_TO_REVIEW = (
    "Send the note to me in a direct message: paste it, or attach a .txt, .md, .csv, .docx or .pdf file. "
    "On a message that is there already, use ⋮ › *Review this note*; the review comes to you alone."
)
_PRIVACY = (
    "🔒 Notes are read only from direct messages, files sent to me and the message shortcut. I keep none of their "
    "text, and I never repeat it in a channel."
)
_DE_IDENTIFIED = (
    "📄 No BAA with Slack is on record here: send de-identified text only, with “Member 1”, “Member 2” for people, no "
    "initials, years for days, and no numbers of theirs. I refuse what tells who somebody is. To review notes as they "
    "are with no third party, run the local workspace on your own computer."
)
_NAMED_PAYERS = 60


def help_messages(*, covered: bool = True) -> list[Message]:
    """What can be asked and how, with each command."""
    return messages(
        sections(
            [
                "*I answer payer questions about group psychotherapy (90853) and review group notes.*",
                "• *Ask* here, mention me in a channel, or `/billing Can I bill 90853 and 90837 on one day for Aetna?`",
                f"• *Review a note.* {HOW_TO_REVIEW}",
                "• *Follow up* in the thread: “and Cigna?”",
                "• *Compare* your payers: “which of our payers allow same-day?”",
                "• *Your own documents.* Admins and billers send a payer's manual or your contract with the words "
                "“add to knowledge for Aetna effective 2026-01-01”.",
                "",
                "*Commands*",
                "`/billing ask` your question: the answer comes to you alone",
                "`/billing review`: how to send a note",
                "`/billing payers`: your practice's payers; then `add Aetna, HUSKY`, `remove Aetna` or `clear`",
                "`/billing payers same_day`: your payers side by side on one matter, as a file too; or `telehealth` …",
                "`/billing payers all`: everyone on file",
                "`/billing verify` payer and matter: record what a payer's line told you, for answers to rest on",
                "`/billing due`: verifications to ask again; `/billing remind here` brings them to a channel monthly",
                "`/billing template dap`: a blank group note to copy, and as a Word file; or `soap`, `birp`, `girp` …",
                "`/billing learn`: the course, in short lessons with drills; it goes on where you were",
                "`/billing help`: this",
            ]
        )
        + context(_privacy(covered))
    )


def review_help(*, covered: bool = True) -> list[Message]:
    """Why `/billing review` takes no note, and what does."""
    why = "A slash command is no place for a note: Slack's health terms cover messages and files only."
    return messages([section(f"{HOW_TO_REVIEW}\n{why}"), *context(_privacy(covered))])


def how_to_review(*, covered: bool = True) -> list[Message]:
    """For who speaks of a note and has not sent one."""
    return messages([section(HOW_TO_REVIEW), *context(_privacy(covered))])


def payers_messages(payers: Sequence[tuple[str, str]]) -> list[Message]:
    """The payers on file, by name."""
    if not payers:
        return [Message("No payer is on file yet.", (section("No payer is on file yet."),))]
    lines = [f"• {escape(name)}" for _, name in payers]
    return messages(sections([f"*{len(payers)} payers and programmes on file*", *lines]))


def template_messages(format_: str, members: int) -> list[Message]:
    """A blank group note to copy: one part for the session, one for each member; `format_` is on file."""
    known = templates()
    outline = blank_note(format_, 1).replace("Member 1 ", "")
    others = ", ".join(f"`{name}`" for name in known.formats if name != format_)
    repeat = "Repeat the part from “Patient:” on for each member, in words of their own: each is one claim."
    file = f"As a Word file for {members} members it is in your direct message with me."
    head = f"*Blank group note, {known.formats[format_].name}* · {repeat}"
    return messages([section(head), section(f"```{outline}```"), *context([ADVICE, f"{file} Other formats: {others}"])])


def unsure_message(value: str, also: str = "") -> Message:
    """Asks what a text is; the text itself stays where it was sent, and the buttons point at it.

    `also` is a sentence on what else it may have been.
    """
    asked = f"Is this a question to answer, or a group note to review? {also}".rstrip()
    buttons = [
        _button("read_as_note", "Review it as a note", value),
        _button("read_as_question", "Answer it as a question", value),
    ]
    return Message(asked, (section(asked), {"type": "actions", "elements": buttons}))


def line(text: str) -> Message:
    """One line of our own words; what a user wrote in it is made inert."""
    safe = escape(text)
    return Message(safe, tuple(sections([safe])))


def home_view(payers: Sequence[tuple[str, str]], due: int = 0, *, covered: bool = True) -> Block:
    """App Home: what I can do, how to review, which payers. Never anything of a note."""
    names = ", ".join(escape(name) for _, name in payers[:_NAMED_PAYERS])
    more = f" and {len(payers) - _NAMED_PAYERS} more" if len(payers) > _NAMED_PAYERS else ""
    examples = "\n".join(f"• {escape(message)}" for _, message in PROMPTS[:3])
    blocks: list[Block] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Billing copilot for group psychotherapy"}},
        section(
            "I answer payer questions about 90853 with source and date, and review group notes before claims go out."
        ),
        section(f"*Ask me*\n{examples}"),
        section(f"*Review a note*\n{HOW_TO_REVIEW}"),
        *sections([f"*{due} verification{'s' * (due > 1)} to ask again:* `/billing due` lists them."] if due else []),
        {"type": "divider"},
        *sections([f"*{len(payers)} payers and programmes on file*", f"{names}{more}" if names else ""]),
        *context([*_privacy(covered), "Unknown is an answer too: then I give you the questions to ask the payer."]),
    ]
    return {"type": "home", "blocks": blocks[:100]}


def suggestion_message(word: str, suggestion: str) -> Message:
    """For a command word that is none: the nearest one, or how to ask."""
    shown = escape(clip(word, 40))
    if suggestion:
        text = f"I do not know `{shown}`: did you mean `/billing {suggestion}`?"
    else:
        text = f"I do not know `{shown}`. Try `/billing help`, or ask in a sentence: `/billing Does Aetna need …?`"
    return Message(text, (section(text),))


def _privacy(covered: bool) -> list[str]:
    return [_PRIVACY] if covered else [_PRIVACY, _DE_IDENTIFIED]


def _button(action: str, label: str, value: str) -> Block:
    return {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": label}, "value": value}
