"""Every name of every payer on file, by its folded words: built once, looked up in constant time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.policies.models import LineOfBusiness, Payer
from bot.policies.names import Key, NameBook
from bot.policies.states import find_states
from bot.policies.tokens import fold

_BLUE = frozenset({"bcbs", "blue", "bluecross", "blueshield", "bc"})
_PUBLIC = frozenset({LineOfBusiness.MEDICARE, LineOfBusiness.MEDICAID, LineOfBusiness.TRICARE, LineOfBusiness.VA})


@dataclass(frozen=True, slots=True)
class Entry:
    """A payer behind a name; `state` where the name holds only there, `line` where the name itself narrows it."""

    payer_id: str
    line: LineOfBusiness | None = None
    state: str = ""


def initials(words: Key) -> Key:
    """The first letter of each word."""
    return tuple(word[:1] for word in words)


class AliasIndex:
    """Names to payers. Background payers (trade talk, national rules) have no name here: nobody is insured by them."""

    def __init__(self, payers: Iterable[Payer], book: NameBook) -> None:
        self.payers = {payer.id: payer for payer in payers if not payer.background}
        self.full_names = frozenset(fold(payer.name) for payer in self.payers.values())
        self.names: dict[Key, list[Entry]] = {}
        self.blues: dict[str, set[str]] = {}
        self.medicaid: dict[str, set[str]] = {}
        for payer in self.payers.values():
            self._add_payer(payer, book)
        self.longest = max((len(key) for key in self.names), default=1)
        # No slip of the hand changes a first letter: a misspelt name is looked for among those that begin alike.
        self.by_initials: dict[Key, list[Key]] = {}
        for key in self.names:
            self.by_initials.setdefault(initials(key), []).append(key)
        self.single_names = tuple(key[0] for key in self.names if len(key) == 1)

    def _add_payer(self, payer: Payer, book: NameBook) -> None:
        plain = re.sub(r"\s*\([^)]*\)", "", payer.name)
        by_state = {fold(alias) for aliases in payer.state_aliases.values() for alias in aliases}
        for alias in dict.fromkeys((payer.name, plain, payer.id.replace("-", " "), *payer.aliases)):
            key = fold(alias)
            if key and not (key in by_state and book.words.issuperset(key)):
                self._add(key, Entry(payer.id, _line_in(key, payer, book)))
                self._note_family(alias, key, payer)
        for state, aliases in payer.state_aliases.items():
            for alias in aliases:
                self._add(fold(alias), Entry(payer.id, None, state.upper()))
        if LineOfBusiness.MEDICAID in payer.lines_of_business:
            for state in payer.jurisdiction:
                self.medicaid.setdefault(state, set()).add(payer.id)

    def _add(self, key: Key, entry: Entry) -> None:
        entries = self.names.setdefault(key, [])
        own = {other.state for other in entries if other.payer_id == entry.payer_id}
        if not own & {"", entry.state}:  # one that holds everywhere needs no state's beside it
            entries.append(entry)

    def _note_family(self, alias: str, key: Key, payer: Payer) -> None:
        """Remember which Blue a state has, from aliases that name both ("BCBS of Illinois")."""
        glued = key[0].removeprefix("bcbs").upper() if key[0].startswith("bcbs") else ""
        if not (_BLUE & set(key) or glued):
            return
        states = {span.code for span in find_states(alias)} | ({glued} if len(glued) == 2 else set())
        for state in states or (set(payer.jurisdiction) - {"US"}):
            self.blues.setdefault(state, set()).add(payer.id)

    def is_public_programme(self, payer_id: str) -> bool:
        return bool(_PUBLIC & set(self.payers[payer_id].lines_of_business))


def _line_in(key: Key, payer: Payer, book: NameBook) -> LineOfBusiness | None:
    """The line that a name's last words narrow it to ("aetna medicare"), for payers that sell several."""
    if _PUBLIC & set(payer.lines_of_business):
        return None
    for size in (2, 1):
        line = book.line_words.get(key[-size:])
        if line and len(key) > size:
            return line
    return None
