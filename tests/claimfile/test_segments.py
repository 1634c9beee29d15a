"""Segments come out of any file of the standard: whatever its delimiters and line breaks, wherever it was cut."""

import io
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyx12.x12file import X12Reader

from bot.claimfile.models import Unread
from bot.claimfile.segments import Segment, begins_as_x12, read_segments
from tests.bench.invented_claims import Envelope, as_text, many, segments

_MARKS = [mark for mark in string.punctuation if mark not in "-_"] + list("\n\r\x1c\x1d\x1e\x1f\u0085\u00a6")
_BOUNDED = settings(max_examples=60)
_PLAIN = as_text(segments(many(2)))


@st.composite
def envelopes(draw: st.DrawFn) -> Envelope:
    """Three different delimiters; where the terminator is a line break, breaks of the other sort may follow it."""
    element, component, end = draw(st.lists(st.sampled_from(_MARKS), min_size=3, max_size=3, unique=True))
    element, component = (one if one not in "\n\r" else other for one, other in ((element, "*"), (component, ":")))
    if len({element, component, end}) < 3:
        element, component, end = "*", ":", "~"
    breaks = draw(st.sampled_from(["", "\n", "\r\n", "\n\n", " \r\n", "\r"]))
    repetition = draw(st.sampled_from([one for one in "^!+%" if one not in (element, component, end)]))
    return Envelope(element=element, component=component, segment=end, breaks=breaks, repetition=repetition)


def read(data: bytes) -> list[Segment | Unread]:
    return list(read_segments(io.BytesIO(data)))


def told(found: list[Segment | Unread]) -> list[list[str]]:
    assert not [one for one in found if isinstance(one, Unread)]
    return [one.elements for one in found if isinstance(one, Segment)]


@_BOUNDED
@given(envelopes())
def test_any_delimiters_and_line_breaks_give_the_same_segments(envelope: Envelope) -> None:
    wanted = [one.split("*") for one in segments(many(3), Envelope(repetition=envelope.repetition))]
    found = told(read(as_text(segments(many(3), envelope), envelope).encode("latin-1")))
    # Elements hold the file's own component separator.
    assert [[part.replace(envelope.component, ":") for part in one] for one in found] == [
        [part.replace(envelope.component, ":") for part in one] for one in wanted
    ]


@_BOUNDED
@given(envelopes(), st.integers(min_value=0, max_value=3000))
def test_a_file_cut_anywhere_gives_what_stands_before_the_cut_and_at_most_one_line(
    envelope: Envelope, cut: int
) -> None:
    whole = as_text(segments(many(3), envelope), envelope).encode("latin-1")
    found, all_of_it = read(whole[:cut]), read(whole)
    unread = [one for one in found if isinstance(one, Unread)]
    assert len(unread) <= 1
    kept = [one for one in found if isinstance(one, Segment)]
    # The very last one may be an IEA that was cut within its number.
    for one, other in zip(kept, all_of_it, strict=False):
        assert one == other or one.name == "IEA"


@_BOUNDED
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_read_or_refused_in_a_line(data: bytes, begun: bool) -> None:
    begins_as_x12(data)
    found = read(_PLAIN[:106].encode() + data if begun else data)
    assert sum(isinstance(one, Unread) for one in found) <= 1


def test_segments_are_numbered_through_the_file_from_one() -> None:
    found = read(_PLAIN.encode())
    assert [one.number for one in found if isinstance(one, Segment)] == list(range(1, len(found) + 1))


def test_the_maintained_reader_sees_the_same_segments() -> None:
    theirs = [str(one).rstrip("~").split("*") for one in X12Reader(io.StringIO(_PLAIN))]
    ours = told(read(_PLAIN.encode()))
    # Theirs leaves empty elements at a segment's end out.
    assert [[*filter(None, one)] for one in ours] == [[*filter(None, one)] for one in theirs]


def test_a_file_wrapped_at_80_columns_reads_as_one_that_is_not() -> None:
    flat = as_text(segments(many(3)), Envelope(breaks=""))
    wrapped = "\r\n".join(flat[at : at + 80] for at in range(0, len(flat), 80))
    assert told(read(wrapped.encode())) == told(read(flat.encode()))


def test_a_second_interchange_may_have_delimiters_of_its_own() -> None:
    other = Envelope(element="|", component="^", segment="!", breaks="", repetition="%")
    both = as_text(segments(many(1))) + as_text(segments(many(1), other), other)
    found = told(read(both.encode()))
    assert found[: len(found) // 2][1:] == [
        [part.replace("^", ":") for part in one] for one in found[len(found) // 2 :][1:]
    ]


@pytest.mark.parametrize(
    "around", [(b"\xef\xbb\xbf", b""), (b"\r\n \n", b""), (b"", b"\x1a"), (b"", b"\x00\x00\r\n"), (b"", b"\n\n\n")]
)
def test_marks_and_padding_around_the_file_are_no_segments(around: tuple[bytes, bytes]) -> None:
    before, after = around
    assert told(read(before + _PLAIN.encode() + after)) == told(read(_PLAIN.encode()))


def test_empty_segments_end_nothing() -> None:
    assert told(read(_PLAIN.replace("~\nCLM", "~~\n~CLM").encode())) == told(read(_PLAIN.encode()))


def test_the_last_terminator_may_be_missing() -> None:
    assert told(read(_PLAIN.rstrip("~\n").encode())) == told(read(_PLAIN.encode()))


def test_a_segment_without_end_is_given_up_in_bounded_memory() -> None:
    found = read(_PLAIN.encode()[:110] + b"A" * 2_000_000)
    assert isinstance(found[-1], Unread)
    assert "no end of a segment" in found[-1].why


@pytest.mark.parametrize("breaks", ["", "\n", "\r\n"])
def test_files_put_together_where_the_first_had_no_last_terminator_are_both_read(breaks: str) -> None:
    first = _PLAIN.rstrip("\n~") + breaks
    for other in (Envelope(), Envelope(element="|", component=">", segment="!")):
        found = told(read((first + as_text(segments(many(2), other), other)).encode()))
        assert found[: len(found) // 2] == told(read(_PLAIN.encode()))
        assert [one[0] for one in found if one[0] in {"ISA", "IEA"}] == ["ISA", "IEA"] * 2
