"""The monthly audit in Slack: an admin sets it up, it is posted, its report given, clinicians told."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from bot.app import Copilot
from bot.audit.pdf import audit_pdf
from bot.settings import Settings
from bot.slack.app import build_app
from bot.slack.connection import join_socket
from bot.slack.monthly import Monthly
from bot.slack.reminding import Reminding
from bot.slack.worker import SlackWorker
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.audit.month import GOOD, THIN, audited, row
from tests.e2e.conftest import MANIFEST
from tests.e2e.test_bot_controls import asides, slash
from tests.slack.at_work import make_jobs
from tests.slack.joined import quiet, roles_of, settings_for

MONTH = [row("a", "K.L.", GOOD), row("c", "M.P.", THIN, clinician="Dr. Lee", group="Tuesday")]
TODAY = date(2026, 11, 3)
HEADING = "Group note audit, October 2026"


class Office:
    """A practice's bot at work, its published audit, and the daily look."""

    def __init__(self, workspace: Workspace, folder: Path, *, covered: bool) -> None:
        self.workspace = workspace
        self.settings = settings_for(workspace, slack_baa=covered, **roles_of(workspace))
        self.copilot = Copilot(Settings(data_dir=folder / "data"))
        self.audits = self.copilot.at(workspace.core.state.team_id).audits
        self.jobs = make_jobs(folder / "jobs")
        bot = build_app(self.copilot, self.settings, self.jobs, today=lambda: TODAY)
        self.monthly = Monthly(self.copilot, bot.practices, self.jobs, lambda: TODAY)
        reminding = Reminding(self.copilot, bot.practices, self.jobs, lambda: TODAY)
        self.jobs.launch(SlackWorker(bot.app, bot.practices, [reminding, self.monthly]))
        self.socket = join_socket(bot.app, self.settings)
        self.audit = audited(folder, MONTH).audit

    def publish(self) -> None:
        self.audits.publish(self.audit, audit_pdf(self.audit))

    def stop(self) -> None:
        self.socket.close()
        assert self.jobs.stop(10)

    def file(self, message: dict) -> bytes:
        (file,) = message["files"]
        request = Request(file["url_private_download"], headers={"Authorization": f"Bearer {self.workspace.bot_token}"})
        with urlopen(request) as answer:
            return answer.read()


Make = Callable[..., Office]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Office] = []
    with Workspace(manifest=MANIFEST) as workspace:

        def open_(*, covered: bool = True) -> Office:
            made.append(Office(workspace, tmp_path, covered=covered))
            return made[-1]

        yield open_
        for office in made:
            office.stop()


def heard(person: Person, channel: str, beginning: str) -> dict:
    """The bot's message in a channel that begins so."""
    return person.wait(
        lambda: next(
            (m for m in person.messages(channel) if m.get("bot_id") and m["text"].startswith(beginning)), None
        ),
        10,
    )


def test_from_the_opt_in_to_the_report_in_a_billers_direct_message(make: Make) -> None:
    office = make()
    robin, dana = office.workspace.person("robin"), office.workspace.person("dana")
    (said,) = slash(robin, "/billing audit")
    assert "No monthly audit summary is set" in said["text"]
    assert "--publish" in said["text"]
    (said,) = slash(robin, "/billing audit here")
    assert "The monthly audit summary goes to" in said["text"]
    office.publish()
    assert office.monthly.check()
    card = heard(dana, "#billing", HEADING)
    for secret in ("Lee", "Lindqvist", "K.L.", "M.P.", "attended", "landlord"):
        assert secret not in str(card["blocks"])
    assert not office.monthly.check()
    dana.click(card, "audit_report", "#billing")
    shared = dana.wait(lambda: next((m for m in dana.messages("dm") if m.get("files")), None), 10)
    assert shared["files"][0]["name"] == "audit_2026-10.pdf"
    assert office.file(shared).startswith(b"%PDF")
    assert not [m for m in robin.messages("#billing") if m.get("files")]
    quiet()
    assert len([m for m in dana.messages("#billing") if m["text"].startswith(HEADING)]) == 1


def test_a_clinician_gets_no_report_and_a_biller_sets_nothing_up(make: Make) -> None:
    office = make()
    office.audits.posts.choose(office.workspace.person("sam").channel("#billing")["id"], "test")
    office.publish()
    office.monthly.check()
    sam, dana = office.workspace.person("sam"), office.workspace.person("dana")
    card = heard(sam, "#billing", HEADING)
    before = {m["ts"] for m in sam.messages("#billing")}
    sam.click(card, "audit_report", "#billing")
    refused = asides(sam, "#billing", before)
    assert "The audit's report is for admins and billers" in refused[0]["text"]
    (said,) = slash(dana, "/billing audit off")
    assert "Setting the monthly audit up is for admins" in said["text"]
    assert office.audits.posts.channel


