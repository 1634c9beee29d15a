"""App Home's section on the course."""

from bot.onboarding.standing import Standing
from bot.slack.blocks.course import button, done_line, refresher_line, row
from bot.slack.blocks.split import Block, sections


def course_blocks(standing: Standing) -> list[Block]:
    """Progress, the way on, and what is due; begun by nobody yet, what it is."""
    blocks: list[Block] = [{"type": "divider"}]
    if standing.path is None:
        told = ["*Course*", "The group billing rules in short lessons with drills, and a certificate at the end."]
        return [*blocks, *sections(told), *row([button("learn_resume", "Begin the course", primary=True)])]
    lines = [f"*Course* · {standing.path.value} path", done_line(standing)]
    buttons: list[Block] = []
    if refresher := refresher_line(standing):
        lines.append(refresher)
    if current := standing.current:
        lines.append(f"Next: {current.module.title}")
        lines.append("It goes on in the Messages tab.")
        label = "Resume" if standing.done or current.is_begun else "Begin"
        buttons.append(button("learn_resume", label, primary=True))
    if standing.due:
        many = len(standing.due)
        lines.append(f"➡️ {many} drill{'s' * (many > 1)} to repeat")
        buttons.append(button("learn_repeat", "Repeat now", primary=not standing.current))
    elif standing.is_finished and standing.looked:
        many = len(standing.looked)
        lines.append(f"The certificate waits for {many} drill{'s' * (many > 1)} that you only looked at.")
        buttons.append(button("learn_repeat", "Answer now", primary=True))
    if standing.has_earned_it:
        buttons.append(button("learn_certificate", "My certificate"))
    word = ("learn_unpause", "Tell me of repetitions") if standing.paused else ("learn_pause", "Pause reminders")
    buttons.append(button(*word))
    return [*blocks, *sections(lines), *row(buttons)]
