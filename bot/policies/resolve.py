"""Payers named in free text: by alias, misspelling, state and place in the sentence."""

import re
from typing import TYPE_CHECKING

from bot.policies.alias_index import AliasIndex, Entry, initials
from bot.policies.families import Families, Found, is_plain_state
from bot.policies.listed_names import listed_names
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import LineOfBusiness
from bot.policies.names import NameBook, load_names
from bot.policies.page import Page
from bot.policies.states import STATES
from bot.policies.typos import is_slip
from bot.policies.unknown_names import UnknownNames

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog

__all__ = ["Mention", "MentionKind", "Resolver"]

_NAME_LIMIT = 60
_VA_WORDS = frozenset(
    ["patient", "patients", "veteran", "veterans", "vet", "vets", "referral", "authorization", "auth"]
)
_ABROAD = frozenset({"australia", "canada", "ontario", "quebec", "uk", "england", "ireland", "scotland", "mexico"})
# "Cigna MA level therapist": a master's degree.
_AFTER_A_DEGREE = re.compile(
    r"\W+(?:level|degree|prepared|(?:therapist|clinician|counselor|intern|student|trainee)s?)\b", re.I
)
_PAUSE = re.compile(r"[,;:?!\n]")
# "does UHC just follow regular Medicare coding rules": whose rules they are, not whom the question is about.
_OF_MEDICARES_RULES = re.compile(
    r"medicare(?:'s)? (?:\w+ ){0,2}(?:rules?|guidelines?|guidance|policy|policies|rates?)\b", re.I
)
_FOLLOWS = re.compile(r"\b(?:follows?|us(?:es?|ing)|per|like|same as|mirrors?|goes? by) (?:\w+ ){0,2}$", re.I)
_SHARE_OF = re.compile(r"(percent|percentage|%) of (the )?$", re.IGNORECASE)


