"""Member notes of any number with copies among them that are known, the same at every run: people nobody is.

Each word of a note's own story has a number; a copy keeps the numbers of the words it keeps. How alike two notes are
is reckoned from those numbers, so it owes nothing to the program that is measured. A template's headings, stock phrases
and the session's paragraph have no numbers: who shares only those shares nothing.
"""

import random
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from bot.audit.passage import Passage
from tests.bench import invented_words as words

_SEED = 90853
COPIES = {
    "verbatim": 0.03,
    "names swapped": 0.03,
    "95 % alike": 0.025,
    "90 % alike": 0.025,
    "85 % alike": 0.025,
    "80 % alike": 0.025,
    "partial": 0.02,
    "reordered": 0.01,
}
"""What part of the notes is such a copy of another."""
DISTRACTORS = {"half the sentences": 0.03, "same sentences, other facts": 0.03, "same frame": 0.04}
"""What part shares much with another note and is less than 60 % alike."""
_TEMPLATE, _CROWD = 0.02, 0.004
"""What part is one template note over and over, names swapped, and one over and over with 1 word in 20 changed."""
_SESSION = 8


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, with the stop behind it, and its number."""

    written: str
    number: int


@dataclass(frozen=True, slots=True)
class Story:
    """One member's own sentences, and the frame they stand in."""

    sentences: tuple[tuple[Word, ...], ...]
    skeletons: tuple[int, ...]
    frame: "Frame"

    @property
    def words(self) -> list[Word]:
        return [word for sentence in self.sentences for word in sentence]


