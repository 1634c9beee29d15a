"""What end-to-end tests say and wait for."""

import time

from pydantic import SecretStr

from bot.settings import Settings
from bot.workspace.person import Person
from bot.workspace.server import Workspace

QUESTION = "Can I bill group and individual therapy the same day for Aetna?"


def settings_for(workspace: Workspace, **changes: object) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(workspace.bot_token),
        slack_app_token=SecretStr(workspace.app_token),
        slack_signing_secret=SecretStr(workspace.signing_secret),
        slack_api_url=workspace.api_url,
        slack_baa=True,
    ).model_copy(update=changes)


def roles_of(workspace: Workspace) -> dict[str, str]:
    """The settings that give the seeded people their own roles, as the program does in its local workspace."""
    return {f"role_{role}s": workspace.people_with(role) for role in ("biller", "clinician", "learner")}


def replies(person: Person, ts: str, channel: str = "dm", at_least: int = 1, seconds: float = 10) -> list[dict]:
    """The bot's messages in the thread of `ts`, once there are enough; the picture of copies is not counted."""

    def enough() -> list[dict] | None:
        found = [m for m in person.messages(channel, ts) if m.get("bot_id") and m["ts"] > ts and not is_picture(m)]
        return found if len(found) >= at_least else None

    return person.wait(enough, seconds)


def is_picture(message: dict) -> bool:
    return any(file["mimetype"] == "image/png" for file in message.get("files", ()))


def quiet(seconds: float = 0.6) -> None:
    """Long enough for an answer that must not come: the others come within a tenth of this."""
    time.sleep(seconds)


def all_text(messages: list[dict]) -> str:
    return "\n".join(message["text"] for message in messages)
