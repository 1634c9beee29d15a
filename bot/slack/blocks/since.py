"""What changed since the last review, as the first card of the new one."""

from collections.abc import Iterable

from bot.review.since import Since
from bot.slack.blocks.split import Message, messages, sections
from bot.slack.blocks.text import clip, escape, one_line

_NAMED = 80
_SAME = (
    "*Nothing changed since the last review:* the note reads as it did then, word for word. Edit your message and "
    "press again, or post the mended note in this thread."
)
_READ = "*I read what you changed.* "
_NOT_YET = "A finding goes when all that it asks for is there: the cards below say what each still asks."


def since_messages(found: Since) -> list[Message]:
    """Which findings went, which came, which stand, by member."""
    if not (found.changed or found.edited):
        return messages(sections([_SAME]))
    counts = f"{len(found.gone)} gone, {len(found.came)} new, {len(found.stand)} still there"
    lines = [
        f"{'' if found.changed else _READ}*Since the last review:* {counts}",
        *_findings("✅ *Gone:*", found.gone),
        *_findings("⚠️ *New:*", found.came),
        *_findings("❌ *Still there:*", found.stand),
    ]
    if found.stand and not found.changed:
        lines.append(_NOT_YET)
    if found.new:
        lines.append(f"*Not in the last review:* {', '.join(map(_who, found.new))}")
    if found.left:
        lines.append(f"*No longer in the note:* {found.left} member{'s' * (found.left > 1)}")
    return messages(sections(lines))


def _findings(heading: str, found: Iterable[tuple[str, str]]) -> list[str]:
    """One line a heading, members with the same checks together: "The session: modality; K.L., M.R.: plan"."""
    whose: dict[str, list[str]] = {}
    for label, check in found:
        whose.setdefault(check.lower(), []).append(_who(label) if label else "the session")
    shared: dict[tuple[str, ...], list[str]] = {}
    for check, who in whose.items():
        shared.setdefault(tuple(who), []).append(check)
    told = "; ".join(f"{', '.join(who)}: {', '.join(checks)}" for who, checks in shared.items())
    return [f"{heading} {told}"] if told else []


def _who(label: str) -> str:
    return escape(clip(one_line(label), _NAMED)) or "(no name)"
