"""What of an audit may go to Slack: a month in counts, and each clinician's most frequent gaps. No word, no member."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.audit.models import Audit, GroupRates, Sample, Snapshot
from bot.audit.rates import NOT_TOLD
from bot.review.models import Element

_MOST_GAPS = 3


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Count(_Record):
    """`part` of `of`."""

    part: int
    of: int

    @property
    def rate(self) -> float:
        return self.part / self.of if self.of else 0.0


class Summary(_Record):
    """A month's audit in counts; names nobody, and no day of service.

    `month` is that of the last day of service, `since` that of the first, both YYYY-MM. `elements` count where each
    was met, as the audit's own rates do.
    """

    since: str
    month: str
    made_on: date
    sessions: int
    notes: int
    unread: int
    at_risk: Count
    copied: Count
    elements: dict[Element, Count]
    sample: Sample | None = None
    before: Count | None = None
    """Claims at risk in the last audit that ended before this one begins."""


class Gap(_Record):
    """How many of a clinician's notes lack an element, wholly or in part."""

    element: Element
    lacking: Count


class ClinicianGaps(_Record):
    """What was missing most in the notes of one clinician, named as in the notes; the most frequent first."""

    clinician: str
    notes: int
    gaps: tuple[Gap, ...]


CLINICIANS = TypeAdapter(tuple[ClinicianGaps, ...])


def summary_of(audit: Audit) -> Summary:
    """The audit in counts."""
    return Summary(
        since=f"{audit.first or audit.made_on:%Y-%m}",
        month=f"{audit.last or audit.made_on:%Y-%m}",
        made_on=audit.made_on,
        sessions=audit.sessions,
        notes=audit.notes,
        unread=len(audit.failures),
        at_risk=Count(part=audit.at_risk.claims.part, of=audit.at_risk.claims.of),
        copied=Count(part=audit.copied.part, of=audit.copied.of),
        elements={element: Count(part=rate.met, of=rate.of) for element, rate in audit.elements.items()},
        sample=audit.sample,
        before=_before(audit.first, audit.earlier),
    )


def gaps_of(audit: Audit) -> tuple[ClinicianGaps, ...]:
    """Each clinician's three most frequent gaps; notes that name no clinician are nobody's."""
    return tuple(
        ClinicianGaps(clinician=one.name, notes=one.notes, gaps=_most_frequent(one))
        for one in audit.clinicians
        if one.name != NOT_TOLD
    )


def _most_frequent(group: GroupRates) -> tuple[Gap, ...]:
    counted = [
        Gap(element=element, lacking=Count(part=rate.partial + rate.missing, of=rate.of))
        for element, rate in group.elements.items()
        if rate.partial + rate.missing
    ]
    # The sort is stable: of two as frequent the one that a note begins with comes first.
    return tuple(sorted(counted, key=lambda gap: -gap.lacking.rate)[:_MOST_GAPS])


def _before(first: date | None, earlier: Sequence[Snapshot]) -> Count | None:
    """Days that were audited twice are no trend."""
    ended = [one for one in earlier if first and one.last and one.last < first]
    return Count(part=ended[-1].at_risk.part, of=ended[-1].at_risk.of) if ended else None
