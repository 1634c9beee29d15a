"""The labelled pairs of members' parts: made of what stands in `copies/` (its README says how)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from bot.review.models import Member, Segments, Span

HERE = Path(__file__).parent / "copies"
HALVES = ("tuning", "kept")
SHARED_SESSION = "shared session"
LONG_SESSION = "shared session, longer than the rest"


@dataclass(frozen=True)
class Pair:
    """Two parts; `copy` is what an auditor would say. `earlier`: the first stands in an earlier note."""

    id: int
    kind: str
    copy: bool
    first: str
    second: str
    labels: tuple[str, str]
    session: str = ""
    layout: str = "Patient: {label}\n{text}"
    earlier: bool = False

    @property
    def half(self) -> str:
        """Odd numbers tune, even ones are kept."""
        return HALVES[(self.id + 1) % 2]

    def note(self) -> tuple[str, Segments]:
        """Both parts in one note, split as it was put together."""
        return _note(self.session, self.layout, list(zip(self.labels, (self.first, self.second), strict=True)))

    def notes(self) -> tuple[tuple[str, Segments], tuple[str, Segments]]:
        """The earlier note and the one under review."""
        first, second = (
            _note(f"{day}. {self.session}", self.layout, [(label, text)])
            for day, label, text in zip(
                ("10/3/2026", "10/10/2026"), self.labels, (self.first, self.second), strict=True
            )
        )
        return first, second


def _note(session: str, layout: str, parts: list[tuple[str, str]]) -> tuple[str, Segments]:
    text, members = session, []
    for label, said in parts:
        told = said.replace("{label}", label).strip()
        before, after = layout.replace("{label}", label).split("{text}")
        text += f"\n\n{before}"
        members.append(Member(label=label, spans=(Span(start=len(text), end=len(text) + len(told)),)))
        text += told + after
    spans = (Span(start=0, end=len(session)),) if session else ()
    return text, Segments(session=spans, members=tuple(members), sure=True, how="as it was put together")


@cache
def load() -> tuple[Pair, ...]:
    """Every pair. A part and all made from it are of one half."""
    ids = {"odd": count(1, 2), "even": count(2, 2)}
    pairs: list[Pair] = []

    def put(place: int, **fields: Any) -> None:
        pairs.append(Pair(id=next(ids["odd" if place % 2 else "even"]), **fields))

    place = 0
    for path in sorted(HERE.glob("voices/*.yaml")):
        voice = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number in range(len(voice["parts"])):
            place += 1
            for fields in _of_part(voice, number, place // 2 % 2):
                put(place, **fields)
    written = yaml.safe_load((HERE / "pairs.yaml").read_text(encoding="utf-8"))
    for place, one in enumerate(written, start=1):
        put(
            place,
            kind=one["kind"],
            copy=one["copy"],
            first=one["a"],
            second=one["b"],
            labels=tuple(one.get("labels", ("K.L.", "M.R."))),
            session=one.get("session", "Group psychotherapy, 90853."),
        )
    return tuple(pairs)


def _of_part(voice: dict[str, Any], number: int, turn: int) -> Iterator[dict[str, Any]]:
    part, stock = voice["parts"][number], voice["stock"]
    other = voice["parts"][(number + 1) % len(voice["parts"])]
    text = part["text"]
    common = {
        "labels": tuple(voice["labels"]),
        "session": voice["session"],
        "layout": voice["layout"],
    }

    def with_stock(words: str) -> str:
        return f"{words.strip()}{_between(words, stock)}{stock.strip()}"

    yield {**common, "kind": "names and pronouns", "copy": True, "first": text, "second": swap_people(text)}
    dated = swap_numbers(swap_people(text))
    yield {**common, "kind": "dates and numbers", "copy": True, "first": with_stock(text), "second": with_stock(dated)}
    yield {**common, "kind": "synonyms", "copy": True, "first": text, "second": part["syn"]}
    if "order" in part:
        yield {**common, "kind": "reordered", "copy": True, "first": text, "second": swap_people(part["order"])}
    for kind, alike in (("same exercise", part["twin"]), ("same session", other["text"])):
        yield {
            **common,
            "kind": f"look-alike: {kind}",
            "copy": False,
            "first": with_stock(text),
            "second": with_stock(alike),
        }
    # Half of them stand in a note whose session part does not hold the paragraph, half beside the usual one.
    bare = {**common, "session": voice["session"] if turn else ""}
    paragraph = voice["shared"][turn]
    long = "\n".join((voice["session"], *voice["shared"]))
    for kind, shared, alike in ((SHARED_SESSION, paragraph, part["twin"]), (LONG_SESSION, long, other["text"])):
        first, second = _behind(shared, text), _behind(shared, alike)
        yield {**bare, "kind": kind, "copy": False, "first": first, "second": second}
    if turn:
        first, second = _behind(paragraph, text), _behind(paragraph, part["syn"])
    else:
        first, second = _behind(long, text), _behind(long, dated)
    yield {**bare, "kind": "copied under a shared session", "copy": True, "first": first, "second": second}
    earlier = {**common, "earlier": True, "first": with_stock(text)}
    own = {**earlier, "labels": (voice["labels"][0],) * 2}
    yield {**own, "kind": "earlier: honest next note", "copy": False, "second": with_stock(part["later"])}
    if turn:
        carried = with_stock(swap_numbers(text))
        yield {**own, "kind": "earlier: carried forward", "copy": True, "second": carried}
        yield {**earlier, "kind": "earlier: look-alike", "copy": False, "second": with_stock(part["twin"])}
    else:
        yield {**earlier, "kind": "earlier: edited for another", "copy": True, "second": with_stock(part["syn"])}


def _behind(shared: str, words: str) -> str:
    return f"{shared.strip()}{_between(words, shared)}{words.strip()}"


def _between(words: str, added: str) -> str:
    """Cells go on with a bar, lines with a line, prose with a blank."""
    if " | " in words:
        return " | "
    return "\n" if "\n" in words.strip() or "\n" in added.strip() else " "


_OTHER = {
    "he": "she",
    "she": "he",
    "his": "her",
    "him": "her",
    "himself": "herself",
    "herself": "himself",
    "hers": "his",
    "he's": "she's",
    "she's": "he's",
    "husband": "wife",
    "wife": "husband",
    "dad": "mom",
    "mom": "dad",
}
_PEOPLE = re.compile(rf"\b(?:her|{'|'.join(_OTHER)})\b(?!')", re.IGNORECASE)
# "Her" is whose it is before a word that may be owned, else whom.
_WHOM = re.compile(
    r"\s*(?:[.,;:!?)]|$|(?:and|to|in|at|with|by|when|once|outside|out|what|whether|from|on|along|a|the)\b)"
)


def swap_people(text: str) -> str:
    """Every pronoun of one kind turned into the other's."""

    def other(match: re.Match[str]) -> str:
        word = match[0].lower()
        new = _OTHER.get(word) or ("him" if _WHOM.match(text, match.end()) else "his")
        return new.capitalize() if match[0][0].isupper() else new

    return _PEOPLE.sub(other, text)


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT = ("Mon", "Tues", "Wed", "Thurs", "Fri", "Sat", "Sun")
_SPELT = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_FIGURE = re.compile(r"\b\d+\b(?!/\d)|\b(?:" + "|".join((*_DAYS, *_SHORT, *_SPELT)) + r")\b")


def swap_numbers(text: str) -> str:
    """Days moved on by two, figures and small numbers raised by one."""

    def other(match: re.Match[str]) -> str:
        said = match[0]
        for days in (_DAYS, _SHORT):
            if said in days:
                return days[(days.index(said) + 2) % 7]
        if said in _SPELT:
            return _SPELT[(_SPELT.index(said) + 1) % len(_SPELT)]
        return str(int(said) + 1)

    return _FIGURE.sub(other, text)
