"""App Home, by role: what waits, the payers and how fresh they are, shortcuts, and the practice's settings.

Ids and counts only: Slack's health terms do not cover App Home, so nothing of a note, a question or a member is on it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.audit.summary import Summary
from bot.policies.age import RuleYears
from bot.policies.channels import ChannelSettings
from bot.policies.own_payers import OwnPayer
from bot.slack.blocks.audit import last_audit
from bot.slack.blocks.channel_form import settings_words
from bot.slack.blocks.guide import HOW_TO_REVIEW, privacy_lines
from bot.slack.blocks.run import run_button
from bot.slack.blocks.split import Block, context, section, sections
from bot.slack.blocks.text import escape, link
from bot.slack.roles import Act, Role, may

BLOCKS_LIMIT = 100
_MOST_PAYERS, _MOST_REVIEWS, _MOST_CHANNELS = 40, 5, 15


@dataclass(frozen=True)
class Waiting:
    """A review that waits for a fix: `to_fix` of its `claims`, reviewed on a day, and where its cards stand."""

    claims: int
    to_fix: int
    reviewed_on: date
    url: str = ""


@dataclass(frozen=True)
class Office:
    """What admins see of the practice: channels by id, thumbs by value, and how the program stands, a line each.

    `reminders` and `summaries` are lines of mrkdwn: where what comes monthly goes; `audit` is the one published last.
    """

    channels: Sequence[tuple[str, ChannelSettings]] = ()
    thumbs: Mapping[str, int] = field(default_factory=dict)
    health: Sequence[str] = ()
    reminders: str = ""
    summaries: str = ""
    audit: Summary | None = None


def home_view(  # noqa: PLR0913  # a page of what one person needs, each by name
    roles: Collection[Role],
    *,
    on_file: int,
    payers: Sequence[tuple[OwnPayer, RuleYears | None]] = (),
    due: int = 0,
    proposed: int = 0,
    waiting: Sequence[Waiting] = (),
    prompts: Sequence[tuple[str, str]] = (),
    course: Sequence[Block] = (),
    office: Office | None = None,
    covered: bool = True,
) -> Block:
    """The page. `course` are the blocks of the course's section, where there is one; `office` is for admins alone."""
    blocks: list[Block] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Billing copilot for group psychotherapy"}},
        section("I answer payer questions about 90853 with source and date, and review notes before claims go out."),
        *_open_items(roles, due, proposed, waiting),
        *_shortcuts(roles),
        *sections(["*Ask me in the Messages tab*", *(f"• {escape(message)}" for _, message in prompts)]),
    ]
    if may(roles, Act.REVIEW):
        blocks.append(section(f"*Review a note*\n{HOW_TO_REVIEW}"))
    blocks += course
    blocks += [{"type": "divider"}, *_payers(payers, on_file)]
    if office:
        blocks += [{"type": "divider"}, *_of_the_office(office)]
    blocks += context([*privacy_lines(covered), "Unknown is an answer too: then I give you the questions to ask."])
    return {"type": "home", "blocks": blocks[:BLOCKS_LIMIT]}


def _open_items(roles: Collection[Role], due: int, proposed: int, waiting: Sequence[Waiting]) -> list[Block]:
    lines = []
    if due and may(roles, Act.VERIFY):
        lines.append(f"*{due} verification{'s' * (due > 1)} to ask again*: `/billing due` lists them.")
    if proposed and may(roles, Act.APPROVE):
        facts = "1 fact of your documents waits" if proposed == 1 else f"{proposed} facts of your documents wait"
        lines.append(
            f"*{facts} for approval*: the cards are where each document was added, and"
            " `billing-copilot knowledge proposals` lists them."
        )
    if waiting:
        count = len(waiting)
        lines.append(f"*{count} review{'s wait' if count > 1 else ' waits'} for a fix:*")
        lines += [f"• {_review(one)}" for one in waiting[:_MOST_REVIEWS]]
        lines += [f"and {count - _MOST_REVIEWS} more"] if count > _MOST_REVIEWS else []
    return sections(["*Open items*", *(lines or ["Nothing waits for you."])])


def _review(one: Waiting) -> str:
    told = f"{one.to_fix} of {one.claims} claim{'s' * (one.claims > 1)} to fix, reviewed on {one.reviewed_on}"
    return link(one.url, told) if one.url else told


def _shortcuts(roles: Collection[Role]) -> list[Block]:
    buttons = [run_button("payers", "Our payers")]
    if may(roles, Act.VERIFY):
        buttons.append(run_button("due", "What is due"))
    if may(roles, Act.REVIEW):
        buttons.append(run_button("template", "Blank note"))
    return [{"type": "actions", "elements": [*buttons, run_button("help", "Help")]}]


def _payers(payers: Sequence[tuple[OwnPayer, RuleYears | None]], on_file: int) -> list[Block]:
    if not payers:
        told = f"*{on_file} payers and programmes on file.* Your practice has no list of its own yet: "
        return sections([f"{told}an admin or biller makes it with `/billing payers add Aetna, HUSKY`."])
    lines = [f"• {escape(payer.label)} · {_age(payer, years)}" for payer, years in payers[:_MOST_PAYERS]]
    lines += [f"and {len(payers) - _MOST_PAYERS} more"] if len(payers) > _MOST_PAYERS else []
    known = sum(bool(payer.payer_id) for payer, _ in payers)
    return sections([f"*Your payers ({len(payers)})*, {known} of them on file", *lines])


def _age(payer: OwnPayer, years: RuleYears | None) -> str:
    """The age of the rules themselves, as answers tell it: when we read them makes none of them younger."""
    if not payer.payer_id:
        return "not on file: unknown until you verify"
    if years is None:
        return "⚠️ no dated rule: verify"
    told = f"from {years.first}" + (f" to {years.last}" if years.last > years.first else "")
    return f"⚠️ rules {told}, stale: verify" if years.stale else f"rules {told}"


def _of_the_office(office: Office) -> list[Block]:
    channels = [f"• <#{channel}>: {settings_words(settings)}" for channel, settings in office.channels]
    more = len(channels) - _MOST_CHANNELS
    down, up = office.thumbs.get("down", 0), office.thumbs.get("up", 0)
    return [
        *sections(
            [
                "*Channels*",
                *(channels[:_MOST_CHANNELS] or ["None is set apart: everywhere I answer when mentioned."]),
                *([f"and {more} more"] if more > 0 else []),
                "`/billing settings`, typed in a channel, sets it.",
            ]
        ),
        *sections([told for told in (office.reminders, office.summaries) if told]),
        *last_audit(office.audit),
        section(f"*Feedback:* {up} helpful, {down} not. `billing-copilot feedback` lists reasons and disputes."),
        *sections(["*How I stand*", *(f"• {escape(line)}" for line in office.health)] if office.health else []),
    ]
