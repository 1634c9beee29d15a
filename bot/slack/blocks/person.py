"""What is said when somebody asks for a person: to the billing lead, and to whoever asked."""

from bot.slack.blocks.split import Message, fallback, section
from bot.slack.blocks.text import clip, escape, one_line

_QUESTION_SHOWN = 1_500


def asked_aloud(lead: str, user: str) -> Message:
    """In a thread where all read the question: it is not said again."""
    return _message(f"{_tag(lead)} <@{user}> asks for a person on this question.")


def asked_directly(question: str, user: str, answered: str) -> Message:
    """In the lead's direct message: the question as asked, and what the copilot said to it in a line.

    `answered` is the answer's plain text as Slack has it, escaped already.
    """
    lines = [
        f"<@{user}> asks for a person. Only you read this here; answer them directly.",
        *(f"> {escape(part)}" for part in clip(question.strip(), _QUESTION_SHOWN).splitlines() if part.strip()),
    ]
    if answered:
        lines.append(f"I said: {clip(one_line(answered.splitlines()[0]), 200)}")
    return _message("\n".join(lines))


def told_asker(lead: str) -> Message:
    """To whoever asked in private: who knows of it now."""
    return _message(
        f"I asked {_tag(lead)} in a direct message, with your question as you asked it. Nobody else sees it."
    )


def _message(text: str) -> Message:
    block = section(text)
    return Message(fallback([block]), (block,))


def _tag(lead: str) -> str:
    return f"<!subteam^{lead}>" if lead.startswith("S") else f"<@{lead}>"
