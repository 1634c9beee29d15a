"""What the bot says about itself: help, the note template, and the questions back."""

from collections.abc import Sequence

from bot.review.template import ADVICE, blank_note, templates
from bot.slack.blocks.buttons import button
from bot.slack.blocks.run import run_button
from bot.slack.blocks.split import Message, context, messages, section, section_each, sections
from bot.slack.blocks.text import clip, escape

HOW_TO_REVIEW = (
    "Send the note to me in a direct message: paste it, or attach a .txt, .md, .csv, .docx or .pdf file. "
    "On a message that is there already, use ⋮ › *Review this note*; the review comes to you alone."
)
COMMANDS = (
    ("ask …", "your question; the answer comes to you alone, with a button to share it"),
    ("review", "how to send a note, and the mended one"),
    ("payers", "your practice's payers; then `add Aetna, HUSKY`, `remove Aetna`, `clear`, `all`"),
    ("payers same_day", "your payers side by side on one matter, as a file too; or `telehealth` …"),
    ("verify Aetna same day", "record what a payer's line told you"),
    ("due", "what to ask again; `/billing remind here` brings it to a channel monthly"),
    ("template dap", "a blank group note to copy, and as a Word file; or `soap`, `birp`, `girp` …"),
    ("learn", "the course, in short lessons with drills; it goes on where you were"),
    ("settings", "when I answer in this channel, for whom to see, about which payers"),
    ("audit", "for admins: where the monthly summary of the group notes goes, and who is coached"),
    ("help", "this"),
)
"""Each command as it is typed, and what it does; docs/slack.md has the same."""
_PRIVACY = (
    "🔒 Notes are read only from direct messages, files sent to me and the message shortcut. I keep none of their "
    "text, and I never repeat it in a channel."
)
_DE_IDENTIFIED = (
    "📄 No BAA with Slack is on record here: send de-identified text only, with “Member 1”, “Member 2” for people, no "
    "initials, years for days, and no numbers of theirs. I refuse what tells who somebody is. To review notes as they "
    "are with no third party, run the local workspace on your own computer."
)


def help_messages(*, covered: bool = True) -> list[Message]:
    """What can be asked and how: an example first, then each command."""
    return messages(
        [
            *sections(
                [
                    "*I answer payer questions about group psychotherapy (90853) and review group notes.*",
                    "*1. Ask* here, mention me in a channel, or type it: "
                    "`/billing Can I bill 90853 and 90837 on one day for Aetna?` "
                    "Name the payer, and the state or plan where it matters. Every answer has its source and its age.",
                    "*2. Follow up* in the thread: “and Cigna?”, “by video?”. "
                    "*Compare* your payers: “which of our payers allow same-day?”",
                    f"*3. Review a note.* {HOW_TO_REVIEW} Post the mended note in the same thread: I say what changed.",
                    "*4. Where nothing is on file* I say so and give you the questions. *Record what they said*, and "
                    "the next answer rests on it. Admins and billers send a payer's manual or your contract with the "
                    "words “add to knowledge for Aetna effective 2026-01-01”.",
                ]
            ),
            *section_each(["\n".join(["*Commands*", *(f"`/billing {usage}`: {told}" for usage, told in COMMANDS)])]),
            {
                "type": "actions",
                "elements": [
                    run_button("ask Does Aetna require prior authorization for 90853?", "Try a question"),
                    run_button("payers", "Our payers"),
                    run_button("review", "How to review"),
                ],
            },
            *context(privacy_lines(covered)),
        ]
    )


def review_help(*, covered: bool = True) -> list[Message]:
    """Why `/billing review` takes no note, and what does."""
    why = "A slash command is no place for a note: Slack's health terms cover messages and files only."
    return messages([section(f"{HOW_TO_REVIEW}\n{why}"), *context(privacy_lines(covered))])


def how_to_review(*, covered: bool = True) -> list[Message]:
    """For who speaks of a note and has not sent one."""
    return messages([section(HOW_TO_REVIEW), *context(privacy_lines(covered))])


def privacy_messages(*, covered: bool = True) -> list[Message]:
    """For who asks what becomes of what they write."""
    return messages(sections(privacy_lines(covered)))


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
        button("read_as_note", "Review it as a note", value),
        button("read_as_question", "Answer it as a question", value),
    ]
    return Message(asked, (section(asked), {"type": "actions", "elements": buttons}))


def line(text: str) -> Message:
    """One line of our own words; what a user wrote in it is made inert."""
    safe = escape(text)
    return Message(safe, tuple(sections([safe])))


def suggestion_message(word: str, suggestion: str) -> Message:
    """For a command word that is none: the nearest one with a button that runs it, or how to ask."""
    shown = escape(clip(word, 40))
    if suggestion:
        text = f"I do not know `{shown}`: did you mean `/billing {escape(clip(suggestion, 200))}`?"
        return Message(text, (section(text), {"type": "actions", "elements": [run_button(suggestion)]}))
    text = f"I do not know `{shown}`. Try `/billing help`, or ask in a sentence: `/billing Does Aetna need …?`"
    buttons = [run_button("help", "Show the commands")]
    return Message(text, (section(text), {"type": "actions", "elements": buttons}))


def command_message(command: str) -> Message:
    """For a command typed as a message: the button that runs it, and how it is typed."""
    text = f"That is a command: press the button, or type `/billing {escape(clip(command, 200))}`."
    return Message(text, (section(text), {"type": "actions", "elements": [run_button(command, "Run it")]}))


def privacy_lines(covered: bool) -> list[str]:
    """Where notes may go, in small print."""
    return [_PRIVACY] if covered else [_PRIVACY, _DE_IDENTIFIED]
