"""App Home and the first questions, by role, over the real protocol."""

import json
from collections.abc import Iterator

import pytest

from bot.answers.models import Matter, Reply
from bot.policies.channels import ChannelSettings, Mode
from bot.policies.models import Topic
from bot.policies.own_payers import OwnPayer
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import joined
from tests.slack.fakes import TODAY, FakeCopilot, make_answer, make_note
from tests.slack.joined import QUESTION, replies, roles_of, settings_for

NOTE = make_note(["Quillon", "Brannoc"])


@pytest.fixture(scope="module")
def copilot() -> FakeCopilot:
    copilot = FakeCopilot()
    copilot.payer_list.kept = (OwnPayer(payer_id="aetna", name="Aetna"), OwnPayer(name="Acme Health"))
    return copilot


@pytest.fixture(scope="module")
def practice(copilot: FakeCopilot) -> Iterator[Workspace]:
    with (
        Workspace(manifest=MANIFEST) as workspace,
        joined(copilot, settings_for(workspace, **roles_of(workspace)), lambda: TODAY),
    ):
        yield workspace


def home(person: Person) -> dict:
    person.open_home("home")
    return person.wait(lambda: person.state()["home"])


def titles(practice: Workspace, person: Person) -> list[str]:
    """What the Messages tab offers this person once they open it."""
    room = practice.core.state.channels[person.channel("dm")["id"]]
    room.prompts = {}
    person.open_home("messages")
    person.wait(lambda: room.prompts)
    return [prompt["title"] for prompt in room.prompts["prompts"]]


def test_the_first_questions_offered_are_by_role(practice: Workspace) -> None:
    offered = {name: titles(practice, practice.person(name)) for name in ("robin", "dana", "sam", "alex")}
    assert offered["robin"][0] == "Compare our payers"
    assert offered["dana"][0] == "Same-day billing"
    assert offered["sam"][0] == "Review a note"
    assert offered["alex"][0] == "What is billed"


def test_everybody_sees_their_payers_with_the_age_of_their_rules(practice: Workspace) -> None:
    shown = json.dumps(home(practice.person("alex")))
    assert "Aetna \\u00b7 \\u26a0\\ufe0f rules from 2019 to 2024, stale: verify" in shown
    assert "Acme Health \\u00b7 not on file" in shown
    assert "of them on file" in shown
    assert "of 3 on file" not in shown


def test_a_review_that_waits_is_counted_with_a_link_and_no_word_of_it(practice: Workspace) -> None:
    dana = practice.person("dana")
    ts = dana.say(NOTE)
    replies(dana, ts, at_least=4)

    def waits() -> str:
        shown = json.dumps(home(dana))
        return shown if "1 review waits for a fix" in shown else ""

    shown = dana.wait(waits)
    assert "1 of 2 claims to fix, reviewed on" in shown
    assert ts.replace(".", "") in shown
    assert "Quillon" not in shown
    assert "waits for a fix" not in json.dumps(home(practice.person("sam")))


def test_a_review_whose_thread_is_gone_no_longer_waits(practice: Workspace, copilot: FakeCopilot) -> None:
    sam = practice.person("sam")
    replies(sam, sam.say(NOTE), at_least=4)
    sam.wait(lambda: "1 review waits for a fix" in json.dumps(home(sam)))
    practice.core.state.channels[sam.channel("dm")["id"]].messages.clear()  # as a restart of the local workspace does
    sam.wait(lambda: "Nothing waits for you." in json.dumps(home(sam)))
    assert not copilot.waiting.of(sam.id)


def test_only_admins_see_channels_feedback_and_how_the_program_stands(
    practice: Workspace, copilot: FakeCopilot
) -> None:
    robin = practice.person("robin")
    copilot.channels.put(robin.channel("#billing")["id"], ChannelSettings(mode=Mode.OFF), robin.id)
    shown = json.dumps(home(robin))
    for told in ("never answers", "Feedback:", "How I stand", "The audit record is kept"):
        assert told in shown
    # Nobody stated a BAA for this computer, and none is needed.
    assert "BAA with Slack: none is needed, this workspace is on this computer" in shown
    # App Home is no channel: it has no "this channel".
    assert "`/billing remind here`, typed in a channel, brings it there" in shown
    assert "`/billing audit here`, typed in a channel, brings it there" in shown
    for name in ("dana", "sam", "alex"):
        assert "How I stand" not in json.dumps(home(practice.person(name)))


def test_admins_see_where_the_audit_summary_goes(practice: Workspace, copilot: FakeCopilot) -> None:
    robin = practice.person("robin")
    billing = robin.channel("#billing")["id"]
    copilot.audits.posts.choose(billing, robin.id)
    robin.wait(lambda: f"The monthly audit summary goes to <#{billing}>" in json.dumps(home(robin)))


def test_a_learner_is_told_nothing_of_reviewing_and_a_clinician_nothing_of_verifying(practice: Workspace) -> None:
    assert "Review a note" not in json.dumps(home(practice.person("alex")))
    assert "run_command_due" not in json.dumps(home(practice.person("sam")))
    assert "run_command_due" in json.dumps(home(practice.person("dana")))


def test_in_a_direct_message_only_who_may_record_is_offered_to(
    practice: Workspace, copilot: FakeCopilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = Matter(payer="aetna", topic=Topic.SAME_DAY)
    open_ = Reply(question=QUESTION, answers=(make_answer().model_copy(update={"to_ask": about}),))
    monkeypatch.setattr(copilot, "ask", lambda *_, **__: open_)
    people = {name: practice.person(name) for name in ("dana", "sam", "alex")}
    offered = {name for name, one in people.items() if "record_0" in str(replies(one, one.say(QUESTION))[0]["blocks"])}
    assert offered == {"dana"}
    sam = people["sam"]
    copilot.channels.put(sam.channel("#billing")["id"], ChannelSettings(), "U0")
    aloud = replies(sam, sam.say(f"@billing_copilot {QUESTION}", "#billing"), "#billing")
    assert "record_0" in str(aloud[0]["blocks"])


def test_a_shortcut_answers_in_the_direct_message(practice: Workspace) -> None:
    alex = practice.person("alex")
    view = home(alex)
    before = len(alex.messages("dm"))
    alex.click_in_view(view, "run_command_payers")
    alex.wait(lambda: len(alex.messages("dm")) > before)
    assert "Your payers (2)" in alex.messages("dm")[-1]["text"]
