"""The course as messages: the path to choose, a lesson, its end, what comes back, and the table for leads."""

from collections.abc import Sequence

from bot.onboarding.learning import Row
from bot.onboarding.models import Course, Module, Path
from bot.onboarding.standing import Standing
from bot.slack.blocks.buttons import button, row
from bot.slack.blocks.course_text import as_mrkdwn
from bot.slack.blocks.split import Block, Message, context, messages, section, section_each, sections
from bot.slack.blocks.text import clip, escape, link

PATHS = {
    Path.NEWCOMER: ("I am new here", "everything, from the beginning"),
    Path.CLINICIAN: ("I write the notes", "what a note needs, and why"),
    Path.BILLER: ("I send the claims", "payers, authorization, modifiers and the checks"),
}
_FULL, _EMPTY = "●", "○"


def bar(standing: Standing) -> str:
    """The lessons done and to come, as a line of marks."""
    return _FULL * standing.done + _EMPTY * (len(standing.modules) - standing.done)


def path_messages(course: Course, standing: Standing) -> list[Message]:
    """Asks who somebody is, and so which lessons they are given."""
    lines = [
        "*The group billing course*",
        "Short lessons with drills, a few minutes each. Stop when you like: I know where you were.",
    ]
    for path, (label, what) in PATHS.items():
        of_path = course.of(path)
        minutes = sum(module.minutes for module in of_path)
        lines.append(f"• *{label}:* {what}. {len(of_path)} lessons, about {minutes} minutes of reading.")
    buttons = [
        button(
            f"learn_path_{number}", label, path.value, primary=path is standing.path or not (standing.path or number)
        )
        for number, (path, (label, _)) in enumerate(PATHS.items())
    ]
    return messages([*sections(lines), *row(buttons)])


def module_messages(module: Module, standing: Standing) -> list[Message]:
    """A lesson to read, with its example, its sources and the way to the drills."""
    number = next((n for n, one in enumerate(standing.modules, 1) if one.module.id == module.id), 0)
    of = f"Lesson {number} of {len(standing.modules)}" if number else "A lesson of the course"
    blocks: list[Block] = [{"type": "header", "text": {"type": "plain_text", "text": module.title}}]
    blocks += context([f"{of} · {module.minutes} minutes · {len(module.drills)} drills"])
    blocks += section_each(f"*{escape(part.heading)}*\n{as_mrkdwn(part.text)}" for part in module.sections)
    blocks += [{"type": "divider"}, *section_each([f"*An example*\n{as_mrkdwn(module.example)}"])]
    blocks += row([button("learn_drills", "Start the drills", module.id, primary=True)])
    told = [
        " · ".join(
            part for part in (link(one.url, clip(one.title, 70)), escape(one.publisher), escape(one.date)) if part
        )
        for one in module.sources
    ]
    return messages([*blocks, *context([f"Rests on: {'; '.join(told)}"])])


def onward(standing: Standing, unfinished: str = "") -> list[Block]:
    """The buttons after an answer: the next drill of an unfinished lesson, else what comes back, and what is next."""
    if unfinished:
        return [button("learn_drills", "Next drill", unfinished, primary=True)]
    buttons: list[Block] = []
    if standing.due:
        buttons.append(button("learn_repeat", f"Repeat {_counted(len(standing.due), 'drill')}"))
    elif standing.is_finished and standing.looked:
        label = f"Answer {_counted(len(standing.looked), 'drill')} yourself"
        buttons.append(button("learn_repeat", label, primary=True))
    if standing.has_earned_it:
        buttons.append(button("learn_certificate", "My certificate", primary=True))
    elif current := standing.current:
        buttons.insert(0, button("learn_module", f"Next: {current.module.title}", current.module.id, primary=True))
    return buttons


def done_line(standing: Standing) -> str:
    """How far somebody is, in a line."""
    if standing.is_finished:
        return f"✅ *You have finished the course.* {bar(standing)}"
    left = f"about {standing.minutes_left} minutes to go"
    return f"{bar(standing)}  {standing.done} of {len(standing.modules)} lessons, {left}"


def finished_messages(standing: Standing) -> list[Message]:
    """For who has done it all."""
    told = [
        done_line(standing),
        f"It is due again on January 1, {standing.year + 1}, when the next benefit year begins.",
    ]
    if standing.looked:
        told.insert(1, f"The certificate waits for {_counted(len(standing.looked), 'drill')} that you only looked at.")
    elif not standing.due:
        told.insert(1, "Nothing is to be repeated now.")
    return messages([*sections(told), *row(onward(standing))])


def refresher_line(standing: Standing) -> str:
    """Said to who finished in an earlier year; empty for others."""
    if standing.refreshes is None or standing.is_finished:
        return ""
    return (
        f"A new benefit year: you finished the course in {standing.refreshes}, and it is due anew in {standing.year}."
    )


def due_messages(number: int) -> list[Message]:
    """What comes back, told once a day at most."""
    them = "it" if number == 1 else "them"
    words = f"➡️ *{_counted(number, 'drill')} to repeat.* You missed {them} before; a minute now makes {them} stay."
    buttons = [button("learn_repeat", "Repeat now", primary=True), button("learn_pause", "Stop telling me")]
    return messages([section(words), *row(buttons)])


def paused_message(*, paused: bool) -> Message:
    """Answers the button that pauses, and the one that takes it back."""
    if paused:
        text = "I no longer tell you of repetitions. They wait here: `/billing learn`."
        return Message(text, (section(text), *row([button("learn_unpause", "Tell me again")])))
    text = "I tell you of repetitions again, once a day at most."
    return Message(text, (section(text),))


def progress_messages(rows: Sequence[Row], year: int) -> list[Message]:
    """The table for leads: who, which path, how far; never an answer."""
    if not rows:
        text = "Nobody has begun the course yet: `/billing learn` begins it."
        return [Message(text, (section(text),))]
    lines = [f"*The course in {year}*"]
    for one in rows:
        standing = one.standing
        path = standing.path.value if standing.path else ""
        state = (
            f"finished {standing.finished_on}"
            if standing.finished_on
            else f"{standing.done} of {len(standing.modules)}"
        )
        due = f" · {len(standing.due)} to repeat" if standing.due else ""
        before = f" · last finished {standing.refreshes}" if standing.refreshes and not standing.is_finished else ""
        lines.append(f"{bar(standing)}  <@{one.person}> · {path} · {state}{due}{before}")
    return messages([*sections(lines), *context(["Lessons and drills only: no answer that anybody gave is kept."])])


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