@dataclass(frozen=True, slots=True)
class Frame:
    """A template's headings, the stock phrases chosen, and the paragraph of the session."""

    headings: tuple[str, ...]
    stock: tuple[str, ...]
    session: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy or a look-alike put among the notes, by key; `alike` is the share of the shorter story in the other."""

    original: str
    made: str
    kind: str
    alike: float


@dataclass(slots=True)
class Notes:
    passages: list[Passage]
    planted: list[Planted] = field(default_factory=list)
    crowds: dict[str, list[str]] = field(default_factory=dict)
    """The notes of which there are very many, by what was done to them; the first is the original."""
    numbers: dict[str, "array[int]"] = field(default_factory=dict)

    def alike(self, a: str, b: str) -> float:
        """How alike two notes are; 0 where no copying joins them."""
        return _alike(self.numbers.get(a, ()), self.numbers.get(b, ()))


def _alike(ours: Sequence[int], theirs: Sequence[int]) -> float:
    if not ours or not theirs:
        return 0.0
    whole = max(min(len(ours), len(theirs)), 0.7 * max(len(ours), len(theirs)))
    return min(1.0, len(set(ours) & set(theirs)) / whole)


def texts(number: int) -> Iterator[str]:
    """Notes with no copies, one by one: for what takes no more than their words."""
    inventor = _Inventor(number)
    for _ in range(number):
        yield inventor.note(inventor.story())


def invent(number: int) -> Notes:
    """So many notes, in sessions of eight and in no order."""
    inventor = _Inventor(number)
    dice = inventor.dice
    kinds = [kind for kind, part in (COPIES | DISTRACTORS).items() for _ in range(round(part * number))]
    repeated = {"template": round(_TEMPLATE * number), "crowd": round(_CROWD * number)}
    alone = number - len(kinds) - sum(repeated.values())
    keys = [f"n{place:07}" for place in range(number)]
    dice.shuffle(keys)
    free = iter(keys)
    notes = Notes([])

    def put(text: str, story: Story | None = None) -> str:
        key = next(free)
        notes.passages.append(Passage(key, text, f"s{int(key[1:]) // _SESSION}"))
        if story:
            notes.numbers[key] = array("q", (word.number for word in story.words))
        return key

    # A third of the copied stories are copied more than once.
    originals = max(1, len(kinds) * 2 // 3)
    stories = [inventor.story() for _ in range(min(originals, alone))]
    persons = [inventor.person() for _ in stories]
    at = [put(inventor.note(story, person), story) for story, person in zip(stories, persons, strict=True)]
    for place, kind in enumerate(kinds):
        one = place % len(stories)
        made = inventor.made(kind, stories[one])
        person = persons[one] if kind == "verbatim" else inventor.person()
        key = put(inventor.note(made, person), made)
        notes.planted.append(Planted(at[one], key, kind, notes.alike(at[one], key)))
    for kind, times in repeated.items():
        story = inventor.story()
        for _ in range(times):
            made = inventor.edited(story, 0.95) if kind == "crowd" else story
            notes.crowds.setdefault(kind, []).append(put(inventor.note(made), made))
    for _ in range(number - len(notes.passages)):
        put(inventor.note(inventor.story()))
    dice.shuffle(notes.passages)
    return notes


_Person = dict[str, str]


class _Inventor:
    def __init__(self, number: int) -> None:
        self.dice = random.Random(_SEED + number)
        self._numbers = count(1)

    def person(self) -> _Person:
        pronouns = self.dice.choice(words.PRONOUNS)
        name = self.dice.choice(words.NAMES)
        if self.dice.random() < 0.3:
            name = f"{name[0]}.{self.dice.choice('ABCDEFGHKLMNPRSTVW')}."
        return {
            **pronouns,
            "Name": name,
            "Day": self.dice.choice(words.DAYS),
            "n": str(self.dice.randint(2, 9)),
            "role": self.dice.choice(("Client", "Patient", "Pt", "Member")),
        }

    def story(self) -> Story:
        chosen = tuple(self.dice.sample(range(len(words.SENTENCES)), self.dice.randint(5, 8)))
        return Story(tuple(self._said(one) for one in chosen), chosen, self._frame())

    def _frame(self) -> Frame:
        stock = self.dice.sample(words.STOCK, self.dice.randint(2, 4))
        session = self.dice.choice(words.SESSIONS) if self.dice.random() < 0.3 else ""
        return Frame(self.dice.choice(words.HEADINGS), tuple(stock), session)

    def _said(self, skeleton: int, known: dict[int, int] | None = None) -> tuple[Word, ...]:
        """A sentence with its places filled; fixed words take the numbers of `known`, by their place."""
        said: list[Word] = []
        for place, piece in enumerate(words.SENTENCES[skeleton]):
            if piece in ".,;":
                said[-1] = Word(said[-1].written + piece, said[-1].number)
                continue
            pool = words.PLACES.get(piece)
            filled = self.dice.choice(pool).split() if pool else [piece]
            for written in filled:
                number = known[place] if known and not pool and place in known else next(self._numbers)
                said.append(Word(written, number))
        return tuple(said)

    def made(self, kind: str, story: Story) -> Story:
        """A copy or look-alike of such a kind."""
        how: dict[str, Callable[[], Story]] = {
            "verbatim": lambda: story,
            "names swapped": lambda: story,
            "partial": lambda: self._partial(story),
            "reordered": lambda: Story(tuple(self.dice.sample(story.sentences, len(story.sentences))), (), story.frame),
            "half the sentences": lambda: self._half(story),
            "same sentences, other facts": lambda: self._refilled(story),
            "same frame": lambda: Story(self.story().sentences, (), story.frame),
        }
        return how[kind]() if kind in how else self.edited(story, int(kind[:2]) / 100)

    def edited(self, story: Story, alike: float) -> Story:
        """So many of a hundred words stay, three at most more; the changes lie scattered or in runs."""
        placed = [(at, place) for at, said in enumerate(story.sentences) for place in range(len(said))]
        share = self.dice.uniform(alike, min(0.99, alike + 0.03))
        changes = max(1, int((1 - share) * len(placed)))
        run = self.dice.choice((1, 1, 2, 4))
        changed: set[tuple[int, int]] = set()
        while len(changed) < changes:
            start = self.dice.randrange(len(placed))
            changed.update(placed[start : start + min(run, changes - len(changed))])
        added = self.dice.random() < 0.3
        sentences = []
        for at, said in enumerate(story.sentences):
            kept: list[Word] = []
            for place, word in enumerate(said):
                if (at, place) not in changed:
                    kept.append(word)
                elif self.dice.random() < 0.8 or "{" in word.written:
                    kept.append(Word(_as(word.written, self.dice.choice(words.OTHER)), next(self._numbers)))
                elif word.written[-1] in ".,":
                    kept.append(Word(_as(word.written, "again"), next(self._numbers)))
            sentences.append(tuple(kept))
        if added:
            sentences.append(self._said(self.dice.randrange(len(words.SENTENCES))))
        made = Story(tuple(sentences), (), story.frame)
        # An added sentence may make the longer note so long that the shares change.
        fits = _alike(_of(story), _of(made)) >= alike
        return made if fits else Story(tuple(sentences[: len(story.sentences)]), (), story.frame)

    def _partial(self, story: Story) -> Story:
        """All but the end of the story, in a longer one."""
        kept = story.sentences if len(story.sentences) < 7 else story.sentences[:-1]
        more = tuple(self._said(self.dice.randrange(len(words.SENTENCES))) for _ in range(2))
        return Story((*more[:1], *kept, *more[1:]), (), self._frame())

    def _half(self, story: Story) -> Story:
        kept = story.sentences[: len(story.sentences) // 2]
        while True:
            other = self.story().sentences[: len(story.sentences) - len(kept) + 1]
            made = Story((*kept, *other), (), story.frame)
            if _alike(_of(story), _of(made)) < 0.6:
                return made
            kept = kept[:-1]

    def _refilled(self, story: Story) -> Story:
        """The same sentences about other things: the words around the facts stay."""
        while True:
            sentences = []
            for skeleton, said in zip(story.skeletons, story.sentences, strict=True):
                sentences.append(self._said(skeleton, _fixed(skeleton, said)))
            made = Story(tuple(sentences), (), story.frame)
            if _alike(_of(story), _of(made)) < 0.6:
                return made
            story = Story((*story.sentences[:-1],), (*story.skeletons[:-1],), story.frame)

    def note(self, story: Story, person: _Person | None = None) -> str:
        """The note as written, of a person or of anyone."""
        who = person or self.person()
        said = [_sentence(sentence, who) for sentence in story.sentences]
        frame = story.frame
        parts = max(1, len(frame.headings))
        lines = []
        for at in range(parts):
            here = said[at * len(said) // parts : (at + 1) * len(said) // parts]
            stock = [one.format(**who) for one in frame.stock[at::parts]]
            heading = f"{frame.headings[at]}: " if frame.headings else ""
            lines.append(heading + " ".join((*here, *stock)))
        return "\n".join(((frame.session,) if frame.session else ()) + tuple(lines))


def _of(story: Story) -> list[int]:
    return [word.number for word in story.words]


def _fixed(skeleton: int, said: Sequence[Word]) -> dict[int, int]:
    """The numbers of a sentence's fixed words by their places in its skeleton, as far as they can be told."""
    left = list(said)
    found = {}
    for place, piece in enumerate(words.SENTENCES[skeleton]):
        if piece not in words.PLACES:
            at = next((at for at, word in enumerate(left) if word.written == piece), None)
            if at is not None:
                found[place] = left[at].number
                left = left[at + 1 :]
    return found


def _as(former: str, other: str) -> str:
    """Another word with the stop of the former one."""
    return other + (former[-1] if former[-1] in ".,;" else "")


def _sentence(said: Sequence[Word], who: _Person) -> str:
    text = " ".join(word.written for word in said).format(**who)
    return text[:1].upper() + text[1:]
