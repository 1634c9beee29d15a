"""A question as typed, made plain: case folded, shorthand spelled out, slips in the trade's words mended."""

import re
from functools import lru_cache

from bot.answers.cues import load_cues
from bot.policies.names import load_names
from bot.policies.typos import is_slip

_WORD = re.compile(r"[a-z0-9][a-z0-9'’./:-]*|[+&$]")


@lru_cache(maxsize=512)
def spell_out(question: str) -> str:
    """The question in lower case with shorthand spelled out and light misspellings of trade words mended."""
    text = question.casefold().replace("’", "'")
    text = re.sub(r"\bw/\s?", "with ", text)
    text = re.sub(r"(?<=\d)\s*[+&/]\s*(?=\d{5})", " + ", text)
    words = [
        _mend(match.group().strip(".:/-'")) if match.group() not in "+&$" else match.group()
        for match in _WORD.finditer(text)
    ]
    return " ".join(word for word in words if word)


@lru_cache(maxsize=4096)
def _mend(word: str) -> str:
    cues = load_cues()
    if word in cues.shorthand:
        return cues.shorthand[word]
    if "/" in word and not word.replace("/", "").isdigit() and word not in {"e/m"}:
        return " / ".join(_mend(part) for part in word.split("/"))
    if len(word) < 5 or not word.isalpha() or word in load_names().words:
        return word
    return next((right for right in cues.trade_words if is_slip(word, right)), word)
