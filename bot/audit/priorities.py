"""What to look at first in an audit: open risk, then copies, then what is lacking most, then what was not read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.audit.models import Audit, ElementRate, Finding
from bot.audit.rates import NOT_TOLD
from bot.review.models import Element, Status
from bot.review.wording import counted, element_name


@dataclass(frozen=True, slots=True)
class Priority:
    """One thing to do, and its figures. `section` is the report's that has more of it; `findings` are to be linked."""

    todo: str
    told: str
    section: str
    findings: tuple[Finding, ...] = ()


def priorities(audit: Audit) -> tuple[Priority, ...]:
    """The most pressing first; none where nothing is to be done."""
    return tuple(_priorities(audit))


def _priorities(audit: Audit) -> Iterator[Priority]:
    # Safety is partly there where a concern is named and nothing more; a note silent on safety is missing it.
    risky = tuple(one for one in audit.findings if one.name == Element.SAFETY.value and one.status == Status.PARTIAL)
    if risky:
        told = f"A concern is named, and nothing says how it was addressed, in {counted(len(risky), 'note')}."
        yield Priority("Ask about open risk today", told, "findings", risky)
    if audit.copied.part:
        most = _most({one.name: (one.copied.part, one.copied.of) for one in audit.clinicians})
        told = f"{audit.copied.part:,} of {counted(audit.copied.of, 'note')}{most}."
        section = "copies" if audit.copy_clusters else "findings"
        yield Priority("Have notes that read as another written anew", told, section)
    if weakest := _weakest(audit):
        rate = audit.elements[weakest]
        most = _most({one.name: _lacking(one.elements[weakest]) for one in audit.clinicians})
        of = counted(rate.of, "session" if rate.level == "session" else "note")
        told = f"Not fully there in {_lacking(rate)[0]:,} of {of}{most}."
        yield Priority(f"Mend {element_name(weakest).lower()}, the element met least often", told, "elements")
    if unread := len(audit.failures):
        told = f"{counted(unread, 'file')} or row{'s' * (unread > 1)}: nothing is said of their claims here."
        yield Priority("Look at what could not be read", told, "failures")


def _weakest(audit: Audit) -> Element | None:
    lacking = [element for element, rate in audit.elements.items() if rate.met < rate.of]
    return min(lacking, key=lambda element: audit.elements[element].rate, default=None)


def _lacking(rate: ElementRate) -> tuple[int, int]:
    return rate.partial + rate.missing, rate.of


def _most(shares: Mapping[str, tuple[int, int]]) -> str:
    """Of several clinicians the one with the greatest share, as in “, most often of Dr. Lee (20 of 60)”."""
    told = {name: share for name, share in shares.items() if name != NOT_TOLD and share[0]}
    if len(shares) < 2 or not told:
        return ""
    name = max(told, key=lambda one: told[one][0] / told[one][1])
    return f", most often of {name} ({told[name][0]:,} of {told[name][1]:,})"
