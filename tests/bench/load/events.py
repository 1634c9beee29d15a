"""The mix: questions by far the most, mentions, presses, commands, small notes, and one event in twenty sent twice."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from bot.answers.models import Reply
from bot.slack.blocks.answer import answer_messages
from tests.bench.load.slack_api import BOT, TEAM
from tests.slack.fakes import TODAY, make_answer, make_note

QUESTIONS = (
    "Can I bill 90853 and 90837 on the same day for Medicare?",
    "Does Aetna require prior authorization for 90853?",
    "How many members can a Minnesota Medicaid group have?",
    "Does Cigna pay group therapy by telehealth?",
    "Which modifier does Optum want on 90853?",
)
NOTE = make_note(["A.B.", "C.D."])
CARD = answer_messages(Reply(question="q", answers=(make_answer(),)), TODAY)[0]
SOURCES = next(
    element
    for block in CARD.blocks
    if block["type"] == "actions"
    for element in block["elements"]
    if element["action_id"] == "sources_0"
)["value"]
DOUBLED = 0.05


class What(StrEnum):
    QUESTION = "question"
    MENTION = "mention"
    PRESS = "press"
    COMMAND = "command"
    NOTE = "note"


_SHARES = {What.QUESTION: 74, What.MENTION: 12, What.PRESS: 9, What.COMMAND: 3, What.NOTE: 2}
PARTS = {What.QUESTION: 1, What.MENTION: 1, What.PRESS: 1, What.COMMAND: 1, What.NOTE: 4}
"""How many messages answer it: of a note of two members the summary, the session and each member."""


@dataclass(frozen=True)
class Event:
    """One delivery, ready to be signed; a repeat has the id of the event before it."""

    id: str
    what: What
    body: bytes
    kind: str
    repeats: bool = False


def events(count: int, name: str, response_url: str, seed: int = 90853) -> Iterator[Event]:
    """`count` deliveries; `name` keeps the ids of one run apart from another's."""
    dice = random.Random(seed)
    kinds, shares = list(_SHARES), list(_SHARES.values())
    made, number = 0, 0
    while made < count:
        number += 1
        event = _event(f"Ev{name}{number:06d}", dice.choices(kinds, shares)[0], number, response_url)
        yield event
        made += 1
        if made < count and dice.random() < DOUBLED:
            yield Event(event.id, event.what, event.body, event.kind, repeats=True)
            made += 1


def _event(name: str, what: What, number: int, response_url: str) -> Event:
    user, ts = f"U0P{number % 40:02d}", f"{1_790_000_000 + int(name[2:4])}.{number:06d}"
    channel = f"D0P{number % 40:02d}"
    question = QUESTIONS[number % len(QUESTIONS)]
    if what is What.COMMAND:
        form = {
            "command": "/billing",
            "text": "help",
            "user_id": user,
            "channel_id": "C0BILLING",
            "team_id": TEAM,
            "trigger_id": name,
            "response_url": f"{response_url}/{name}",
        }
        return Event(name, what, urlencode(form).encode(), "form")
    if what is What.PRESS:
        payload = {
            "type": "block_actions",
            "trigger_id": name,
            "user": {"id": user},
            "team": {"id": TEAM},
            "container": {"channel_id": channel, "message_ts": ts},
            "message": {"ts": ts},
            "response_url": f"{response_url}/{name}",
            "actions": [{"action_id": "sources_0", "block_id": "b", "type": "button", "value": SOURCES}],
        }
        return Event(name, what, urlencode({"payload": json.dumps(payload)}).encode(), "form")
    event = {"type": "message", "channel_type": "im", "channel": channel, "user": user, "ts": ts, "text": question}
    if what is What.NOTE:
        event["text"] = NOTE
    elif what is What.MENTION:
        event |= {"type": "app_mention", "channel": "C0BILLING", "channel_type": "channel"}
        event["text"] = f"<@{BOT}> {question}"
    body = {"type": "event_callback", "team_id": TEAM, "event_id": name, "event": event}
    return Event(name, what, json.dumps(body).encode(), "json")
