"""Payers named and not on file: known by their sound, the shape of a company's name, or their place in the sentence."""

from collections.abc import Iterator

from bot.policies.alias_index import AliasIndex
from bot.policies.mention import Mention, MentionKind
from bot.policies.names import NameBook
from bot.policies.page import Page
from bot.policies.typos import is_slip, sounds_like

_FIRM_SUFFIXES = frozenset({"insurance", "plan", "healthplan", "trust", "mutual", "medicaid", "fund"})
_FIRMS = frozenset({"trust", "mutual", "insurance", "benefits", "administrators", "assurance"})
_HEALTH_FIRMS = frozenset({("health", "plan"), ("health", "fund"), ("welfare", "fund"), ("benefit", "fund")})
_ALSO_VERBS = frozenset({"care", "benefits", "options", "group", "medical"})
_SHORT = 4
_CLOSING_WORDS = """
benefits administrators health healthcare plan plans insurance mutual trust fund assurance hmo ppo tpa
"""
_CLOSING = frozenset(_CLOSING_WORDS.split())
_TRADE_WORDS = """
group individual therapy psychotherapy behavioral mental prior auth authorization medicare medicaid medical care
treatment billing commercial private public state federal provider patient member client department dept family
community home
"""
# Capitalised in headings and by habit, and no part of a company's own name.
_TRADE = frozenset(_TRADE_WORDS.split())
_INSIDE = frozenset({"of", "and", "the"})


