"""The envelope of an X12 file: interchanges (ISA), groups (GS) and transactions (ST), their counts and numbers held.

Rules of X12.5 and X12.6 as the guide 005010X222A1 has them in its appendix C: SE01 counts the segments from ST to SE,
both included; GE01 the transactions, IEA01 the groups; SE02, GE02 and IEA02 repeat the numbers of ST02, GS06 and ISA13.
"""

from collections.abc import Iterable, Iterator

from bot.claimfile.models import Unread
from bot.claimfile.segments import Segment

_PROFESSIONAL = "005010X222"
_NOT_CHECKED = "90853 on it was not checked"
_NO_CLAIMS = "no claims are in it"
_COMES_BACK = "an acknowledgment comes back for claims; name the claims file"
_OTHER_GUIDES = {
    "005010X223": ("an 837I (institutional claims)", _NOT_CHECKED),
    "005010X224": ("an 837D (dental claims)", _NOT_CHECKED),
    "004010X098": ("an 837P of the older version 4010", f"{_NOT_CHECKED}; export it as 005010X222A1"),
    "004010X096": ("an 837I of the older version 4010", _NOT_CHECKED),
    "005010X214": ("a 277CA (claim acknowledgment)", _COMES_BACK),
}
_OTHER_SETS = {
    "835": ("an 835 (remittance advice)", _NO_CLAIMS),
    "270": ("a 270 (eligibility request)", _NO_CLAIMS),
    "271": ("a 271 (eligibility answer)", _NO_CLAIMS),
    "275": ("a 275 (attachment)", _NO_CLAIMS),
    "276": ("a 276 (claim status request)", _NO_CLAIMS),
    "277": ("a 277 (claim status)", _NO_CLAIMS),
    "278": ("a 278 (authorization request)", _NO_CLAIMS),
    "820": ("an 820 (premium payment)", _NO_CLAIMS),
    "824": ("an 824 (application advice)", _COMES_BACK),
    "834": ("an 834 (enrollment)", _NO_CLAIMS),
    "997": ("a 997 (acknowledgment)", _COMES_BACK),
    "999": ("a 999 (acknowledgment)", _COMES_BACK),
}


# Where the number stands that a trailer repeats, and what it counts.
_TRAILERS = {"SE": (2, "ST02", "segments"), "GE": (6, "GS06", "transactions"), "IEA": (13, "ISA13", "groups")}


class _Cut(Unread):
    """The file ends too early: whatever claim was being read is not whole."""


def is_cut(item: Segment | Unread) -> bool:
    """Whether nothing that follows can be read, so that the claim at hand is not whole."""
    return isinstance(item, _Cut)


def professional_claims(read: Iterable[Segment | Unread]) -> Iterator[Segment | Unread]:
    """The segments of 837P transactions, ST and SE included; what is wrong around them in one `Unread` each.

    Wrong counts and numbers are said, and the claims read all the same; other kinds of transactions are passed over.
    """
    envelope = _Envelope()
    last = 0
    for item in read:
        if isinstance(item, Unread):
            yield _Cut(item.place, envelope.with_reach(item.why))
            return
        last = item.number
        if envelope.holds(item):
            yield item
        else:
            yield from envelope.take(item)
    if why := envelope.open_at_end():
        yield _Cut(last, why)
    elif last == 0:
        yield Unread(1, "the file is empty.")


