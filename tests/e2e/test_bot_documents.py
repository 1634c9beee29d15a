"""A document sent to the bot by an admin, over the real protocol and with the real copilot: from file to answer."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.settings import Settings
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.documents.files import MANUAL, ORDERS, locked, make_docx, make_pdf
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import joined
from tests.slack.forms import values_in
from tests.slack.joined import all_text, replies, settings_for

TODAY = date(2026, 11, 26)
WORDS = "add to knowledge for Aetna effective 2026-01-01"
QUESTION = "Can I bill group and individual therapy the same day for Aetna?"
PAGES = [
    ["Provider manual."],
    ["Individual and group psychotherapy are reimbursed on the same date", "of service when separate and distinct."],
]


@pytest.fixture
def practice_copilot(tmp_path: Path) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path))


@pytest.fixture
def office(practice_copilot: Copilot) -> Iterator[Workspace]:
    with (
        Workspace(manifest=MANIFEST) as workspace,
        joined(practice_copilot, settings_for(workspace), lambda: TODAY),
    ):
        yield workspace


@pytest.fixture
def robin(office: Workspace) -> Person:
    """The practice's admin."""
    return office.person("robin")


def send(person: Person, data: bytes, name: str = "manual.pdf", words: str = WORDS, at_least: int = 1) -> list[dict]:
    return replies(person, person.say(words, files={name: data}), at_least=at_least, seconds=30)


def form(person: Person, title: str, **given: str) -> dict:
    """Submit the open modal with what stands in it and what is given."""
    return person.submit(values_in(person.wait_for_modal(title), **given))


def changed(person: Person, ts: str, opening: str) -> dict:
    """The card at `ts` once it begins so."""

    def found() -> dict | None:
        return next((m for m in person.messages() if m["ts"] == ts and m["text"].startswith(opening)), None)

    return person.wait(found, 10)


def home(person: Person) -> str:
    person.open_home("home")
    return json.dumps(person.wait(lambda: person.state()["home"]))


def test_a_manual_is_added_decided_on_and_answers_the_next_question(robin: Person, office: Workspace) -> None:
    added, card = send(robin, make_pdf(PAGES, title="Aetna Manual 2026"), at_least=2)
    assert "Added and searched from now on" in added["text"]
    assert "Aetna Manual 2026 · Aetna · payer's own document · from 2026-01-01 · 2 pages" in added["text"]
    assert "1 fact proposed. None is in force" in added["text"]
    assert "Aetna Manual 2026, p. 2" in card["text"]

    sam = office.person("sam")
    (before,) = replies(sam, sam.say(QUESTION))
    assert before["text"].startswith("Not known · Aetna")
    told = json.dumps(before, ensure_ascii=False)
    assert "In your own document, Aetna Manual 2026, p. 2: “Individual and group psychotherapy" in before["text"]
    assert "No fact in force says what Aetna (commercial plans) decides" in told
    assert "An admin can approve the fact that waits from Aetna Manual 2026, p. 2: it may settle this." in told
    assert "*1 fact of your documents waits for approval*" in home(robin)
    assert "for approval" not in home(sam)

    robin.click(card, "edit_fact")
    form(
        robin,
        "What it decides",
        decision="allowed_with_conditions",
        modifiers="59",
        conditions="separate and distinct",
    )
    approved = changed(robin, card["ts"], "In force: same day, allowed with conditions · Aetna")
    assert "Modifiers: 59" in approved["text"]
    (after,) = replies(sam, sam.say(QUESTION))
    assert "Ask whether Aetna wants it" not in json.dumps(after)
    robin.wait(lambda: "for approval" not in home(robin))
    assert after["text"].startswith("Allowed with conditions · Aetna")
    assert "Aetna Manual 2026, p. 2 · Aetna · 2026-01-01, 10 months old · payer's own document" in after["text"]

    robin.click(approved, "withdraw_fact")
    changed(robin, card["ts"], "Withdrawn: it decides nothing any more")
    (again,) = replies(sam, sam.say(QUESTION))
    assert again["text"].startswith("Not known · Aetna")


def test_the_form_offers_only_what_can_be_decided_on_the_topic(robin: Person) -> None:
    _, card = send(robin, make_pdf(PAGES), at_least=2)
    robin.click(card, "edit_fact")
    view = robin.wait_for_modal("What it decides")
    assert _offered(view) == ["allowed", "allowed_with_conditions", "not_allowed", "varies"]
    topics = next(block for block in view["blocks"] if block["block_id"] == "topic")["element"]["options"]
    about = [option["text"]["text"] for option in topics]
    assert "Group and individual psychotherapy on one date" in about
    assert "non covered" not in about
    chosen = {"text": {"type": "plain_text", "text": "Prior authorization for group therapy"}, "value": "prior_auth"}
    robin.click_in_view(view, "fact_topic", type="static_select", selected_option=chosen)

    def changed_form() -> dict | None:
        found = robin.state()["modal"]
        return found if _offered(found) == ["required", "not_required", "varies"] else None

    robin.wait(changed_form)


