"""Deliveries that no honest Slack would send: answered or refused, and never with another channel's note."""

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from structlog.testing import capture_logs

from bot.jobs.jobs import Jobs
from bot.slack.app import Bot, build_app
from bot.slack.connection import Socket
from bot.slack.noteref import NoteRef
from bot.slack.reception import _TakenOver
from bot.slack.reminding import Reminding
from bot.slack.worker import SlackWorker
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import make_jobs
from tests.slack.fakes import TODAY, FakeCopilot, make_note
from tests.slack.joined import replies, settings_for


class _Here(Executor):
    """Runs listeners at once and keeps what they raised: Bolt's own threads would swallow it."""

    def __init__(self) -> None:
        self.raised: list[BaseException] = []

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(work(*args, **kwargs))
        except BaseException as error:
            if not isinstance(error, _TakenOver):
                self.raised.append(error)
            done.set_exception(error)
        return done


class Forger:
    """Hands the app deliveries that no honest Slack would send, as its socket does."""

    def __init__(self, bot: Bot, jobs: Jobs) -> None:
        self.jobs = jobs
        (self.team,) = bot.practices.ids()
        self.socket = Socket(bot.app, "xapp-none")
        self.acknowledged: list[str] = []
        self.answered = ""
        self.socket.client.send_socket_mode_response = self._take
        self.here = _Here()
        bot.app.listener_runner.listener_executor = self.here

    def _take(self, answer: SocketModeResponse) -> None:
        self.acknowledged.append(answer.envelope_id)
        self.answered = json.dumps(answer.payload)

    def send(self, body: dict[str, Any], *, work_too: bool = True) -> bool:
        """Whether it was acknowledged, as this workspace's; raises what the app let out, with `work_too` a listener."""
        self.here.raised.clear()
        self.acknowledged.clear()
        self.socket.handle(self.socket.client, SocketModeRequest("any", "E1", {**body, "team_id": self.team}))
        self._let_work_end()
        if work_too and self.here.raised:
            raise self.here.raised[0]
        return self.acknowledged == ["E1"]

    def _let_work_end(self, seconds: float = 15.0) -> None:
        until = monotonic() + seconds
        while self.jobs._store.waiting(timedelta()):
            assert monotonic() < until
            sleep(0.02)


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Forger, Workspace, FakeCopilot]]:
    fake, jobs = FakeCopilot(), make_jobs(tmp_path_factory.mktemp("forged"))
    with Workspace(manifest=MANIFEST) as workspace:
        bot = build_app(fake, settings_for(workspace), jobs, today=lambda: TODAY)
        jobs.launch(SlackWorker(bot.app, bot.practices, [Reminding(fake, bot.practices, jobs, lambda: TODAY)]))
        yield Forger(bot, jobs), workspace, fake
        assert jobs.stop(10)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_ACTIONS = [
    "call_script_0",
    "sources_0",
    "more_0",
    "feedback",
    "claim_facts",
    "show_member",
    "report_pdf",
    "read_as_note",
    "disagree",
    "correct_split",
    "table_csv",
    "table_row",
    "table_all",
    "edit_payers",
    "record_0",
    "verification_0",
    "approve_fact",
    "reject_fact",
    "withdraw_fact",
    "edit_fact",
    "fact_topic",
    "keep_document",
    "verification_change",
    "nobody_knows_this",
]
_SOME = st.one_of(_JSON, st.text(max_size=30), st.just("|||"), st.just("0|C1|1.1||"), st.just("{}"))


def _event(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "event_callback", "event": {**fields, "type": kind}}


def _action(action_id: str, fields: dict[str, Any], value: Any) -> dict[str, Any]:
    return {"type": "block_actions", "actions": [{"action_id": action_id, "type": "button", "value": value}], **fields}


_FIELDS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        [
            "channel",
            "user",
            "text",
            "ts",
            "thread_ts",
            "files",
            "channel_type",
            "subtype",
            "container",
            "message",
            "response_url",
            "trigger_id",
            "view",
            "state",
            "team",
            "tab",
        ],
        _SOME,
    ),
)
_DELIVERIES = st.one_of(
    _JSON,
    st.builds(_event, st.sampled_from(["message", "app_mention", "app_home_opened", "unheard_of"]), _FIELDS),
    st.builds(_action, st.sampled_from(_ACTIONS), _FIELDS, _SOME),
    st.builds(
        lambda call, fields: {
            "type": "view_submission",
            "view": {"type": "modal", "callback_id": call, **fields},
            "user": {"id": "U1"},
        },
        st.sampled_from(["claim_facts", "dispute", "own_payers", "verification", "nobody"]),
        st.fixed_dictionaries({}, optional={"state": _SOME, "private_metadata": _SOME, "blocks": _SOME, "id": _SOME}),
    ),
    st.builds(lambda fields: {"command": "/billing", **fields}, _FIELDS),
    st.builds(lambda fields: {"type": "message_action", "callback_id": "review_note", **fields}, _FIELDS),
)


