"""What is done in Slack is on the audit record: who, where, what kind."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.settings import Settings
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import joined
from tests.slack.fakes import make_note
from tests.slack.forms import values_in
from tests.slack.joined import replies, settings_for

TODAY = date(2026, 11, 26)
QUESTION = "Can I bill group and individual therapy the same day for Medicare?"


@pytest.fixture
def copilot(tmp_path: Path) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path))


@pytest.fixture
def office(copilot: Copilot) -> Iterator[Workspace]:
    with (
        Workspace(manifest=MANIFEST) as workspace,
        joined(copilot, _settings(workspace), lambda: TODAY),
    ):
        yield workspace


def _settings(workspace: Workspace) -> Settings:
    """Sam is a clinician; everybody else is a biller."""
    return settings_for(workspace, role_clinicians=workspace.people_with("clinician"), role_default="biller")


@pytest.fixture
def dana(office: Workspace) -> Person:
    return office.person("dana")


def entries(copilot: Copilot) -> list[dict]:
    """All that is on record of the one practice, which holds."""
    record = copilot.stored_audit_record
    (practice,) = record.practices()
    assert practice.startswith("T")
    assert record.check(practice).problem is None
    return [{"who": link.who, "kind": link.kind, **json.loads(link.body)} for link in record.links(practice)]


def test_an_answer_and_a_review_name_the_person_the_thread_and_the_work(dana: Person, copilot: Copilot) -> None:
    asked, sent = dana.say(QUESTION), dana.say(make_note(["A.B.", "C.D."]))
    replies(dana, asked)
    replies(dana, sent, at_least=3)
    answer, review = sorted(entries(copilot), key=lambda one: one["kind"])
    for entry, ts in ((answer, asked), (review, sent)):
        assert (entry["who"], entry["channel"], entry["thread"]) == (dana.id, dana.channel("dm")["id"], ts)
        assert entry["work"].startswith("Ev")
    assert answer["about"] == ["medicare"]
    assert review["members"] == 2


def test_what_a_form_records_at_once_names_who_filled_it_in(dana: Person, copilot: Copilot) -> None:
    ts = dana.say("Does Molina need an auth for group?")
    (card,) = replies(dana, ts)
    dana.click(card, "record_0")
    said = {"decision": "not_required", "answered_by": "Kim", "reference": "A-1"}
    assert not dana.submit(values_in(dana.wait_for_modal(), **said)).get("errors")
    replies(dana, ts, at_least=2)
    recorded = next(one for one in entries(copilot) if one["kind"] == "verification")
    assert (recorded["who"], recorded["action"]) == (dana.id, "recorded")
    assert "Kim" not in str(recorded)


def test_who_asks_for_what_their_role_does_not_allow_is_on_record(office: Workspace, copilot: Copilot) -> None:
    sam = office.person("sam")
    words = "add to knowledge for Aetna effective 2026-01-01"
    ts = sam.say(words, files={"manual.txt": b"Aetna manual. Group therapy is covered."})
    replies(sam, ts)
    (refused,) = entries(copilot)
    assert (refused["kind"], refused["about"], refused["who"]) == ("role_refused", ["knowledge"], sam.id)
    assert (refused["channel"], refused["thread"]) == (sam.channel("dm")["id"], ts)


def test_a_command_that_a_role_does_not_allow_is_on_record(office: Workspace, copilot: Copilot) -> None:
    sam = office.person("sam")
    sam.slash("/billing payers add Aetna")
    sam.wait(copilot.stored_audit_record.practices)
    assert [(one["kind"], one["about"], one["who"]) for one in entries(copilot)] == [
        ("role_refused", ["settings"], sam.id)
    ]
