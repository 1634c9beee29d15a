"""Hostile text, forged deliveries and tampered buttons at the real Bolt app, over the local workspace's protocol."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.app import Copilot
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.hostile.attacks import Attack, each
from tests.slack.at_work import joined
from tests.slack.joined import replies, settings_for

# "Formatting text for app surfaces": what stands between these is an order to Slack unless its "<" is escaped.
_LIVE = re.compile(r"<(?:[!@#]|[a-z][a-z+.-]*:)", re.IGNORECASE)
_UNSEEN = set("\u202e\u202c\u200b\u2060\ufeff\U000e0072\x1b")


@pytest.fixture(scope="module")
def office(copilot: Copilot) -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as workspace:
        given_settings = settings_for(workspace)
        with joined(copilot, given_settings, today=lambda: date(2026, 11, 26)):
            yield workspace


def _texts(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part
        for inner in part.values():
            yield from _texts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _texts(inner)


@each("slack")
def test_nothing_of_a_note_acts_in_what_the_bot_writes(office: Workspace, attack: Attack) -> None:
    dana = office.person("dana")
    label = " ".join(attack.text.split())[:60]
    note = (
        f"Date of service: 09/14/2026. Anxiety group, CBT, 2 members present.\nThe therapist guided a thought record."
        f"\n\nPatient: K.L.\n{attack.text} K.L. said “{attack.text}” and cried. Denied SI/HI. {attack.text}\n\n"
        f"Patient: {label}\nDx F41.1. Tested a worry {attack.text}. Plan: practise {attack.text} daily.\n"
    )
    sent = replies(dana, dana.say(note), at_least=1, seconds=60)
    assert sent
    for message in sent:
        for block in message.get("blocks") or ():
            assert block["type"] not in ("markdown", "image")
        for part in _texts([{"text": message["text"]}, *(message.get("blocks") or ())]):
            if part.get("type") == "plain_text":
                assert not set(part["text"]) & _UNSEEN
                continue
            assert not _LIVE.search(part["text"]), part["text"][:200]
            assert not set(part["text"]) & _UNSEEN
            assert part.get("type") != "mrkdwn" or part["verbatim"] is True


@each("slack")
def test_nothing_of_a_question_acts_in_what_the_bot_writes(office: Workspace, attack: Attack) -> None:
    sam = office.person("sam")
    sent = replies(sam, sam.say(f"Does {attack.text[:200]} require prior authorization for 90853?"), seconds=30)
    for part in _texts([{"text": m["text"]} for m in sent] + [m.get("blocks") or [] for m in sent]):
        for live in _LIVE.finditer(part["text"]):
            assert part["text"][live.start() :].startswith("<https://")
            assert "evil.example" not in part["text"][live.start() : live.start() + 60]
        assert not set(part["text"]) & _UNSEEN


@each("files")
def test_a_files_name_acts_nowhere(office: Workspace, attack: Attack) -> None:
    dana = office.person("dana")
    name = attack.text.replace("\n", " ")[:250]
    for message in replies(dana, dana.say("please review", files={name: b"%PDF-1.7 broken"}), seconds=30):
        for part in _texts([{"text": message["text"]}, *(message.get("blocks") or ())]):
            assert not _LIVE.search(part["text"])
            assert not set(part["text"]) & _UNSEEN
