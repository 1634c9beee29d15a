"""A small phrase language and the tagger that finds every phrase of the lexicon in one pass over a sentence.

A phrase is words with spaces between:

    word      that word, in any case            =ACT     that word in exactly this case
    stem*     any word that begins so            (a|b*|c d)  one of these
    word?     may be left out                    ...      up to four words of any kind
    {set}     one word of a named set            #        a number, in figures or words

Hyphens in the note divide words, so that `role play` finds "role-play".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import yaml

from bot.errors import OperatorError
from bot.resources import KNOWLEDGE

GAP = 4
_TOKEN = re.compile(
    r"(?:w/o|w/i|w/|r/t|s/p|b/c|f/u|h/o|r/o|d/t|c/o|n/a|y/o|d/o|2/2|s/he)(?![A-Za-z])|[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)*|"
    r"\d+(?:[.,:/]\d+)*|[↑↓→@%&+=/\-–<>?]",
    re.IGNORECASE,
)
_NUMBER_WORDS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "twenty",
    ]
)
_ITEM = re.compile(r"\([^)]*\)\??|\S+")
_JOINERS = frozenset("-–/&")


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    """In lower case."""
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at `[start, end)` of the text; `first` and `last` count tokens."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Item:
    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    cased: frozenset[str] = frozenset()
    number: bool = False
    gap: bool = False
    optional: bool = False

    def fits(self, token: Token) -> bool:
        return (
            token.word in self.words
            or (bool(self.stems) and token.word.startswith(self.stems))
            or token.raw in self.cased
            or (self.number and (token.word[0].isdigit() or token.word in _NUMBER_WORDS))
        )


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The words of `text[start:end]`; hyphens and slashes between words are left out."""
    return [
        Token(match.group().lower().replace("’", "'"), match.group(), match.start(), match.end())
        for match in _TOKEN.finditer(text, start, end)
        if match.group() not in _JOINERS
    ]


@dataclass(slots=True)
class Lexicon:
    """All cues, indexed by their first word so that one pass over the tokens finds them."""

    by_word: dict[str, list[tuple[str, tuple[_Item, ...]]]] = field(default_factory=lambda: defaultdict(list))
    by_stem: dict[str, list[tuple[str, tuple[_Item, ...]]]] = field(default_factory=lambda: defaultdict(list))
    by_number: list[tuple[str, tuple[_Item, ...]]] = field(default_factory=list)
    stem_lengths: tuple[int, ...] = ()
    names: frozenset[str] = frozenset()
    sets: dict[str, frozenset[str]] = field(default_factory=dict)

    def tag(self, tokens: list[Token]) -> dict[str, list[Hit]]:
        """Every cue that stands in the tokens, by cue name, in order."""
        hits: dict[str, list[Hit]] = {}
        for at, token in enumerate(tokens):
            for name, items in self._starting_with(token):
                last = _match(items, 0, tokens, at)
                if last is not None and last > at:
                    hits.setdefault(name, []).append(Hit(token.start, tokens[last - 1].end, at, last - 1))
        return hits

    def _starting_with(self, token: Token) -> Iterable[tuple[str, tuple[_Item, ...]]]:
        yield from self.by_word.get(token.word, ())
        for length in self.stem_lengths:
            if length > len(token.word):
                break
            yield from self.by_stem.get(token.word[:length], ())
        if token.word[0].isdigit() or token.word in _NUMBER_WORDS:
            yield from self.by_number

    def add(self, name: str, phrase: str) -> None:
        for words in _expanded(phrase):
            self._add_words(name, words)

    def _add_words(self, name: str, words: list[str]) -> None:
        items = tuple(_parse(word, self.sets) for word in words)
        while items[0].optional:
            self._index(name, items)
            items = items[1:]
        if items[0].gap:
            raise OperatorError(f"knowledge/lexicon: cue {name}: a phrase cannot begin with '...'")
        self._index(name, items)

    def _index(self, name: str, items: tuple[_Item, ...]) -> None:
        first = items[0]
        for word in first.words | {cased.lower() for cased in first.cased}:
            self.by_word[word].append((name, items))
        for stem in first.stems:
            self.by_stem[stem].append((name, items))
        if first.number:
            self.by_number.append((name, items))


