"""A workspace whose admin has stated no BAA, over the real protocol."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import at_work
from tests.slack.fakes import TODAY, FakeCopilot, make_note
from tests.slack.joined import QUESTION, all_text, replies, settings_for

PLAIN = make_note(["Member 1", "Member 2"]).replace("03/14/2026", "2026")
TELLING = PLAIN.replace("Member 1", "Rosalind Quillon")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def copilot() -> FakeCopilot:
    return FakeCopilot()


@pytest.fixture(scope="module")
def workspace(copilot: FakeCopilot, folder: Path) -> Iterator[Workspace]:
    from bot.slack.connection import join_socket

    with Workspace(manifest=MANIFEST) as running:
        settings = settings_for(running, slack_baa=False)
        with at_work(copilot, settings, lambda: TODAY, folder) as app:
            socket = join_socket(app, settings)
            yield running
            socket.close()


@pytest.fixture
def dana(workspace: Workspace, copilot: FakeCopilot) -> Person:
    copilot.asked.clear()
    copilot.reviewed.clear()
    return workspace.person("dana")


def pending(folder: Path) -> int:
    engine = create_engine(f"sqlite:///{folder / 'copilot.sqlite3'}")
    with engine.connect() as connection:
        return int(connection.execute(text("select count(*) from work")).scalar_one())


def nothing_is_kept(person: Person, folder: Path) -> None:
    person.wait(lambda: pending(folder) == 0)
    assert not any(b"Quillon" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_note_without_identifiers_is_reviewed(dana: Person, copilot: FakeCopilot) -> None:
    replies(dana, dana.say(PLAIN))
    assert len(copilot.reviewed) == 1


@pytest.mark.parametrize("as_file", [False, True])
def test_a_note_with_a_name_is_refused_unread_and_nothing_of_it_is_kept(
    dana: Person, copilot: FakeCopilot, folder: Path, as_file: bool
) -> None:
    ts = dana.say("", files={"note.txt": TELLING.encode()}) if as_file else dana.say(TELLING)
    (reply,) = replies(dana, ts)
    assert "1 name, and no BAA with Slack is on record" in reply["text"]
    assert "Quillon" not in reply["text"]
    assert copilot.reviewed == []
    nothing_is_kept(dana, folder)


def test_a_question_about_a_person_is_refused_in_a_message_and_in_a_command(
    dana: Person, copilot: FakeCopilot, folder: Path
) -> None:
    asked = "Is Mrs. Quillon covered for group therapy by Aetna?"
    (reply,) = replies(dana, dana.say(asked))
    assert "1 name, and no BAA" in reply["text"]
    dana.slash(f"/billing {asked}")
    dana.wait(lambda: "1 name, and no BAA" in all_text(dana.messages("#billing")))
    assert copilot.asked == []
    nothing_is_kept(dana, folder)


def test_a_question_about_a_rule_is_answered(dana: Person) -> None:
    assert "Allowed with conditions" in replies(dana, dana.say(QUESTION))[0]["text"]


def test_help_asks_for_de_identified_text_and_names_the_local_workspace(dana: Person) -> None:
    said = replies(dana, dana.say("help"))[0]
    assert "send de-identified text only" in str(said["blocks"])
    assert "run the local workspace on your own computer" in str(said["blocks"])


def test_days_and_numbers_are_refused_in_the_claim_facts(dana: Person) -> None:
    card = replies(dana, dana.say(PLAIN))[0]
    dana.click(card, "claim_facts")
    dana.wait_for_modal()
    everyone = {"type": "static_select", "selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": "0"}}
    day = {"type": "datepicker", "selected_date": "2026-03-14"}
    given = {"member": {"value": everyone}, "date_of_service": {"value": day}}
    assert dana.submit(given)["errors"] == {"date_of_service": "No BAA with Slack is on record: leave this out."}
    dana.cancel(everything=True)


def test_the_claims_csv_has_days_and_is_refused(dana: Person, copilot: FakeCopilot) -> None:
    table = b"label,payer,date_of_service,authorization_number\nMember 1,Aetna,2026-03-14,AUTH4482913\n"
    said = all_text(replies(dana, dana.say("", files={"claims.csv": table})))
    assert "no BAA" in said
    assert copilot.reviewed == []


def test_the_first_words_of_the_conversation_ask_for_a_de_identified_note(dana: Person) -> None:
    dana.open_home("messages")
    dana.wait(lambda: "de-identified note" in dana.channel("dm")["prompts"]["title"])
