"""One bot, two workspaces that installed it: each is served with its own token, and neither reads the other's.

Both have the same people, channels and ids, so that whatever is not kept apart by workspace shows.
"""

import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError

import pytest
from pydantic import SecretStr

from bot.answers.models import Matter
from bot.app import Copilot
from bot.documents.library import About
from bot.policies.models import Decision, Topic
from bot.policies.verification_draft import Draft
from bot.settings import Settings
from bot.slack.app import Bot, build_app
from bot.slack.http_door import Doorkeeper, http_app
from bot.slack.installations import Installations
from bot.slack.reminding import Reminding
from bot.slack.worker import SlackWorker
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.documents.files import make_pdf
from tests.e2e.over_http import SECRET, free_listener, send_action, send_event, served
from tests.e2e.two_teams import OneSlack, one_slack
from tests.slack.at_work import make_jobs
from tests.slack.joined import QUESTION, all_text, quiet, replies

TODAY = date(2026, 11, 24)
NOTE = Path("knowledge/samples/seven-members.txt").read_text("utf-8")
SAID = Draft(
    payer="Aetna",
    topic=Topic.PRIOR_AUTH,
    decision=Decision.REQUIRED,
    answered_by="Kim",
    reference="REF-OF-ONE",
    verified_on=date(2026, 11, 2),
)


@dataclass
class Office:
    """One workspace, and what the program keeps for it."""

    workspace: Workspace
    team: str
    person: Person


@dataclass
class House:
    """The bot and both workspaces."""

    copilot: Copilot
    bot: Bot
    reminding: Reminding
    installations: Installations
    slack: OneSlack
    url: str
    one: Office
    other: Office
    folder: Path

    def page(self, path: str, cookie: str = "") -> tuple[int, str, str]:
        """The status, the text and the cookie of one of the pages that a browser sees."""
        address = self.url.replace("/slack/events", path)
        try:
            with urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookie})) as reply:
                return reply.status, reply.read().decode(), reply.headers.get("Set-Cookie") or ""
        except HTTPError as error:
            return error.code, error.read().decode(), ""

    def install(self, code: str) -> int:
        """Press "Add to Slack" and come back with a code, as Slack sends a browser back."""
        _, page, cookie = self.page("/slack/install")
        state = re.search(r"state=([\w-]+)", page)
        assert state
        return self.page(f"/slack/oauth_redirect?code={code}&state={state[1]}", cookie.split(";")[0])[0]


def office(workspace: Workspace) -> Office:
    return Office(workspace, workspace.core.state.team_id, workspace.person("dana"))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    listener, url = free_listener()
    folder = tmp_path_factory.mktemp("data")
    with (
        Workspace(http_target=url, signing_secret=SECRET, domain="one") as one,
        Workspace(http_target=url, signing_secret=SECRET, domain="other") as other,
        one_slack([one, other]) as slack,
        TemporaryDirectory() as work,
    ):
        settings = Settings(
            data_dir=folder,
            slack_client_id="1.2",
            slack_client_secret=SecretStr("s" * 32),
            slack_signing_secret=SecretStr(SECRET),
            slack_api_url=slack.url,
            slack_baa=True,
            allowed_teams=f"{one.core.state.team_id} {other.core.state.team_id}",
        )
        copilot, jobs = Copilot(settings), make_jobs(Path(work))
        installations = Installations("1.2", copilot.database, copilot.seal)
        doorkeeper = Doorkeeper(copilot.deliveries)
        bot = build_app(
            copilot, settings, jobs, today=lambda: TODAY, doorkeeper=doorkeeper, installations=installations
        )
        reminding = Reminding(copilot, bot.practices, jobs, lambda: TODAY)
        jobs.launch(SlackWorker(bot.app, bot.practices, [reminding]))
        with served(http_app(bot.app, doorkeeper), listener):
            made = House(copilot, bot, reminding, installations, slack, url, office(one), office(other), folder)
            assert made.install("one") == 200
            assert made.install("other") == 200
            yield made
        assert jobs.stop(10)


