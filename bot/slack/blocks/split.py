"""Long content cut to Slack's limits, with nothing lost.

Slack takes 3,000 characters in a section, 50 blocks and about 13,200 characters in a message.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.blocks.text import WHOLE, length, plain

Block = dict[str, Any]

SECTION_LIMIT = 2_900
CONTEXT_LIMIT = 1_900
BLOCKS_LIMIT = 48
# Measured by others (bolt-js issues 2509 and 2867): 13,297 characters, less 125 for each block after the first.
MESSAGE_LIMIT = 11_500
BLOCK_COST = 125


@dataclass(frozen=True)
class Message:
    """One message: blocks to see, and the same in plain text for screen readers and notifications."""

    text: str
    blocks: tuple[Block, ...] = ()


def split_text(text: str, limit: int = SECTION_LIMIT) -> list[str]:
    """Cut a text into pieces of at most `limit`, at a paragraph, line, sentence or word where there is one.

    No piece is empty, nothing but white space at a cut is dropped, and no entity or link is cut in two
    unless it is longer than the limit itself.
    """
    pieces = []
    rest = text.strip()
    while length(rest) > limit:
        cut = _cut(rest, limit)
        piece = rest[:cut].rstrip()
        if piece:
            pieces.append(piece)
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def _cut(text: str, limit: int) -> int:
    end = limit
    while length(text[:end]) > limit:
        end -= 1
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark, 0, end)
        if at > end // 2:
            end = at + len(mark.rstrip(" "))
            break
    for whole in WHOLE.finditer(text):
        if whole.start() < end < whole.end() and whole.start() > 0:
            return whole.start()
        if whole.start() >= end:
            break
    return end


def section(text: str) -> Block:
    # verbatim: Slack makes no links, channels or mentions out of what people wrote.
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def sections(paragraphs: Iterable[str], limit: int = SECTION_LIMIT) -> list[Block]:
    """Paragraphs as as few sections as fit them, in order."""
    packed: list[str] = []
    for paragraph in paragraphs:
        for piece in split_text(paragraph, limit):
            if packed and length(packed[-1]) + length(piece) + 1 <= limit:
                packed[-1] += "\n" + piece
            else:
                packed.append(piece)
    return [section(text) for text in packed]


def section_each(paragraphs: Iterable[str]) -> list[Block]:
    """A section for each paragraph: Slack sets them apart."""
    return [section(piece) for paragraph in paragraphs for piece in split_text(paragraph)]


def with_button(blocks: list[Block], button: Block | None) -> list[Block]:
    """The same blocks, the first with a button at its side."""
    return [blocks[0] | {"accessory": button}, *blocks[1:]] if button and blocks else blocks


def context(lines: Iterable[str]) -> list[Block]:
    """Small print, each line on its own: Slack sets a block's elements side by side, so that lines share one."""
    return [
        {"type": "context", "elements": [{"type": "mrkdwn", "text": block["text"]["text"], "verbatim": True}]}
        for block in sections(lines, CONTEXT_LIMIT)
    ]


def messages(blocks: Sequence[Block], limit: int = MESSAGE_LIMIT) -> list[Message]:
    """Blocks as as few messages as carry them, in order, each with its plain text."""
    bundles: list[list[Block]] = []
    used = 0
    for block in blocks:
        size = BLOCK_COST + sum(length(text) for text in _texts(block))
        if not bundles or len(bundles[-1]) >= BLOCKS_LIMIT or (used and used + size > limit):
            bundles.append([])
            used = 0
        bundles[-1].append(block)
        used += size
    return [Message(fallback(bundle), tuple(bundle)) for bundle in bundles]


def fallback(blocks: Sequence[Block]) -> str:
    """Everything the blocks say, one line after another, without decoration."""
    lines = [plain(text) for block in blocks if block["type"] not in _CONTROLS for text in _texts(block)]
    return "\n".join(lines) or "Choose below."


_CONTROLS = ("actions", "context_actions", "divider")


def _texts(part: object) -> list[str]:
    """Every text that shows, in the order in which it stands."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            return [part["text"]]
        # A button at a section's side is a control, as those of an actions block are.
        return [text for name, inner in part.items() if name != "accessory" for text in _texts(inner)]
    return [text for inner in part for text in _texts(inner)] if isinstance(part, list | tuple) else []
