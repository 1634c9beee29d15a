"""The course: `/billing learn`, "learn" in a direct message, its buttons, and "Why?" under findings and answers."""

import re
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.errors import UserError
from bot.onboarding.models import Path
from bot.slack.blocks.course import progress_messages
from bot.slack.blocks.guide import line
from bot.slack.blocks.lesson import why_messages
from bot.slack.desk import Desk
from bot.slack.intake import lesson_number
from bot.slack.listeners.actions import beside
from bot.slack.outlets import Aside, Outlet, Place, direct, permalink, post_all

Body = dict[str, Any]
PROGRESS = "progress"
_IN_DIRECT = "It goes on in our direct message."
_WORDS = (
    "Say `/billing learn`, `learn lesson 4`, `learn certificate`, `learn pause`, `learn unpause`, "
    "`learn progress` (admins), or a path: "
)


def register(app: App) -> None:
    """Listen to the course's buttons and lists."""

    def on_button(ack: Ack, action: Body, body: Body, client: WebClient, desk: Desk) -> None:
        ack()
        press(desk, course_place(body, client), client, body["user"]["id"], action)

    def on_why(ack: Ack, action: Body, body: Body, client: WebClient) -> None:
        ack()
        outlet = beside(body, client)
        back = "" if isinstance(outlet, Aside) or not outlet.is_direct else permalink(client, *_pressed(body)) or ""
        post_all(outlet, why_messages(action["value"], back))

    app.action("learn_why")(on_why)
    app.action(re.compile(r"^learn_(path|answer|module)_\d+$"))(on_button)
    app.action(re.compile(r"^learn_(resume|module|drills|choose|show|repeat)$"))(on_button)
    app.action(re.compile(r"^learn_(pause|unpause|certificate)$"))(on_button)


def press(desk: Desk, place: Place, client: WebClient, person: str, action: Body) -> None:
    """Do what a button or a list of the course asks for."""
    teaching = desk.teaching
    chosen = action.get("selected_option") or action
    value, name = str(chosen.get("value", "")), re.sub(r"_\d+$", "", action["action_id"])
    if name in ("learn_answer", "learn_choose"):
        drill_id, _, given = value.partition("|")
        teaching.answer(place, person, drill_id, given)
    elif name == "learn_path":
        teaching.choose(place, person, value)
    elif name == "learn_module":
        teaching.module(place, person, value)
    elif name == "learn_drills":
        teaching.drill(place, person, value)
    elif name == "learn_show":
        teaching.show(place, person, value)
    elif name == "learn_repeat":
        teaching.repeat(place, person)
    elif name in ("learn_pause", "learn_unpause"):
        teaching.pause(place, person, paused=name == "learn_pause")
    elif name == "learn_certificate":
        teaching.certificate(place, client, person)
    else:
        teaching.resume(place, person)


def take_learn(desk: Desk, aside: Outlet, client: WebClient, command: Body, rest: str) -> None:
    """What follows `/billing learn`; the course goes to the direct message. Raises UserError for another word."""
    person, word = command["user_id"], rest.strip().lower().rstrip(".")
    if word == PROGRESS:
        post_all(aside, progress_messages(desk.office.learning.table(), desk.today().year))
        return
    place = direct(client, person)
    if not word:
        desk.teaching.resume(place, person)
    elif word in [path.value for path in Path]:
        desk.teaching.choose(place, person, word)
    elif word in ("pause", "unpause"):
        desk.teaching.pause(place, person, paused=word == "pause")
    elif word == "certificate":
        desk.teaching.certificate(place, client, person)
    elif (number := lesson_number(word)) is not None:
        desk.teaching.lesson(place, person, number)
    else:
        raise UserError(_WORDS + ", ".join(path.value for path in Path) + ".")
    if command["channel_id"] != place.channel:
        aside.post(line(_IN_DIRECT))


def course_place(body: Body, client: WebClient) -> Place:
    """The thread of the direct message that a button stands in; from anywhere else, a new message there."""
    outlet = beside(body, client) if body["container"].get("channel_id") else None
    if outlet is None or isinstance(outlet, Aside) or not outlet.is_direct:
        return direct(client, body["user"]["id"])
    return outlet


def _pressed(body: Body) -> tuple[str, str]:
    """Channel and ts of the message whose button was pressed."""
    return body["container"]["channel_id"], body["container"]["message_ts"]
