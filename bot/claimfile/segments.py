"""An X12 file as a stream of segments: delimiters from each ISA, any line breaks, never more than one piece in memory.

Our own, since the maintained reader for Python (pyx12 4.0, BSD) streams too, but ends in silence at an empty segment,
keeps the first ISA's delimiters for a second one, and quotes what it read in its errors. The tests hold both together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bot.claimfile.models import Unread

_PIECE = 65_536
_LONGEST = 20_000
"""Characters in a segment; the longest of an 837P has a few hundred."""
# 106 characters by the standard; files whose ISA was not padded to its full width are shorter.
_LONGEST_ISA = 300
_ISA_ELEMENTS = 16
_BREAKS = "\r\n"
# A file of another system may end in Ctrl-Z or zero bytes.
_PADDING = " \t\r\n\x00\x1a"
_MARK = b"\xef\xbb\xbf"
_LATER_HEADER = re.compile(rb"[\r\n]\s*ISA([^A-Za-z0-9\s,;])\d\d\1")


@dataclass(slots=True)
class Segment:
    """One segment: its number in the file (the first ISA is 1), and its elements, the name first."""

    number: int
    elements: list[str]
    component: str
    """What parts an element: the colon of HC:90853:95."""

    @property
    def name(self) -> str:
        return self.elements[0]

    def get(self, at: int) -> str:
        """The element by its number in the standard (CLM01 is 1), trimmed; empty where there is none."""
        return self.elements[at].strip() if at < len(self.elements) else ""

    def parts(self, at: int) -> list[str]:
        """The components of an element, trimmed."""
        return [part.strip() for part in self.get(at).split(self.component)]


@dataclass(frozen=True, slots=True)
class _Delimiters:
    segment: str
    element: str
    component: str


class _Stop(Exception):  # noqa: N818  # no error: the rest cannot be told apart any more
    """Why nothing more can be read."""


def begins_as_x12(head: bytes) -> bool:
    """Whether a file's first bytes are an interchange header, or those of an X12 file that lost it."""
    bare = head.removeprefix(_MARK).lstrip(_PADDING.encode())
    if re.match(rb"(?:ISA|GS|ST|BHT|CLM|UNA|UNB)[^A-Za-z0-9\s,;]", bare):
        return True
    # A transfer's own first line, or an export in small letters: no table either.
    return bool(_LATER_HEADER.search(bare) or re.match(rb"isa[^A-Za-z0-9\s,;]", bare))


def read_segments(file: BinaryIO) -> Iterator[Segment | Unread]:
    """Every segment in order. Where the rest cannot be told apart, one `Unread` that says why, and no more.

    A last segment without its terminator is not given, unless it is the IEA that ends the file.
    """
    source = _Source(file)
    number = 0
    try:
        while source.at_segment():
            source.take_header()
            element, component = source.by.element, source.by.component
            for text in source.segments_to_next_header():
                number += 1
                yield Segment(number, text.split(element), component)
    except _Stop as stop:
        yield Unread(number + 1, str(stop))


class _Source:
    """The bytes still to be read, and the delimiters in force."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._rest = ""
        self._ended = False
        self._begun = False
        self.by = _Delimiters("~", "*", ":")

    def at_segment(self) -> bool:
        """Skip blanks; whether anything follows."""
        while True:
            self._rest = self._rest.lstrip(_PADDING)
            if self._rest or not self._more():
                return bool(self._rest)

    def _more(self) -> bool:
        if self._ended:
            return False
        read = self._file.read(_PIECE)
        if not self._begun:
            read, self._begun = read.removeprefix(_MARK), True
        # One character a byte: any byte may be a delimiter. Names are put right where they are read.
        self._rest += read.decode("latin-1")
        self._ended = not read
        return bool(read)

    def take_header(self) -> None:
        """Read the delimiters from the ISA that must stand here: its fourth character, and the two after ISA15."""
        while len(self._rest) < _LONGEST_ISA and self._more():
            pass
        if not self._rest.startswith("ISA"):
            raise _Stop(self._why_no_header())
        element = self._rest[3:4]
        at = 3
        for _ in range(_ISA_ELEMENTS - 1):
            at = self._rest.find(element, at + 1, _LONGEST_ISA) if element else -1
            if at < 0:
                cut = self._ended and len(self._rest) < _LONGEST_ISA
                raise _Stop("the ISA segment is cut off." if cut else "the ISA segment has not its sixteen elements.")
        marks = self._rest[at + 1 : at + 3]
        if len(marks) < 2:
            raise _Stop("the ISA segment is cut off.")
        self.by = _Delimiters(segment=marks[1], element=element, component=marks[0])
        alike = len({element, *marks}) < 3
        if alike or any(mark.isalnum() or mark == " " for mark in (element, *marks)):
            raise _Stop("the ISA segment does not tell the file's delimiters: it is cut, or not of full width.")

    def _why_no_header(self) -> str:
        if self._rest[:3].upper() == "ISA":
            return "the names of its segments are in small letters, and X12 has them in capitals: export it again."
        if _LATER_HEADER.search(self._rest.encode("latin-1")):
            return "something stands before the ISA segment, with which the file must begin: take that line out."
        return "no ISA segment stands where the file must begin: export it again as X12 837P, whole."

    def segments_to_next_header(self) -> Iterator[str]:
        """The segments up to the next ISA, the one at hand first, without line breaks and blanks around them."""
        end = self.by.segment
        first = True
        while True:
            *pieces, rest = self._rest.split(end)
            for at, piece in enumerate(pieces):
                text = _bare(piece)
                if not first and _is_header(text):
                    self._rest = text + end + end.join([*pieces[at + 1 :], rest])
                    return
                if joined := _joined(text, self.by.element):
                    yield joined[1]
                    self._rest = joined[2] + end + end.join([*pieces[at + 1 :], rest])
                    return
                if text:
                    first = False
                    yield text
            self._rest = rest
            if not first and _is_header(rest.lstrip(_PADDING)):
                return
            if joined := _joined(rest.lstrip(_PADDING), self.by.element):
                yield joined[1]
                self._rest = joined[2]
                return
            if len(rest) > _LONGEST:
                raise _Stop(f"no end of a segment within {_LONGEST:,} characters: the file is damaged here.")
            if not self._more():
                yield from self._last(_bare(rest))
                return

    def _last(self, text: str) -> Iterator[str]:
        """What stands after the last terminator: some systems leave out the one of the IEA."""
        self._rest = ""
        if text.startswith("IEA" + self.by.element) and text.count(self.by.element) == 2:
            yield text
        elif text:
            raise _Stop("the file ends inside a segment: it was cut off. Export or download it again.")


def _is_header(text: str) -> bool:
    """Whether a piece begins as an ISA with whatever delimiter."""
    return text[:3] == "ISA" and len(text) > 3 and not text[3].isalnum()


def _joined(text: str, element: str) -> re.Match[str] | None:
    """An IEA and the ISA after it: of files put together, where the first left out its last terminator."""
    if not text.startswith("IEA"):
        return None
    mark = re.escape(element)
    return re.match(rf"(IEA{mark}\d+{mark}\d+)\s*(ISA[^A-Za-z0-9\s].*)", text, re.DOTALL | re.ASCII)


def _bare(piece: str) -> str:
    """A segment without the line breaks that lie within it (files wrapped at 80 columns) and the blanks around it."""
    if "\n" in piece or "\r" in piece:
        for mark in _BREAKS:
            piece = piece.replace(mark, "")
    return piece.strip(_PADDING)