class _Envelope:
    """What is open, with its number and what was counted in it."""

    def __init__(self) -> None:
        self._isa: Segment | None = None
        self._gs: Segment | None = None
        self._st: Segment | None = None
        self._groups = self._transactions = self._segments = 0
        self._wanted = False
        self._stray = False
        self._handlers = {
            "ISA": self._open_interchange,
            "GS": self._open_group,
            "ST": self._open_transaction,
            "SE": self._close_transaction,
            "GE": self._close_group,
            "IEA": self._close_interchange,
        }

    def holds(self, segment: Segment) -> bool:
        """Whether this is a segment within an 837P, which is most of them; it is counted."""
        if self._st is None or not self._wanted or segment.elements[0] in self._handlers:
            return False
        self._segments += 1
        return True

    def take(self, segment: Segment) -> Iterator[Segment | Unread]:
        """Any other segment; an 837P's own ST and SE are given on."""
        handler = self._handlers.get(segment.name)
        if handler is not None:
            yield from handler(segment)
        elif self._st is not None:
            self._segments += 1
        elif segment.name == "TA1":
            yield Unread(segment.number, f"TA1 (acknowledgment) was passed over: {_COMES_BACK}.")
        elif not self._stray:
            self._stray = True
            yield Unread(
                segment.number,
                f"{_shown(segment.name)} stands outside a transaction (its ST is missing): nothing up to the next ST "
                "was read. Export the file again.",
            )

    def open_at_end(self) -> str:
        """What the file leaves open at its end, in a line; empty where all is closed."""
        missing = [end for end, opened in (("SE", self._st), ("GE", self._gs), ("IEA", self._isa)) if opened]
        if not missing:
            return ""
        return self.with_reach(f"the file ends without its {' and '.join(missing)}: it was cut off. Export it again.")

    def with_reach(self, why: str) -> str:
        """The reason, and from where on what was read of an open transaction is not sure to be whole."""
        if self._st is None or not self._wanted:
            return why
        return f"{why} The transaction from segment {self._st.number} on is not whole; its last claim was not checked."

    # -- beginnings

    def _open_interchange(self, segment: Segment) -> Iterator[Segment | Unread]:
        yield from self._left_open(segment, ("SE", self._st), ("GE", self._gs), ("IEA", self._isa))
        self._isa, self._gs, self._st = segment, None, None
        self._groups = 0
        self._stray = False

    def _open_group(self, segment: Segment) -> Iterator[Segment | Unread]:
        yield from self._left_open(segment, ("SE", self._st), ("GE", self._gs))
        if self._isa is None:
            yield Unread(
                segment.number, "GS stands outside an interchange (its ISA is missing); it was read all the same."
            )
        self._gs, self._st = segment, None
        self._groups += 1
        self._transactions = 0
        self._stray = False

    def _open_transaction(self, segment: Segment) -> Iterator[Segment | Unread]:
        yield from self._left_open(segment, ("SE", self._st))
        if self._gs is None:
            yield Unread(segment.number, "ST stands outside a group (its GS is missing); it was read all the same.")
        self._st = segment
        self._transactions += 1
        self._segments = 1
        self._stray = False
        other = self._other_kind(segment)
        self._wanted = not other
        if other:
            yield Unread(segment.number, other)
        else:
            yield segment

    def _other_kind(self, segment: Segment) -> str:
        """What is said of a transaction that is no 837P of version 5010; empty for one that is."""
        kind = segment.get(1)
        guide = segment.get(3) or (self._gs.get(8) if self._gs else "")
        if kind == "837" and guide.startswith(_PROFESSIONAL):
            return ""
        known = next((told for start, told in _OTHER_GUIDES.items() if guide.startswith(start)), None)
        if known is None and kind == "837":
            return f"the 837 does not name the guide 005010X222A1 in ST03: it was passed over; {_NOT_CHECKED}."
        name, then = known or _OTHER_SETS.get(kind, ("of another kind than 837", _NO_CLAIMS))
        return f"the transaction is {name}: it was passed over; {then}."

    def _left_open(self, segment: Segment, *levels: tuple[str, Segment | None]) -> Iterator[Segment | Unread]:
        missing = [(end, opened) for end, opened in levels if opened is not None]
        if missing:
            ends = " and ".join(f"{end} (of segment {opened.number})" for end, opened in missing)
            yield Unread(
                segment.number,
                f"{segment.name} begins before {ends}: something is missing. The claims before it were read.",
            )

    # -- ends

    def _close_transaction(self, segment: Segment) -> Iterator[Segment | Unread]:
        if self._st is None:
            if not self._stray:
                yield Unread(
                    segment.number, "SE stands without its ST: what it closes was not read. Export the file again."
                )
            return
        if wrong := _wrong(segment, self._st, self._segments + 1):
            yield wrong
        if self._wanted:
            yield segment
        self._st = None

    def _close_group(self, segment: Segment) -> Iterator[Segment | Unread]:
        yield from self._left_open(segment, ("SE", self._st))
        if self._gs is None:
            yield Unread(segment.number, "GE stands without its GS: a part of the file is missing. Export it again.")
        elif wrong := _wrong(segment, self._gs, self._transactions):
            yield wrong
        self._gs = self._st = None
        self._stray = False

    def _close_interchange(self, segment: Segment) -> Iterator[Segment | Unread]:
        yield from self._left_open(segment, ("SE", self._st), ("GE", self._gs))
        if self._isa is None:
            yield Unread(segment.number, "IEA stands without its ISA: a part of the file is missing. Export it again.")
        elif wrong := _wrong(segment, self._isa, self._groups):
            yield wrong
        self._isa = self._gs = self._st = None
        self._stray = False


def _wrong(segment: Segment, opened: Segment, counted: int) -> Unread | None:
    """A trailer whose count or number is not that of what it closes; the claims in it are read all the same."""
    name = segment.name
    at, where, what = _TRAILERS[name]
    wrong = []
    if segment.get(1).lstrip("0") != str(counted).lstrip("0"):
        told = segment.get(1) if segment.get(1).isdecimal() and len(segment.get(1)) < 11 else "no number of"
        wrong.append(f"{name}01 says {told} {what}, and {counted} {'was' if counted == 1 else 'were'} counted")
    if segment.get(2).lstrip("0") != opened.get(at).lstrip("0"):
        wrong.append(f"{name}02 is not the number in {where}")
    if not wrong:
        return None
    return Unread(
        segment.number,
        f"{'; '.join(wrong)}. The claims were read; a clearinghouse may refuse the file: export it again.",
    )


def _shown(name: str) -> str:
    """A segment's name where it is one; a name of other signs may be anything."""
    return name if name.isascii() and name.isalnum() and len(name) <= 3 else "a segment"
