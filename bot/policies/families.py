"""Names that stand for many payers until a state picks one: "Medicaid", "Blue Cross", "Medicare Advantage"."""

from collections.abc import Iterable, Sequence

from bot.policies.alias_index import AliasIndex
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import LineOfBusiness, Payer
from bot.policies.names import NameBook
from bot.policies.page import Page, PlacedState
from bot.policies.states import STATES
from bot.policies.typos import is_slip

_BLUE_SHAPES = (
    ("blue", "cross", "and", "blue", "shield"),
    ("blue", "cross", "blue", "shield"),
    ("bluecross", "blueshield"),
    ("blue", "cross"),
    ("blue", "shield"),
    ("bc", "bs"),
    ("bcbs",),
    ("bluecross",),
    ("blueshield",),
)
_LINKS = frozenset({"of", "in", "for", "from"})
_ASSISTANCE_STATES = frozenset({"PA", "MN", "MD", "WA"})  # call their Medicaid "Medical Assistance"
Found = tuple[list[Mention], int, int]


def _spoken(code: str) -> str:
    return STATES.get(code, code)


class Families:
    """Finds family names at a word and picks the member by the state beside it, or else the state of the text."""

    def __init__(self, index: AliasIndex, book: NameBook) -> None:
        self._index = index
        self._book = book

    def at(self, page: Page, at: int) -> Found | None:
        """The mentions that start at word `at`, with the first and last words they take up."""
        return self._medicare_advantage(page, at) or self._medicaid(page, at) or self._blue(page, at)

    # -- Medicaid

    def _medicaid(self, page: Page, at: int) -> Found | None:
        size = self._medicaid_words(page, at)
        if not size:
            return None
        first, last, states = self._states_around(page, at, at + size)
        odd = self._no_such_state(page, at, first, last) if not states else None
        if odd:
            return [odd], *_words_of(page, odd)
        states = states or page.state_codes()
        if not states:
            everywhere = set().union(*self._index.medicaid.values()) if self._index.medicaid else set()
            return [_which(page, (first, last), "Medicaid", everywhere)], first, last
        return [self._state_medicaid(page, first, last, code) for code in states], first, last

    def _medicaid_words(self, page: Page, at: int) -> int:
        word = page.folded[at]
        if word == "medicaid" or (is_slip(word, "medicaid") and not is_slip(word, "medicare")):
            return 1
        if page.folded[at : at + 2] == ("medical", "assistance") and (
            page.tokens[at].capital or _ASSISTANCE_STATES & set(page.state_codes())
        ):
            return 2
        return 0

    def _states_around(self, page: Page, at: int, end: int) -> tuple[int, int, list[str]]:
        """States that stand against the word: "NY Medicaid", "MN and WI Medicaid", "Medicaid in New Jersey"."""
        first, last = at, end
        states: list[str] = []
        before = at - 1 if at and page.folded[at - 1] in {"state", "fee"} else at
        state = page.state_ending_at(before)
        while state and is_plain_state(page, state):
            states.insert(0, state.code)
            first = state.first
            linked = first > 1 and page.folded[first - 1] in {"and", "or", "vs", "versus"}
            state = page.state_ending_at(first - 1) if linked else page.state_ending_at(first)
        if states:
            return first, last, states
        step = end + 1 if page.folded[end : end + 1] and page.folded[end] in _LINKS else end
        state = page.state_starting_at(step)
        while state and (step > end or is_plain_state(page, state)):
            states.append(state.code)
            last = state.last
            step = last + 1 if page.folded[last : last + 1] and page.folded[last] in {"and", "or", "vs"} else last
            state = page.state_starting_at(step)
        return first, last, states

    def _state_medicaid(self, page: Page, first: int, last: int, code: str) -> Mention:
        found = sorted(self._index.medicaid.get(code, set()))
        if len(found) > 1:
            keys = (("medicaid",), ("state", "medicaid"))
            names = (tuple(_spoken(code).casefold().split()), (code.casefold(),))
            named = {e.payer_id for name in names for key in keys for e in self._index.names.get((*name, *key), [])}
            found = sorted(named & set(found)) if len(named & set(found)) == 1 else found
        if not found:
            named_as = {
                entry.payer_id
                for name in (tuple(_spoken(code).casefold().split()), (code.casefold(),))
                for entry in self._index.names.get((*name, "medicaid"), [])
            }
            found = sorted(named_as)
        title = f"{_spoken(code)} Medicaid"
        if not found:
            return _unknown(page, (first, last), title, state=code)
        if len(found) > 1:
            return _which(page, (first, last), title, found, code)
        return _known(page, (first, last), self._index.payers[found[0]], code)

    def _no_such_state(self, page: Page, at: int, first: int, last: int) -> Mention | None:
        """ "Atlantis Medicaid" and "Medicaid in Atlantis": a capitalised word that is no state we know."""
        if page.shouting:
            return None
        before = at - 2 if at and page.folded[at - 1] == "state" else at - 1
        declared = page.folded[max(0, at - 3) : max(0, at - 1)] == ("state", "of")
        if before >= 0 and page.joined(before) and (self._strange(page, before) or declared):
            name = f"{page.tokens[before].text} Medicaid"
            return _unknown(page, (before, last), name, no_such_state=True)
        after = last + 1
        if after < len(page.tokens) and page.folded[last] in {"in", "of"} and self._strange(page, after):
            return _unknown(page, (first, after + 1), f"{page.tokens[after].text} Medicaid", no_such_state=True)
        return None

    def _strange(self, page: Page, at: int) -> bool:
        token = page.tokens[at]
        known = (token.folded,) in self._index.names or (token.folded,) in self._book.not_on_file
        return token.capital and token.text.isalpha() and token.folded not in self._book.words and not known

    # -- Blue Cross

    def _blue(self, page: Page, at: int) -> Found | None:
        shape = next((shape for shape in _BLUE_SHAPES if _fits(page.folded[at : at + len(shape)], shape)), None)
        if shape is None:
            glued = page.folded[at]
            if glued.startswith("bcbs") and glued[4:].upper() in STATES:
                return [self._state_blue(page, at, at + 1, glued[4:].upper(), shield=False)], at, at + 1
            return None
        shield_only = shape in {("blue", "shield"), ("blueshield",)}
        first, last, states = self._states_around(page, at, at + len(shape))
        states = states or page.state_codes()
        if not states:
            everywhere = set().union(*self._index.blues.values()) if self._index.blues else set()
            name = "Blue Shield" if shield_only else "Blue Cross Blue Shield"
            return [_which(page, (first, last), name, everywhere)], first, last
        return [self._state_blue(page, first, last, code, shield=shield_only) for code in states], first, last

    def _state_blue(self, page: Page, first: int, last: int, code: str, *, shield: bool) -> Mention:
        name = f"{'Blue Shield' if shield else 'Blue Cross Blue Shield'} of {_spoken(code)}"
        if name.casefold() == "blue shield of california":  # not the Blue Cross of the same state
            return _unknown(page, (first, last), name, state=code)
        found = sorted(self._index.blues.get(code, set()))
        if not found:
            return _unknown(page, (first, last), name, state=code)
        if len(found) > 1:
            return _which(page, (first, last), name, found, code)
        return _known(page, (first, last), self._index.payers[found[0]], code)

    # -- Medicare Advantage

    def _medicare_advantage(self, page: Page, at: int) -> Found | None:
        """ "Medicare Advantage" with no plan: one of many plans, never Medicare itself."""
        if page.folded[at : at + 2] != ("medicare", "advantage") and page.folded[at] != "mapd":
            return None
        last = at + (1 if page.folded[at] == "mapd" else 2)
        last += page.folded[last : last + 1] in {("plan",), ("plans",)}
        sellers = [
            payer.id
            for payer in self._index.payers.values()
            if LineOfBusiness.MEDICARE_ADVANTAGE in payer.lines_of_business
        ]
        which = _which(page, (at, last), "a Medicare Advantage plan", sellers)
        return [which.model_copy(update={"line_of_business": LineOfBusiness.MEDICARE_ADVANTAGE})], at, last


