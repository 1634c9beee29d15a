"""Text on its way to Slack: escaped, measured and clipped."""

import re

from bot.inert import inert

ELLIPSIS = "…"
# An entity or a piece of Slack markup: never to be cut in two.
WHOLE = re.compile(r"&(?:amp|lt|gt);|<[^<>\s][^<>]*>")


def escape(text: str) -> str:
    """Make text inert in mrkdwn, as Slack asks: a member named <!channel> pings nobody."""
    return inert(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def inert_markdown(text: str) -> str:
    """Make text inert in standard markdown, as streams take it."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", inert(text))


def length(text: str) -> int:
    """How long Slack finds a text: UTF-16 units, so that an emoji counts for two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int) -> str:
    """Cut raw text to `limit` characters with an ellipsis, at a word where one is near. Escape afterwards."""
    if length(text) <= limit:
        return text
    kept = text[: limit - 1]
    while length(kept) > limit - 1:
        kept = kept[:-1]
    space = kept.rfind(" ")
    if space > limit * 0.8:
        kept = kept[:space]
    return kept.rstrip(" .,;:") + ELLIPSIS


def one_line(text: str) -> str:
    """Runs of white space become one space, so that a quote stays on its line."""
    return inert(" ".join(text.split()))


def quoted(text: str, limit: int = 240) -> str:
    """A stretch of a note as a mrkdwn quote line, clipped and inert."""
    return f"> “{escape(clip(one_line(text), limit))}”"


def link(url: str, label: str) -> str:
    """A mrkdwn link where the address is a web address, otherwise the label alone."""
    label = escape(one_line(label)).replace("|", "¦")
    if not re.fullmatch(r"https?://[^\s<>|]{1,1500}", url):
        return label
    return f"<{url.replace('&', '&amp;')}|{label}>"


def plain(mrkdwn: str) -> str:
    """Mrkdwn without its decoration, still escaped: what a screen reader or a notification reads."""
    text = re.sub(r"<(https?://[^|<>]+)\|([^<>]*)>", r"\2 (\1)", mrkdwn)
    text = re.sub(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])", r"\1", text)
    text = re.sub(r"(?<![\w_])_([^_\n]+)_(?![\w_])", r"\1", text)
    text = re.sub(r"(?m)^> ?", "", text)
    return re.sub(r"(?:[\u2600-\u27bf\u2b00-\u2bff\U0001f534-\U0001f7ff]\ufe0f?)+ ?", "", text)
