"""Who is served and who may do what, over the real protocol."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import OperatorError
from bot.slack.app import build_app
from bot.slack.http_door import http_app
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.over_http import SECRET, free_listener, send_action, send_event, served
from tests.slack.at_work import at_work, keeping, make_jobs
from tests.slack.fakes import TODAY, FakeCopilot, make_note
from tests.slack.joined import QUESTION, all_text, quiet, replies, settings_for

NOTE = make_note(["Member 1", "Member 2"])


class Door:
    """The bot's address, and how to knock there as somebody Slack would not let us be."""

    def __init__(self, url: str, workspace: Workspace) -> None:
        self.url = url
        self.workspace = workspace
        self.team = workspace.core.state.team_id
        self.bot = workspace.core.state.bot_user_id
        self._number = 0

    def message(self, person: Person, text: str, channel: str = "dm", **changes: object) -> int:
        """An event of a message, its body or its event changed."""
        self._number += 1
        event = {
            "type": "message" if channel == "dm" else "app_mention",
            "channel": person.channel(channel)["id"],
            "user": person.id,
            "text": text,
            "ts": f"{1_900_000_000 + self._number}.000100",
            "team": self.team,
        }
        if channel == "dm":
            event["channel_type"] = "im"
        body = {"type": "event_callback", "team_id": self.team, "event_id": f"EvX{self._number}", "event": event}
        for name, value in changes.items():
            (body if name in ("team_id", "is_ext_shared_channel") else event)[name] = value
        return send_event(self.url, body)


@pytest.fixture(scope="module")
def copilot() -> FakeCopilot:
    return FakeCopilot()


@pytest.fixture(scope="module")
def door(copilot: FakeCopilot) -> Iterator[Door]:
    listener, url = free_listener()
    with Workspace(http_target=url, signing_secret=SECRET) as workspace:
        workspace.core.state.usergroups["S0BILL"] = [workspace.person("dana").id]
        settings = settings_for(
            workspace,
            slack_app_token=None,
            role_billers="S0BILL",
            role_learners=workspace.people_with("learner"),
            allowed_teams=workspace.core.state.team_id,
        )
        with (
            keeping() as doorkeeper,
            at_work(copilot, settings, lambda: TODAY, doorkeeper=doorkeeper) as app,
            served(http_app(app, doorkeeper), listener),
        ):
            yield Door(url, workspace)


@pytest.fixture(autouse=True)
def _afresh(copilot: FakeCopilot) -> None:
    copilot.asked.clear()
    copilot.reviewed.clear()
    copilot.payer_list.kept = ()


def whispers(person: Person, channel: str = "#billing") -> str:
    return all_text([m for m in person.messages(channel) if m.get("is_ephemeral")])


def test_a_biller_by_user_group_changes_the_list_and_a_clinician_is_told_why_not(
    door: Door, copilot: FakeCopilot
) -> None:
    dana, sam = door.workspace.person("dana"), door.workspace.person("sam")
    sam.slash("/billing payers add Cigna")
    sam.wait(lambda: "is for admins and billers, and your role here is clinician" in whispers(sam))
    assert copilot.payer_list.kept == ()
    dana.slash("/billing payers add Aetna")
    dana.wait(lambda: copilot.payer_list.kept)


def test_a_wrong_role_opens_no_form_and_submits_none(door: Door) -> None:
    sam = door.workspace.person("sam")
    sam.slash("/billing verify Aetna same day")
    sam.wait(lambda: "Recording what a payer said is for admins and billers" in whispers(sam))
    assert sam.state()["modal"] is None
    form = {
        "type": "modal",
        "id": "V1",
        "callback_id": "verification",
        "private_metadata": "{}",
        "state": {"values": {}},
    }
    body = {"type": "view_submission", "team": {"id": door.team}, "user": {"id": sam.id}, "view": form}
    assert send_action(door.url, body) == 200
    sam.wait(lambda: "Recording what a payer said is for admins" in all_text(sam.messages("dm")))


def test_a_learner_asks_but_reviews_no_note(door: Door, copilot: FakeCopilot) -> None:
    alex = door.workspace.person("alex")
    assert "Allowed with conditions" in replies(alex, alex.say(QUESTION))[0]["text"]
    for ts in (alex.say(NOTE), alex.say("", files={"note.txt": NOTE.encode()})):
        assert replies(alex, ts)[0]["text"].startswith("Reviewing notes is for admins, billers and clinicians")
    assert copilot.reviewed == []


