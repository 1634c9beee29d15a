"""The course's markdown as Slack's mrkdwn, and the text of a drill's note."""

import re

from bot.onboarding.models import Drill, FixSentence, JudgeClaim, SpotCopy
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
        # In two steps: what is bold must not be escaped with the rest.
        marked = quote(drill.note("\0")).replace("\0", f"*{escape(drill.vague)}*")
        return [marked]
    return [quote(drill.note)] if isinstance(drill, JudgeClaim) else []


def claim_lines(drill: JudgeClaim) -> list[str]:
    """What is known of the claim beside the note."""
    claim, held = drill.claim, drill.claim.authorization
    lines = [f"{claim.payer} {claim.state}, {claim.date_of_service}, diagnosis on the claim {claim.diagnosis_code}"]
    if claim.eligibility_verified_on:
        lines.append(f"eligibility verified {claim.eligibility_verified_on}")
    if held:
        group = {True: "covers group", False: "does not cover group", None: "group not mentioned"}[held.covers_group]
        lines.append(f"authorization {held.starts_on} to {held.ends_on}, {held.units_left} units left, {group}")
    if claim.same_day_codes:
        lines.append(f"also billed that day: {', '.join(claim.same_day_codes)}")
    return lines


def quote(text: str) -> str:
    """Lines as a mrkdwn quote, inert."""
    return "\n".join(f"> {escape(line)}" if line.strip() else ">" for line in text.strip().splitlines())
