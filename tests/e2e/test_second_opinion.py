"""What the bot sends in a day of use is taken by an independent implementation of Slack's Web API (emulate)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.documents.files import make_pdf
from tests.slack.at_work import joined
from tests.slack.joined import replies, settings_for

from .conftest import MANIFEST
from .second_opinion import Opinion, emulated, settled

SAMPLE = Path("knowledge/samples/seven-members.txt").read_text("utf-8")
WORDS = "add to knowledge for Aetna effective 2026-01-01"
PAGES = [
    ["Provider manual."],
    ["Individual and group psychotherapy are reimbursed on the same date", "of service when separate and distinct."],
]
PRESSES = 40  # of the buttons that a day's messages offer


@pytest.fixture(scope="module")
def opinion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opinion]:
    with Workspace(manifest=MANIFEST) as workspace, emulated(workspace) as opinion:
        settings = settings_for(
            workspace,
            data_dir=tmp_path_factory.mktemp("data"),
            admins=workspace.people_with("admin"),
        )
        watched = workspace.core.wire.join()
        with joined(Copilot(settings), settings):
            a_day(workspace.person("robin"))
            told = settled(watched)
        opinion.replay(told)
        yield opinion


def a_day(robin: Person) -> None:
    """Questions, a note, a file, commands, shortcuts, the home, and a press of what each message offers."""
    for tab in ("home", "messages"):
        robin.open_home(tab)
    ts = robin.say("Can I bill 90853 and 90837 on the same day for Medicare?")
    replies(robin, ts)
    robin.say("and Aetna?", thread_ts=ts)
    replies(robin, ts, at_least=2)
    question = robin.say("@Billing Copilot does Cigna need prior authorization?", "#billing")
    replies(robin, question, "#billing")
    replies(robin, robin.say(SAMPLE), at_least=3, seconds=30)
    replies(robin, robin.say("", files={"note.txt": SAMPLE.encode()}), at_least=3, seconds=30)
    for command in ("help", "payers", "learn", "settings", "documents", "ask Does Optum cover telehealth?"):
        robin.slash(f"/billing {command}", "dm")
        robin.cancel(everything=True)
    robin.shortcut("ask_payer")
    robin.cancel(everything=True)
    robin.shortcut("review_note", ts)
    robin.cancel(everything=True)
    manual = make_pdf(PAGES, title="Aetna Manual 2026")
    replies(robin, robin.say(WORDS, files={"manual.pdf": manual}), at_least=2, seconds=30)
    press_everything(robin)


def press_everything(robin: Person) -> None:
    pressed: set[str] = set()
    for message in robin.messages():
        for block in message.get("blocks", ()) if message.get("bot_id") else ():
            for element in [*block.get("elements", ()), block.get("accessory") or {}]:
                name = element.get("action_id", "")
                if element.get("type") != "button" or element.get("url") or name in pressed or len(pressed) > PRESSES:
                    continue
                pressed.add(name)
                robin.click(message, name)
                robin.cancel(everything=True)


def test_it_refuses_nothing_that_we_take(opinion: Opinion) -> None:
    assert opinion.differs == []


def test_the_day_was_compared(opinion: Opinion) -> None:
    assert {"chat.postMessage", "chat.update", "views.open", "views.publish"} <= set(opinion.compared)
    assert {"conversations.replies", "users.info", "files.completeUploadExternal"} & set(opinion.compared)
    assert len(opinion.compared) >= 30
