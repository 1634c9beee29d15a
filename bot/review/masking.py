"""A member's sentences with everything that tells one person from another taken out.

Names, labels, pronouns, dates, numbers and codes are replaced by marks, common clinical verbs by one of their
kind and endings cut, so that a note copied with the name swapped reads as what it is. Offsets are kept.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.review.models import Member, Span
from bot.review.sentences import split_sentences

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# One letter of a name, with another one or a full stop behind it.
_INITIAL = re.compile(r"[A-Z](?:\.|\s[A-Z]\b)")
_PRONOUNS = _set("he she they him her them his hers their theirs himself herself themself themselves i me my we us our")
_STOCK_WORTH = 0.2
_GOAL_WORTH = 0.5
_PERSON = _set("patient patients client clients pt pts member members cl ct consumer individual")
# Of one patient and of no group; whose relative it is, is swapped with the name.
_ONE_PERSON = re.compile(
    r"\b(?:he|she|him|her|his|hers|himself|herself|(?<!each )(?<!every )(?:pt|client|patient|member|vet(?:eran)?))\b",
    re.IGNORECASE,
)
_KIN = _set("""
    mother father mom dad mama papa parent sister brother sibling wife husband spouse partner son daughter boyfriend
    girlfriend bf gf aunt uncle niece nephew cousin grandmother grandfather grandma grandpa
""")
_LITTLE = _set("""
    a an the of to in on at for with by from as and or but so then that this these those is was were are be been being
    it its not no into during when while which who whom s t also very more about after before had has have
    do did does through out up
""")
# Light synonym edits of the verbs, nouns and qualifiers that notes are made of: each row reads as its first word.
_ALIKE = """
say state report share express verbalize note describe disclose mention tell voice indicate explain relate
show demonstrate display exhibit present appear
engage participate involve contribute
use utilize apply employ practice
identify recognize name list
discuss explore process talk address review examine
improve increase gain strengthen better
reduce decrease lessen lower diminish cut drop
respond react reply
positive good well receptive favorable
peer group
feel felt experience
anxiety worry anxious nervous
depression depressed low
cope manage handle
help assist support aid
continue maintain keep remain
work focus concentrate
goal objective aim target
session meeting today
begin start initiate
learn acquire
able capable
several many multiple various
difficult hard challenging tough
feedback input comment
skill technique strategy tool
situation event circumstance
"""
_SUFFIXES = ("ations", "ation", "ingly", "edly", "ings", "ing", "ies", "ied", "ment", "ely", "ed", "es", "ly", "s", "e")
_STOCK = re.compile(
    r"\b(?:den(?:y|ied|ies)|si/?hi|si or hi|no si|suicidal|homicidal|safety|risk|contract\w* for safety|continue\w*"
    r"|cont|attend\w*|attentive|supportive|present|tolerated|next (?:group|session|week)|weekly group|treatment plan"
    r"|on time|as scheduled|no concerns?|engaged|participat(?:ed|ion)|receptive|respon(?:ded|se) well|appropriate\w*"
    r"|making progress|progressing|rtc|f/u|uds|columbia|check-?(?:in|out)|mindfulness|oriented|a&o\w*|alert|mood"
    r"|affect|mse|withdrawal|diary card rev\S*|compliant|meals per plan)\b",
    re.IGNORECASE,
)
_GOAL = re.compile(r"(?:tx |treatment )?(?:goals?|objectives?|g)\b", re.IGNORECASE)
_DIAGNOSIS = re.compile(r"\b(?:dx|diagnos[ei]s|icd\W?10\w*|[A-Z]\d\d\.\d+)\b", re.IGNORECASE)
# Said of the whole group or the session: what every member's note may rightly share.
_SESSION = re.compile(
    r"\b(?:(?:group|grp) (?:focus|topic|members?|discuss|process|work|review|explor|session|theme|was|met|did|talk)\w*"
    r"|(?:members|mbrs) (?:were|discuss|shar|explor|practi|review|gave|compar|spoke|took|take)\w*"
    r"|each member|in group|group for|(?:in|around) the room"
    r"|we (?:worked|talked|spoke|did|had|opened|closed|began)|members (?:act|help|compar|name|talk|sort|wrote)\w*"
    r"|(?:therapist|th|facilitator|clinician|provider|leader|ldr|co-?leads?|counselor|staff|writer|np)s?\.? "
    r"\w+(?:ed|t|d)\b"
    r"|session (?:focus|topic|address|began|open|close|theme)\w*|today's (?:group|session)|group summary"
    r"|\d+ (?:members|patients|clients|participants|pts)|topic was"
    r"|modality|interventions? (?:included|used|were)|(?:cbt|dbt|act|emdr) (?:group|techniques?|skills?|format))\b",
    re.IGNORECASE,
)


# What a group does together: of the session where both parts open with it to the letter and speak of nobody.
_PROGRAMME = re.compile(
    r"\b(?:90853|agenda|warm-?up|ice-?breaker|check-?in round|wrap-?up|round|in (?:pairs|triads|dyads)|film|video"
    r"|handouts?|worksheets?|module|lesson|role-?plays?|guided (?:imagery|relaxation|discovery)|body scan|relaxation"
    r"|breathing|meditation|psychoeducation|discuss(?:ed|ion)|reviewed|demonstrated|modeled|exercise|practi[cs]ed?"
    r"|card sort|defusion|restructuring|motivational|socratic|thought records?|chain analys[ei]s|homework"
    r"|topic|theme|focus|\d+ (?:min|minutes|present))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Masked:
    """One sentence: where it stands, its masked words, and how much of it is content.

    `steps` are its content words in order, each with its offsets. `stock` marks a short phrase that any note may hold;
    `goal` one that begins with the goal, which two patients may share; `session` one that speaks of the group and not
    of a patient, `of_one` one that speaks of some patient.
    """

    start: int
    end: int
    words: tuple[int, ...]
    content: frozenset[int]
    steps: tuple[tuple[int, int, int], ...]
    weight: int
    stock: bool
    goal: bool
    session: bool
    of_one: bool
    label: str
    said: str

    @property
    def worth(self) -> float:
        """What a content word of this sentence weighs."""
        return _STOCK_WORTH if self.stock else _GOAL_WORTH if self.goal else 1.0


class Masker:
    """Masks one note. Words become numbers shared by all of its members, so that comparing is quick."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        self._names = {word for member in members for word in name_words(member.label)}

    def sentences(self, text: str, spans: Sequence[Span], *, bare: bool = False) -> list[Masked]:
        """The sentences of a stretch that hold content; with `bare`, field labels and names alone too."""
        found = []
        for span in spans:
            for sentence in split_sentences(text, span.start, span.end):
                masked = self.mask(text, sentence.start, sentence.end, sentence.label)
                if masked.weight or bare:
                    found.append(masked)
        return found

    def mask(self, text: str, start: int, end: int, label: str) -> Masked:
        """One sentence, `text[start:end]`, that stands behind a label or none."""
        words: list[int] = []
        steps: list[tuple[int, int, int]] = []
        person = start
        for match in _WORD.finditer(text, start, end):
            word = match[0].casefold().replace("’", "'")
            kind = self._kind(word)
            if kind == "§person" and len(word.removesuffix("'s")) == 1:
                # "K.U." and "Ann B." are one person each; the "a" of a sentence is no initial of A.B.
                if match[0][0].isupper() and person > start and not text[person : match.start()].strip(". "):
                    person = match.end()
                    continue
                kind = kind if _INITIAL.match(text, match.start()) else word
            person = match.end() if kind == "§person" else start
            number = self._number(kind)
            words.append(number)
            if kind[0] != "§" and word not in _LITTLE:
                steps.append((number, match.start(), match.end()))
        content = frozenset(number for number, _, _ in steps)
        said = text[start:end]
        stock = reads_as_stock(said, label, len(content))
        goal = not stock and bool(_GOAL.match(said) or _GOAL.match(label))
        of_one = self._speaks_of_one(said)
        return Masked(
            start=start,
            end=end,
            words=tuple(words),
            content=content,
            steps=tuple(steps),
            weight=len(content),
            stock=stock,
            goal=goal,
            session=not of_one and speaks_of_session(said),
            of_one=of_one,
            label=label,
            said=said,
        )

    def _speaks_of_one(self, said: str) -> bool:
        """Whether one patient is spoken of, by pronoun, by word or by name."""
        return speaks_of_one(said) or any(
            word.casefold().removesuffix("'s") in self._names for word in _WORD.findall(said) if not word.islower()
        )

    def _kind(self, word: str) -> str:
        return "§person" if word in self._names or word.removesuffix("'s") in self._names else kind_of(word)

    def word(self, number: int) -> str:
        """The word that a number stands for, masked."""
        return self._words[number]

    def _number(self, kind: str) -> int:
        number = self._numbers.setdefault(kind, len(self._numbers))
        if number == len(self._words):
            self._words.append(kind)
        return number


