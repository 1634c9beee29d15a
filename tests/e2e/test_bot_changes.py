"""Edits, deletions, bots and doubled events: what was said once is neither said twice nor left behind."""

import pytest

from bot.slack import changed
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.slack.fakes import FakeCopilot, make_note
from tests.slack.joined import QUESTION, all_text, quiet, replies

OTHER = "Can I bill group and individual therapy the same day for Cigna?"


def ours(person: Person, ts: str, channel: str) -> list[dict]:
    return [m for m in person.messages(channel, ts) if m.get("bot_id")]


@pytest.mark.parametrize(("channel", "mention"), [("dm", ""), ("#billing", "@billing_copilot ")])
def test_an_edited_question_gets_its_answer_anew_in_place(
    dana: Person, copilot: FakeCopilot, channel: str, mention: str
) -> None:
    ts = dana.say(mention + QUESTION, channel)
    (before,) = replies(dana, ts, channel)
    dana.edit(ts, mention + OTHER, channel)
    dana.wait(lambda: "Cigna" in all_text(ours(dana, ts, channel)))
    (after,) = ours(dana, ts, channel)
    assert after["ts"] == before["ts"]
    assert "Cigna" in str(after["blocks"])
    # And once more: the mark of the first answer is still on it.
    dana.edit(ts, mention + QUESTION, channel)
    dana.wait(lambda: "Aetna" in all_text(ours(dana, ts, channel)))
    assert [m["ts"] for m in ours(dana, ts, channel)] == [before["ts"]]


def test_an_edit_to_several_payers_and_back_leaves_no_message_over(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(QUESTION)
    replies(dana, ts)
    dana.edit(ts, "Can I bill group and individual the same day for Aetna and Cigna?")
    dana.wait(lambda: "Cigna" in all_text(ours(dana, ts, "dm")))
    dana.edit(ts, QUESTION)
    dana.wait(lambda: "Cigna" not in all_text(ours(dana, ts, "dm")))
    assert len(ours(dana, ts, "dm")) == 1


def test_an_edit_after_its_first_minutes_is_left_alone(
    dana: Person, copilot: FakeCopilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ts = dana.say(QUESTION)
    replies(dana, ts)
    monkeypatch.setattr(changed, "RENEWED_WITHIN_SECONDS", 0.0)
    dana.edit(ts, OTHER)
    quiet()
    assert [question for question, _ in copilot.asked] == [QUESTION]


def test_an_edit_of_what_was_never_for_us_is_left_alone(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say("Good morning", "#billing")
    dana.edit(ts, QUESTION, "#billing")
    quiet()
    assert copilot.asked == []


@pytest.mark.parametrize(("channel", "mention"), [("dm", ""), ("#billing", "@billing_copilot ")])
def test_the_answer_of_a_deleted_question_goes_with_it(
    dana: Person, workspace: Workspace, channel: str, mention: str
) -> None:
    ts = dana.say(mention + QUESTION, channel)
    replies(dana, ts, channel)
    dana.delete(ts, channel)
    dana.wait(lambda: not ours(dana, ts, channel))


def test_what_others_said_in_the_thread_of_a_deleted_question_stays(dana: Person, workspace: Workspace) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    replies(dana, ts, "#billing")
    workspace.person("sam").say("and Cigna?", "#billing", thread_ts=ts)
    replies(dana, ts, "#billing", at_least=2)
    dana.delete(ts, "#billing")
    dana.wait(lambda: len(ours(dana, ts, "#billing")) == 1)
    assert "Cigna" in all_text(ours(dana, ts, "#billing"))


def test_the_cards_and_the_picture_of_a_deleted_note_go_with_it(dana: Person, copilot: FakeCopilot) -> None:
    """They quote it."""
    ts = dana.say(make_note(["Quillon", "Brannoc", "Zebulon"]))
    replies(dana, ts, at_least=5)
    dana.wait(lambda: any(m.get("files") for m in ours(dana, ts, "dm")))
    dana.delete(ts)
    dana.wait(lambda: not ours(dana, ts, "dm"))
    assert "Quillon" not in str(dana.messages("dm", ts))


def test_a_question_deleted_while_its_answer_is_made_leaves_none(dana: Person, copilot: FakeCopilot) -> None:
    copilot.takes_seconds = 0.8
    ts = dana.say(QUESTION)
    dana.wait(lambda: copilot.asked)
    dana.delete(ts)
    quiet(1.5)
    assert ours(dana, ts, "dm") == []
    # Nor a line of trouble elsewhere: nobody waits for it any more.
    assert [m for m in dana.messages("dm") if m.get("bot_id") and m["ts"] > ts] == []


def test_our_own_edits_and_those_of_other_bots_answer_nothing() -> None:
    said = {"user": "U1", "bot_id": "B1", "text": "a", "ts": "1.0"}
    edited = {**said, "text": "b", "edited": {"ts": "2.0"}}
    event = {"type": "message", "subtype": "message_changed", "channel": "C1", "ts": "2.0"}
    assert changed.read_change({**event, "message": edited, "previous_message": said}) is None


def test_a_link_unfurled_is_no_edit() -> None:
    said = {"user": "U1", "text": "see https://example.org", "ts": "1.0"}
    event = {"type": "message", "subtype": "message_changed", "channel": "C1", "ts": "2.0"}
    unfurled = {**said, "attachments": [{"title": "Example"}]}
    assert changed.read_change({**event, "message": unfurled, "previous_message": said}) is None
