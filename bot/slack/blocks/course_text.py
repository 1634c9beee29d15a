"""The course's markdown as Slack's mrkdwn, and the text of a drill's note."""

import re

from bot.onboarding.models import SLOT, Drill, FixSentence, JudgeClaim, SpotCopy
from bot.slack.blocks.text import escape

_ITALIC = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


def as_mrkdwn(markdown: str) -> str:
    """Bold, italics, lists and quotes in Slack's own way."""
    text = _BOLD.sub("\0\\1\0", escape(markdown))
    text = _ITALIC.sub(r"_\1_", text).replace("\0", "*")
    text = re.sub(r"(?m)^&gt; ?", "> ", text)
    return re.sub(r"(?m)^- ", "• ", text)


def note_of(drill: Drill) -> list[str]:
    """The drill's note as quoted mrkdwn, a paragraph each; the sentence to replace is bold."""
    if isinstance(drill, SpotCopy):
        return [f"*{escape(label)}*\n{quote(words)}" for label, words in drill.parts.items()]
    if isinstance(drill, FixSentence):
        return [quote(drill.note(SLOT)).replace(SLOT, f"*{escape(drill.vague)}*")]
    return [quote(drill.note)] if isinstance(drill, JudgeClaim) else []


def quote(text: str) -> str:
    """Lines as a mrkdwn quote, inert."""
    return "\n".join(f"> {escape(line)}" if line.strip() else ">" for line in text.strip().splitlines())
