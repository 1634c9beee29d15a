"""The claims of an 837P, from its segments: loops 2010AA to 2400 of 005010X222A1, what the checks need of them.

What a claim inherits stands before it in the tree of HL segments: billing provider (20), subscriber and payer (22),
patient where another than the subscriber (23). After a claim's own SBR (loop 2320) names are those of other payers.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from bot.claimfile.envelope import is_cut
from bot.claimfile.models import Claim, Patient, PayerName, ServiceLine, Unread
from bot.claimfile.people import patient, readable
from bot.claimfile.segments import Segment
from bot.claims.authorization import is_number
from bot.policies.states import STATES

_LONGEST_NUMBER = 50
"""More than the 38 characters that CLM01 may have."""
_MOST_LINES = 999
"""The guide allows 50 service lines; of more than this a claim is not read."""
_ENDS = frozenset({"CLM", "HL", "ST", "SE"})
# HI of 2300: principal and other diagnoses by ICD-10-CM (ABK, ABF), and by ICD-9-CM (BK, BF) of before October 2015.
_DIAGNOSES = frozenset({"ABK", "ABF", "BK", "BF"})
# A code of CPT, which is one whatever the file calls it.
_PROCEDURE = re.compile(r"\d{5}", re.ASCII)


def read_claims(segments: Iterable[Segment | Unread]) -> Iterator[Claim | Unread]:
    """Each claim once it is whole, and what could not be read; a claim cut off by the file's end is left out."""
    tree = _Tree()
    for item in segments:
        if isinstance(item, Unread):
            if is_cut(item):
                tree.drop()
            yield item
            continue
        name = item.elements[0]
        if name in _ENDS and (claim := tree.finish()):
            yield claim
        if name in tree.takers and (too_many := tree.take(item)):
            yield too_many
    if claim := tree.finish():
        yield claim


@dataclass
class _Name:
    last: str = ""
    first: str = ""
    middle: str = ""
    member_id: str = ""
    born: str = ""

    def as_patient(self, subscriber: "_Name") -> Patient | None:
        """A dependent has no number of their own: the subscriber's tells the family."""
        number = self.member_id or subscriber.member_id
        return patient(last=self.last, first=self.first, middle=self.middle, born=self.born, member_id=number)


@dataclass(slots=True)
class _Line:
    """The service line being read."""

    place: int
    place_of_service: str
    code: str = ""
    modifiers: tuple[str, ...] = ()
    units: str = ""
    measure: str = ""
    pointers: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    dated: bool = False
    day_of_claim: bool = False
    authorized: bool = False
    qualifier: str = ""
    rendering: str = ""

    def whole(self) -> ServiceLine:
        return ServiceLine(
            place=self.place,
            code=self.code,
            modifiers=self.modifiers,
            units=self.units,
            measure=self.measure,
            place_of_service=self.place_of_service,
            pointers=self.pointers,
            first_day=self.first_day,
            last_day=self.last_day,
            day_of_claim=self.day_of_claim,
            authorized=self.authorized,
            qualifier=self.qualifier,
            rendering=self.rendering,
        )


@dataclass(slots=True)
class _Open:
    """The claim being read."""

    number: str
    place: int
    place_of_service: str
    frequency: str
    diagnoses: list[tuple[str, str]] = field(default_factory=list)
    authorized: bool = False
    lines: list[ServiceLine] = field(default_factory=list)
    rendering: str = ""
    replaces: bool = False
    first_day: date | None = None
    last_day: date | None = None
    other_payer: bool = False
    overfull: bool = False