def kind_of(word: str) -> str:
    """What a word in small letters is compared as: a mark (§) for whom or when it is about, else its stem."""
    if word in _PERSON:
        return "§person"
    if word in _PRONOUNS:
        return "§pronoun"
    if any(character.isdigit() for character in word):
        return "§number"
    if word in _KIN or word.removesuffix("'s") in _KIN:
        return "§kin"
    if word in _LITTLE:
        return word
    return _SAME.get(stem := _stem(word), stem)


def is_content(kind: str) -> bool:
    """Whether such a word carries what is told, as no mark and no little word does."""
    return kind[0] != "§" and kind not in _LITTLE


def reads_as_stock(said: str, label: str, content: int) -> bool:
    """Whether so few content words behind a label are a phrase that any note may hold."""
    # A diagnosis may be shared by any two members.
    return content <= 6 and bool(_STOCK.search(said) or _DIAGNOSIS.search(f"{label}: {said}"))


def speaks_of_session(said: str) -> bool:
    """Whether words tell of the whole group or of what the provider did."""
    return bool(_SESSION.search(said))


def speaks_of_programme(said: str) -> bool:
    """Whether words tell of what a group does together, with nobody named who does it."""
    return bool(_PROGRAMME.search(said)) or speaks_of_session(said)


def speaks_of_one(said: str) -> bool:
    """Whether some one patient is spoken of, by a pronoun or a word for one."""
    return bool(_ONE_PERSON.search(said))


def name_words(label: str) -> Iterable[str]:
    words = [word.casefold() for word in _WORD.findall(label)]
    yield from words
    # "K.L." is written KL, K.L or K. L. further down.
    if all(len(word) == 1 for word in words):
        yield "".join(words)


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


_SAME = {_stem(word): row.split()[0] for row in _ALIKE.strip().splitlines() for word in row.split()}
