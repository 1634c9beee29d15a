"""What follows `/billing`: a word of ours, a question, or something close to a word. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.payers_command import is_payers_word

WORDS = ("ask", "review", "help", "payers", "template", "verify", "due", "remind", "settings")
# What follows these is theirs, however long.
_TAKE_ALL = ("ask", "review", "verify", "remind", "template")
_ALSO = {
    "": "help",
    "?": "help",
    "hi": "help",
    "hello": "help",
    "commands": "help",
    "question": "ask",
    "check": "review",
    "note": "review",
    "payer": "payers",
    "insurers": "payers",
    "outline": "template",
    "record": "verify",
    "verification": "verify",
    "verifications": "due",
    "renew": "due",
    "renewals": "due",
    "reminder": "remind",
    "reminders": "remind",
    "setting": "settings",
    "setup": "settings",
    "config": "settings",
}
_CLOSE = 70


@dataclass(frozen=True)
class Command:
    """A word of ours with what follows it; `word` is empty for an unknown one, with the nearest in `suggestion`."""

    word: str
    rest: str = ""
    suggestion: str = ""


def read_command(text: str, payer_names: Sequence[str] = ()) -> Command:
    """Take a known word first; three words or a question mark are a question; a lone stranger is asked about."""
    words = text.split()
    first = words[0].lower().rstrip(":,.") if words else ""
    rest = text.strip()[len(words[0]) :].strip() if words else ""
    if first == "payers" or (_ALSO.get(first) == "payers" and len(words) > 1 and is_payers_word(words[1])):
        return Command("payers", rest)
    if first in WORDS and (first in _TAKE_ALL or len(words) <= 2):
        return Command(first, rest)
    if first in _ALSO and len(words) <= 1:
        return Command(_ALSO[first])
    if len(words) >= 3 or "?" in text or _names_a_payer(words, payer_names):
        return Command("ask", text.strip())
    return Command("", text.strip(), _nearest(first))


def _names_a_payer(words: Sequence[str], payer_names: Sequence[str]) -> bool:
    known = {part.strip("(),").lower() for name in payer_names for part in name.split() if len(part) > 2}
    return any(word.strip("?.,").lower() in known for word in words)


def _nearest(word: str) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, WORDS, scorer=fuzz.ratio, score_cutoff=_CLOSE - 10 if len(word) <= 4 else _CLOSE)
    return str(found[0]) if found else ""
