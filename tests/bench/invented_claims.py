"""837P files of invented claims, of any size, with any delimiters: for tests, samples and measurements.

Members have invented names; no claim of a person is in it. Tests hold such a file by the 837P map of pyx12.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

_FIRST = ("Ana", "Bo", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal", "Ida", "Jo", "Kim", "Lou", "Max", "Ned", "Oma", "Pat")
_LAST = (
    "Frost",
    "Quill",
    "Ozark",
    "Underhill",
    "Irwin",
    "Yardley",
    "Kettle",
    "Zane",
    "Lowell",
    "Marsh",
    "Noble",
    "Sands",
)
_PAYERS = (("MEDICARE PART B", "MB"), ("CIGNA", "CI"), ("AETNA", "CI"), ("MEDICAID", "MC"), ("PRAIRIE MUTUAL", "CI"))


@dataclass(frozen=True)
class Line:
    """One SV1; what stands here is what is written."""

    code: str = "90853"
    modifiers: tuple[str, ...] = ()
    units: str = "1"
    measure: str = "UN"
    place: str = ""
    pointers: str = "1"
    day: str = "20260512"
    authorization: str = ""
    qualifier: str = "HC:"
    rendering: str = ""
    """NPI of whoever rendered this line, where another than the claim's."""


@dataclass(frozen=True)
class Invented:
    """One claim of one subscriber."""

    number: str
    last: str = "Frost"
    first: str = "Ana"
    middle: str = ""
    born: str = "19800102"
    member_id: str = "W100200300"
    payer: str = "CIGNA"
    payer_id: str = "99001"
    filing: str = "CI"
    place: str = "11"
    frequency: str = "1"
    diagnoses: tuple[str, ...] = ("ABK:F331",)
    authorization: str = "A-1001"
    lines: tuple[Line, ...] = (Line(),)
    sequence: str = "P"
    original: str = ""
    """The payer's number of the claim that this one replaces (REF F8)."""
    rendering: str = "1987654320"
    dependent: tuple[str, str, str] | None = None
    """Last name, first name and day of birth of a patient who is not the subscriber."""


@dataclass(frozen=True)
class Envelope:
    """What is around the claims; counts and numbers may be told wrong."""

    element: str = "*"
    component: str = ":"
    segment: str = "~"
    breaks: str = "\n"
    repetition: str = "^"
    kind: str = "837"
    guide: str = "005010X222A1"
    functional: str = "HC"
    control: str = "000000001"
    wrong: dict[str, str] = field(default_factory=dict)
    """Element of a trailer to what is written there: {"SE01": "7"}."""
    state: str = "MN"


def claim_number(number: int) -> Invented:
    """The invented claim of a number: members, payers and codes in turn, a few with something wrong."""
    payer, filing = _PAYERS[number % len(_PAYERS)]
    day = f"2026{1 + number % 9:02}{1 + number % 28:02}"
    line = Line(day=day, units="2" if number % 97 == 5 else "1", modifiers=("95",) if number % 11 == 3 else ())
    return Invented(
        number=f"G-{number:06}",
        last=_LAST[number % len(_LAST)],
        first=_FIRST[number % len(_FIRST)],
        born=f"19{50 + number % 50}0{1 + number % 9}1{number % 10}",
        member_id=f"W{number:09}",
        payer=payer,
        filing=filing,
        place="10" if number % 11 == 3 else "11",
        authorization="" if number % 5 == 1 else f"A-{number}",
        diagnoses=("ABK:F331", "ABF:F411") if number % 3 else ("ABK:F4312",),
        lines=(replace(line),),
    )


def many(count: int) -> Iterator[Invented]:
    """So many claims, one after the other."""
    return (claim_number(number) for number in range(count))


def segments(claims: Iterable[Invented], envelope: Envelope = Envelope()) -> Iterator[str]:
    """The segments of one interchange, without terminators; `*` and `:` stand for the delimiters."""
    e = envelope
    yield (
        f"ISA*00*          *00*          *ZZ*INVENTEDGROUP  *ZZ*INVENTEDHOUSE  *260513*0910*{e.repetition}*00501*"
        f"{e.control}*0*T*:"
    )
    yield f"GS*{e.functional}*INVENTEDGROUP*INVENTEDHOUSE*20260513*0910*1*X*{e.guide}"
    count = 0
    for one in _transaction(claims, e):
        count += 1
        yield one
    yield f"SE*{e.wrong.get('SE01', count + 1)}*{e.wrong.get('SE02', '0001')}"
    yield f"GE*{e.wrong.get('GE01', 1)}*{e.wrong.get('GE02', 1)}"
    yield f"IEA*{e.wrong.get('IEA01', 1)}*{e.wrong.get('IEA02', e.control)}"