class _Tree:
    """What was said so far that the next claim inherits, and the claim at hand."""

    def __init__(self) -> None:
        self._provider_state = ""
        self._payer = PayerName()
        self._sequence = ""
        self._subscriber = _Name()
        self._dependent: _Name | None = None
        self._named = ""
        self._claim: _Open | None = None
        self._line: _Line | None = None
        self.takers = {
            "HL": self._hl,
            "SBR": self._sbr,
            "NM1": self._nm1,
            "N4": self._n4,
            "DMG": self._dmg,
            "CLM": self._clm,
            "HI": self._hi,
            "REF": self._ref,
            "LX": self._lx,
            "SV1": self._sv1,
            "DTP": self._dtp,
        }

    def take(self, segment: Segment) -> Unread | None:
        """One segment of `takers`; what it makes unreadable, if anything."""
        self.takers[segment.name](segment)
        if segment.name == "LX" and self._claim and len(self._claim.lines) == _MOST_LINES and not self._claim.overfull:
            self._claim.overfull = True
            return Unread(
                segment.number, f"the claim has more than {_MOST_LINES} service lines: the rest were not read."
            )
        return None

    def drop(self) -> None:
        """Forget the claim at hand: its end is missing."""
        self._claim = self._line = None

    def finish(self) -> Claim | None:
        """The claim at hand, whole."""
        self._end_line()
        claim, self._claim = self._claim, None
        if claim is None:
            return None
        who = self._dependent or self._subscriber
        return Claim(
            number=claim.number,
            place=claim.place,
            payer=self._payer,
            patient=who.as_patient(self._subscriber),
            lines=tuple(claim.lines),
            diagnoses=tuple(claim.diagnoses),
            authorized=claim.authorized,
            frequency=claim.frequency,
            sequence=self._sequence,
            replaces=claim.replaces,
        )

    def _end_line(self) -> None:
        if self._claim is not None and self._line is not None and len(self._claim.lines) < _MOST_LINES:
            self._line.rendering = self._line.rendering or self._claim.rendering
            if not self._line.dated and self._claim.first_day:
                self._line.first_day, self._line.last_day = self._claim.first_day, self._claim.last_day
                self._line.day_of_claim = True
            self._claim.lines.append(self._line.whole())
        self._line = None

    # -- before the claims

    def _hl(self, segment: Segment) -> None:
        level = segment.get(3)
        self._named = ""
        self._dependent = _Name() if level == "23" else None
        if level in {"20", "22"}:
            self._subscriber = _Name()
            self._payer = PayerName()
            self._sequence = ""
        if level == "20":
            self._provider_state = ""

    def _sbr(self, segment: Segment) -> None:
        if self._claim is not None:
            self._claim.other_payer = True
        else:
            self._payer = PayerName(filing=segment.get(9).upper())
            self._sequence = segment.get(1).upper()

    def _nm1(self, segment: Segment) -> None:
        self._named = segment.get(1)
        if self._claim is not None:
            if self._named == "82":
                self._renders(segment.get(9) or segment.get(3))
            return
        if self._named in {"IL", "QC"}:
            name = self._subscriber if self._named == "IL" else self._dependent or self._subscriber
            name.last, name.first, name.middle = segment.get(3), segment.get(4), segment.get(5)
            name.member_id = segment.get(9)
        elif self._named == "PR":
            self._payer = PayerName(
                name=readable(segment.get(3)),
                payer_id=segment.get(9),
                filing=self._payer.filing,
                state=self._provider_state,
            )

    def _renders(self, who: str) -> None:
        """Of the claim (2310B) or of one line (2420A); within an other payer's loop (2330D) it has no number."""
        if self._line is not None:
            self._line.rendering = who
        elif self._claim is not None and not self._claim.other_payer:
            self._claim.rendering = who

    def _n4(self, segment: Segment) -> None:
        state = segment.get(2).upper()
        if self._claim is not None or state not in STATES:
            return
        if self._named == "85":
            self._provider_state = state
        elif self._named == "PR":
            self._payer = PayerName(self._payer.name, self._payer.payer_id, self._payer.filing, state)

    def _dmg(self, segment: Segment) -> None:
        if self._claim is None:
            (self._dependent or self._subscriber).born = segment.get(2)

    # -- the claim

    def _clm(self, segment: Segment) -> None:
        place, _, frequency = [*segment.parts(5), "", "", ""][:3]
        self._claim = _Open(readable(segment.get(1))[:_LONGEST_NUMBER], segment.number, place, frequency or "1")

    def _hi(self, segment: Segment) -> None:
        if self._claim is None or self._line is not None or segment.parts(1)[0] not in _DIAGNOSES:
            return
        # A pointer counts places: an empty one between two codes is one too.
        told = [[*segment.parts(at), "", ""][:2] for at in range(1, len(segment.elements))]
        while told and not told[-1][1]:
            told.pop()
        self._claim.diagnoses.extend((qualifier, code.upper()) for qualifier, code in told)

    def _ref(self, segment: Segment) -> None:
        """G1 is the prior authorization number; one in an other payer's loop, or with REF04, is another payer's.

        F8 is the payer's own number of the claim that is replaced or voided.
        """
        if self._claim is None:
            return
        if segment.get(1) == "F8" and self._line is None and not self._claim.other_payer:
            self._claim.replaces = bool(segment.get(2))
        if segment.get(1) != "G1" or not is_number(segment.get(2)):
            return
        if self._line is not None:
            if not segment.get(4):
                self._line.authorized = True
        elif not self._claim.other_payer:
            self._claim.authorized = True

    # -- its lines

    def _lx(self, segment: Segment) -> None:
        self._end_line()
        if self._claim is not None:
            self._line = _Line(segment.number, self._claim.place_of_service)

    def _sv1(self, segment: Segment) -> None:
        if self._claim is None:
            return
        if self._line is None or self._line.code:
            # An LX is missing: the SV1 is a line all the same.
            self._end_line()
            self._line = _Line(segment.number, self._claim.place_of_service)
        qualifier, code, *modifiers = [*segment.parts(1), "", ""]
        if _PROCEDURE.fullmatch(qualifier):
            qualifier, code, modifiers = "", qualifier, [code, *modifiers]
        line = self._line
        line.qualifier = qualifier
        line.code = code.upper() if qualifier == "HC" or _PROCEDURE.fullmatch(code) else ""
        line.modifiers = tuple(one.upper() for one in modifiers[:4] if one)
        line.measure, line.units = segment.get(3).upper(), segment.get(4)
        line.place_of_service = segment.get(5) or self._claim.place_of_service
        line.pointers = tuple(one for one in segment.parts(7) if one)

    def _dtp(self, segment: Segment) -> None:
        """The day of service (472) of a line; the guide has none for a claim, and some systems write it there."""
        at = self._line or self._claim
        if at is None or segment.get(1) != "472" or (self._line is None and self._claim and self._claim.other_payer):
            return
        first, _, last = segment.get(3).partition("-")
        begins = _day(first)
        ends = _day(last) if last or segment.get(2) == "RD8" else begins
        if begins and ends and at.first_day and at.last_day:
            # A second day of service is no other line's.
            begins, ends = min(begins, at.first_day), max(ends, at.last_day)
        at.first_day, at.last_day = begins if ends else None, ends
        if self._line is not None:
            self._line.dated = True


def _day(written: str) -> date | None:
    if not re.fullmatch(r"(?:19|20)\d{6}", written, re.ASCII):
        return None
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None
