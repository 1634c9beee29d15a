"""The whole report as a file, and verdicts disputed, over the real protocol with the real copilot."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from docx import Document
from pypdf import PdfReader

from bot.app import Copilot
from bot.settings import Settings
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import joined
from tests.slack.forms import values_in
from tests.slack.joined import is_picture, replies, settings_for

NOTE = Path("knowledge/samples/seven-members.txt").read_text("utf-8")
# The summary, the session and a card for each of the seven.
CARDS = 9


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def office(data: Path) -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as running:
        settings = settings_for(running, data_dir=data)
        with joined(Copilot(settings), settings, lambda: date(2026, 11, 26)):
            yield running


@pytest.fixture
def dana(office: Workspace) -> Person:
    return office.person("dana")


def review(person: Person) -> tuple[str, list[dict]]:
    ts = person.say(NOTE)
    return ts, replies(person, ts, at_least=CARDS)


def test_who_copies_whom_is_shown_as_a_picture_that_names_nobody_outside_it(office: Workspace, dana: Person) -> None:
    ts, cards = review(dana)
    assert "These parts read as copies of each other." in cards[0]["text"]
    (shown,) = [message for message in dana.messages("dm", ts) if is_picture(message)]
    name, picture = file_of(office, shown)
    assert (name, shown["files"][0]["title"]) == ("copies.png", "Parts that read as copies")
    assert "The message above tells the same in words" in shown["files"][0]["alt_txt"]
    assert picture.startswith(b"\x89PNG")


def file_of(office: Workspace, message: dict) -> tuple[str, bytes]:
    (file,) = message["files"]
    request = Request(file["url_private_download"], headers={"Authorization": f"Bearer {office.bot_token}"})
    with urlopen(request) as answer:
        return file["name"], answer.read()


def fill(person: Person, **given: str) -> dict:
    return person.submit(values_in(person.wait_for_modal("Disagree, because"), **given))


@pytest.mark.parametrize("kind", ["pdf", "docx", "csv"])
def test_the_report_comes_as_a_file_into_the_same_thread(office: Workspace, dana: Person, kind: str) -> None:
    ts, cards = review(dana)
    if kind == "pdf":
        dana.click(cards[0], "report_pdf")
    else:
        dana.click(cards[0], "report_menu", selected_option={"value": kind})
    shared = replies(dana, ts, at_least=CARDS + 1)[-1]
    name, content = file_of(office, shared)
    assert name == f"note_review_2026-11-26.{kind}"
    assert shared["files"][0]["title"] == "Review of 7 claims"
    if kind == "pdf":
        words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        assert "7 claims: 3 to fix, 4 to confirm" in words
    elif kind == "docx":
        assert "7 claims: 3 to fix, 4 to confirm" in [p.text for p in Document(io.BytesIO(content)).paragraphs]
    else:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert {row["member"] for row in rows} == {"", "K.L.", "D.R.", "S.T.", "W.B.", "N.H.", "P.M.", "J.A."}


def test_the_report_carries_the_claim_facts_given_before(office: Workspace, dana: Person) -> None:
    ts, cards = review(dana)
    dana.click(cards[0], "claim_facts")
    dana.submit(values_in(dana.wait_for_modal("Claim facts"), payer="Aetna", eligibility="2026-03-01"))
    again = replies(dana, ts, at_least=2 * CARDS)[CARDS]
    dana.click(again, "report_pdf")
    _, content = file_of(office, replies(dana, ts, at_least=2 * CARDS + 1)[-1])
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "payer Aetna" in " ".join(words.split())
    assert "eligibility verified on 2026-03-01" in " ".join(words.split())


def test_a_verdict_is_disputed_in_three_choices_and_kept_without_the_note(dana: Person, data: Path) -> None:
    ts, cards = review(dana)
    thin = cards[-1]
    assert thin["text"].startswith("7. J.A.")
    dana.click(thin, "disagree")
    modal = dana.wait_for_modal("Disagree, because")
    assert "J.A." not in json.dumps(modal)
    assert modal["blocks"][1]["element"]["initial_option"]["value"] == "patient_participation"
    fill(dana, proposed="met", reason="words_not_seen", comment="It stands in the session part.")
    said = replies(dana, ts, at_least=CARDS + 1)[-1]["text"]
    assert "patient participation was judged partly there, you say met" in said
    (kept,) = [one.dispute for one in Copilot(Settings(data_dir=data)).disputes.all()]
    assert (kept.check, kept.judged, kept.proposed) == ("patient_participation", "partial", "met")
    stored = b"".join(path.read_bytes() for path in data.rglob("*.sqlite3*"))
    assert b"J.A." not in stored
    assert b"Attended, engaged" not in stored


def test_a_comment_that_names_a_member_or_copies_the_note_is_refused_beside_its_field(dana: Person) -> None:
    _, cards = review(dana)
    for comment in ("K.L. did so", "she wrote: offered to play the talk she dreads", "x" * 301):
        dana.click(cards[-1], "disagree")
        answer = fill(dana, proposed="met", reason="other", comment=comment)
        assert set(answer["errors"]) == {"comment"}
        dana.cancel()


def test_a_ready_members_card_can_be_disputed_too(dana: Person) -> None:
    ts, cards = review(dana)
    dana.click(cards[2], "disagree")
    fill(dana, check="plan", proposed="missing", reason="too_lenient")
    assert "plan was judged met, you say missing" in replies(dana, ts, at_least=CARDS + 1)[-1]["text"]


def test_a_blank_note_comes_to_copy_and_as_a_word_file_in_the_direct_message(office: Workspace, dana: Person) -> None:
    before = {m["ts"] for room in ("#billing", "dm") for m in dana.messages(room)}
    dana.slash("/billing template birp 3")
    shown = dana.wait(lambda: [m for m in dana.messages("#billing") if m["ts"] not in before and m.get("is_ephemeral")])
    assert "Intervention: [What did you do with this member in particular?]" in shown[0]["text"]
    assert "Fix the template first" in shown[0]["text"]
    (shared,) = dana.wait(lambda: [m for m in dana.messages("dm") if m["ts"] not in before and m.get("files")])
    name, content = file_of(office, shared)
    assert name == "group_note_birp.docx"
    lines = [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]
    assert sum(line.startswith("Patient: Member") for line in lines) == 3
