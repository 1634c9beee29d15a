"""A note as the elements see it: sentences and clauses with their cues, and of whom each speaks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from bot.review.columns import Row, rows_of
from bot.review.lexicon.phrases import Hit, Token, lexicon, tokenize, words_of
from bot.review.models import Evidence, Segments, Span
from bot.review.sentences import Sentence, split_clauses, split_sentences
from bot.review.shared_lines import of_every_part


class Actor(Enum):
    """Of whom a clause speaks."""

    PATIENT = "patient"
    OTHER = "another person"
    GROUP = "the group as a whole"
    PROVIDER = "the provider"
    SESSION = "the session"
    NOBODY = "nobody named"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a passage stands: whom it means where it names no doer, this member's names, and other members' names."""

    unnamed: Actor
    names: frozenset[str]
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the note: a sentence with its clauses, or one clause (which has none)."""

    note: str
    start: int
    end: int
    label: str
    tokens: tuple[Token, ...]
    hits: dict[str, list[Hit]]
    actor: Actor
    ticked: bool = False
    clauses: tuple["Passage", ...] = field(default=())
    label_start: int = -1
    names: frozenset[str] = frozenset()
    """How the note calls the member whose part this is: no content of their own."""

    @property
    def text(self) -> str:
        return self.note[self.start : self.end]

    def has(self, *cues: str) -> bool:
        return any(cue in self.hits for cue in cues)

    def found(self, *cues: str) -> list[Hit]:
        return [hit for cue in cues for hit in self.hits.get(cue, ())]

    @property
    def inline(self) -> bool:
        """Whether its label stands directly before it."""
        return self.label_start >= 0

    def evidence(self) -> Evidence:
        return Evidence(quote=self.text, start=self.start, end=self.end)

    def evidence_with_label(self) -> Evidence:
        """The passage with the label that stands directly before it."""
        start = self.label_start if self.label_start >= 0 else self.start
        return Evidence(quote=self.note[start : self.end], start=start, end=self.end)

    def content(self, generic: frozenset[str] = frozenset()) -> list[str]:
        """The words that carry meaning: neither function words nor those of `generic`."""
        skip = FUNCTION_WORDS | generic | self.names
        return [
            token.word for token in self.tokens if token.word not in skip and re.match(r"[a-zà-ÿ]{3}|\d", token.word)
        ]


@dataclass(frozen=True, slots=True)
class MemberReading:
    """What the note says of one member: their own part, and the session's sentences that name them."""

    label: str
    aliases: frozenset[str]
    sentences: tuple[Passage, ...]

    def clauses(self, *actors: Actor) -> Iterator[Passage]:
        wanted = actors or (Actor.PATIENT,)
        return (clause for sentence in self.sentences for clause in sentence.clauses if clause.actor in wanted)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole note, read once: orders to the reader are already left out."""

    note: str
    session: tuple[Passage, ...]
    members: tuple[MemberReading, ...]
    member_labels: tuple[Span, ...]

    @property
    def names(self) -> frozenset[str]:
        """How the note calls any of its members."""
        return frozenset().union(*(member.aliases for member in self.members))


FUNCTION_WORDS = words_of("function_words")
_CHECKBOX = re.compile(
    r"\[\s*(?P<asc>[xX✓✔*]?)\s*\]|\(\s*(?P<par>[xX✓✔])\s*\)|\((?P<parempty>\s+)\)|(?P<on>[☑☒✓✔🗹])|(?P<off>[☐□])"
)
LONGEST_QUESTION = 4
_PLACEHOLDER = re.compile(
    r"\W*(?:[\[<{(]\s*(?!x\b|X\b)[^\]>})]{2,60}[\]>})]|_{2,}|\.{4,}|n/?a|tbd|to be completed|"
    r"insert [\w ]+|type here)[\W_]*",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\W*(?:ditto|idem|likewise|"
    r"(?:(?:the )?same(?: thing)?(?: as| for| per)?|see|refer(?:red|s)?(?: back)? to|per|as|as per|"
    r"as (?:noted|stated|described|documented|listed)(?: in)?)\s(?:the )?"
    r"(?:above|(?:prior|previous|preceding|last)\W(?:progress |session )?(?:note|entry|member|client|patient|one)))\W*",
    re.IGNORECASE,
)
_AS_BEFORE = re.compile(r"\W*(?:the )?(?:same(?: as)?|as) before\W*", re.IGNORECASE)
_KEPT_POINTER = re.compile(r"\b(?:diagnos\w+|dx|icd[\w-]*)\b")
_GOING_ON = re.compile(r"^p$|\b(?:plan|next|progress|diagnos\w+|dx|icd[\w-]*)\b")
_PROVIDER_LABEL = re.compile(
    r"i|(?:therapist|provider|clinician|clinical|therapeutic|facilitator|leader|counselor|staff)?\s?"
    r"interventions?(?: used)?"
)
_OPENERS = words_of("openers")
_LEADS = words_of("leads")
_IMPLICIT_PROVIDER = words_of("implicit_provider")
_PATIENT_OBJECT = frozenset(["pt", "patient", "client", "cl", "ct", "member", "him", "her", "them", "his", "their"])
_MEETING = frozenset(["group", "session", "week", "time", "meeting", "month", "grp", "wk"])
_SEE_SAW = frozenset(
    ["he", "she", "they", "pt", "patient", "client", "cl", "ct", "s/he", "consumer", "resident", "ptnt"]
)


def read_note(text: str, segments: Segments) -> Reading:
    """Read a split note once for all elements."""
    aliases = [_aliases(member.label) for member in segments.members]
    everyone = frozenset().union(*aliases) if aliases else frozenset()
    session_spans = segments.session or tuple(span for member in segments.members for span in member.spans)
    if not session_spans and not segments.members:
        session_spans = (Span(start=0, end=len(text)),)
    rows = rows_of(text)
    nobody = Home(Actor.NOBODY, frozenset(), everyone)
    session = _read(text, session_spans, nobody, rows)
    if segments.session:
        session += _read(text, of_every_part(text, segments.members), nobody, rows)
    members = []
    for member, names in zip(segments.members, aliases, strict=True):
        others = everyone - names
        own = _read(text, member.spans, Home(Actor.PATIENT, names, others), rows)
        named = _naming(text, segments.session, member.spans, Home(Actor.NOBODY, names, others), rows)
        members.append(MemberReading(member.label, names, own + named))
    return Reading(text, session, tuple(members), tuple(m.spans[0] for m in segments.members if m.spans))


def _read(text: str, spans: Iterable[Span], home: Home, rows: Sequence[Row]) -> tuple[Passage, ...]:
    read: list[Passage] = []
    for span in spans:
        for sentence in _told_apart(list(split_sentences(text, span.start, span.end, rows))):
            read.extend(_passages(text, sentence, home))
    return tuple(read)


def _told_apart(sentences: list[Sentence]) -> list[Sentence]:
    """Beside "Subjective" an "Objective" is what was observed (SOAP), and no treatment objective."""
    if not any(sentence.label == "subjective" for sentence in sentences):
        return sentences
    return [replace(one, label="o") if one.label == "objective" else one for one in sentences]


def _passages(text: str, sentence: Sentence, home: Home) -> Iterator[Passage]:
    heading = "" if sentence.label in home.names | home.others else sentence.label
    if home.unnamed is Actor.PATIENT and _PROVIDER_LABEL.fullmatch(heading):
        home = replace(home, unnamed=Actor.PROVIDER)
    for start, end, label, ticked in _ticked_parts(text, sentence.start, sentence.end, heading):
        if _PLACEHOLDER.fullmatch(text, start, end) or _only_points(text[start:end], label):
            continue
        tokens = tokenize(text, start, end)
        hits = lexicon().tag(tokens)
        if "order" in hits or (sentence.label and "order" in lexicon().tag(tokenize(label + ": x", 0, len(label) + 1))):
            continue
        clauses: list[Passage] = []
        last = home.unnamed
        for clause_start, clause_end in split_clauses(text, start, end):
            inner = [token for token in tokens if clause_start <= token.start and token.end <= clause_end]
            clause_hits = dict(hits) if len(inner) == len(tokens) else lexicon().tag(inner)
            clause_hits.update(_others_named(inner, home.others))
            last = _actor(text, inner, clause_hits, last, home)
            clauses.append(
                Passage(
                    text,
                    clause_start,
                    clause_end,
                    label,
                    tuple(inner),
                    clause_hits,
                    last,
                    ticked,
                    label_start=sentence.label_start if not clauses else -1,
                    names=home.names,
                )
            )
        if clauses:
            yield Passage(
                text,
                start,
                end,
                label,
                tuple(tokens),
                hits,
                clauses[0].actor,
                ticked,
                tuple(clauses),
                sentence.label_start,
            )


def _ticked_parts(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int, str, bool]]:
    """A sentence as it is, or the ticked choices of a checkbox line, each with the words it answers as its label.

    What is not ticked was not said. Words after a wide gap are the next choice's question, or prose of their own.
    """
    marks = list(_CHECKBOX.finditer(text, start, end))
    if not marks:
        yield start, end, label, False
        return
    question = text[start : marks[0].start()].strip(" :-")
    if len(question.split()) > LONGEST_QUESTION:
        yield start, _rstrip(text, start, marks[0].start()), label, False
        question = ""
    for number, mark in enumerate(marks):
        stop = marks[number + 1].start() if number + 1 < len(marks) else end
        begin = mark.end()
        while begin < stop and text[begin] in " \t:":
            begin += 1
        gap = re.compile(r"\s{2,}|\s+(?=[A-Z][a-z]+:\s)").search(text, begin, _rstrip(text, begin, stop))
        stop_choice = gap.start() if gap else _rstrip(text, begin, stop)
        if (mark["asc"] or mark["par"] or mark["on"]) and begin < stop_choice:
            yield begin, stop_choice, question.lower() or label, True
        if gap:
            rest = text[gap.end() : stop].strip(" :-,")
            if len(rest.split()) > 3:
                comment = re.compile(r"[A-Z][a-z]+:\s*").match(text, gap.end(), stop)
                yield (comment.end() if comment else gap.end()), _rstrip(text, gap.end(), stop), label, False
            else:
                question = rest


def _only_points(words: str, label: str) -> bool:
    """Whether words only point elsewhere: "ditto", "see above" say nothing here of what their label asks for.

    A diagnosis that stands elsewhere is told to exist ("dx on file"), and "as before" under a plan is to go on.
    """
    if _POINTER.fullmatch(words):
        return not _KEPT_POINTER.search(label)
    return bool(_AS_BEFORE.fullmatch(words)) and not _GOING_ON.search(label)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\n,;/|":
        end -= 1
    return end


def _actor(text: str, tokens: Sequence[Token], hits: dict[str, list[Hit]], last: Actor, home: Home) -> Actor:
    """Of whom a clause speaks: the first doer named before its verb, else whom the clause before spoke of."""
    if not tokens:
        return last
    at = _after_opening(text, tokens)
    if at is None:
        return last if last in {Actor.PATIENT, Actor.NOBODY} else home.unnamed
    if (
        tokens[at].word in {"next", "last"}
        and [t.word for t in tokens[at + 1 : at + 2]]
        and tokens[at + 1].word in _MEETING
    ):
        at = min(at + 2, len(tokens) - 1)
    if text[max(tokens[at].start - 1, 0)] in "\"“'‘":
        return Actor.PATIENT if home.unnamed is Actor.PATIENT else last
    first = tokens[at].word
    if first in _IMPLICIT_PROVIDER and any(token.word in _PATIENT_OBJECT for token in tokens[at + 1 : at + 3]):
        return Actor.PROVIDER
    candidates = [*_doers(tokens, at, hits), *_members(tokens, at, last, home)]
    if candidates:
        return min(candidates, key=lambda one: one[:2])[2]
    return last if last is not Actor.SESSION else home.unnamed


def _doers(tokens: Sequence[Token], at: int, hits: dict[str, list[Hit]]) -> Iterator[tuple[int, int, Actor]]:
    """Provider, group, session and others near a clause's head, the longer phrase first."""
    for order, (cue, actor) in enumerate(_DOERS):
        for hit in hits.get(cue, ()):
            if at <= hit.first <= at + 3 and all(token.word in _LEADS for token in tokens[at : hit.first]):
                yield hit.first, order - 10 * (hit.last - hit.first), actor