class UnknownNames:
    """Looks at the words that no name on file accounts for."""

    def __init__(self, index: AliasIndex, book: NameBook) -> None:
        self._index = index
        self._book = book

    def find(self, page: Page, free: list[bool]) -> Iterator[Mention]:
        """Unknown payers among the words marked free, in order."""
        at = self._opening(page) if all(free) else 0
        if at:
            yield self._mention(page, 0, at)
        while at < len(page.tokens):
            last = (self._before_a_payer(page, free, at) or self._name_at(page, free, at)) if free[at] else at
            if last > at:
                yield self._mention(page, at, last)
            at = max(last, at + 1)

    def _opening(self, page: Page) -> int:
        """The end of a strange name that opens a question which names nobody else ("Acme auth?"); 0 where none does."""
        if not page.tokens or not self._strange(page, 0) or self._mistyped(page.folded[0]):
            return 0
        end = max(self._run(page, [True] * len(page.tokens), 0), 1)
        for last in range(end, min(end + 2, len(page.tokens))):
            if page.joined(last - 1) and page.folded[last] in self._book.suffixes - _ALSO_VERBS | {"care"}:
                return last + 1
        told_apart = page.text[page.tokens[end - 1].end :].lstrip()[:1] in {":", "-", "–"}
        capital = page.tokens[0].capital and not page.shouting
        asks = any(word in self._book.words for word in page.folded[end:])
        return end if asks and (told_apart or capital or len(page.tokens) <= _SHORT) else 0

    def _before_a_payer(self, page: Page, free: list[bool], at: int) -> int:
        """The word after a strange name that opens a text and leads up to a payer's: "Zorbly Aetna" may be neither."""
        payer_next = at + 1 < len(page.tokens) and not free[at + 1] and page.joined(at)
        word = page.tokens[at].text
        if at or not payer_next or page.shouting or len(word) < 4 or not word.istitle() or not self._strange(page, at):
            return 0
        return 0 if page.state_starting_at(at) or self._mistyped(page.folded[at]) else at + 1

    def _mistyped(self, word: str) -> bool:
        """True for a slip in an English word, or a word drawn out ("heyyy")."""
        drawn_out = any(a == b == c for a, b, c in zip(word, word[1:], word[2:], strict=False))
        return drawn_out or any(is_slip(word, known) for known in self._book.words if abs(len(known) - len(word)) < 3)

    def _name_at(self, page: Page, free: list[bool], at: int) -> int:
        """The word after a name that starts at `at`, or `at` when none does."""
        end = self._run(page, free, at)
        words = page.folded[at:end]
        if end - at >= 2 and (self._company(words) or _titled_company(words)):
            return end
        if not self._strange(page, at):
            return self._plain_company(page, free, at)
        if self._like(page.folded[at]):
            return max(end, at + 1)
        end = max(end, at + 1)
        while end < len(page.tokens) and page.folded[end] in self._book.suffixes - _ALSO_VERBS and page.joined(end - 1):
            end += 1
        if end > at + 1 and page.folded[end - 1] in _FIRM_SUFFIXES:
            return end
        return self._firm(page, free, at) or self._by_place(page, at, end)

    def _plain_company(self, page: Page, free: list[bool], at: int) -> int:
        """ "does sunrise benefit trust": English words, but where payers stand and ending as a company does."""
        titled = (
            self._opens(page, at) and all(token.capital for token in page.tokens[at : at + 3]) and not page.shouting
        )
        if not titled and (not at or page.folded[at - 1] not in self._book.slot_before_firm):
            return at
        if page.folded[at] in self._book.generic_before or not page.tokens[at].text.isalpha():
            return at
        return self._firm(page, free, at) or at

    def _firm(self, page: Page, free: list[bool], at: int) -> int:
        """The end of a name of up to four words from `at` that closes as a company's does; 0 when none does."""
        found, words = 0, 1
        for end in range(at + 2, len(page.tokens) + 1):
            last = end - 1
            hyphen = page.text[page.tokens[last - 1].end : page.tokens[last].start] == "-"
            words += not hyphen
            ends = not page.joined(last - 1) or (page.folded[last] in self._book.slot_before and not hyphen)
            if words > 4 or not free[last] or ends:
                break
            closing = page.folded[last - 1 : end]
            if (closing[1] in _FIRMS or closing in _HEALTH_FIRMS) and _TRADE.isdisjoint(page.folded[at:last]):
                found = end
        return found

    def _run(self, page: Page, free: list[bool], at: int) -> int:
        """The end of the run of capitalised words from `at`."""
        if (
            page.shouting
            or not page.tokens[at].capital
            or (page.folded[at] in self._book.words and self._opens(page, at))
        ):
            return at
        end = at + 1
        while end < len(page.tokens) and free[end] and page.joined(end - 1):
            if page.tokens[end].capital and not page.tokens[end].text.isdigit():
                end += 1
            elif page.folded[end] in _INSIDE and end + 1 < len(page.tokens) and page.tokens[end + 1].capital:
                end += 2
            else:
                break
        return end

    def _opens(self, page: Page, at: int) -> bool:
        """True at the first word of a sentence, where a capital says nothing."""
        before = page.text[: page.tokens[at].start].rstrip()
        return not before or before[-1] in ".?!:;"

    def _company(self, words: tuple[str, ...]) -> bool:
        """A company's name ends in a company word and has a word of its own."""
        own = [word for word in words if word not in self._book.suffixes and word not in _INSIDE]
        return words[-1] in self._book.suffixes and any(word not in self._book.words for word in own)

    def _strange(self, page: Page, at: int) -> bool:
        token = page.tokens[at]
        return len(token.folded) >= 3 and token.text.isalpha() and token.folded not in self._book.words

    def _like(self, word: str) -> list[str]:
        names = [name for name in self._index.single_names if sounds_like(word, name)]
        return sorted({entry.payer_id for name in names for entry in self._index.names[(name,)]})

    def _by_place(self, page: Page, at: int, end: int) -> int:
        """A strange word where payers stand: "does X cover", "for X" at the end of a clause."""
        before = page.folded[at - 1] if at else ""
        after = page.folded[end] if end < len(page.tokens) else ""
        capital = page.tokens[at].capital and not page.shouting
        closes = end >= len(page.tokens) or not page.joined(end - 1)
        if after in self._book.slot_verbs and (before in self._book.slot_before or not before):
            return end
        if before in self._book.slot_before_firm and len(page.folded[at]) >= 4 and (capital or closes):
            return end
        return at

    def _mention(self, page: Page, first: int, last: int) -> Mention:
        return Mention(
            kind=MentionKind.UNKNOWN,
            name=page.slice(first, last),
            start=page.tokens[first].start,
            end=page.tokens[last - 1].end,
            candidates=tuple(self._like(page.folded[first])),
        )


def _titled_company(words: tuple[str, ...]) -> bool:
    """ "Copper Lantern Benefits": English words, each with its capital, that close as a company's name does."""
    return words[-1] in _CLOSING and len(words) <= 4 and _TRADE.isdisjoint(words) and bool(set(words[:-1]) - _CLOSING)
