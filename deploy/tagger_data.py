"""The labelled sentences and notes that `train_tagger.py` learns from: never a kept half.

A note's labels name one quote for each element that is met or partial. The sentence with the quote has that label;
of the others we know only that they earn no more than the whole part does.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.review.elements.passages import Reading, read_note
from bot.review.models import PATIENT_ELEMENTS, SESSION_ELEMENTS, Element, Judgement, Member, Segments, Span
from bot.review.plain import caps
from bot.review.rules import judge_by_rules
from bot.review.segment import segment
from bot.review.tagger import TAGGED, Earns, Kind
from bot.review.units import Unit, member_units, session_units
from tests.eval import run_elements, run_sessions
from tests.eval.run_elements import STATUS
from tests.eval.run_sessions import Note, accepted

TESTS = Path(__file__).resolve().parents[1] / "tests"
SENTENCES = TESTS / "eval" / "sentences"
PHRASES = TESTS / "review" / "elements" / "phrases"
EARNS = {"missing": Earns.NOTHING, "partial": Earns.PARTIAL, "met": Earns.MET}
KIND = "kind"
# A sentence beside the one that earns a partial earns no more, but perhaps as much.
OTHERS_OF_PARTIAL = 0.4


@dataclass
class Sentence:
    """One text as the tagger gets it; `earns` has a place and a weight for each element that is known of it.

    `caps` are the most that it can earn for some elements, whatever the tagger makes of it.
    """

    text: str
    earns: dict[str, tuple[int, float]] = field(default_factory=dict)
    caps: tuple[tuple[Element, Earns], ...] = ()


@dataclass
class Part:
    """One member's part, or a session's: its sentences, what a person and the rules say of it as a whole."""

    author: str
    note: str
    sentences: list[Sentence]
    wanted: dict[Element, list[str]]
    by_rules: dict[Element, str]
    members: list["Part"] = field(default_factory=list)


@dataclass
class Data:
    """Loose sentences with their authors, members' parts and sessions' parts."""

    loose: list[tuple[str, Sentence]]
    members: list[Part]
    sessions: list[Part]

    def sentences(self, without: Iterable[str] = ()) -> list[Sentence]:
        """All sentences of which anything is known, but for some authors'."""
        left = set(without)
        found = [sentence for author, sentence in self.loose if author not in left]
        for part in (*self.members, *self.sessions):
            if part.author not in left:
                found += part.sentences
        return [sentence for sentence in found if sentence.earns]


def load() -> Data:
    data = Data(loose=[*_banks(), *_session_bank(), *_phrases()], members=[], sessions=[])
    for note in run_sessions.load("tune"):
        _add_note(data, note)
    for case in run_elements.load("tuning"):
        _add_elements(data, *case)
    for number, line in enumerate(_lines(SENTENCES / "o_whole.jsonl")):
        reading, judged, units = _alone(line["text"])
        wanted = {Element(name): [status] for name, status in line["labels"].items()}
        data.sessions.append(_part("w", f"whole {number}", units, wanted, {}, judged.session, reading.note))
    return data


def _add_note(data: Data, note: Note) -> None:
    labels, text = note.labels, note.text
    segments = segment(text)
    reading = read_note(text, segments)
    judged = judge_by_rules(reading)
    author = _author(note.name)
    session = _part(
        author,
        note.name,
        session_units(reading),
        _statuses(labels["session"]),
        labels["evidence"],
        judged.session,
        text,
    )
    patients = {_bare(patient["label"]): patient for patient in labels["patients"]}
    for member, read, verdicts in zip(segments.members, reading.members, judged.members, strict=True):
        patient = patients.pop(_bare(member.label), None)
        wanted, quotes = (_statuses(patient["elements"]), patient["evidence"]) if patient else ({}, {})
        part = _part(author, note.name, member_units(reading, read), wanted, quotes, verdicts, text)
        data.members.append(part)
        session.members.append(part)
    data.sessions.append(session)


def _add_elements(data: Data, name: str, text: str, segments: Segments, case: dict) -> None:
    """A note with statuses and no quotes: only what is missing can be laid to its sentences."""
    reading = read_note(text, segments)
    judged = judge_by_rules(reading)
    for member, read, verdicts in zip(case["members"], reading.members, judged.members, strict=True):
        wanted = dict(zip(PATIENT_ELEMENTS, ([str(STATUS[one])] for one in member["labels"]), strict=True))
        units = member_units(reading, read)
        data.members.append(_part("e", name, units, wanted, {}, verdicts, text))