def test_a_clinician_reviews_a_note(door: Door, copilot: FakeCopilot) -> None:
    sam = door.workspace.person("sam")
    assert replies(sam, sam.say(NOTE))
    assert len(copilot.reviewed) == 1


def test_the_role_is_looked_at_again_when_stored_work_is_done(door: Door, copilot: FakeCopilot) -> None:
    """A message is taken whoever sends it: what refuses it is the gate at the work's own time."""
    alex = door.workspace.person("alex")
    assert door.message(alex, NOTE) == 200
    alex.wait(lambda: "Reviewing notes is for" in all_text(alex.messages("dm")))
    assert copilot.reviewed == []


def test_another_workspace_is_acknowledged_and_gets_nothing(door: Door, copilot: FakeCopilot) -> None:
    dana = door.workspace.person("dana")
    before = len(dana.messages("dm"))
    assert door.message(dana, QUESTION, team_id="T0OTHER", team="T0OTHER") == 200
    quiet()
    assert copilot.asked == []
    assert len(dana.messages("dm")) == before


def test_a_person_of_another_company_in_a_shared_channel_is_not_served(door: Door, copilot: FakeCopilot) -> None:
    dana = door.workspace.person("dana")
    assert door.message(dana, f"<@{door.bot}> {QUESTION}", "#billing", user_team="T0OTHER") == 200
    dana.wait(lambda: "only to people of the practice" in whispers(dana))
    assert copilot.asked == []


def test_a_person_of_another_company_presses_no_button(door: Door) -> None:
    dana = door.workspace.person("dana")
    body = {
        "type": "block_actions",
        "team": {"id": door.team},
        "user": {"id": dana.id, "team_id": "T0OTHER"},
        "container": {"type": "message", "channel_id": dana.channel("dm")["id"], "message_ts": "1.0"},
        "actions": [{"action_id": "more_1", "value": json.dumps({"secret": "of ours"})}],
    }
    assert send_action(door.url, body) == 200
    dana.wait(lambda: "only to people of the practice" in all_text(dana.messages("dm")))


def test_in_a_slack_connect_channel_nothing_is_answered_for_others_to_read(door: Door, copilot: FakeCopilot) -> None:
    dana = door.workspace.person("dana")
    door.message(dana, f"<@{door.bot}> {QUESTION}", "#billing", is_ext_shared_channel=True)
    dana.wait(lambda: "People of another company read along here" in whispers(dana))
    assert copilot.asked == []


def test_a_note_pasted_in_a_channel_is_refused_to_its_sender_alone_and_never_echoed(
    door: Door, copilot: FakeCopilot
) -> None:
    dana, sam = door.workspace.person("dana"), door.workspace.person("sam")
    before = len(sam.messages("#billing"))
    dana.say(f"@Billing Copilot {NOTE}", "#billing")
    dana.wait(lambda: "That looks like a group note, and others read along here" in whispers(dana))
    quiet()
    assert len(sam.messages("#billing")) == before + 1
    assert "Member 1" not in whispers(dana)
    assert copilot.reviewed == []


def test_a_control_nobody_wrote_down_is_refused(door: Door) -> None:
    dana = door.workspace.person("dana")
    body = {"team": {"id": door.team}, "user": {"id": dana.id}, "type": "block_actions"}
    assert send_action(door.url, {**body, "actions": [{"action_id": "made_up"}]}) == 200
    dana.wait(lambda: "from another version of mine" in all_text(dana.messages("dm")))


def test_a_token_of_a_workspace_that_is_not_listed_is_refused_at_start(door: Door, tmp_path: Path) -> None:
    settings = settings_for(door.workspace, allowed_teams="T0OTHER", slack_app_token=SecretStr("x"))
    with pytest.raises(OperatorError, match="ALLOWED_TEAMS does not name the workspace"):
        build_app(FakeCopilot(), settings, make_jobs(tmp_path))


def test_what_may_be_a_note_is_not_read_from_a_command(door: Door, copilot: FakeCopilot) -> None:
    """Slack's terms cover messages and files; a command's text is neither."""
    dana = door.workspace.person("dana")
    dana.slash("/billing ask " + "Client was tearful and spoke of the loss. " * 6)
    dana.wait(lambda: "a slash command is no place for it" in whispers(dana).lower())
    assert copilot.asked == []