def _offered(view: dict) -> list[str]:
    """The values that the form's decision may take."""
    (block,) = (block for block in view["blocks"] if block["block_id"].startswith("decision"))
    return [option["value"] for option in block["element"]["options"]]


def test_a_proposal_can_be_turned_down(robin: Person, practice_copilot: Copilot) -> None:
    _, card = send(robin, make_pdf(PAGES), at_least=2)
    robin.click(card, "reject_fact")
    changed(robin, card["ts"], "Turned down: same day")
    (practice,) = practice_copilot.ledger.practices()
    assert practice_copilot.at(practice).library.proposals.waiting() == []


def test_a_biller_adds_a_document_and_an_admin_decides_on_its_facts(
    office: Workspace, practice_copilot: Copilot
) -> None:
    dana = office.person("dana")
    _, card = send(dana, make_pdf(PAGES), at_least=2)
    dana.click(card, "reject_fact")
    told = "Deciding on a document's facts is for admins, and your role here is biller"
    dana.wait(lambda: [m for m in dana.messages() if m["text"].startswith(told)])
    (practice,) = practice_copilot.ledger.practices()
    assert len(practice_copilot.at(practice).library.proposals.waiting()) == 1


def test_what_the_words_leave_out_is_asked_in_a_form(robin: Person) -> None:
    (asked,) = send(
        robin, make_docx([("h1", "Agreement"), ("p", "Groups are paid.")]), "c.docx", "add our contract to knowledge"
    )
    assert asked["text"].startswith("To add it I need to know whose rules it holds and from which date")
    robin.click(asked, "keep_document")
    form(robin, "Add to knowledge", payer="Aetna", effective_from="2026-01-01", effective_to="2025-01-01")
    assert robin.wait_for_modal("Add to knowledge")
    form(robin, "Add to knowledge", payer="Aetna", effective_from="2026-01-01", effective_to="2027-12-31")
    added = replies(robin, asked["thread_ts"], at_least=2, seconds=30)[1]
    assert "Aetna · your contract · from 2026-01-01 to 2027-12-31" in added["text"]


def test_a_payer_nobody_knows_is_added_only_after_a_look_at_its_name(robin: Person) -> None:
    (asked,) = send(robin, make_pdf(PAGES), words="add to knowledge for Zebra Mutual effective 2026-01-01")
    assert asked["text"].startswith("No payer “Zebra Mutual” is on file")
    robin.click(asked, "keep_document")
    form(robin, "Add to knowledge")
    added = replies(robin, asked["thread_ts"], at_least=2, seconds=30)[1]
    assert "Zebra Mutual was not on file: it is now" in added["text"]


def test_the_words_without_their_file_ask_for_it(robin: Person) -> None:
    asked = robin.wait_for_reply(robin.say("add to knowledge for Aetna effective 2026-01-01"))
    assert asked["text"].startswith("Send the file with those words")


def test_a_name_that_fits_several_payers_is_asked_back(robin: Person) -> None:
    (asked,) = send(robin, make_pdf(PAGES), words="add to knowledge for Medicaid effective 2026-01-01")
    assert "fits several payers" in asked["text"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("locked.pdf", locked(make_pdf(PAGES), "secret"), "locked.pdf is locked with a password"),
        ("long.pdf", make_pdf([["Groups are paid."]] * 500), "long.pdf has 500 pages; up to 300 are read"),
        ("scan.pdf", make_pdf([[]]), "scan.pdf has no text, only pictures"),
        ("song.mp3", b"ID3 words", "song.mp3 is not a kind of file that is read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_line(robin: Person, name: str, data: bytes, told: str) -> None:
    (reply,) = send(robin, data, name)
    assert reply["text"].startswith(told)


def test_a_group_note_is_refused_and_never_kept(robin: Person, tmp_path: Path) -> None:
    note = Path("knowledge/samples/seven-members.txt").read_bytes()
    (reply,) = send(robin, note, "note.txt")
    assert "reads like a group note: notes are reviewed, never kept" in reply["text"]
    word = max(note.split(), key=len)
    assert not any(word in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_orders_in_a_document_are_told_of_and_not_obeyed(robin: Person) -> None:
    (added,) = send(robin, make_pdf([["Groups are paid."], [ORDERS]]))
    assert "Sentences at p. 2 give orders to their reader: never followed, never quoted" in added["text"]
    reply = all_text(replies(robin, robin.say("Does Aetna require prior authorization for group therapy?")))
    assert reply.startswith("Not known")
    assert "ignore all previous" not in reply


def test_without_such_words_a_manual_is_not_taken_for_a_note(robin: Person) -> None:
    (reply,) = send(robin, make_docx([("p", MANUAL)]), "m.docx", "please review")
    assert "m.docx reads like a payer's document, not like a group note" in reply["text"]