def _transaction(claims: Iterable[Invented], e: Envelope) -> Iterator[str]:
    yield f"ST*{e.kind}*0001*{e.guide}"
    yield "BHT*0019*00*0001*20260513*0910*CH"
    yield "NM1*41*2*INVENTED GROUP PRACTICE*****46*INVENTED1"
    yield "PER*IC*OFFICE*TE*6125550100"
    yield "NM1*40*2*INVENTED CLEARINGHOUSE*****46*INVENTED2"
    yield "HL*1**20*1"
    yield "NM1*85*2*INVENTED GROUP PRACTICE*****XX*1234567893"
    yield "N3*1 MAIN STREET"
    yield f"N4*SAINT PAUL*{e.state}*551010001"
    yield "REF*EI*000000000"
    level = 1
    for one in claims:
        level += 1
        yield from _subscriber(one, level)
        if one.dependent:
            level += 1
            yield from _dependent(one, level)
        yield from _claim(one)


def _subscriber(one: Invented, level: int) -> Iterator[str]:
    own = "" if one.dependent else "18"
    yield f"HL*{level}*1*22*{int(one.dependent is not None)}"
    yield f"SBR*{one.sequence}*{own}*******{one.filing}"
    yield f"NM1*IL*1*{one.last}*{one.first}*{one.middle}***MI*{one.member_id}"
    yield "N3*2 INVENTED LANE"
    yield "N4*SAINT PAUL*MN*551010001"
    yield f"DMG*D8*{one.born}*U"
    yield f"NM1*PR*2*{one.payer}*****PI*{one.payer_id}"


def _dependent(one: Invented, level: int) -> Iterator[str]:
    assert one.dependent
    last, first, born = one.dependent
    yield f"HL*{level}*{level - 1}*23*0"
    yield "PAT*19"
    yield f"NM1*QC*1*{last}*{first}"
    yield "N3*2 INVENTED LANE"
    yield "N4*SAINT PAUL*MN*551010001"
    yield f"DMG*D8*{born}*U"


def _claim(one: Invented) -> Iterator[str]:
    yield f"CLM*{one.number}*{60 * len(one.lines)}***{one.place}:B:{one.frequency}*Y*A*Y*Y"
    if one.authorization:
        yield f"REF*G1*{one.authorization}"
    if one.original:
        yield f"REF*F8*{one.original}"
    if one.diagnoses:
        yield f"HI*{'*'.join(one.diagnoses)}"
    yield f"NM1*82*1*WEST*LEE****XX*{one.rendering}"
    yield "PRV*PE*PXC*103T00000X"
    for number, line in enumerate(one.lines, 1):
        yield f"LX*{number}"
        service = line.qualifier + ":".join((line.code, *line.modifiers))
        yield f"SV1*{service}*60*{line.measure}*{line.units}*{line.place}**{line.pointers}"
        if line.day:
            yield f"DTP*472*{'RD8' if '-' in line.day else 'D8'}*{line.day}"
        if line.authorization:
            yield f"REF*G1*{line.authorization}"
        if line.rendering:
            yield f"NM1*82*1*EAST*MAY****XX*{line.rendering}"
            yield "PRV*PE*PXC*103T00000X"


def as_text(parts: Iterable[str], envelope: Envelope = Envelope()) -> str:
    """The file's text, with the envelope's own delimiters and line breaks."""
    table = str.maketrans({"*": envelope.element, ":": envelope.component})
    return "".join(f"{part.translate(table)}{envelope.segment}{envelope.breaks}" for part in parts)


def write(path: Path, claims: Iterable[Invented], envelope: Envelope = Envelope()) -> Path:
    """Write one interchange, segment by segment."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for part in segments(claims, envelope):
            file.write(as_text([part], envelope))
    return path
