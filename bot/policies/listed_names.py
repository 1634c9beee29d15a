"""A strange name in a list of payers: "Aetna, Zorbly or Cigna" asks about three, and none may be dropped in silence."""

from collections.abc import Iterator

from bot.policies.alias_index import AliasIndex
from bot.policies.mention import Mention, MentionKind
from bot.policies.names import NameBook
from bot.policies.page import Page

_LINKS = frozenset({"and", "or", "vs", "versus", "plus"})
_LONGEST = 3
_NO_NAME_WORDS = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december group groups individual therapy psychotherapy session sessions authorization auth prior
telehealth video medicaid medicare commercial hmo ppo pos epo eap iop php dbt cbt emdr lcsw lpc lmft phd psyd np md
claim claims note notes modifier modifiers same day please thanks thank is are does do can what which how who when why
if it they we i my our the a an any all both neither not no yes ok each every other others
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())


def listed_names(page: Page, index: AliasIndex, book: NameBook, free: list[bool], ends: set[int]) -> Iterator[Mention]:
    """Names that stand beside a payer in a list; `ends` are the words after which a payer's name is over."""
    known = set(ends)
    for at in range(1, len(page.tokens)):
        before = at - 1 if page.folded[at - 1] in _LINKS else at
        if not free[at] or before not in known or not _separated(page, before, at):
            continue
        end = _name_end(page, book, free, at)
        if end > at and _closes(page, book, at, end, linked=before < at):
            known.add(end)
            alike = {
                entry.payer_id
                for name, entries in index.names.items()
                for entry in entries
                if name[0] == page.folded[at]
            }
            yield Mention(
                kind=MentionKind.UNKNOWN,
                name=page.slice(at, end),
                start=page.tokens[at].start,
                end=page.tokens[end - 1].end,
                candidates=tuple(sorted(alike)),
            )


def _separated(page: Page, before: int, at: int) -> bool:
    """A comma, a slash or a linking word stands between the payer and what follows."""
    between = page.text[page.tokens[before - 1].end : page.tokens[at].start].casefold()
    return bool(set(between) & set(",/;\n&+")) or any(link in between.split() for link in _LINKS)


def _name_end(page: Page, book: NameBook, free: list[bool], at: int) -> int:
    end = at
    while end < len(page.tokens) and end - at < _LONGEST and free[end] and _of_a_name(page, book, end):
        if end > at and not page.joined(end - 1):
            break
        end += 1
    while end < len(page.tokens) and end > at and page.folded[end] in book.suffixes and page.joined(end - 1):
        end += 1
    return end


def _of_a_name(page: Page, book: NameBook, at: int) -> bool:
    token = page.tokens[at]
    if token.folded in _NO_NAME or not token.text.isalpha() or len(token.text) < 4:
        return False
    return token.folded not in book.words or (token.capital and not page.shouting)


def _closes(page: Page, book: NameBook, at: int, end: int, *, linked: bool) -> bool:
    """The list goes on, or the sentence ends, or what payers do follows ("and Northpoint require ...")."""
    strange = any(word not in book.words for word in page.folded[at:end])
    if end >= len(page.tokens):
        return strange or linked
    after = page.text[page.tokens[end - 1].end : page.tokens[end].start]
    goes_on = bool(set(after) & set(",/;?!:\n&")) or page.folded[end] in _LINKS
    return goes_on or (strange and page.folded[end] in book.slot_verbs)