def _words_of(page: Page, mention: Mention) -> tuple[int, int]:
    inside = [at for at, token in enumerate(page.tokens) if mention.start <= token.start < mention.end]
    return inside[0], inside[-1] + 1


def is_plain_state(page: Page, state: PlacedState) -> bool:
    """Beside a payer's name a two-letter word is a state, unless it is a lower-case English one ("or Medicaid")."""
    token = page.tokens[state.first]
    shown = token.text.isupper() and not page.shouting
    return state.sure or shown or token.folded not in {"in", "or", "me", "hi", "as", "is", "id"}


def _fits(words: Sequence[str], shape: Sequence[str]) -> bool:
    return len(words) == len(shape) and all(
        word == wanted or (len(wanted) >= 5 and is_slip(word, wanted))
        for word, wanted in zip(words, shape, strict=True)
    )


def _which(page: Page, words: tuple[int, int], name: str, ids: Iterable[str], state: str = "") -> Mention:
    mention = _mention(page, words, MentionKind.AMBIGUOUS, name, state)
    return mention.model_copy(update={"candidates": tuple(sorted(ids))})


def _known(page: Page, words: tuple[int, int], payer: Payer, state: str) -> Mention:
    return _mention(page, words, MentionKind.KNOWN, payer.name, state).model_copy(update={"payer_id": payer.id})


def _unknown(page: Page, words: tuple[int, int], name: str, *, state: str = "", no_such_state: bool = False) -> Mention:
    mention = _mention(page, words, MentionKind.UNKNOWN, name, state)
    return mention.model_copy(update={"no_such_state": no_such_state})


def _mention(page: Page, words: tuple[int, int], kind: MentionKind, name: str, state: str = "") -> Mention:
    first, last = page.tokens[words[0]], page.tokens[words[1] - 1]
    return Mention(kind=kind, name=name, start=first.start, end=last.end, state=state)
