"""What a payer said, from the question it answers to its renewal: the real copilot over the real protocol."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml

from bot.app import Copilot
from bot.settings import Settings
from bot.slack.app import build_app
from bot.slack.connection import join_socket
from bot.slack.reminding import Reminding
from bot.slack.worker import SlackWorker
from bot.workspace.manifest import from_slack
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.slack.at_work import make_jobs
from tests.slack.forms import values_in
from tests.slack.joined import all_text, quiet, replies, settings_for

MANIFEST = from_slack(yaml.safe_load(Path("deploy/slack-manifest.yaml").read_text("utf-8")))
TODAY = date.today()
QUESTION = "Does Molina need an auth for group?"
SAID = {
    "decision": "not_required",
    "conditions": "up to 26 visits a year",
    "answered_by": "Kim, provider services",
    "reference": "A-1234",
}


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    with Workspace(manifest=MANIFEST) as running:
        yield running


@pytest.fixture(scope="module")
def copilot(tmp_path_factory: pytest.TempPathFactory) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def reminding(workspace: Workspace, copilot: Copilot) -> Iterator[Reminding]:
    settings = settings_for(workspace)
    with TemporaryDirectory() as folder:
        jobs = make_jobs(Path(folder))
        bot = build_app(copilot, settings, jobs)
        reminding = Reminding(copilot, bot.practices, jobs, date.today)
        jobs.launch(SlackWorker(bot.app, bot.practices, [reminding]))
        socket = join_socket(bot.app, settings)
        yield reminding
        socket.close()
        jobs.stop(10)


@pytest.fixture
def dana(workspace: Workspace, reminding: Reminding, copilot: Copilot) -> Iterator[Person]:
    person = workspace.person("dana")
    yield person
    while person.state()["modal"]:
        person.cancel(everything=True)
    office = copilot.at(workspace.core.state.team_id)
    for one in office.verifications.all():
        office.verifications.withdraw(one.id, "test")
    office.reminders.stop("test")


def asides(person: Person, text: str, channel: str = "#billing", at_least: int = 1) -> list[dict]:
    """What only this person sees after a command."""
    before = {m["ts"] for m in person.messages(channel)}
    person.slash(text, channel)

    def enough() -> list[dict] | None:
        found = [m for m in person.messages(channel) if m.get("is_ephemeral") and m["ts"] not in before]
        return found if len(found) >= at_least else None

    return person.wait(enough, 10)


def fill(person: Person, title: str = "Record an answer", **filled: str) -> dict:
    return person.submit(values_in(person.wait_for_modal(title), **filled))


def recorded(person: Person, **changes: str) -> tuple[str, dict]:
    """Ask, press the button, fill in the form: the question's ts, and what confirmed it."""
    ts = person.say(QUESTION)
    (card,) = replies(person, ts)
    person.click(card, "record_0")
    assert not fill(person, **{**SAID, **changes}).get("errors")
    return ts, replies(person, ts, at_least=2)[1]


def actions(message: dict) -> list[str]:
    return [
        e["action_id"]
        for b in message["blocks"]
        for e in [*b.get("elements", []), b.get("accessory") or {}]
        if "action_id" in e
    ]


def test_what_was_recorded_from_an_unknown_answer_decides_the_next_one(dana: Person) -> None:
    _, confirmed = recorded(dana)
    assert f"Recorded by <@{dana.id}>: Molina Healthcare · prior authorization" in confirmed["text"]
    assert f"from {TODAY.year}-01-01 to {TODAY.year}-12-31" in confirmed["text"]
    assert "Not required · Molina Healthcare" in confirmed["text"]
    (answer,) = replies(dana, dana.say(QUESTION))
    assert "Not required · Molina Healthcare" in answer["text"]
    assert "reference A-1234" in answer["text"]
    assert "verified by your practice" in answer["text"]
    assert "record_0" not in actions(answer)


def test_the_form_opens_with_what_the_question_was_about(dana: Person) -> None:
    (card,) = replies(dana, dana.say("Is prior auth needed for group with Wyoming Medicaid?"))
    dana.click(card, "record_0")
    held = values_in(dana.wait_for_modal())
    assert held["payer"]["value"]["value"] == "Wyoming Medicaid"
    assert held["state"]["value"]["selected_option"]["value"] == "WY"
    assert held["topic"]["verification_topic"]["selected_option"]["value"] == "prior_auth"
    assert held["verified_on"]["value"]["selected_date"] == TODAY.isoformat()
    fill(dana, **SAID)
    (answer,) = replies(dana, dana.say("Is prior auth needed for group with Wyoming Medicaid?"))
    assert "Not required" in answer["text"]


def test_the_call_script_brings_the_form_too(dana: Person) -> None:
    ts = dana.say("Can I bill group and individual therapy the same day for Aetna?")
    (card,) = replies(dana, ts)
    dana.click(card, "call_script_0")
    script = replies(dana, ts, at_least=2)[1]
    assert "Have at hand" in script["text"]
    dana.click(script, "record_0")
    held = values_in(dana.wait_for_modal())
    assert held["payer"]["value"]["value"].startswith("Aetna")
    assert held["topic"]["verification_topic"]["selected_option"]["value"] == "same_day"