class Resolver:
    """Finds every payer that a text names. Built once from the catalog; each reading takes well under a millisecond."""

    def __init__(self, catalog: "Catalog", book: NameBook | None = None) -> None:
        self._book = book or load_names()
        self._index = AliasIndex(catalog.payers.values(), self._book)
        self._families = Families(self._index, self._book)
        self._unknown = UnknownNames(self._index, self._book)
        self._full_names = {payer.name.casefold(): payer.id for payer in self._index.payers.values()}
        self._longest = max(self._index.longest, *map(len, self._book.not_on_file))

    def mentions(self, text: str, state: str = "") -> list[Mention]:
        """Every payer named, in order of the text; `state` (a code) helps where the text names no state itself."""
        page = Page.of(text, state)
        hits = (self._families.at(page, at) for at in range(len(page.tokens)))
        families = {hit[1]: hit for hit in hits if hit}
        free = [True] * len(page.tokens)
        found: list[Mention] = []
        ends: set[int] = set()
        at = 0
        while at < len(page.tokens):
            hit = self._at(page, at, families)
            if hit is None:
                at += 1
                continue
            mentions, first, last = hit
            found.extend(mentions)
            free[first:last] = [False] * (last - first)
            ends.add(last)
            at = last
        for at, word in enumerate(page.folded):
            free[at] = free[at] and not ((word,) in self._index.names and self._no_payer_here(page, (word,), at))
        for placed in page.states:
            free[placed.first : placed.last] = [not placed.sure and free[placed.first]] * (placed.last - placed.first)
        for listed in listed_names(page, self._index, self._book, free, ends):
            found.append(listed)
            free = [
                is_free and not listed.start <= t.start < listed.end
                for is_free, t in zip(free, page.tokens, strict=True)
            ]
        found.extend(self._unknown.find(page, free))
        return _each_once(sorted(found, key=lambda mention: mention.start))

    def named(self, name: str, state: str = "") -> Mention:
        """The payer that a name given alone stands for; a name we do not know is an unknown payer of that name."""
        if name in self._index.payers:
            payer = self._index.payers[name]
            return Mention(kind=MentionKind.KNOWN, name=payer.name, start=0, end=len(name), payer_id=payer.id)
        found = self.mentions(name, state)
        covering = [m for m in found if m.kind is not MentionKind.UNKNOWN or m.end - m.start >= 0.5 * len(name.strip())]
        if covering:
            return covering[0]
        likely = found[0].candidates if found else ()
        shown = " ".join(name.split())[:_NAME_LIMIT]
        return Mention(kind=MentionKind.UNKNOWN, name=shown, start=0, end=len(name), candidates=likely)

    def sells(self, payer_id: str, line: LineOfBusiness) -> bool:
        """True when a payer on file has this line among others; a public programme has none but its own."""
        payer = self._index.payers.get(payer_id)
        return payer is not None and line in payer.lines_of_business and len(payer.lines_of_business) > 1

    def name_of(self, payer_id: str) -> str:
        """The name of a payer on file, as its file has it."""
        return self._index.payers[payer_id].name

    def full_name(self, name: str) -> str:
        """The id of the payer on file that has exactly this name, case aside; empty where none has."""
        return self._full_names.get(name.casefold(), "")

    def works_only_in(self, payer_id: str, state: str) -> bool:
        """True when the state (a code) is the only one in which a payer on file works."""
        return set(self._index.payers[payer_id].jurisdiction) == {state}

    # -- one place in the text

    def _at(self, page: Page, at: int, families: dict[int, Found]) -> Found | None:
        exact = self._exact(page, at)
        family = families.get(at)
        unsettled = exact is None or exact[0][0].kind is MentionKind.AMBIGUOUS
        if family and (unsettled or (exact and family[2] > exact[2])):
            return self._sold_by(page, family) or family
        if exact and exact[2] in families and page.joined(exact[2] - 1):
            return self._with_brand(exact, families[exact[2]])
        return exact or self._slip(page, at)

    def _with_brand(self, exact: Found, brand: Found) -> Found:
        """ "Anthem Blue Cross" is one payer: the family's name after a member's own adds nothing."""
        payer_id = exact[0][0].payer_id
        if payer_id and any(payer_id in (*mention.candidates, mention.payer_id) for mention in brand[0]):
            return exact[0], exact[1], brand[2]
        return exact

    def _exact(self, page: Page, at: int) -> Found | None:
        for size in range(min(self._longest, len(page.tokens) - at), 0, -1):
            key = page.folded[at : at + size]
            if _PAUSE.search(page.slice(at, at + size)) and key not in self._index.full_names:
                continue  # "Cigna, Health Net" is no Cigna Health
            key = self._book.misspellings.get(key, key)
            entries = self._entries(page, key, at)
            if entries:
                return self._settle(page, entries, at, at + size)
            elsewhere = self._needs_state(page, key, at)
            if elsewhere:
                return elsewhere
            if key in self._book.not_on_file and self._means_payer(page, at, size):
                end = self._line_after(page, at + size)[1]
                return [self._not_on_file(page, self._book.not_on_file[key], at, end)], at, end
        return None

    def _entries(self, page: Page, key: tuple[str, ...], at: int) -> list[Entry]:
        states = page.state_codes()
        entries = [e for e in self._index.names.get(key, []) if not e.state or e.state in states]
        if not entries and page.tokens[at].text == "MediCal":
            return self._index.names.get(("medi", "cal"), []) if len(key) == 1 else []
        return [] if self._no_payer_here(page, key, at) else entries

    def _no_payer_here(self, page: Page, key: tuple[str, ...], at: int) -> bool:
        """True where a payer's name is meant as something else."""
        if key == ("va",):
            return not self._va_pays(page, at)
        if page.text.startswith("-like", page.tokens[at + len(key) - 1].end):
            return True
        if key == ("medicare",) and _OF_MEDICARES_RULES.search(page.text, page.tokens[at].start):
            return bool(_FOLLOWS.search(page.text[: page.tokens[at].start]))
        if key == ("medicare",) and _SHARE_OF.search(page.text[: page.tokens[at].start]):
            return True  # a rate "at 80 percent of Medicare"
        if len(key) > 1 or key[0] not in self._book.words:
            return False
        return self._english(page, at) or (len(key[0]) <= 3 and not page.tokens[at].text.isupper())

    def _va_pays(self, page: Page, at: int) -> bool:
        """True where "VA" is the department and not Virginia; in lower case only where a payer stands."""
        before = page.folded[at - 1] if at else ""
        after = page.folded[at + 1] if at + 1 < len(page.tokens) else ""
        if before in {"in", "of", "near"} or after in {"medicaid", "bcbs", "blue", "anthem"}:
            return False
        if page.tokens[at].text.isupper() and not page.shouting:
            return True
        place = before in self._book.slot_before_firm | {"the", "a"} or not before
        return place and (after in _VA_WORDS or after in self._book.slot_verbs or at + 1 == len(page.tokens))

    def _needs_state(self, page: Page, key: tuple[str, ...], at: int) -> Found | None:
        """A name that holds only in some states ("Kaiser"), said with no state or with another."""
        entries = self._index.names.get(key, [])
        shared = len({entry.payer_id for entry in entries}) > 1
        if not shared or key in self._book.not_on_file or all(word in self._book.words for word in key):
            return None
        last = at + len(key)
        states = page.state_codes()
        if states:
            name = f"{page.slice(at, last)} in {STATES.get(states[0], states[0])}"
            return [self._not_on_file(page, name, at, last, states[0])], at, last
        mention = self._mention(page, MentionKind.AMBIGUOUS, page.slice(at, last), at, last)
        ids = tuple(sorted({entry.payer_id for entry in entries}))
        return [mention.model_copy(update={"candidates": ids})], at, last

    def _english(self, page: Page, at: int) -> bool:
        """True for the "medical" of "medical necessity", which is no Medi-Cal."""
        if page.state_ending_at(at) and page.joined(at - 1):
            return False
        after = page.folded[at + 1] if at + 1 < len(page.tokens) else ""
        return after in self._book.english_after or (at > 0 and page.folded[at - 1] in self._book.english_before)

    def _means_payer(self, page: Page, at: int, size: int) -> bool:
        """A name that is also English ("beacon", "spring health") counts when capitalised or where payers stand."""
        words = page.folded[at : at + size]
        if any(word not in self._book.words and len(word) > 3 for word in words):
            return True
        last = page.tokens[at + size - 1]
        capital = page.tokens[at].capital and last.capital and not page.shouting
        before = page.folded[at - 1] if at else ""
        if at == 0 and size == 1:  # the capital may only open the sentence
            capital = capital and words[0] not in self._book.also_english
        listed = (
            before in {"and", "or", "vs", "versus"} and at > 1 and page.folded[at - 2 : at - 1] in self._index.names
        )
        after = page.folded[at + size : at + size + 2]
        listed = (
            listed or after[:1] == ("90853",) or (after[:1] in {("and",), ("or",)} and after[1:] in self._index.names)
        )
        return capital or listed or before in {"for", "with", "does", "under", "through", "vs", "from", "will", "about"}

    def _settle(self, page: Page, entries: list[Entry], first: int, last: int) -> Found:
        """One mention from the payers that share a name: the state decides, or else it stays ambiguous."""
        entries, state = self._in_state(page, entries, last)
        if not entries:
            name = f"{page.slice(first, last)} in {STATES.get(state, state)}"
            return [self._not_on_file(page, name, first, last, state)], first, last
        if len(entries) > 1:
            ids = tuple(sorted(entry.payer_id for entry in entries))
            mention = self._mention(page, MentionKind.AMBIGUOUS, page.slice(first, last), first, last)
            return [mention.model_copy(update={"candidates": ids})], first, last
        entry = entries[0]
        if self._another_company(page, entry.payer_id, last):
            return [self._lookalike(page, (entry.payer_id,), first, last + 1)], first, last + 1
        line = entry.line
        if line is None and not self._index.is_public_programme(entry.payer_id):
            line, last = self._line_after(page, last)
            line = line or self._line_before(page, first)
        mention = self._mention(page, MentionKind.KNOWN, self._index.payers[entry.payer_id].name, first, last)
        update = {"payer_id": entry.payer_id, "line_of_business": line, "state": entry.state}
        return [mention.model_copy(update=update)], first, last

    def _in_state(self, page: Page, entries: list[Entry], last: int) -> tuple[list[Entry], str]:
        if len(entries) < 2:
            return entries, ""
        beside = [page.state_starting_at(last), page.state_starting_at(last + 1)]
        states = [state.code for state in beside if state and is_plain_state(page, state)] or page.state_codes()
        if not states:
            return entries, ""
        there = [e for e in entries if {"US", states[0]} & set(self._index.payers[e.payer_id].jurisdiction)]
        local = [e for e in there if states[0] in self._index.payers[e.payer_id].jurisdiction]
        return (local if len(local) == 1 else there), states[0]

    def _another_company(self, page: Page, payer_id: str, last: int) -> bool:
        """ "Aetna Mutual" is not Aetna: a word follows that makes it another company's name, or another country's."""
        if last < len(page.tokens) and page.joined(last - 1) and page.folded[last] in _ABROAD:
            return True
        if self._index.is_public_programme(payer_id) or last >= len(page.tokens) or not page.joined(last - 1):
            return False
        token = page.tokens[last]
        return token.folded in self._book.distinguishing and (token.capital or token.folded == "mutual")

    def _line_after(self, page: Page, last: int) -> tuple[LineOfBusiness | None, int]:
        """The line of business said right after a name ("Aetna Medicare"), and where it ends."""
        if last and last < len(page.tokens) and page.joined(last - 1):
            for size in (3, 2, 1):
                line = self._book.line_words.get(page.folded[last : last + size])
                if line and len(page.folded[last : last + size]) == size:
                    return line, last + size
            # The state stands apart ("Aetna in MA"), and a Blue's is part of its name.
            if page.folded[last] == "ma" and not _AFTER_A_DEGREE.match(page.text, page.tokens[last].end):
                return LineOfBusiness.MEDICARE_ADVANTAGE, last + 1
        return None, last

    def _line_before(self, page: Page, first: int) -> LineOfBusiness | None:
        if first and page.joined(first - 1):
            for size in (2, 1):
                line = self._book.line_words.get(page.folded[max(0, first - size) : first])
                if line and line not in {LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.MEDICAID_MANAGED_CARE}:
                    return line
        return None

    def _sold_by(self, page: Page, family: Found) -> Found | None:
        """ "Medicare Advantage with Humana": the plan named after the line is the payer."""
        mentions, first, last = family
        line = mentions[0].line_of_business
        if line is None:
            return None
        after = last + (page.folded[last : last + 1] in {("with",), ("from",), ("through",), ("by",), ("under",)})
        seller = self._exact(page, after) if after < len(page.tokens) and page.joined(last - 1) else None
        if seller is None or seller[0][0].kind is not MentionKind.KNOWN:
            return None
        if self._index.is_public_programme(seller[0][0].payer_id):
            return None
        mention = seller[0][0].model_copy(update={"line_of_business": line, "start": mentions[0].start})
        return [mention], first, seller[2]

    # -- misspellings

    def _slip(self, page: Page, at: int) -> Found | None:
        for size in range(min(5, len(page.tokens) - at), 0, -1):
            words = page.folded[at : at + size]
            if all(word in self._book.words or word.isdigit() for word in words) or self._no_payer_here(
                page, words, at
            ):
                continue
            entries = {
                entry.payer_id: entry
                for key in self._index.by_initials.get(initials(words), [])
                if self._slips(words, key)
                for entry in self._index.names[key]
                if not entry.state
            }
            if entries and not self._another_word_follows(page, at + size):
                return self._settle(page, list(entries.values()), at, at + size)
            if entries:
                end = at + size + 1
                return [self._lookalike(page, tuple(sorted(entries)), at, end)], at, end
        return None

    def _slips(self, words: tuple[str, ...], key: tuple[str, ...]) -> bool:
        """Every word equal or a slip, and no English word taken for a slip ("human" is not "Humana")."""
        wrong = 0
        for word, wanted in zip(words, key, strict=True):
            if word == wanted:
                continue
            if word in self._book.words or not is_slip(word, wanted) or self._coined(word, wanted):
                return False
            wrong += 1
        return wrong > 0

    def _coined(self, word: str, wanted: str) -> bool:
        """True for two English words joined, as long as the name: "Wellcore" is no slip for WellCare."""
        halves = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
        return len(word) == len(wanted) and any({a, b} <= self._book.words for a, b in halves)

    def _another_word_follows(self, page: Page, last: int) -> bool:
        """After a misspelt name a further capitalised word of its own makes it someone else's."""
        if last >= len(page.tokens) or page.shouting or not page.joined(last - 1):
            return False
        token = page.tokens[last]
        if not token.capital or token.text.isdigit() or page.state_starting_at(last):
            return False
        if token.folded in self._book.distinguishing:
            return True
        return token.folded not in self._book.words and (token.folded,) not in self._index.names

    # -- making mentions

    def _lookalike(self, page: Page, like: tuple[str, ...], first: int, last: int) -> Mention:
        mention = self._mention(page, MentionKind.UNKNOWN, page.slice(first, last), first, last)
        return mention.model_copy(update={"candidates": like})

    def _not_on_file(self, page: Page, name: str, first: int, last: int, state: str = "") -> Mention:
        return self._mention(page, MentionKind.UNKNOWN, name, first, last).model_copy(update={"state": state})

    def _mention(self, page: Page, kind: MentionKind, name: str, first: int, last: int) -> Mention:
        return Mention(kind=kind, name=name, start=page.tokens[first].start, end=page.tokens[last - 1].end)


