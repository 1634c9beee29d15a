"""Payers' names as people list them ("Aetna, Cigna Medicare Advantage and HUSKY"), read into entries of a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.policies.mention import Mention, MentionKind
from bot.policies.models import LineOfBusiness
from bot.policies.own_payers import NAME_LIMIT, OwnPayer, once, plan_words
from bot.policies.resolve import Resolver
from bot.policies.states import find_states, state_code

_BETWEEN = re.compile(r"[,;\n\r\t•·|]+")
_AND = re.compile(r"\s+(?:and|&|plus)\s+|\s*\+\s*", re.IGNORECASE)
_OPENING = re.compile(r"^(?:and|or|&|plus|also|we (?:bill|take|accept)|our payers(?: are)?|the)\b[\s:]*", re.IGNORECASE)
_CLOSING = re.compile(r"\s+(?:and|or|&|plus)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^[\s\-*\u2013\u2014>]*(?:\(?\d{1,3}[.)]\s+)?[\s\-*\u2013\u2014>]*")
_SAYS_MEDICAID = re.compile(r"\bmedi(?:caid|-?cal)\b", re.IGNORECASE)
_PLACED = re.compile(r"^(?P<name>.+) in (?P<state>[A-Za-z ]{2,20})$")


@dataclass(frozen=True)
class Unclear:
    """A name that fits several payers: `fits` are their names, a few of the `count` there are.

    `apart` and `together` are there for a payer before a programme ("Aetna HUSKY"), written as two or as one plan.
    """

    name: str
    fits: tuple[str, ...]
    count: int
    apart: str = ""
    together: str = ""

    @property
    def told(self) -> str:
        """What to write in its place, in one line."""
        if self.apart:
            ways = f"“{self.apart}” or “{self.together}”"
            return f"“{self.name}” may be two payers or one plan: write {ways}."
        more = f" and {self.count - len(self.fits)} more" if self.count > len(self.fits) else ""
        fits = f"{'; '.join(self.fits)}{more}"
        return f"“{self.name}” fits several on file ({fits}): name it in full, or with its state."


@dataclass(frozen=True)
class NamesRead:
    """What a list of names came to."""

    payers: tuple[OwnPayer, ...] = ()
    unclear: tuple[Unclear, ...] = ()

    @property
    def unknown(self) -> tuple[OwnPayer, ...]:
        """Those that are not on file, kept by name."""
        return tuple(payer for payer in self.payers if not payer.payer_id)


class NameReader:
    """Reads names with one resolver, as questions are read."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def read(self, text: str) -> NamesRead:
        """Every payer in `text`; never raises, whatever was typed."""
        payers: list[OwnPayer] = []
        unclear: dict[str, Unclear] = {}
        for row in text.splitlines():
            shown = self._as_shown(_tidy(row))
            for name in () if shown else self._names(row):
                mention = self._resolver.named(name)
                if two := self._two_or_one(name, mention):
                    unclear.setdefault(name.casefold(), two)
                elif mention.kind is MentionKind.AMBIGUOUS:
                    fits = tuple(self._resolver.name_of(payer_id) for payer_id in mention.candidates[:4])
                    unclear.setdefault(name.casefold(), Unclear(name[:NAME_LIMIT], fits, len(mention.candidates)))
                else:
                    payers.append(self._entry(name, mention))
            payers += [shown] if shown else []
        return NamesRead(once(payers), tuple(unclear.values()))

    def settle(self, payer: OwnPayer) -> Mention:
        """A listed payer as a question would mention it; one that came on file since it was listed is known now."""
        mention = self._resolver.named(payer.payer_id or payer.name, payer.state)
        if mention.kind is not MentionKind.KNOWN and payer.payer_id:
            mention = self._resolver.named(payer.name, payer.state)  # its file is gone: a practice's own may be
        if mention.kind is not MentionKind.KNOWN:
            return mention.model_copy(update={"name": payer.name})
        line = payer.line_of_business or mention.line_of_business
        return mention.model_copy(update={"line_of_business": line, "state": payer.state or mention.state})

    def _names(self, text: str) -> Iterator[str]:
        for piece in _BETWEEN.split(text):
            name = _tidy(piece)
            if any(letter.isalnum() for letter in name):
                for part in self._parted(name):
                    yield from self._run_together(part)

    def _run_together(self, name: str) -> list[str]:
        """ "Aetna Cigna" are two that lack a comma: none may be dropped in silence."""
        found = [mention for mention in self._resolver.mentions(name) if mention.kind is MentionKind.KNOWN]
        starts = [0, *(mention.start for mention in found[1:])]
        parts = [_tidy(name[start:end]) for start, end in pairwise([*starts, len(name)])]
        alone = [self._resolver.named(part) for part in parts]
        apart = len({mention.payer_id for mention in alone if mention.kind is MentionKind.KNOWN}) == len(parts)
        return parts if apart else [name]

    def _two_or_one(self, name: str, mention: Mention) -> Unclear | None:
        """A payer before a programme's own name is its plan ("Health Net Medi-Cal"), or a list without its comma."""
        words = name.split()
        if mention.line_of_business is None or _SAYS_MEDICAID.search(name):
            return None
        for at in range(1, len(words)):
            first, second = (self._resolver.named(" ".join(part)) for part in (words[:at], words[at:]))
            programme = second.payer_id.endswith("-medicaid") and second.payer_id != first.payer_id
            if programme and first.payer_id == mention.payer_id:
                pair = f"{' '.join(words[:at])}, {' '.join(words[at:])}"
                names = (self._resolver.name_of(first.payer_id), self._resolver.name_of(second.payer_id))
                return Unclear(name[:NAME_LIMIT], names, 2, pair, self._entry(name, mention).label)
        return None

    def _parted(self, name: str) -> list[str]:
        """ "Aetna and Cigna" are two, "Blue Cross and Blue Shield of Texas" is one."""
        parts = [part for part in map(_tidy, _AND.split(name)) if any(map(str.isalnum, part))]
        if len(parts) < 2:
            return [name]
        found = self._resolver.mentions(name)
        if len(found) == 1 and _AND.search(name[found[0].start : found[0].end]):
            kinds = {self._resolver.named(part).kind for part in parts}
            apart = kinds == {MentionKind.KNOWN} or (
                found[0].kind is MentionKind.UNKNOWN and MentionKind.AMBIGUOUS not in kinds
            )
            return parts if apart else [name]
        return parts

    def _entry(self, name: str, mention: Mention) -> OwnPayer:
        if mention.kind is not MentionKind.KNOWN:
            fuller = mention.name if name.casefold() in mention.name.casefold() else name
            return OwnPayer(name=fuller[:NAME_LIMIT].strip())
        states = {span.code for span in find_states(name) if span.sure}
        state = mention.state or (states.pop() if len(states) == 1 else "")
        if self._resolver.works_only_in(mention.payer_id, state):
            state = ""  # its own state narrows nothing
        return OwnPayer(
            payer_id=mention.payer_id,
            name=mention.name[:NAME_LIMIT],
            line_of_business=mention.line_of_business,
            state=state,
        )

    def _as_shown(self, row: str) -> OwnPayer | None:
        """The entry of a line written as a list shows it, name in full: names on file have commas and brackets too."""
        placed = _PLACED.match(row)
        state = state_code(placed["state"]) if placed else ""
        rest = placed["name"] if placed and state else row
        for line in (None, *LineOfBusiness):
            name = rest.removesuffix(f" ({plan_words(line)})") if line else rest
            payer_id = self._resolver.full_name(name) if name != rest or not line else ""
            if payer_id:
                name = self._resolver.name_of(payer_id)[:NAME_LIMIT]
                return OwnPayer(payer_id=payer_id, name=name, line_of_business=line, state=state)
        return None


def _tidy(piece: str) -> str:
    """One name without bullets, numbers, quotes and the words that open a list."""
    name = _NUMBERED.sub("", " ".join(piece.split())).strip(" \"'“”‘’`*_.:!?")
    return _CLOSING.sub("", _OPENING.sub("", name)).strip()