def test_impossible_days_are_said_beside_their_fields_and_the_form_stays_filled(dana: Person) -> None:
    (card,) = replies(dana, dana.say(QUESTION))
    dana.click(card, "record_0")
    answer = fill(
        dana,
        **SAID | {"verified_on": f"{TODAY.year + 1}-01-01", "valid_until": "2026-02-30", "conditions": "Pt K.L. cried"},
    )
    assert set(answer["errors"]) == {"verified_on", "valid_until", "conditions"}
    assert dana.state()["modal"]
    assert not fill(dana, **SAID).get("errors")


def test_a_name_that_fits_several_is_asked_about_in_its_field(dana: Person) -> None:
    dana.slash("/billing verify Medicaid prior auth")
    answer = fill(dana, **SAID)
    assert "choose the state below" in answer["errors"]["payer"]
    assert not fill(dana, **SAID, state="MN").get("errors")


def test_another_topic_brings_its_own_answers_and_keeps_the_rest(dana: Person) -> None:
    dana.slash("/billing verify Zebra Mutual")
    view = dana.wait_for_modal()
    chosen = {"text": {"type": "plain_text", "text": "x"}, "value": "telehealth"}
    values = values_in(view, answered_by="Kim")
    dana.click_in_view(view, "verification_topic", values, type="static_select", selected_option=chosen)

    def changed() -> dict | None:
        modal = dana.state()["modal"]
        return modal if any(block.get("block_id") == "decision_allowed" for block in modal["blocks"]) else None

    held = values_in(dana.wait(changed))
    assert held["payer"]["value"]["value"] == "Zebra Mutual"
    assert held["answered_by"]["value"]["value"] == "Kim"
    assert held["topic"]["verification_topic"]["selected_option"]["value"] == "telehealth"


def test_a_change_and_its_history(dana: Person, workspace: Workspace) -> None:
    ts, confirmed = recorded(dana)
    sam = workspace.person("sam")
    dana.click(confirmed, "change_verification")
    fill(dana, "Change an answer", decision="required", conditions="")
    changed = replies(dana, ts, at_least=3)[2]
    assert f"Changed by <@{dana.id}>" in changed["text"]
    assert "Required · Molina" in changed["text"]
    dana.click(changed, "verification_history")
    history = replies(dana, ts, at_least=4)[3]
    assert "Answer: not required → required" in history["text"]
    assert "Conditions: up to 26 visits a year → nothing" in history["text"]
    (answer,) = replies(sam, sam.say(QUESTION))
    assert "Required · Molina" in answer["text"]


def test_two_people_who_change_it_at_once_lose_nothing(dana: Person, workspace: Workspace) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    (card,) = replies(dana, ts, "#billing")
    dana.click(card, "record_0", "#billing")
    fill(dana, **SAID)
    confirmed = replies(dana, ts, "#billing", at_least=2)[1]
    sam = workspace.person("sam")
    for person in (dana, sam):
        person.click(confirmed, "change_verification", "#billing")
        person.wait_for_modal("Change an answer")
    fill(dana, "Change an answer", reference="B-2")
    replies(dana, ts, "#billing", at_least=3)
    fill(sam, "Change an answer", reference="C-3")
    again = sam.wait_for_modal("Change an answer")
    assert "Call reference: A-1234 → B-2" in again["blocks"][0]["text"]["text"]
    assert values_in(again)["reference"]["value"]["value"] == "C-3"
    fill(sam, "Change an answer")
    changed = replies(sam, ts, "#billing", at_least=4)[3]
    assert f"Changed by <@{sam.id}>" in changed["text"]
    assert "C-3" in changed["text"]


def test_withdrawn_it_decides_no_more_and_can_be_brought_back(dana: Person) -> None:
    ts, confirmed = recorded(dana)
    dana.click(confirmed, "withdraw_verification")
    gone = replies(dana, ts, at_least=3)[2]
    assert "is not on file without it" in gone["text"]
    assert "Not known" in replies(dana, dana.say(QUESTION))[0]["text"]
    dana.click(confirmed, "withdraw_verification")
    assert (
        "no longer stands"
        in dana.wait(lambda: [m["text"] for m in dana.messages() if "no longer stands" in m["text"]])[0]
    )
    dana.click(gone, "restore_verification")
    dana.wait(lambda: "Brought back" in all_text(dana.messages("dm", ts)))
    assert "Not required" in replies(dana, dana.say(QUESTION))[0]["text"]


def test_an_answer_that_rests_on_one_leads_to_it(dana: Person) -> None:
    recorded(dana)
    ts = dana.say(QUESTION)
    (answer,) = replies(dana, ts)
    dana.click(answer, "verification_0")
    shown = replies(dana, ts, at_least=2)[1]
    assert "Answered by: Kim, provider services" in shown["text"]
    assert actions(shown) == ["change_verification", "withdraw_verification", "verification_history"]