def _members(tokens: Sequence[Token], at: int, last: Actor, home: Home) -> Iterator[tuple[int, int, Actor]]:
    """The patient, by name or pronoun, or another member by name at the clause's head."""
    for number, token in enumerate(tokens[at : at + 5], at):
        if (token.word in _SEE_SAW and (home.unnamed is not Actor.NOBODY or last is Actor.PATIENT)) or names_at(
            tokens, number, home.names
        ):
            yield number, 9, Actor.PATIENT
        elif (number == at or (number == at + 1 and tokens[at].word in _LEADS)) and names_at(
            tokens, number, home.others
        ):
            yield number, 9, Actor.OTHER


_DOERS = (
    ("actor.other", Actor.OTHER),
    ("collateral", Actor.OTHER),
    ("actor.group", Actor.GROUP),
    ("actor.provider", Actor.PROVIDER),
    ("actor.session", Actor.SESSION),
)


def _others_named(tokens: Sequence[Token], others: frozenset[str]) -> dict[str, list[Hit]]:
    """The cue `name.other` wherever another member of the group is named."""
    found = [Hit(token.start, token.end, at, at) for at, token in enumerate(tokens) if names_at(tokens, at, others)]
    return {"name.other": found} if found else {}


def _after_opening(text: str, tokens: Sequence[Token]) -> int | None:
    """Past "After the group challenged him," to the clause's own subject; None where no comma shows its end."""
    start = next((at for at, token in enumerate(tokens) if token.word not in {"then", "and", "but", "also"}), 0)
    if tokens[start].word in {"next", "last"} and start + 2 < len(tokens) and tokens[start + 1].word in _MEETING:
        return start + 2
    if tokens[start].word not in _OPENERS:
        return 0
    for number in range(start + 1, min(len(tokens), start + 16)):
        if "," in text[tokens[number - 1].end : tokens[number].start]:
            return number
    return None if any(token.word in _SUBORDINATE for token in tokens[start : start + 1]) else 0


