"""What follows `/billing audit`: where summaries go, who is coached and who is who, and one's own card. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Wish(StrEnum):
    SHOW = "show"
    GO = "go"
    OFF = "off"
    COACH = "coach"
    STOP_COACHING = "stop_coaching"
    NAME = "name"
    FORGET = "forget"
    CARD = "card"
    NO_CARD = "no_card"
    UNSURE = "unsure"


@dataclass(frozen=True)
class AuditCommand:
    """`channel` is empty for the one in which it was typed; `person` is as it was typed, with or without its @."""

    wish: Wish
    channel: str = ""
    clinician: str = ""
    person: str = ""


_HERE = ("here", "this channel")
_OFF = ("off", "stop", "none", "no")
_NOBODY = ("off", "nobody", "none")
_ON = ("on", "yes", "start")
_COACHING = re.compile(r"coaching\s+(\w+)", re.IGNORECASE)
_CARDS = re.compile(r"(?:my\s+)?cards?\s+(\w+)", re.IGNORECASE)
OWN = (Wish.CARD, Wish.NO_CARD)
"""What everybody may wish for: it is of their own card alone."""
# A phone's keyboard makes curly quotes. Without any, the name ends before the @.
_CLINICIAN = re.compile(
    r"clinicians?\s+(?:[\"“”„](?P<quoted>[^\"“”„]+)[\"“”„]|(?P<bare>[^@<>\"“”„]+?))\s+"
    r"(?:is\s+)?(?P<person>@.+|<@.+|[UW][A-Z0-9]{5,}|off|nobody|none)",
    re.IGNORECASE,
)
_WORDS = ("card", "cards", "my", "here", "this", "off", "stop", "none", "coaching", "clinician", "clinicians")
_LONGEST = 80
"""Of a clinician's name."""


def is_audit_word(word: str) -> bool:
    """Whether a word behind "audit" makes it ours and no question about audits."""
    return word.lower().rstrip(".,") in _WORDS or word.startswith(("#", "<#"))


def read_audit_command(rest: str) -> AuditCommand:
    """What is wanted; UNSURE for anything else that was typed."""
    said = rest.strip()
    word = said.lower().rstrip(".")
    if word in ("", *_HERE, *_OFF):
        return AuditCommand(Wish.SHOW if not word else Wish.GO if word in _HERE else Wish.OFF)
    if said.startswith(("#", "<#")) and len(said.split()) == 1:
        return AuditCommand(Wish.GO, channel=said)
    if coaching := _COACHING.fullmatch(word):
        return _switched(coaching[1], Wish.COACH, Wish.STOP_COACHING)
    if cards := _CARDS.fullmatch(word):
        return _switched(cards[1], Wish.CARD, Wish.NO_CARD)
    named = _CLINICIAN.fullmatch(said)
    return _named(named["quoted"] or named["bare"], named["person"].strip()) if named else AuditCommand(Wish.UNSURE)


def _switched(to: str, on: Wish, off: Wish) -> AuditCommand:
    return AuditCommand(on if to in _ON else off if to in _OFF else Wish.UNSURE)


def _named(clinician: str, person: str) -> AuditCommand:
    clinician = " ".join(clinician.split())
    if len(clinician) > _LONGEST:
        return AuditCommand(Wish.UNSURE)
    if person.lower() in _NOBODY:
        return AuditCommand(Wish.FORGET, clinician=clinician)
    return AuditCommand(Wish.NAME, clinician=clinician, person=person)
