"""An answer that grows in the workspace: what is seen while a model words it, and what stands at the end."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.answers.listener import Listener
from bot.answers.models import Answer, Engine
from bot.workspace.errors import ApiError
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from bot.workspace.webapi import call
from tests.slack.fakes import FakeCopilot
from tests.slack.joined import QUESTION, quiet, replies

FIRST = "Yes, Aetna pays both only when each has its own note. [1]"
SECOND = "The times stand in both notes. [1]"
WORDED = f"{FIRST} {SECOND}"


class Words:
    """A model that says two sentences when it is told to, and then what became of them."""

    def __init__(self) -> None:
        self.go = [threading.Event(), threading.Event(), threading.Event()]
        self.text = WORDED
        self.engine = Engine(name="model", model="fake:model", note="prompt answer_wording v3")
        self.seen: list[bool] = []

    def __call__(self, answers: tuple[Answer, ...], listener: Listener) -> tuple[Answer, ...]:
        listener.decided(answers)
        for go, sentence in zip(self.go, (FIRST, SECOND), strict=False):
            go.wait(8)
            self.seen.append(listener.said(0, sentence))
        self.go[2].wait(8)
        return (answers[0].model_copy(update={"answer": self.text, "engine": self.engine}), *answers[1:])

    def hurry(self) -> None:
        for go in self.go:
            go.set()

    def fall_back(self) -> None:
        """The reply broke after its sentences were seen: the offline words stand."""
        self.text = "Aetna pays both when each has its own note."
        self.engine = Engine(name="offline", note="The model fake:model did not answer in time.")


@pytest.fixture
def words(dana: Person, copilot: FakeCopilot) -> Iterator[Words]:
    made = Words()
    copilot.words = made
    yield made
    made.hurry()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Let a method of the Web API refuse from now on."""

    def refuse(name: str, error: str) -> None:
        def refused(_: object) -> dict[str, object]:
            raise ApiError(error)

        monkeypatch.setitem(call.METHODS, name, refused)

    return refuse


def growing(dana: Person, ts: str, channel: str = "dm") -> dict:
    return dana.wait(lambda: next((m for m in dana.messages(channel, ts) if m.get("streaming_state")), None))


def finished(dana: Person, ts: str, channel: str = "dm") -> list[dict]:
    """Our messages in the thread, once none grows and the card's buttons are there."""

    def ended() -> list[dict] | None:
        found = [m for m in dana.messages(channel, ts) if m.get("bot_id") and m["ts"] > ts]
        over = found and not any(m.get("streaming_state") == "in_progress" for m in found)
        return found if over and "context_actions" in str(found) else None

    return dana.wait(ended, 10)


def shown(message: dict) -> str:
    """Everything a reader sees of a message, markup aside."""
    return str([block for block in message["blocks"] if block["type"] != "actions"])


def test_the_decision_shows_before_the_model_has_said_a_word(dana: Person, words: Words) -> None:
    ts = dana.say(QUESTION)

    message = growing(dana, ts)

    assert message["text"] == "🟡 **Allowed with conditions** · Aetna · same-day services"
    assert message["streaming_state"] == "in_progress"


def test_each_sentence_is_seen_when_it_comes_and_the_card_closes_around_them(dana: Person, words: Words) -> None:
    ts = dana.say(QUESTION)
    growing(dana, ts)
    words.go[0].set()
    dana.wait(lambda: FIRST in growing(dana, ts)["text"])
    assert SECOND not in growing(dana, ts)["text"]
    assert "context_actions" not in str(growing(dana, ts)["blocks"])
    words.hurry()

    (message,) = finished(dana, ts)

    assert words.seen == [True, True]
    assert message["streaming_state"] == "completed"
    assert not message.get("edited")
    assert message["text"].endswith(WORDED)
    for part in ("59 on 90834", "Put the times in both notes.", "payer's own document"):
        assert part in shown(message)
    assert "Worded by fake:model" in shown(message)
    assert str(message["blocks"]).count(FIRST) == 1
    assert shown(message).count("Allowed with conditions") == 1


def test_the_streamed_card_has_the_buttons_and_they_work(dana: Person, words: Words, copilot: FakeCopilot) -> None:
    words.hurry()
    ts = dana.say(QUESTION)
    (message,) = finished(dana, ts)

    dana.click(message, "call_script_0")
    dana.click(message, "feedback", value="up")

    assert "Call script" in replies(dana, ts, at_least=2)[-1]["text"]
    dana.wait(lambda: (message_key(message)) in {key[1] for key in copilot.feedback.kept})


def message_key(message: dict) -> str:
    return str(message["ts"])


@pytest.mark.parametrize("seen", [0, 2])
def test_a_model_that_fails_leaves_the_offline_words_in_the_same_message(dana: Person, words: Words, seen: int) -> None:
    words.fall_back()
    if not seen:
        words.go = words.go[2:] * 3
    ts = dana.say(QUESTION)
    growing(dana, ts)
    words.hurry()

    (message,) = finished(dana, ts)

    assert shown(message).count("Aetna pays both when each has its own note.") == 1
    assert "Worded offline: The model fake:model did not answer in time." in shown(message)
    assert "Worded by" not in shown(message)


