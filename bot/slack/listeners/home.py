"""The app opened: prompts in the Messages tab, the page in the Home tab; both by the person's role."""

from collections.abc import Collection
from typing import Any

import structlog
from slack_bolt import App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.slack.blocks.audit import where_summaries_go
from bot.slack.blocks.course_home import course_blocks
from bot.slack.blocks.home import Office, Waiting, home_view
from bot.slack.blocks.split import Block
from bot.slack.desk import Desk
from bot.slack.outlets import permalink
from bot.slack.prompts import prompts_for
from bot.slack.reminding import where_reminders_go
from bot.slack.roles import Act, Role, may

log = structlog.get_logger("bot.slack")

_MOST_LINKS = 5


def register(app: App) -> None:
    """Listen to the app being opened."""

    def on_opened(event: dict[str, Any], client: WebClient, context: BoltContext, desk: Desk) -> None:
        roles: Collection[Role] = context["roles"]()
        if event.get("tab") == "home":
            client.views_publish(user_id=event["user"], view=make_home(desk, client, event["user"], roles))
        elif event.get("channel"):
            suggest(client, event["channel"], roles, covered=desk.screening.is_covered)

    app.event("app_home_opened")(on_opened)


def make_home(desk: Desk, client: WebClient, user: str, roles: Collection[Role]) -> Block:
    """The page of one person."""
    office, today = desk.office, desk.today()
    return home_view(
        roles,
        on_file=len(office.payers()),
        payers=[(payer, office.rule_years(payer.payer_id, today)) for payer in office.payer_list.payers()],
        due=len(office.verifications.due(today)),
        proposed=len(office.library.proposals.waiting()) if may(roles, Act.APPROVE) else 0,
        waiting=_waiting(desk, client, user) if may(roles, Act.REVIEW) else (),
        prompts=prompts_for(roles),
        course=course_blocks(office.learning.standing(user)),
        office=_office(desk) if Role.ADMIN in roles else None,
        covered=desk.screening.is_covered,
    )


def suggest(client: WebClient, channel: str, roles: Collection[Role] = (), *, covered: bool = True) -> None:
    """Offer first questions; where Slack refuses them, the conversation works without."""
    prompts = [{"title": title, "message": message} for title, message in prompts_for(roles)]
    try:
        client.assistant_threads_setSuggestedPrompts(
            channel_id=channel,
            prompts=prompts,
            title="Ask me, or send a " + ("group note" if covered else "de-identified note"),
        )
    except (SlackClientError, OSError) as error:
        log.info("no_prompts", channel=channel, reason=type(error).__name__)


def _waiting(desk: Desk, client: WebClient, user: str) -> list[Waiting]:
    """What waits for a person, the first few with their links; what went with its thread waits no more."""
    found: list[Waiting] = []
    for one in desk.office.waiting.of(user):
        link = permalink(client, one.channel, one.thread_ts) if len(found) < _MOST_LINKS else ""
        if link is None:
            desk.office.waiting.drop(one.channel, one.thread_ts)
        else:
            found.append(Waiting(one.claims, one.to_fix, one.reviewed_at.date(), link))
    return found


def _office(desk: Desk) -> Office:
    office, audits = desk.office, desk.office.audits
    last = audits.latest()
    record = "kept" if office.recorder.is_well() else "NOT being written"
    return Office(
        channels=office.channels.all(),
        thumbs=office.feedback.counts(),
        health=[*desk.standing, f"The audit record is {record}"],
        reminders=where_reminders_go(office, desk.today()),
        summaries=where_summaries_go(audits.posts.channel, failed=bool(last and audits.posts.last_failed(last.month))),
        audit=last,
    )
