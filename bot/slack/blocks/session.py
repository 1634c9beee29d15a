"""The session's card: its six elements, what is wrong in full, the rest folded."""

from bot.review.models import SESSION_ELEMENTS, Report, Status
from bot.review.wording import element_name
from bot.slack.blocks.findings import folded, row
from bot.slack.blocks.split import Block, context, section_each


def session_blocks(report: Report) -> list[Block]:
    """What was read of the session, the same for every claim."""
    found = {
        element: report.session.elements[element] for element in SESSION_ELEMENTS if element in report.session.elements
    }
    faulty = {element: verdict for element, verdict in found.items() if verdict.status is not Status.MET}
    icon = "❌" if faulty else "✅"
    counted = f"{len(faulty)} of {len(found)} to fix, for every claim" if faulty else f"all {len(found)} elements met"
    rows = [row(element_name(element), verdict, evidence=verdict.evidence) for element, verdict in faulty.items()]
    blocks = section_each([f"{icon} *The session* · {counted}", *rows])
    met = [
        folded(element_name(element), verdict.status, verdict.evidence, verdict.reason)
        for element, verdict in found.items()
        if element not in faulty
    ]
    return [{"type": "divider"}, *blocks, *context(met)]