def press(house: House, office: Office, action_id: str, value: str, *, told: bool = True) -> str:
    """A button whose value nobody of this workspace was ever shown; all that its person then sees."""
    dm = office.person.channel("dm")["id"]
    ts = office.person.say("thanks")
    replies(office.person, ts)
    seen = {m["ts"] for m in office.person.messages()}
    body = {
        "type": "block_actions",
        "team": {"id": office.team},
        "user": {"id": office.person.id, "team_id": office.team},
        "trigger_id": f"{ts}.{action_id}",
        "container": {"type": "message", "channel_id": dm, "message_ts": ts},
        "actions": [{"action_id": action_id, "value": value}],
    }
    assert send_action(house.url, body) == 200
    if not told:
        quiet()
        return all_text([m for m in office.person.messages() if m["ts"] not in seen])
    return all_text(office.person.wait(lambda: [m for m in office.person.messages() if m["ts"] not in seen]))


def test_each_workspace_is_answered_with_its_own_token(house: House) -> None:
    for place in (house.one, house.other):
        said = all_text(replies(place.person, place.person.say(QUESTION), seconds=30))
        assert "Aetna" in said
    assert house.installations.practices() == sorted([house.one.team, house.other.team])


def test_tokens_are_sealed_where_they_are_stored(house: House) -> None:
    tokens = [house.one.workspace.bot_token.encode(), house.other.workspace.bot_token.encode()]
    files = [path.read_bytes() for path in house.folder.rglob("*") if path.is_file()]
    assert files
    assert not [token for token in tokens for content in files if token in content]
    bot = house.installations.bot_of(house.one.team)
    assert bot
    assert bot.bot_token == house.one.workspace.bot_token


def test_a_verification_of_one_is_nothing_to_the_other(house: House) -> None:
    one, other = house.copilot.at(house.one.team), house.copilot.at(house.other.team)
    made = one.verifications.record(SAID, "U1", TODAY)
    asked = "Does Aetna require prior authorization for 90853?"
    assert "REF-OF-ONE" in str(replies(house.one.person, house.one.person.say(asked), seconds=30))
    assert "REF-OF-ONE" not in str(replies(house.other.person, house.other.person.say(asked), seconds=30))
    for action in ("verification_1", "verification_history", "withdraw_verification", "restore_verification"):
        seen = press(house, house.other, action, made.id, told=action != "verification_history")
        assert "REF-OF-ONE" not in seen
        assert "Kim" not in seen
    assert [entry.id for entry in one.verifications.all()] == [made.id]
    assert other.verifications.all() == []
    house.other.person.slash("/billing due")
    house.other.person.wait(lambda: "emind" in all_text(house.other.person.messages("#billing")))
    assert "Kim" not in all_text(house.other.person.messages("#billing"))
    assert one.on_file(Matter(payer="aetna", topic=Topic.PRIOR_AUTH)).decision is Decision.REQUIRED


def test_a_document_of_one_is_neither_quoted_to_the_other_nor_decided_on_there(house: House) -> None:
    data = make_pdf([["Zebrafish Mutual pays group psychotherapy on the same date", "of service when separate."]])
    one, other = house.copilot.at(house.one.team), house.copilot.at(house.other.team)
    document = one.library.add(data, "m.pdf", About(payer="Aetna", effective_from=date(2026, 1, 1)), "U1").document
    assert one.library.proposals.waiting()
    stranger = house.other.workspace.person("robin")
    assert other.library.documents() == []
    assert "Zebrafish" not in str(
        replies(stranger, stranger.say("Does Aetna pay group therapy on the same date?"), seconds=30)
    )
    for proposal in one.library.proposals.waiting():
        place = Office(house.other.workspace, house.other.team, stranger)
        for action in ("reject_fact", "approve_fact", "edit_fact"):
            assert "Zebrafish" not in press(house, place, action, proposal.id)
        assert proposal in one.library.proposals.waiting()
    assert document in one.library.documents()


def test_what_a_thread_was_about_in_one_is_unknown_in_the_other(house: House) -> None:
    """A channel shared by two companies has one id in both."""
    channel = house.one.person.channel("dm")["id"]
    assert channel == house.other.person.channel("dm")["id"]
    ts = house.one.person.say("Does Cigna require prior authorization for 90853?")
    replies(house.one.person, ts, seconds=30)
    one, other = house.copilot.at(house.one.team), house.copilot.at(house.other.team)
    assert house.one.person.wait(lambda: one.contexts.get(channel, ts))
    assert other.contexts.get(channel, ts) is None


def test_thumbs_and_disputes_stand_apart(house: House) -> None:
    one, other = house.copilot.at(house.one.team), house.copilot.at(house.other.team)
    one.feedback.put("C1", "1.0", "U1", "up")
    other.feedback.put("C1", "1.0", "U1", "down")
    assert house.copilot.feedback.counts() == {"up": 1, "down": 1}


