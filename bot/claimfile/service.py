"""A claims file checked in two passes: the first gathers who had what on which day, the second judges line by line."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal

from bot.claimfile.checks import GROUP, Case, check_line
from bot.claimfile.claims837 import read_claims
from bot.claimfile.csv_lines import UTF_16, read_rows
from bot.claimfile.envelope import professional_claims
from bot.claimfile.index import ServiceIndex, service_index
from bot.claimfile.models import Claim, Finding, Kind, PayerRead, Summary, Unread, Verdict
from bot.claimfile.notes import Notes
from bot.claimfile.payers import PayerOnFile, PayerRules
from bot.claimfile.segments import begins_as_x12, read_segments
from bot.claims.diagnosis import is_outside, told_of_outside
from bot.errors import UserError
from bot.review.wording import counted

_VOID = "8"
_HEAD = 4_096
_MOST_PAYERS = 1_000


class FileCheck:
    """One check of one file. `findings` gives what is wrong as it is found; then `summary` tells the whole."""

    def __init__(self, path: Path, rules: PayerRules, notes: Notes | None = None) -> None:
        """Raises UserError where the path is no file, or its first bytes are of no X12 file and no CSV."""
        self._path = path
        self._rules = rules
        self._notes = notes
        self.format: Literal["x12", "csv"] = _format_of(path)
        self.place_word = "segment" if self.format == "x12" else "row"
        self._counts: Counter[str] = Counter()
        self._payers: Counter[tuple[str, str, str, str, str]] = Counter()

    def findings(self) -> Iterator[Finding]:
        """Every finding in the file's order, in constant memory; raises UserError for a CSV without its columns."""
        with service_index(people=self._notes is not None) as index:
            for item in self._items():
                if isinstance(item, Claim) and item.frequency != _VOID:
                    index.put(item, self._rules.read(item.payer).key)
            index.finish()
            for finding in self._notes.unread if self._notes else ():
                self._counts["not_read"] += 1
                yield finding
            for item in self._items():
                if isinstance(item, Unread):
                    self._counts["not_read"] += 1
                    yield Finding(verdict=Verdict.NOT_READ, kind=Kind.FILE, place=item.place, what=_sentence(item.why))
                else:
                    yield from self._of_claim(item, index)

    def summary(self) -> Summary:
        """The figures of all that was found so far."""
        count = self._counts
        return Summary(
            file=self._path.name,
            format=self.format,
            claims=count["claims"],
            lines=count["lines"],
            other_claims=count["other"],
            voids=count["voids"],
            ready=count["claims"] - count[Verdict.FIX] - count[Verdict.CONFIRM],
            fix=count[Verdict.FIX],
            confirm=count[Verdict.CONFIRM],
            not_read=count["not_read"],
            notes=self._notes.count if self._notes else None,
            payers=tuple(
                PayerRead(
                    as_written=written, payer=payer, payer_id=payer_id, line_of_business=line, how=how, claims=claims
                )
                for (written, payer, payer_id, line, how), claims in self._payers.most_common()
            ),
            remarks=tuple(self._remarks()),
        )

    def _items(self) -> Iterator[Claim | Unread]:
        with _opened(self._path) as file:
            if self.format == "x12":
                yield from read_claims(professional_claims(read_segments(file)))
            else:
                yield from read_rows(file)

    def _of_claim(self, claim: Claim, index: ServiceIndex) -> Iterator[Finding]:
        lines = [line for line in claim.lines if line.code == GROUP]
        if claim.frequency == _VOID:
            self._void(claim)
            return
        if not lines:
            self._counts["other"] += 1
            return
        self._counts["claims"] += 1
        self._counts["lines"] += len(lines)
        self._counts["outside"] += sum(line.first_day is not None and is_outside(line.first_day) for line in lines)
        payer = self._rules.read(claim.payer)
        self._count(payer)
        worst: Verdict | None = None
        for line in lines:
            rules = self._rules.on(payer, line.first_day)
            beside = index.beside(claim, line, payer.key)
            case = Case(claim, line, payer, rules, beside, self.place_word, index.namesake(claim))
            of_note = self._notes.check(case, index) if self._notes else ()
            for finding in chain(check_line(case, self._rules), of_note):
                worst = Verdict.FIX if Verdict.FIX in (worst, finding.verdict) else finding.verdict
                yield finding
        if worst:
            self._counts[worst] += 1

    def _void(self, claim: Claim) -> None:
        self._counts["voids"] += 1
        if claim.replaces is False:
            self._counts["voids of nothing"] += 1
            self._counts["first void of nothing"] = self._counts["first void of nothing"] or claim.place

    def _count(self, payer: PayerOnFile) -> None:
        written = payer.written.name or payer.written.payer_id
        name = payer.name if payer.is_known else ""
        line = payer.line.value if payer.is_known and payer.line else ""
        key = (written[:60], name, payer.mention.payer_id, line, payer.how)
        if key in self._payers or len(self._payers) < _MOST_PAYERS:
            self._payers[key] += 1

    def _remarks(self) -> Iterator[str]:
        if self._counts["voids"]:
            voids = self._counts["voids"]
            were = "1 void (CLM05-3 is 8) was" if voids == 1 else f"{voids} voids (CLM05-3 is 8) were"
            yield f"{were} passed over.{self._voids_of_nothing()}"
        if outside := self._counts["outside"]:
            yield told_of_outside(counted(outside, "line"))
        if not self._counts["claims"] and not self._counts["not_read"]:
            yield "The file has no claim with 90853."
        if self._notes is None:
            return
        for file in self._notes.undated:
            yield f"{file} has no date that can be read: no claim was held against it."
        yield from self._notes.unclaimed()

    def _voids_of_nothing(self) -> str:
        count, first = self._counts["voids of nothing"], self._counts["first void of nothing"]
        if not count:
            return ""
        have = "1 has" if count == 1 else f"{count} have"
        return f" {have} no number of the claim it voids (REF F8), first at segment {first}: a payer may refuse it."


def _format_of(path: Path) -> Literal["x12", "csv"]:
    if path.is_dir():
        raise UserError(f"{path} is a folder: name the claims file in it.")
    with _opened(path) as file:
        head = file.read(_HEAD)
    if not head.strip(b"\x00\x1a \t\r\n"):
        raise UserError(f"{path}: the file is empty.")
    if begins_as_x12(head):
        return "x12"
    if head.startswith(UTF_16):
        if begins_as_x12(head.decode("utf-16", "replace").encode("utf-8")):
            raise UserError(f"{path} is saved as UTF-16, which no clearinghouse reads: save it as plain text (UTF-8).")
        return "csv"
    if b"\x00" in head or head.startswith((b"PK", b"%PDF", b"\xd0\xcf", b"{", b"<")):
        raise UserError(f"{path} is neither X12 nor CSV: export the claims as 837P, or save the table as CSV (UTF-8).")
    return "csv"


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UserError(f"{path} is no file: it is read twice, so that a pipe will not do.")
        file = path.open("rb")
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    with file:
        yield file


def _sentence(why: str) -> str:
    return why[:1].upper() + why[1:]