def _expanded(phrase: str) -> list[list[str]]:
    """The phrase as lists of items: a choice of several words, `(on file|noted)`, gives a list for each such choice."""
    lists: list[list[str]] = [[]]
    for item in _ITEM.findall(phrase):
        choices: list[list[str]] = [[item]]
        if " " in item:
            optional = item.endswith("?")
            parts = [part.strip() for part in item.rstrip("?").strip("()").split("|")]
            single = [part for part in parts if " " not in part]
            choices = [part.split() for part in parts if " " in part]
            choices += [[f"({'|'.join(single)})"]] if single else []
            choices += [[]] if optional else []
        lists = [words + choice for words in lists for choice in choices]
    return lists


def _parse(word: str, sets: Mapping[str, frozenset[str]]) -> _Item:
    if word == "...":
        return _Item(gap=True)
    optional = word.endswith("?") and len(word) > 1
    parts = word.rstrip("?" if optional else "").strip("()").split("|")
    words: set[str] = set()
    stems: list[str] = []
    cased: set[str] = set()
    number = False
    while parts:
        part = parts.pop()
        if part.startswith("{"):
            try:
                parts.extend(sets[part.strip("{}")])
            except KeyError:
                raise OperatorError(f"knowledge/lexicon: no set named {part}") from None
        elif part == "#":
            number = True
        elif part.startswith("=") and len(part) > 1:
            cased.add(part[1:])
        elif part.endswith("*"):
            stems.append(part[:-1].lower())
        else:
            words.add(part.lower())
    return _Item(frozenset(words), tuple(stems), frozenset(cased), number, False, optional)


def _match(items: tuple[_Item, ...], item_at: int, tokens: list[Token], at: int) -> int | None:
    """Where the phrase ends (one past its last token) if it stands at `at`, else None."""
    for place in range(item_at, len(items)):
        item = items[place]
        if item.gap or item.optional:
            return _branched(items, place, tokens, at)
        if at >= len(tokens) or not item.fits(tokens[at]):
            return None
        at += 1
    return at


def _branched(items: tuple[_Item, ...], item_at: int, tokens: list[Token], at: int) -> int | None:
    """The same from an item on that may stand for several words or for none."""
    item = items[item_at]
    if item.gap:
        for skip in range(GAP + 1):
            last = _match(items, item_at + 1, tokens, at + skip)
            if last is not None:
                return last
        return None
    if at < len(tokens) and item.fits(tokens[at]):
        last = _match(items, item_at + 1, tokens, at + 1)
        if last is not None:
            return last
    return _match(items, item_at + 1, tokens, at)


@cache
def lexicon() -> Lexicon:
    """The lexicon of knowledge/lexicon, read once; raises OperatorError naming the file at fault."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    sets: dict[str, frozenset[str]] = {}
    cues: list[tuple[str, str]] = []
    for path in sorted((KNOWLEDGE / "lexicon").glob("*.yaml")):
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or {}  # noqa: S506 (a safe loader)
            sets.update({name: frozenset(_words(words)) for name, words in data.get("sets", {}).items()})
            cues.extend((name, phrase) for name, phrases in data.get("cues", {}).items() for phrase in phrases)
        except (yaml.YAMLError, AttributeError, TypeError) as error:
            raise OperatorError(f"knowledge/lexicon/{path.name} cannot be read: {type(error).__name__}") from None
    made = Lexicon(sets=sets)
    for name, phrase in cues:
        made.add(name, phrase)
    made.stem_lengths = tuple(sorted({len(stem) for stem in made.by_stem}))
    made.names = frozenset(name for name, _ in cues)
    return made


def words_of(name: str) -> frozenset[str]:
    """The words of a named set of the lexicon."""
    return lexicon().sets[name]


def _words(words: str | list[str]) -> list[str]:
    return words.split() if isinstance(words, str) else [str(word) for word in words]