def _reviewed(forged: tuple[Forger, Workspace, FakeCopilot], name: str) -> tuple[Person, str, dict[str, Any]]:
    """A person's direct message with a reviewed note: the person, its channel, and the card."""
    forger, workspace, _ = forged
    person = workspace.person(name)
    channel = str(person.channel("dm")["id"])
    ts = person.say(make_note([f"{name[0].upper()}.A.", f"{name[0].upper()}.B."]))
    event = {"channel": channel, "channel_type": "im", "user": person.id, "ts": ts}
    text = make_note([f"{name[0].upper()}.A.", f"{name[0].upper()}.B."])
    assert forger.send(_event("message", {**event, "text": text}))
    card = next(m for m in replies(person, ts) if "claim_facts" in json.dumps(m["blocks"]))
    return person, channel, card


def _press(person: Person, channel: str, card: dict[str, Any], action: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "user": {"id": person.id},
        "container": {"channel_id": channel, "message_ts": card["ts"], "thread_ts": card["thread_ts"]},
        "message": card,
        "trigger_id": "1",
        "actions": [{"type": "button", **action}],
    }


def _note_of(card: dict[str, Any]) -> str:
    found = re.search(r"0\|([A-Z0-9]+\|[\d.]+\|[\d.]*\|)", json.dumps(card["blocks"]))
    state = re.search(r'\\"note\\":(\{.*?\})', json.dumps(card["blocks"]))
    assert found or state
    return found[1] if found else NoteRef.model_validate_json(state[1].replace('\\"', '"')).dumps()


@pytest.mark.parametrize("tampered", ["member", "report", "choice", "facts", "split", "dispute"])
def test_a_tampered_button_reads_no_note_of_another_channel(
    forged: tuple[Forger, Workspace, FakeCopilot], tampered: str
) -> None:
    forger, _, fake = forged
    _, theirs, victim = _reviewed(forged, "dana")
    sam, own, card = _reviewed(forged, "sam")
    theirs_note, their_card = _note_of(victim), f"{theirs}|{victim['ts']}|{victim['thread_ts']}|"
    swapped = json.loads(
        json.dumps(card).replace(own, theirs).replace(_note_of(card).split("|")[1], victim["thread_ts"])
    )
    view = {"type": "modal", "callback_id": "", "private_metadata": their_card}
    values = {"state": {"values": {"members": {"value": {"value": "D.A."}}}}, "blocks": [], "id": "V1"}
    option = {"text": {"type": "plain_text", "text": "x"}, "value": f"0|{theirs_note}"}
    bodies = {
        "member": _press(
            sam, own, card, {"action_id": "show_member", "type": "static_select", "selected_option": option}
        ),
        "report": _press(sam, own, swapped, {"action_id": "report_pdf", "value": "pdf"}),
        "choice": _press(sam, own, card, {"action_id": "read_as_note", "value": theirs_note}),
        "facts": {
            "type": "view_submission",
            "user": {"id": sam.id},
            "view": {**view, **values, "callback_id": "claim_facts"},
        },
        "split": _event(
            "message",
            {
                "channel": own,
                "channel_type": "im",
                "user": sam.id,
                "ts": "1.1",
                "thread_ts": victim["thread_ts"],
                "text": "members: D.A.",
            },
        ),
        "dispute": {
            "type": "view_submission",
            "user": {"id": sam.id},
            "view": {
                **view,
                "callback_id": "dispute",
                "private_metadata": f"safety {'-' * 14} offline {theirs_note} {their_card}",
                "state": {
                    "values": {
                        name: {"value": {"value": "D.A. shared"}} for name in ("comment", "check", "proposed", "reason")
                    }
                },
            },
        },
    }
    fake.reviewed.clear()
    forger.send(bodies[tampered])
    assert [text for text, _ in fake.reviewed if "D.A." in text] == []
    if tampered == "dispute":  # whether its words stand in that note is not told
        assert "out of my reach" in forger.answered
    assert "D.A." not in json.dumps([m for m in sam.messages() if m.get("bot_id")])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/steal",
        "https://evil.example/steal",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com/services/T1/B1/somebody-elses",
        "file:///tmp/steal",
        "http://[broken",
    ],
)
def test_an_answer_goes_to_no_address_but_slacks(
    forged: tuple[Forger, Workspace, FakeCopilot], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("slack_sdk.webhook.WebhookClient.send", lambda client, **_: opened.append(client.url))
    body = {"command": "/billing", "text": "help", "user_id": "U1", "channel_id": "C1", "response_url": url}
    assert forged[0].send(body)
    assert opened == []


# The last of this file: what failed is tried again in the background.
# Bolt waits three seconds for the acknowledgement of a form whose listener failed.
# That trying draws its jitter from `random`, which hypothesis takes for a strategy's.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@settings(max_examples=6, derandomize=True, suppress_health_check=list(HealthCheck))
@given(body=_DELIVERIES)
def test_whatever_is_delivered_is_acknowledged_or_refused(
    forged: tuple[Forger, Workspace, FakeCopilot], body: Any
) -> None:
    with capture_logs() as logged:
        acknowledged = forged[0].send(body if isinstance(body, dict) else {"any": body}, work_too=False)
    # What is refused leaves a line that names the fault and nothing of the delivery.
    assert acknowledged or {"failed", "refused", "malformed", "error_not_told"} & {line["event"] for line in logged}