def test_a_channel_streams_to_whoever_asked(dana: Person, words: Words) -> None:
    words.hurry()
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")

    (message,) = finished(dana, ts, "#billing")

    assert message["streaming_state"] == "completed"
    assert WORDED in message["text"]


def test_several_payers_show_their_decisions_at_once_and_their_cards_at_the_end(dana: Person, words: Words) -> None:
    ts = dana.say("Is same day billing fine for Aetna and Cigna?")
    first = growing(dana, ts)
    assert "· Aetna ·" in first["text"]
    assert "· Cigna ·" in first["text"]
    words.hurry()

    (message,) = finished(dana, ts)

    assert words.seen == [False, False]
    assert shown(message).count("· Cigna ·") == 1


def test_a_slash_command_is_answered_in_one_post(dana: Person, words: Words) -> None:
    words.hurry()
    dana.slash(f"/billing {QUESTION}")

    def told() -> list[dict]:
        mine = [m for m in dana.messages("#billing") if m.get("is_ephemeral")]
        return [m for m in mine if "Worded by" in str(m.get("blocks"))]

    assert len(dana.wait(told)) == 1
    assert words.seen == [False, False]


@pytest.mark.parametrize("error", ["unknown_method", "method_not_supported_for_channel_type", "missing_scope"])
def test_where_there_is_no_streaming_one_post_comes(
    dana: Person, words: Words, broken: Callable[[str, str], None], error: str
) -> None:
    broken("chat.startStream", error)
    words.hurry()
    ts = dana.say(QUESTION)

    (message,) = finished(dana, ts)

    assert not message.get("streaming_state")
    assert WORDED in shown(message)
    assert words.seen == [False, False]


@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream"])
def test_a_stream_that_slack_ended_is_mended_in_place(
    dana: Person, words: Words, broken: Callable[[str, str], None], method: str
) -> None:
    broken(method, "message_not_in_streaming_state")
    words.hurry()
    ts = dana.say(QUESTION)

    (message,) = finished(dana, ts)

    assert message["streaming_state"] == "completed"
    assert shown(message).count(WORDED) == 1
    assert shown(message).count("Allowed with conditions") == 1


def test_where_not_even_an_update_is_taken_a_fresh_post_stands_alone(
    dana: Person, words: Words, broken: Callable[[str, str], None]
) -> None:
    broken("chat.appendStream", "internal_error")
    broken("chat.update", "cant_update_message")
    words.hurry()
    ts = dana.say(QUESTION)

    (message,) = finished(dana, ts)

    assert not message.get("streaming_state")
    assert shown(message).count(WORDED) == 1


def test_an_outage_at_the_end_of_an_answer_leaves_it_there_once(
    dana: Person, words: Words, broken: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(call.METHODS)
    out = ("chat.stopStream", "chat.update", "chat.delete", "chat.postMessage")
    for name in out:
        broken(name, "internal_error")
    words.hurry()
    ts = dana.say(QUESTION)
    growing(dana, ts)
    quiet(1.5)
    for name in out:
        monkeypatch.setitem(call.METHODS, name, before[name])

    (message,) = finished(dana, ts)

    assert shown(message).count(WORDED) == 1


def test_an_error_on_our_side_leaves_no_half_answer_behind(dana: Person, words: Words, copilot: FakeCopilot) -> None:
    copilot.fails_with = RuntimeError("unforeseen")
    words.hurry()
    ts = dana.say(QUESTION)

    def alone() -> list[dict] | None:
        found = [m for m in dana.messages("dm", ts) if m.get("bot_id")]
        return found if len(found) == 1 and "Something went wrong" in found[0]["text"] else None

    assert "streaming_state" not in dana.wait(alone)[0]


def texts(block: dict) -> list[str]:
    """What a block says, without the ids that the workspace adds."""
    inner = block.get("text")
    own = [inner["text"] if isinstance(inner, dict) else inner] if inner else []
    return own + [text for element in block.get("elements", []) for text in texts(element)]


@pytest.mark.browser
def test_the_page_shows_the_answer_growing(
    dana: Person, words: Words, workspace: Workspace, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    page = context.new_page()
    page.goto(f"{workspace.url}/?as=dana")
    page.wait_for_selector(".composer")
    dana.say(QUESTION)
    card = page.locator(".message", has_text="Allowed with conditions · Aetna").last
    expect(card.locator(".growing")).to_be_visible()
    page.screenshot(path=tmp_path / "1-decided.png")
    words.go[0].set()
    expect(card).to_contain_text("only when each has its own note. [1]")
    expect(card).not_to_contain_text("Put the times in both notes")
    page.screenshot(path=tmp_path / "2-growing.png")
    words.hurry()
    expect(card).to_contain_text("Worded by fake:model")
    expect(card.locator(".growing")).to_have_count(0)
    page.screenshot(path=tmp_path / "3-card.png")
    context.close()
