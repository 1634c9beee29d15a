"""A practice's list and its table, over the real protocol with the real copilot, and on the page as people see it."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from bot.app import Copilot
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import joined
from tests.slack.joined import all_text, replies, settings_for

TODAY = date(2026, 11, 26)
FILE = "payer_policies_same_day_2026-11-26.csv"
OUR_PAYERS = "Aetna, Cigna Medicare Advantage, HUSKY, Molina & Medicare"
QUESTION = "which of our payers allow same-day?"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as running:
        settings = settings_for(running, data_dir=tmp_path)
        with joined(Copilot(settings), settings, lambda: TODAY):
            yield running


@pytest.fixture
def dana(workspace: Workspace) -> Person:
    return workspace.person("dana")


def told(person: Person, text: str, says: str, channel: str = "dm") -> dict:
    """What `/billing ...` answers to this person, once it says that."""
    before = {message["ts"] for message in person.messages(channel)}
    person.slash(text, channel)
    found = person.wait(
        lambda: [m for m in person.messages(channel) if m["ts"] not in before and says in m["text"]], 10
    )
    return found[0]


def table_in(message: dict) -> list[list[dict]]:
    (grid,) = [block for block in message["blocks"] if block["type"] == "table"]
    return grid["rows"]


def read_file(workspace: Workspace, message: dict) -> list[dict[str, str]]:
    (file,) = message["files"]
    request = Request(file["url_private_download"], headers={"Authorization": f"Bearer {workspace.bot_token}"})
    with urlopen(request) as answer:
        return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("payers add Aetna, HUSKY", "payers add Aetna, HUSKY"),
        ("what payers do I have?", "payers"),
        ("our payers: Aetna, HUSKY", "payers add Aetna, HUSKY"),
    ],
)
def test_a_command_typed_as_a_message_is_offered_as_one(dana: Person, typed: str, command: str) -> None:
    offered = dana.wait_for_reply(dana.say(typed))
    assert f"`/billing {command}`" in offered["text"]
    assert offered["blocks"][-1]["elements"][0]["value"] == command


def test_a_list_is_made_shown_changed_and_brought_back(dana: Person) -> None:
    assert "no list of payers yet" in told(dana, "/billing payers", "no list")["text"]
    added = told(dana, f"/billing payers add {OUR_PAYERS}, BCBS", "Added")["text"]
    assert "Kept by name, “unknown: not on file”" in added
    assert "“BCBS” fits several on file" in added
    shown = told(dana, "/billing payers", "Your payers (5)")["text"]
    assert "4 of them on file" in shown
    assert "Cigna / Evernorth (Medicare Advantage)" in shown
    assert "Removed: Aetna" in told(dana, "/billing payers remove aetna", "Removed")["text"]
    cleared = told(dana, "/billing payers clear", "Removed")["text"]
    again = cleared[cleared.index("/billing payers add") :].splitlines()[0]
    assert "Your list has 4 payers now" in told(dana, again, "Added")["text"]
    assert "payers and programmes on file" in told(dana, "/billing payers all", "programmes on file")["text"]


def test_a_question_over_our_payers_gives_a_table_and_its_file_in_the_thread(
    workspace: Workspace, dana: Person
) -> None:
    told(dana, f"/billing payers add {OUR_PAYERS}", "Added")
    ts = dana.say(QUESTION)
    (message,) = replies(dana, ts)
    assert len(table_in(message)) == 6
    assert "your 5 payers" in message["text"]
    assert "Not on file. Ask them first" in message["text"]
    dana.click(message, "table_csv")
    sent = dana.wait(lambda: [m for m in dana.messages("dm", ts) if m.get("files")], 10)[0]
    assert sent["files"][0]["name"] == FILE
    rows = read_file(workspace, sent)
    assert {row["payer"] for row in rows} >= {"Aetna", "Molina Healthcare", "Medicare Part B"}
    medicare = next(row for row in rows if row["payer"] == "Medicare Part B")
    assert (medicare["decision"], medicare["modifiers"]) == ("allowed_with_conditions", "59, XE")
    assert medicare["all_citations"]


def test_one_row_opens_as_the_full_answer_with_its_call_script(dana: Person) -> None:
    told(dana, f"/billing payers add {OUR_PAYERS}", "Added")
    ts = dana.say(QUESTION)
    (message,) = replies(dana, ts)
    options = message["blocks"][-1]["elements"][1]["options"]
    molina = next(option for option in options if "Molina" in option["text"]["text"])
    dana.click(message, "table_row", selected_option=molina)
    full = replies(dana, ts, at_least=2)[-1]
    assert "Molina Healthcare is not on file" in full["text"]
    dana.click(full, "call_script_0")
    assert "Call script" in replies(dana, ts, at_least=3)[-1]["text"]


def test_a_command_in_a_channel_sends_its_file_to_the_persons_direct_message(dana: Person) -> None:
    told(dana, "/billing payers add Aetna, HUSKY", "Added", "#billing")
    message = told(dana, "/billing payers prior auth", "Prior authorization for group therapy", "#billing")
    assert message["is_ephemeral"]
    dana.click(message, "table_csv", "#billing")
    sent = dana.wait(lambda: [m for m in dana.messages("dm") if m.get("files")], 10)[0]
    assert sent["files"][0]["name"] == "payer_policies_prior_auth_2026-11-26.csv"
    dana.wait(lambda: [m for m in dana.messages("#billing") if "is in your direct message" in m["text"]])
    (option,) = [
        one
        for one in message["blocks"][-1]["elements"][1]["options"]
        if one["text"]["text"] == "Aetna (commercial plans)"
    ]
    dana.click(message, "table_row", "#billing", selected_option=option)
    dana.wait(lambda: [m for m in dana.messages("#billing") if "Unknown" in m["text"] or "Not known" in m["text"]])


def test_without_a_list_it_says_how_to_make_one_and_offers_the_whole_file(dana: Person) -> None:
    ts = dana.say(QUESTION)
    said = replies(dana, ts, at_least=2)
    assert "/billing payers add" in all_text(said)
    dana.click(said[-1], "table_all")
    whole = replies(dana, ts, at_least=3)[-1]
    assert "HUSKY Health" in whole["text"]
    assert "Not known" not in whole["text"]
    told(dana, "/billing payers telehealth", "no list of payers yet")
    assert "2 payers" in told(dana, "/billing payers telehealth: Aetna, Molina", "telehealth: 2 payers")["text"]


def test_the_list_is_edited_in_a_modal_which_refuses_a_name_that_fits_several(dana: Person) -> None:
    told(dana, "/billing payers add Aetna, Cigna Medicare Advantage", "Added")
    message = told(dana, "/billing payers", "Your payers (2)")
    dana.click(message, "edit_payers")
    modal = dana.wait_for_modal("Our payers")
    assert modal["blocks"][0]["element"]["initial_value"] == "Aetna\nCigna / Evernorth (Medicare Advantage)"

    def kept(names: str) -> dict:
        return dana.submit({"names": {"names": {"type": "plain_text_input", "value": names}}})

    assert "fits several" in kept("Aetna\nBCBS")["errors"]["names"]
    assert not kept("Cigna / Evernorth (Medicare Advantage)\nHUSKY, Molina").get("errors")
    change = dana.wait(lambda: [m for m in dana.messages("dm") if "Removed: Aetna" in m["text"]])[0]
    assert "Your list has 3 payers now." in change["text"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_table_reads_well_on_a_desk_and_on_a_phone(
    browser: Browser, workspace: Workspace, dana: Person, width: int
) -> None:
    told(dana, f"/billing payers add {OUR_PAYERS}", "Added")
    replies(dana, dana.say("compare our payers on telehealth"))
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{workspace.url}/?as=dana")
    grid = page.locator(".table-scroll").last
    expect(grid).to_contain_text("stale: verify")
    expect(grid).to_contain_text("Molina Healthcare")
    assert grid.evaluate("box => box.scrollWidth <= box.clientWidth"), "both columns stand side by side"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Download CSV").last.click()
    expect(page.get_by_text("payer_policies_telehealth_2026-11-26.csv").first).to_be_visible()
    context.close()