def _part(  # noqa: PLR0913, PLR0917
    author: str, note: str, units: list[Unit], wanted: dict[Element, list[str]], quotes: dict, verdicts: dict, text: str
) -> Part:
    sentences = [Sentence(unit.text, caps=tuple(caps(unit))) for unit in units]
    for element, statuses in wanted.items():
        if element not in TAGGED or len(statuses) > 1:
            continue
        places = [(m.start(), m.end()) for m in re.finditer(re.escape(quotes.get(element) or "\0"), text)]
        earning = [
            sentence
            for unit, sentence in zip(units, sentences, strict=True)
            if any(unit.start < end and start < unit.end for start, end in places)
        ]
        for sentence in sentences:
            if statuses == ["missing"]:
                sentence.earns[element] = (Earns.NOTHING, 1.0)
            elif sentence in earning:
                share = 1 / len(earning) if statuses == ["met"] else 1.0
                sentence.earns[element] = (EARNS[statuses[0]], share)
            elif statuses == ["partial"] and quotes:
                sentence.earns[element] = (Earns.NOTHING, OTHERS_OF_PARTIAL)
    by_rules = {element: str(verdict.status) for element, verdict in verdicts.items()}
    return Part(author, note, sentences, wanted, by_rules)


def _banks() -> Iterator[tuple[str, Sentence]]:
    """Sentences as they would stand in one member's part: what is not said of an element is that they earn nothing."""
    for path in sorted(SENTENCES.glob("?.jsonl")):
        for line in _lines(path):
            earns = {e: (EARNS[line["labels"].get(e, "missing")], 1.0) for e in PATIENT_ELEMENTS}
            yield from ((path.stem, s) for s in _loose(line["text"], _in_member(line["text"]), earns, line["labels"]))


def _session_bank() -> Iterator[tuple[str, Sentence]]:
    for line in _lines(SENTENCES / "o_session.jsonl"):
        tagged = [e for e in TAGGED if e in SESSION_ELEMENTS]
        earns: dict[str, tuple[int, float]] = {e: (EARNS[line["labels"].get(e, "missing")], 1.0) for e in tagged}
        earns[KIND] = (Kind[line["kind"].upper()], 1.0)
        said = line["labels"] or line["kind"] != "none"
        yield from (("o", s) for s in _loose(line["text"], _alone(line["text"])[2], earns, said))


def _phrases() -> Iterator[tuple[str, Sentence]]:
    """The phrases of the rules' own tests, each known for one element."""
    for element in TAGGED:
        for status, texts in yaml.safe_load((PHRASES / f"{element}.yaml").read_text("utf-8")).items():
            for text in texts:
                units = _in_member(text) if element in PATIENT_ELEMENTS else _alone(text)[2]
                if len(units) == 1:
                    yield "phrases", Sentence(units[0].text, {element: (EARNS[status], 1.0)})


def _loose(text: str, units: list[Unit], earns: dict, said: object) -> Iterator[Sentence]:
    """A labelled text as the tagger reads it; one of several sentences that earns something stays whole."""
    if len(units) > 1 and said:
        yield Sentence(text, earns)
    else:
        yield from (Sentence(unit.text, earns) for unit in units)


def _in_member(text: str) -> list[Unit]:
    whole = Span(start=0, end=len(text))
    segments = Segments(session=(), members=(Member(label="Patient", spans=(whole,)),), sure=True, how="")
    reading = read_note(text, segments)
    return member_units(reading, reading.members[0])


def _alone(text: str) -> tuple[Reading, Judgement, list[Unit]]:
    segments = Segments(session=(Span(start=0, end=len(text)),), members=(), sure=True, how="")
    reading = read_note(text, segments)
    return reading, judge_by_rules(reading), session_units(reading)


def _statuses(labels: dict) -> dict[Element, list[str]]:
    return {Element(name): accepted(one) for name, one in labels.items()}


def _author(stem: str) -> str:
    """tune_k01 is by k; of those with a number alone, 1 to 20 and from 41 on are by one person."""
    name = stem.split("_")[1]
    return name[0] if name[0].isalpha() else "b" if 20 < int(name) <= 40 else "a"


def _bare(label: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"(?i)^(client|patient|pt|member|mrs?|ms|dr)\b", "", label)).casefold()


def _lines(path: Path) -> Iterator[dict]:
    yield from (json.loads(line) for line in path.read_text("utf-8").splitlines())
