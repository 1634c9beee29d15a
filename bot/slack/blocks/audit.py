"""The monthly audit as messages: the summary for a channel, a clinician's own card, and how it is set up."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from bot.audit.summary import ClinicianGaps, Count, Gap, Summary
from bot.review.lacking import question
from bot.review.models import SESSION_ELEMENTS
from bot.review.wording import element_name
from bot.slack.blocks.buttons import button, row
from bot.slack.blocks.lesson import why_button
from bot.slack.blocks.run import run_button
from bot.slack.blocks.split import Block, Message, context, messages, section, section_each, sections
from bot.slack.blocks.text import clip, escape

REPORT = "audit_report"
CARDS_ON, CARDS_OFF = "audit_cards_on", "audit_cards_off"
_WEAKEST = 5
_MOST_NAMED = 20
_RUN = "`billing-copilot audit october.csv --publish`"


def summary_message(summary: Summary) -> Message:
    """The month in counts, what is missing most first. It names nobody."""
    met = sorted(summary.elements.items(), key=lambda one: one[1].rate)
    weakest = [(element, count) for element, count in met if count.part < count.of][:_WEAKEST]
    lines = [
        f"• *{element_name(element)}*: {_share(count, 'sessions' if element in SESSION_ELEMENTS else 'notes')}"
        for element, count in weakest
    ]
    missing = [section("\n".join(["*Found least often*", *lines]))] if weakest else [section("Nothing was missing.")]
    buttons = [button(REPORT, "Get the report", summary.month), *why_button(*(element for element, _ in weakest))]
    blocks = [
        section(f"*Group note audit, {_span(summary)}*\n{_size(summary)}"),
        section("\n".join(_risk(summary))),
        *missing,
        *row(buttons),
        *context(_small(summary)),
    ]
    return messages(blocks)[0]


def last_audit(summary: Summary | None) -> list[Block]:
    """The audit published last, for an admin's Home: when, how much, in counts, and its report."""
    setting = run_button("audit", "How audits are set up")
    if summary is None:
        return [section("*Last audit*\nNo audit was published yet."), *row([setting])]
    told = [f"*Last audit: {_span(summary)}*", f"{_size(summary)} Made on {summary.made_on}.", *_risk(summary)]
    return [section("\n".join(told)), *row([button(REPORT, "Get the report", summary.month), setting])]


def coaching_messages(own: Sequence[ClinicianGaps], summary: Summary) -> list[Message]:
    """A clinician's own notes in that audit: what to look at first, as the questions that mend it."""
    blocks: list[Block] = []
    stop = button(CARDS_OFF, "No more cards")
    for at, one in enumerate(own):
        named = f" under the name {escape(clip(one.clinician, 80))}" if len(own) > 1 else ""
        notes = _number(one.notes, "group note")
        blocks.append(
            section(f"*Your group notes, {_span(summary)}*\nI read {notes} of yours{named}. {_opening(one.gaps)}")
        )
        blocks += section_each(map(_gap, one.gaps))
        blocks += row([*why_button(*(gap.element for gap in one.gaps)), *([stop] if at == len(own) - 1 else [])])
    private = (
        "Only you get this card, and it compares you with nobody. The practice's audit report, which admins and "
        "billers can open, has the same rates. I judge what is written, not how you work: where I am wrong, tell an "
        "admin."
    )
    return messages([*blocks, *context([private])])


def card_message(*, wanted: bool) -> Message:
    """What was chosen of one's own cards, and the way back."""
    if wanted:
        told, way = "I send you a card of your own notes again, with each audit.", (CARDS_OFF, "No more cards")
    else:
        told, way = "You get no more cards of your own notes.", (CARDS_ON, "Send them again")
    return messages([section(told), *row([button(*way)])])[0]


def setting_messages(  # noqa: PLR0913  # what there is to say
    channel: str,
    latest: Summary | None,
    people: Mapping[str, str],
    unnamed: Sequence[str],
    *,
    coaches: bool,
    failed: bool,
    declined: Collection[str] = (),
    absent: Collection[str] = (),
) -> list[Message]:
    """How the monthly audit stands, for an admin: where it goes, what was published last, and who is coached."""
    told = [where_summaries_go(channel, failed=failed)]
    if latest:
        told.append(f"Published last: {_month(latest.month)}, made on {latest.made_on}.")
    told.append(f"Audits are made where the notes are, at the command line; this is what sends one here: {_RUN}")
    coaching = [
        "*Coaching*: on, each clinician named below gets a card of their own notes. `/billing audit coaching off`"
        if coaches
        else "*Coaching*: off. `/billing audit coaching on` sends each clinician a card of their own notes."
    ]
    coaching += [
        f"• {escape(name)}: <@{person}>{', who wants no card' if person in declined else ''}"
        f"{', who has no note under that name in the audit published last' if name in absent else ''}"
        for name, person in list(people.items())[:_MOST_NAMED]
    ]
    if len(people) > _MOST_NAMED:
        coaching.append(f"And {len(people) - _MOST_NAMED} more.")
    if unnamed:
        names = ", ".join(escape(clip(name, 60)) for name in unnamed[:_MOST_NAMED])
        coaching.append(f"Not told yet who they are: {names}.")
    coaching.append('`/billing audit clinician "Dr. Lee" @sam` says who somebody is; `… off` takes it back.')
    return messages(sections(["*The monthly audit*", *told, *coaching]))


def where_summaries_go(channel: str, *, failed: bool) -> str:
    """In a line of mrkdwn, for admins."""
    if not channel:
        return "No monthly audit summary is set: `/billing audit here`, typed in a channel, brings it there."
    place = "our direct message" if channel.startswith("D") else f"<#{channel}>"
    last = " The last one could not be posted there." if failed else ""
    return f"The monthly audit summary goes to {place}.{last} `/billing audit off` stops it."


def _size(summary: Summary) -> str:
    size = f"{_number(summary.notes, 'note')} of {_number(summary.sessions, 'session')}."
    sample = summary.sample
    return size + (f" A sample: {sample.sessions} of {sample.of} sessions." if sample else "")


def _risk(summary: Summary) -> list[str]:
    before = f", {_percent(summary.before)} in the audit before" if summary.before else ""
    return [
        f"*Something to mend*: {_share(summary.at_risk, 'claims')}{before}",
        f"*Reads as another note*: {_share(summary.copied, 'notes')}",
    ]


def _small(summary: Summary) -> list[str]:
    unread = f"{summary.unread} could not be read. " if summary.unread else ""
    return [
        f"{unread}Made on {summary.made_on}. No member, no clinician and no word of a note is here. The report holds "
        "health information: it goes to an admin's or biller's direct message."
    ]


def _opening(gaps: Sequence[Gap]) -> str:
    if not gaps:
        return "All thirteen things I look for were there in every one. Thank you."
    if len(gaps) == 1:
        return "One thing would make them stronger:"
    return f"These {len(gaps)} things would make them stronger, the most frequent first:"


def _gap(gap: Gap) -> str:
    told = f"*{element_name(gap.element)}*: not fully there in {_share(gap.lacking, 'notes')}"
    return f"{told}\n> {escape(question(gap.element))}"


def _number(count: int, of: str) -> str:
    return f"{count:,} {of}{'s' * (count != 1)}"


def _share(count: Count, of: str) -> str:
    return f"{count.part:,} of {count.of:,} {of} ({_percent(count)})"


def _percent(count: Count) -> str:
    return f"{count.rate:.0%}"


def _span(summary: Summary) -> str:
    since = f"{_month(summary.since)} to " if summary.since != summary.month else ""
    return since + _month(summary.month)


def _month(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
