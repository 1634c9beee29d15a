"""What follows `/billing`: a word of ours, a question, or something close to a word. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.audit_command import is_audit_word
from bot.slack.intake import lesson_number
from bot.slack.nearest import nearest
from bot.slack.payers_command import is_payers_word

WORDS = ("ask", "review", "help", "payers", "template", "verify", "due", "remind", "learn", "settings", "audit")
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
    "course": "learn",
    "lessons": "learn",
    "quiz": "learn",
    "training": "learn",
    "reminder": "remind",
    "reminders": "remind",
    "setting": "settings",
    "setup": "settings",
    "config": "settings",
    "audits": "audit",
}
_CLOSE = 70
# With more words behind it a stranger is more often the beginning of a question.
_SURELY, _LONG = 82, 5


@dataclass(frozen=True)
class Command:
    """A word of ours with what follows it; `word` is empty for an unknown one, with what was meant in `suggestion`."""

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
    if first == "audit" and len(words) > 1 and is_audit_word(words[1]) and "?" not in text:
        return Command("audit", rest)
    if first in WORDS and (first in _TAKE_ALL or len(words) <= 2):
        return Command(first, rest)
    if first == "learn" and lesson_number(rest) is not None:
        return Command(first, rest)
    if first in _ALSO and len(words) <= 1:
        return Command(_ALSO[first])
    return _read_stranger(words, text.strip(), payer_names)


def _read_stranger(words: Sequence[str], text: str, payer_names: Sequence[str]) -> Command:
    """A question, or a word that is none of ours with what was likely meant."""
    first, _, rest = text.partition(" ")
    several = len(words) >= 3
    asks = "?" in text or _names_a_payer(words, payer_names)
    word = first.lower().rstrip(":,.")
    # "audit risk for group notes" is mistyped nowhere.
    known = word in _ALSO or word in WORDS
    meant = "" if known else _nearest(word, _SURELY if several or asks else _CLOSE)
    if not meant or "?" in text:
        return Command("ask", text) if several or asks else Command("", text)
    return Command("", text, f"{meant} {rest.strip()}".strip())


def _names_a_payer(words: Sequence[str], payer_names: Sequence[str]) -> bool:
    known = {part.strip("(),").lower() for name in payer_names for part in name.split() if len(part) > 2}
    return any(word.strip("?.,").lower() in known for word in words)


def _nearest(word: str, close: int) -> str:
    """The word of ours that was meant; of more words only one that begins no sentence of English."""
    if close == _SURELY and len(word) < _LONG:
        return ""
    return nearest(word, WORDS, close - 10 if len(word) <= 4 else close)
