"""Modals, from trigger to submission, with a Bolt app behind them."""

import time
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.workspace import Workspace
from bot.workspace.person import Person

from .conftest import Echo


def _modal(title: str = "Claim facts", **more: Any) -> dict[str, Any]:
    field = {"type": "plain_text_input", "action_id": "number"}
    label = {"type": "plain_text", "text": "Authorization number"}
    return {
        "type": "modal",
        "callback_id": "claim",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Check"},
        "blocks": [{"type": "input", "block_id": "auth", "label": label, "element": field}],
        **more,
    }


def _typed(text: str) -> dict[str, Any]:
    return {"auth": {"number": {"type": "plain_text_input", "value": text}}}


@pytest.fixture
def opened(echo: Echo, dana: Person) -> Echo:
    """The message shortcut has opened the modal."""

    @echo.app.shortcut("review_note")
    def review(ack: Any, shortcut: dict[str, Any], client: Any) -> None:
        ack()
        metadata = shortcut.get("message_ts", "")
        view = _modal(notify_on_close=True, private_metadata=metadata)
        client.views_open(trigger_id=shortcut["trigger_id"], view=view)

    ts = dana.say("the note")
    assert dana.shortcut("review_note", ts)["ok"]
    assert dana.wait_for_modal("Claim facts")["private_metadata"] == ts
    return echo


def test_an_empty_required_field_never_reaches_the_app(opened: Echo, dana: Person) -> None:
    before = len(opened.bodies)
    assert dana.submit(_typed(""))["errors"] == {"auth": "Please complete this required field."}
    assert len(opened.bodies) == before


def test_the_apps_errors_stand_under_their_fields(opened: Echo, dana: Person) -> None:
    @opened.app.view("claim")
    def submitted(ack: Any) -> None:
        ack(response_action="errors", errors={"auth": "Nine digits, please."})

    assert dana.submit(_typed("12"))["errors"] == {"auth": "Nine digits, please."}
    assert dana.state()["modal"] is not None


def test_errors_that_name_no_field_of_the_modal_are_trouble_as_in_slack(opened: Echo, dana: Person) -> None:
    @opened.app.view("claim")
    def submitted(ack: Any) -> None:
        ack(response_action="errors", errors={"elsewhere": "Nine digits, please."})

    answer = dana.submit(_typed("12"))
    assert answer["failed"]
    assert "no input block" in answer["problem"]


def test_a_submission_carries_the_values_and_closes(opened: Echo, dana: Person) -> None:
    seen: list[dict[str, Any]] = []

    @opened.app.view("claim")
    def submitted(ack: Any, view: dict[str, Any]) -> None:
        ack()
        seen.append(view)

    assert dana.submit(_typed("123456789"))["ok"]
    assert dana.state()["modal"] is None
    assert seen[0]["state"]["values"] == _typed("123456789")


def test_update_push_and_clear_do_what_they_say(opened: Echo, dana: Person) -> None:
    @opened.app.view("claim")
    def submitted(ack: Any, view: dict[str, Any]) -> None:
        step = view["title"]["text"]
        if step == "Claim facts":
            ack(response_action="update", view=_modal("Second"))
        elif step == "Second":
            ack(response_action="push", view=_modal("Third"))
        else:
            ack(response_action="clear")

    dana.submit(_typed("1"))
    assert dana.wait_for_modal("Second")
    dana.submit(_typed("2"))
    assert dana.wait_for_modal("Third")["previous_view_id"]
    assert dana.state()["depth"] == 2
    dana.submit(_typed("3"))
    assert dana.state()["modal"] is None


def test_closing_is_told_to_an_app_that_asked(opened: Echo, dana: Person) -> None:
    dana.cancel()
    assert dana.state()["modal"] is None
    dana.wait(lambda: opened.bodies[-1]["type"] == "view_closed")


def test_a_modal_no_one_answers_stays_open(opened: Echo, dana: Person) -> None:
    opened.workspace.core.delivery.ack_seconds = 0.2
    answer = dana.submit(_typed("1"))
    assert answer["failed"]
    assert dana.state()["modal"] is not None


def test_a_trigger_works_once_and_for_three_seconds(
    echo: Echo, workspace: Workspace, dana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace.core.triggers, "_seconds", 0.3)
    errors: list[str] = []

    @echo.app.shortcut("ask_payer")
    def ask(ack: Any, shortcut: dict[str, Any], client: Any) -> None:
        ack()
        late = shortcut["trigger_id"]
        if not errors:
            client.views_open(trigger_id=late, view=_modal())
        else:
            time.sleep(0.5)
        try:
            client.views_open(trigger_id=late, view=_modal())
        except SlackApiError as error:
            errors.append(error.response["error"])

    for count in (1, 2):
        dana.shortcut("ask_payer")
        dana.wait(lambda count=count: len(errors) == count)
    assert errors == ["exchanged_trigger_id", "expired_trigger_id"]


def test_three_modals_are_the_most(echo: Echo, dana: Person) -> None:
    errors: list[str] = []
    button = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}}
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Stack"},
        "blocks": [{"type": "actions", "elements": [button]}],
    }

    @echo.app.shortcut("ask_payer")
    def ask(ack: Any, shortcut: dict[str, Any], client: Any) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=view)

    @echo.app.action("more")
    def more(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        try:
            client.views_push(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as error:
            errors.append(error.response["error"])

    dana.shortcut("ask_payer")
    for depth in (1, 2, 3):
        dana.wait(lambda depth=depth: dana.state()["depth"] == depth)
        dana.click_in_view(dana.wait_for_modal(), "more")
    dana.wait(lambda: errors == ["push_limit_reached"])


def test_options_of_an_external_select_come_from_the_app(echo: Echo, dana: Person) -> None:
    @echo.app.options("payer")
    def payers(ack: Any, payload: dict[str, Any]) -> None:
        ack(options=[{"text": {"type": "plain_text", "text": payload["value"].title()}, "value": "p"}])

    answer = dana.suggest({"type": "message"}, "b", "payer", "aetna")
    assert answer["options"][0]["text"]["text"] == "Aetna"
