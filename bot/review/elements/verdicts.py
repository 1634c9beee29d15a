"""Ways to build a verdict, so that no element can give `met` without words."""

import re
from collections.abc import Sequence

from bot.review.elements.passages import Passage
from bot.review.models import Evidence, Status, Verdict


def met(*passages: Passage | Evidence) -> Verdict:
    return Verdict(status=Status.MET, evidence=_evidence(passages))


def partial(passages: Sequence[Passage | Evidence], reason: str, fix: str) -> Verdict:
    return Verdict(status=Status.PARTIAL, evidence=_evidence(passages), reason=_one_stop(reason), fix=fix)


def missing(reason: str, fix: str) -> Verdict:
    return Verdict(status=Status.MISSING, reason=_one_stop(reason), fix=fix)


def _one_stop(reason: str) -> str:
    """A reason that ends in a name with its own full stop, "for L.K.", needs no second one."""
    return re.sub(r"\.\.(?=\s|$)", ".", reason)


def _evidence(passages: Sequence[Passage | Evidence]) -> tuple[Evidence, ...]:
    """Each quote once: what a form repeats for each member is no second witness."""
    found: dict[str, Evidence] = {}
    for passage in passages:
        one = passage if isinstance(passage, Evidence) else passage.evidence()
        found.setdefault(one.quote, one)
    return tuple(found.values())


def named(label: str) -> str:
    """The member as a question names them."""
    return label.strip(" :*#-") or "this patient"
