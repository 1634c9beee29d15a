"""The session's card: its six elements, what is wrong in full, the rest folded."""

from bot.review.models import SESSION_ELEMENTS, Element, Report, Status
from bot.review.wording import element_name
from bot.slack.blocks.findings import disagree, folded, row
from bot.slack.blocks.lesson import lessons_behind
from bot.slack.blocks.split import Block, context, section_each, with_button
from bot.slack.noteref import NoteRef


def session_blocks(report: Report, note: NoteRef) -> list[Block]:
    """What was read of the session, the same for every claim."""
    found = {
        element: report.session.elements[element] for element in SESSION_ELEMENTS if element in report.session.elements
    }
    faulty = {element: verdict for element, verdict in found.items() if verdict.status is not Status.MET}
    icon = "❌" if faulty else "✅"
    counted = f"{len(faulty)} of {len(found)} to fix, for every claim" if faulty else f"all {len(found)} elements met"
    button = disagree(report, None, note)
    heading = section_each([f"{icon} *The session* · {counted}"])
    rows = [
        block
        for element, verdict in faulty.items()
        for block in with_button(
            section_each([row(element_name(element), verdict, evidence=verdict.evidence)]), button(element)
        )
    ]
    blocks = [*(heading if rows else with_button(heading, button(Element.ACTIVE_PSYCHOTHERAPY))), *rows]
    met = [
        folded(element_name(element), verdict.status, verdict.evidence, verdict.reason)
        for element, verdict in found.items()
        if element not in faulty
    ]
    return [{"type": "divider"}, *blocks, *lessons_behind(faulty), *context(met)]