def _each_once(mentions: list[Mention]) -> list[Mention]:
    """A payer named twice is asked about once; a later mention may narrow its line of business.

    "Medicaid" beside a state's programme named outright ("OASAS ... bill to Medicaid") is that programme.
    """
    mentions = _plans_of_programmes(mentions)
    known = {mention.payer_id: mention.line_of_business for mention in mentions if mention.payer_id}
    mentions = [m for m in mentions if m.kind is not MentionKind.AMBIGUOUS or not _is_settled(m, known)]
    kept: dict[tuple[str, ...], Mention] = {}
    for mention in mentions:
        key: tuple[str, ...] = (mention.payer_id or mention.name.casefold(), str(mention.line_of_business or ""))
        if mention.kind is MentionKind.AMBIGUOUS:
            key = ("?", *mention.candidates)
        kept.setdefault(key, mention)
    narrowed = {mention.payer_id for mention in kept.values() if mention.payer_id and mention.line_of_business}
    return [m for m in kept.values() if m.line_of_business or m.payer_id not in narrowed]


def _plans_of_programmes(mentions: list[Mention]) -> list[Mention]:
    """ "Health Net Medi-Cal" is Health Net's plan for that programme, no second payer."""
    kept: list[Mention] = []
    for mention in mentions:
        last = kept[-1] if kept else None
        programme = mention.payer_id.endswith("-medicaid")
        if (
            last
            and programme
            and last.payer_id
            and not last.payer_id.endswith("-medicaid")
            and mention.start - last.end == 1
        ):
            line = last.line_of_business or LineOfBusiness.MEDICAID_MANAGED_CARE
            kept[-1] = last.model_copy(update={"line_of_business": line, "end": mention.end})
        else:
            kept.append(mention)
    return kept


def _is_settled(broad: Mention, known: dict[str, LineOfBusiness | None]) -> bool:
    """True where a payer named outright is one of those that a broad name ("a Medicare Advantage plan") fits."""
    named = known.keys() & set(broad.candidates)
    if broad.line_of_business is None:
        return bool(named)
    return any(known[payer_id] in {None, broad.line_of_business} for payer_id in named)
