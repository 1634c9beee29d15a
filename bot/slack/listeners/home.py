"""The app opened: prompts in the Messages tab, the page in the Home tab."""

from typing import Any

import structlog
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.slack.blocks.course_home import course_blocks
from bot.slack.blocks.guide import PROMPTS, home_view
from bot.slack.blocks.split import Block
from bot.slack.desk import Desk

log = structlog.get_logger("bot.slack")


def register(app: App) -> None:
    """Listen to the app being opened."""

    def on_opened(event: dict[str, Any], client: WebClient, desk: Desk) -> None:
        if event.get("tab") == "home":
            view = home_view(
                desk.office.payers(),
                len(desk.office.verifications.due(desk.today())),
                covered=desk.screening.is_covered,
            )
            _put_course(view["blocks"], course_blocks(desk.office.learning.standing(event["user"])))
            client.views_publish(user_id=event["user"], view=view)
        elif event.get("channel"):
            suggest(client, event["channel"], covered=desk.screening.is_covered)

    app.event("app_home_opened")(on_opened)


def _put_course(blocks: list[Block], course: list[Block]) -> None:
    """The course stands above the first line: what is below it is looked up, not done."""
    at = next((number for number, block in enumerate(blocks) if block["type"] == "divider"), len(blocks))
    blocks[at:at] = course


def suggest(client: WebClient, channel: str, *, covered: bool = True) -> None:
    """Offer first questions; where Slack refuses them, the conversation works without."""
    prompts = [{"title": title, "message": message} for title, message in PROMPTS]
    try:
        client.assistant_threads_setSuggestedPrompts(
            channel_id=channel,
            prompts=prompts,
            title="Ask me, or send a " + ("group note" if covered else "de-identified note"),
        )
    except (SlackClientError, OSError) as error:
        log.info("no_prompts", channel=channel, reason=type(error).__name__)
