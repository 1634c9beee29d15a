"""Rows that most claims of a session have in common: said once for all, and only named on the members' cards."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.review.models import Item, ItemVerdict, Report
from bot.review.wording import ITEMS, OF_THE_SESSION, READ_FROM, SETTLED
from bot.slack.blocks.findings import folded, member_name, row


@dataclass(frozen=True)
class Shared:
    """The verdict that more than half of the members have, by item, and who has another."""

    verdicts: Mapping[Item, ItemVerdict]
    but: Mapping[Item, tuple[str, ...]]

    def covers(self, item: Item, verdict: ItemVerdict) -> bool:
        return self.verdicts.get(item) == verdict


def shared_rows(report: Report) -> Shared:
    """What is the same for most members. Rows that rest on a member's own words are never shared."""
    verdicts: dict[Item, ItemVerdict] = {}
    but: dict[Item, tuple[str, ...]] = {}
    if len(report.patients) < 2:
        return Shared(verdicts, but)
    for item in Item:
        found = Counter(_key(patient.checklist[item]) for patient in report.patients if item in patient.checklist)
        if not found or item is Item.INDIVIDUALIZED:
            continue
        key, count = found.most_common(1)[0]
        if count * 2 <= len(report.patients) or _rests_on_own_words(report, item):
            continue
        verdicts[item] = next(p.checklist[item] for p in report.patients if _key(p.checklist[item]) == key)
        but[item] = tuple(member_name(p) for p in report.patients if _key(p.checklist[item]) != key)
    return Shared(verdicts, but)


def shared_paragraphs(shared: Shared) -> list[str]:
    """The shared rows that still want something, each with its question; the session's own stand on its card."""
    return [
        row(_named(shared, item), verdict)
        for item, verdict in shared.verdicts.items()
        if verdict.status not in SETTLED and item not in OF_THE_SESSION
    ]


def shared_lines(shared: Shared) -> list[str]:
    """The shared rows that are settled, in a line each."""
    return [
        folded(_named(shared, item), verdict.status, (), verdict.reason)
        for item, verdict in shared.verdicts.items()
        if verdict.status in SETTLED and item not in OF_THE_SESSION
    ]


def _named(shared: Shared, item: Item) -> str:
    others = shared.but[item]
    return ITEMS[item] + (f" (all but {', '.join(others)})" if others else "")


def _key(verdict: ItemVerdict) -> tuple[str, str, str]:
    return verdict.status.value, verdict.reason, verdict.fix


def _rests_on_own_words(report: Report, item: Item) -> bool:
    elements = READ_FROM.get(item, ())
    return any(
        patient.elements[element].evidence
        for patient in report.patients
        for element in elements
        if element in patient.elements
    )