def test_without_a_baa_the_summary_comes_and_the_report_does_not(make: Make) -> None:
    office = make(covered=False)
    robin = office.workspace.person("robin")
    slash(robin, "/billing audit here")
    slash(robin, '/billing audit clinician "Rosa Lindqvist" @sam')
    assert office.audits.people == {"Rosa Lindqvist": office.workspace.person("sam").id}, "staff are no members"
    office.publish()
    office.monthly.check()
    card = heard(robin, "#billing", HEADING)
    before = {m["ts"] for m in robin.messages("#billing")}
    robin.click(card, "audit_report", "#billing")
    refused = asides(robin, "#billing", before)
    assert "SLACK_BAA" in refused[0]["text"]
    assert not [m for m in robin.messages("dm") if m.get("files")]


def test_a_clinician_is_told_privately_and_is_led_to_the_lesson(make: Make) -> None:
    office = make()
    robin, sam = office.workspace.person("robin"), office.workspace.person("sam")
    office.publish()
    (said,) = slash(robin, "/billing audit coaching on")
    assert "Not told yet who they are: Dr. Lee, Rosa Lindqvist." in said["text"]
    (said,) = slash(robin, "/billing audit clinician “Dr. Lee” @sam")
    assert f"Dr. Lee: <@{sam.id}>\n" in said["text"]
    (said,) = slash(robin, '/billing audit clinician "Rosa Lindquist" @dana')
    assert "has no note under that name in the audit published last" in said["text"], "a slip in the name is seen"
    assert "Not told yet who they are: Rosa Lindqvist." in said["text"]
    assert office.monthly.check()
    card = heard(sam, "dm", "Your group notes, October 2026")
    assert "Lindqvist" not in card["text"]
    assert not [
        m
        for name in ("robin", "dana")
        for m in office.workspace.person(name).messages("dm")
        if "Your group" in m["text"]
    ]
    sam.click(card, "learn_why")
    sam.wait(lambda: [m for m in sam.messages("dm", card["ts"]) if "The layer" in m["text"]], 10)


def test_a_clinician_stops_their_cards_alone_and_takes_it_back(make: Make) -> None:
    office = make()
    robin, sam = office.workspace.person("robin"), office.workspace.person("sam")
    office.publish()
    slash(robin, "/billing audit coaching on")
    slash(robin, '/billing audit clinician "Dr. Lee" @sam')
    assert office.monthly.check()
    card = heard(sam, "dm", "Your group notes, October 2026")
    sam.click(card, "audit_cards_off")
    said = sam.wait(lambda: next((m for m in sam.messages("dm", card["ts"]) if "no more" in m["text"]), None), 10)
    (told,) = slash(robin, "/billing audit")
    assert f"<@{sam.id}>, who wants no card" in told["text"]
    sam.click(said, "audit_cards_on")
    sam.wait(lambda: [m for m in sam.messages("dm", card["ts"]) if "again" in m["text"]], 10)
    (said,) = slash(sam, "/billing audit cards off")
    assert "no more cards" in said["text"]
    assert office.audits.declined == {sam.id}


def home(person: Person) -> dict:
    person.open_home("home")
    return person.wait(lambda: person.state()["home"])


def test_admins_have_the_last_audit_on_home_with_its_report(make: Make) -> None:
    office = make()
    robin = office.workspace.person("robin")
    assert "No audit was published yet" in json.dumps(home(robin))
    office.publish()
    shown = robin.wait(lambda: view if "October 2026" in json.dumps(view := home(robin)) else None, 10)
    told = json.dumps(shown)
    assert "2 notes of 2 sessions" in told
    assert "1 of 2 claims (50%)" in told
    for secret in ("Lee", "Lindqvist", "K.L.", "M.P.", "landlord"):
        assert secret not in told
    robin.click_in_view(shown, "audit_report")
    shared = robin.wait(lambda: next((m for m in robin.messages("dm") if m.get("files")), None), 10)
    assert office.file(shared).startswith(b"%PDF")
    for name in ("dana", "sam"):
        assert "October 2026" not in json.dumps(home(office.workspace.person(name)))


def test_without_a_baa_the_report_asked_for_on_home_is_refused_in_the_direct_message(make: Make) -> None:
    office = make(covered=False)
    robin = office.workspace.person("robin")
    office.publish()
    robin.click_in_view(home(robin), "audit_report")
    robin.wait(lambda: [m for m in robin.messages("dm") if "SLACK_BAA" in m["text"]], 10)


@pytest.mark.parametrize("typed", ["@nobody-here", "U0000000", "@billing_copilot"])
def test_a_name_that_is_nobodys_is_said_and_kept_nowhere(make: Make, typed: str) -> None:
    office = make()
    (said,) = slash(office.workspace.person("robin"), f'/billing audit clinician "Dr. Lee" {typed}')
    assert "I find nobody of that name here" in said["text"]
    assert office.audits.people == {}


def test_what_cannot_be_read_and_a_channel_we_are_not_in_are_one_line(make: Make) -> None:
    robin = make().workspace.person("robin")
    (said,) = slash(robin, "/billing audit coaching perhaps")
    assert said["text"].startswith("Say `/billing audit here`")
    (said,) = slash(robin, "/billing audit #nowhere")
    assert "/invite @Billing Copilot" in said["text"]