_SUBORDINATE = frozenset(
    [
        "when",
        "once",
        "after",
        "while",
        "as",
        "if",
        "because",
        "since",
        "although",
        "though",
        "until",
        "following",
        "upon",
    ]
)


def _aliases(label: str) -> frozenset[str]:
    """How a note may call the member of this label: names of three letters or more, initials, member numbers."""
    bare = re.sub(r"[,;:()\[\]*_#]", " ", label)
    found = {re.sub(r"\s+", " ", label.strip().lower())}
    for word in bare.split():
        letters = word.replace(".", "")
        if letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 3:
            found.add(letters.lower())
        elif word[0].isupper() and word.isalpha() and len(word) >= 3 and word.lower() not in _NOT_NAMES:
            found.add(word.lower())
    return frozenset(found - {""})


_NOT_NAMES = words_of("not_names")


def names_at(tokens: Sequence[Token], at: int, names: frozenset[str]) -> bool:
    """Whether a name of `names` stands at this token: written as a word, or as initials with or without full stops."""
    if not names:
        return False
    token = tokens[at]
    if token.raw[0].isupper() and (token.word in names or token.word.removesuffix("'s") in names):
        return len(token.word) > 3 or token.raw.removesuffix("'s").isupper() or token.raw.istitle()
    joined = token.word
    if len(token.word) == 1 and token.raw.isupper():
        for following in tokens[at + 1 : at + 3]:
            if len(following.word.removesuffix("'s")) != 1:
                break
            joined += following.word[0]
            if joined in names:
                return True
        return False
    pair = f"{token.word} {tokens[at + 1].word}" if at + 1 < len(tokens) else ""
    return pair in names