def test_a_note_reviewed_in_one_is_no_earlier_note_in_the_other(house: House) -> None:
    """The other's own copy is found, and only where it was reviewed before."""
    note = NOTE.replace("03/14/2026", "03/15/2026")
    first = replies(house.one.person, house.one.person.say(NOTE), at_least=3, seconds=60)
    assert first
    said = all_text(replies(house.other.person, house.other.person.say(note), at_least=3, seconds=60))
    assert "earlier note" not in said.lower()


def test_the_list_of_payers_is_each_ones_own(house: House) -> None:
    house.one.person.slash("/billing payers add Cigna")
    one, other = house.copilot.at(house.one.team), house.copilot.at(house.other.team)
    house.one.person.wait(one.payer_list.payers)
    assert other.payer_list.payers() == ()


def test_the_same_message_seen_by_two_workspaces_is_answered_in_both(house: House) -> None:
    """What one took is no repeat for the other, though channel and time are the same."""
    dm, ts = house.one.person.channel("dm")["id"], "1700000100.000100"
    for number, place in enumerate((house.one, house.other)):
        said = {"type": "message", "user": place.person.id, "ts": ts, "text": "thanks"}
        place.workspace.core.state.channels[dm].messages[ts] = said
        event = {**said, "channel_type": "im", "channel": dm, "team": place.team}
        body = {"type": "event_callback", "team_id": place.team, "event_id": f"EvT{number}"}
        assert send_event(house.url, {**body, "event": event}) == 200
    for place in (house.one, house.other):
        assert "Glad to help" in all_text(replies(place.person, ts))


def test_each_workspace_is_reminded_in_its_own_channel(house: House) -> None:
    one = house.copilot.at(house.one.team)
    old = Draft(**{**vars(SAID), "verified_on": date(2025, 3, 2), "payer": "Molina"})
    one.verifications.record(old, "U1", date(2025, 3, 2))
    for place in (house.one, house.other):
        place.person.slash("/billing remind here")
        place.person.wait(lambda place=place: house.copilot.at(place.team).reminders.channel)
    assert house.reminding.check()
    house.one.person.wait(lambda: "to ask again" in all_text(house.one.person.messages("#billing")))
    quiet()
    assert "Molina" not in all_text(house.other.person.messages("#billing"))


def test_a_code_without_its_own_browser_or_twice_installs_nothing(house: House) -> None:
    _, page, cookie = house.page("/slack/install")
    state = re.search(r"state=([\w-]+)", page)[1]  # type: ignore[index]
    back = f"/slack/oauth_redirect?code=one&state={state}"
    assert house.page(back)[0] == 400
    assert house.page(back, cookie.split(";")[0])[0] == 200
    assert house.page(back, cookie.split(";")[0])[0] == 401


def test_a_workspace_that_is_not_listed_is_not_installed_and_its_token_is_given_back(house: House) -> None:
    with Workspace(http_target=house.url, signing_secret=SECRET, domain="third") as third:
        house.slack._by_token[third.bot_token] = third
        house.slack._by_code["third"] = third
        house.slack._stands_at["third"] = third.url
        assert house.install("third") == 500
        assert house.slack.revoked == [third.bot_token]
        assert third.core.state.team_id not in house.installations.practices()
        third.person("dana").say(QUESTION)
        quiet()
        assert [m for m in third.person("dana").messages() if m.get("bot_id")] == []


def test_who_removes_the_app_is_served_no_more_and_finds_its_records_again(house: House) -> None:
    """The last of this file: the workspace comes back at its end."""
    event = {"type": "app_uninstalled"}
    body = {"type": "event_callback", "team_id": house.other.team, "event_id": "EvGone", "event": event}
    house.copilot.at(house.other.team).verifications.record(SAID, "U1", TODAY)
    assert send_event(house.url, body) == 200
    house.other.person.wait(lambda: house.installations.bot_of(house.other.team) is None)
    ts = house.other.person.say(QUESTION)
    quiet()
    assert [m for m in house.other.person.messages("dm", ts) if m.get("bot_id")] == []
    assert replies(house.one.person, house.one.person.say(QUESTION), seconds=30)
    assert house.install("other") == 200
    assert replies(house.other.person, house.other.person.say(QUESTION), seconds=30)
    assert house.copilot.at(house.other.team).verifications.all()