def test_from_a_command_all_of_it_is_for_the_person_alone(dana: Person, workspace: Workspace) -> None:
    before = {m["ts"] for m in dana.messages("#clinical")}
    dana.slash("/billing verify Zebra Mutual telehealth", "#clinical")
    fill(dana, **SAID | {"decision": "allowed_with_conditions", "conditions": "by video"})
    confirmed = dana.wait(lambda: [m for m in dana.messages("#clinical") if m["ts"] not in before])[0]
    assert confirmed["is_ephemeral"]
    assert "Allowed with conditions · Zebra Mutual" in confirmed["text"]
    assert not [m for m in workspace.person("sam").messages("#clinical") if m["ts"] == confirmed["ts"]]


def test_what_is_due_is_listed_renewed_and_gone_from_the_list(dana: Person, copilot: Copilot) -> None:
    assert "Nothing is to be asked again" in asides(dana, "/billing due")[0]["text"]
    recorded(dana, verified_on=f"{TODAY.year - 1}-03-02")
    dana.open_home()
    dana.wait(lambda: "1 verification to ask again" in str(dana.state()["home"]))
    (listed,) = asides(dana, "/billing due")
    assert "1 verification to ask again" in listed["text"]
    assert f"Ran out on {TODAY.year - 1}-12-31" in listed["text"]
    before = {m["ts"] for m in dana.messages("#billing")}
    dana.click(listed, "renew_verification", "#billing")
    held = values_in(dana.wait_for_modal("Ask again"))
    assert held["applies_from"]["value"]["selected_date"] == f"{TODAY.year}-01-01"
    assert held["decision_required"]["value"]["selected_option"]["value"] == "not_required"
    assert "answered_by" in fill(dana, "Ask again")["errors"]
    fill(dana, "Ask again", answered_by="Lee", valid_until=f"{TODAY.year + 1}-12-31")
    dana.wait(lambda: [m for m in dana.messages("#billing") if m["ts"] not in before and "Recorded" in m["text"]])
    assert "Nothing is to be asked again" in asides(dana, "/billing due")[0]["text"]


def test_one_that_ran_out_is_said_in_the_answer(dana: Person) -> None:
    recorded(dana, verified_on=f"{TODAY.year - 1}-03-02")
    (answer,) = replies(dana, dana.say(QUESTION))
    assert f"Your practice's verification of {TODAY.year - 1}-03-02 (not required) ran out" in answer["text"]
    assert "record_0" in actions(answer)


def test_the_reminder_comes_once_into_the_channel_that_was_chosen(
    dana: Person, reminding: Reminding, workspace: Workspace
) -> None:
    recorded(dana, verified_on=f"{TODAY.year - 1}-03-02")
    assert not reminding.check()
    assert "No monthly reminder" in asides(dana, "/billing remind")[0]["text"]
    asides(dana, "/billing remind #billing", "dm")
    said = [m for m in workspace.person("sam").messages("#billing") if "chose this channel" in m["text"]]
    assert len(said) == 1
    assert [reminding.check() for _ in range(3)] == [True, False, False]
    sam = workspace.person("sam")

    def told() -> list[dict]:
        said = sam.messages("#billing")
        return [m for m in said if "1 verification to ask again" in m["text"] and not m.get("is_ephemeral")]

    reminded = sam.wait(told)
    quiet()
    assert told() == reminded
    assert len(reminded) == 1
    sam.click(reminded[0], "renew_verification", "#billing")
    fill(sam, "Ask again", answered_by="Lee")
    (confirmed,) = replies(sam, reminded[0]["ts"], "#billing")
    assert f"Recorded by <@{sam.id}>" in confirmed["text"]
    assert "Reminders are off" in asides(dana, "/billing due off")[0]["text"]


def test_a_channel_we_are_not_in_is_said_in_a_line(dana: Person) -> None:
    for words in ("/billing remind #general", "/billing remind #nowhere", "/billing remind of"):
        told = asides(dana, words)[0]["text"]
        assert "no channel has that name, or I am not in it" in told
        assert "/invite @Billing Copilot" in told
    assert "/invite @Billing Copilot" in asides(dana, "/billing remind here", "#clinical")[0]["text"]


def test_mistyped_commands_are_asked_about(dana: Person) -> None:
    for typed, meant in (("verfy", "verify"), ("remnd", "remind"), ("deu", "due")):
        assert f"/billing {meant}" in asides(dana, f"/billing {typed}")[0]["text"]


def test_no_word_of_a_form_is_logged(
    dana: Person, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    recorded(dana, answered_by="Quetzalcoatl", reference="XYZZY-1", conditions="plugh on Tuesdays")
    quiet()
    logged = "".join(capsys.readouterr()) + caplog.text
    assert "verification_recorded" in logged
    for word in ("Quetzalcoatl", "XYZZY", "plugh", "Molina"):
        assert word not in logged