def _naming(
    text: str, session: Iterable[Span], own: Sequence[Span], home: Home, rows: Sequence[Row]
) -> tuple[Passage, ...]:
    """The session's sentences that name this member; of a sentence about several, only the clauses that do."""
    found: list[Passage] = []
    # Reading the session once more for each of its members is most of the work where it names none of them.
    if not any(_named_in(tokenize(text, span.start, span.end), home.names) for span in session):
        return ()
    for sentence in _read(text, session, home, rows):
        if any(span.start <= sentence.start and sentence.end <= span.end for span in own):
            continue
        named = [clause for clause in sentence.clauses if names_any(clause, home.names)]
        if not named:
            continue
        if any(names_any(clause, home.others) for clause in sentence.clauses):
            kept = tuple(clause for clause in named if not names_any(clause, home.others))
            if kept:
                found.append(_joined(sentence, kept))
        else:
            found.append(sentence)
    return tuple(found)


def names_any(passage: Passage, names: frozenset[str]) -> bool:
    return _named_in(passage.tokens, names)


def _named_in(tokens: Sequence[Token], names: frozenset[str]) -> bool:
    return any(names_at(tokens, number, names) for number in range(len(tokens)))


def _joined(sentence: Passage, kept: tuple[Passage, ...]) -> Passage:
    tokens = tuple(token for clause in kept for token in clause.tokens)
    hits: dict[str, list[Hit]] = {}
    for clause in kept:
        for name, some in clause.hits.items():
            hits.setdefault(name, []).extend(some)
    return Passage(sentence.note, kept[0].start, kept[-1].end, sentence.label, tokens, hits, kept[0].actor, False, kept)
