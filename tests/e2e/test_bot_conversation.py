"""The bot in a workspace, over the real protocol: questions, notes, mentions and what must stay silent."""

import threading
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import OperatorError, UpstreamError, UserError
from bot.slack.app import build_app
from bot.slack.connection import Socket, join_socket
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.slack.at_work import make_jobs
from tests.slack.fakes import FakeCopilot, make_note
from tests.slack.joined import QUESTION, all_text, is_picture, quiet, replies, settings_for


def test_a_question_in_a_direct_message_is_answered_in_its_thread_with_source_and_date(dana: Person) -> None:
    ts = dana.say(QUESTION)
    (reply,) = replies(dana, ts)
    assert reply["text"].startswith("Allowed with conditions · Aetna · same-day services")
    assert "· Aetna · 2026-01-01, 10 months old · payer's own document" in reply["text"]


def test_a_follow_up_in_the_thread_keeps_its_context(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(QUESTION)
    replies(dana, ts)
    dana.say("and Cigna?", thread_ts=ts)
    assert "Cigna" in replies(dana, ts, at_least=2)[-1]["text"]
    assert copilot.asked[-1][1].payer_ids == ("aetna",)


def test_a_follow_up_beside_the_thread_of_a_direct_message_keeps_its_context(
    dana: Person, copilot: FakeCopilot
) -> None:
    replies(dana, dana.say(QUESTION))
    replies(dana, dana.say("What about Cigna?"))
    assert copilot.asked[-1][1].payer_ids == ("aetna",)


def test_several_payers_stand_in_one_message(dana: Person) -> None:
    (reply,) = replies(dana, dana.say("Is same day billing fine for Aetna and Cigna?"))
    assert "· Aetna ·" in reply["text"]
    assert "· Cigna ·" in reply["text"]


def test_work_shows_within_a_second_and_the_sign_goes_with_the_answer(
    dana: Person, workspace: Workspace, copilot: FakeCopilot
) -> None:
    threads = workspace.core.state.channels[dana.channel("dm")["id"]].threads
    copilot.takes_seconds = 1.0
    started = time.monotonic()
    ts = dana.say(QUESTION)
    dana.wait(lambda: threads.get(ts, {}).get("status"))
    assert time.monotonic() - started < 1.0
    assert "Looking up the payer's rule…" in threads[ts]["loading_messages"]
    replies(dana, ts)
    dana.wait(lambda: not threads[ts]["status"])


def test_a_mention_is_answered_once_though_two_events_come(dana: Person, workspace: Workspace) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    replies(dana, ts, "#billing")
    quiet()
    assert len(replies(dana, ts, "#billing")) == 1


def test_the_reaction_in_a_channel_is_taken_back(dana: Person, workspace: Workspace) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    replies(dana, ts, "#billing")

    def without_reaction() -> bool:
        asked = next(m for m in dana.messages("#billing") if m["ts"] == ts)
        return not asked.get("reactions")

    dana.wait(without_reaction)


def test_a_channel_thread_goes_on_without_a_mention_but_only_for_questions(
    dana: Person, workspace: Workspace, copilot: FakeCopilot
) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    replies(dana, ts, "#billing")
    dana.say("thanks, that helps", "#billing", thread_ts=ts)
    dana.say("and Cigna?", "#billing", thread_ts=ts)
    replies(dana, ts, "#billing", at_least=2)
    quiet()
    assert len(replies(dana, ts, "#billing")) == 2
    assert [question for question, _ in copilot.asked] == [QUESTION, "and Cigna?"]


def test_a_channel_message_without_a_mention_is_left_alone(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(QUESTION, "#billing")
    dana.say("and Cigna?", "#billing", thread_ts=ts)
    quiet()
    assert copilot.asked == []


def test_a_sign_of_work_that_says_what_is_done_is_there_within_a_second(
    dana: Person, workspace: Workspace, copilot: FakeCopilot
) -> None:
    copilot.takes_seconds = 1.5
    room = workspace.core.state.channels[dana.channel("dm")["id"]]
    ts = dana.say(QUESTION)
    status = dana.wait(lambda: room.threads.get(ts, {}).get("status") and room.threads[ts], 1.0)
    assert status["loading_messages"][0] == "Looking up the payer's rule…"
    replies(dana, ts)
    dana.wait(lambda: not room.threads[ts]["status"])


def test_in_a_channel_the_sign_of_work_is_a_reaction_that_goes_with_the_answer(
    dana: Person, copilot: FakeCopilot
) -> None:
    copilot.takes_seconds = 1.5
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")

    def seen() -> bool:
        return any(m["ts"] == ts and m.get("reactions") for m in dana.messages("#billing"))

    dana.wait(seen, 1.0)
    replies(dana, ts, "#billing")
    dana.wait(lambda: not seen())


def test_a_retried_event_is_answered_once(dana: Person, workspace: Workspace, copilot: FakeCopilot) -> None:
    delivery = workspace.core.delivery
    delivery.ack_seconds, delivery.retry_delays = 0.0, (0.1, 0.1, 0.1)
    try:
        ts = dana.say(QUESTION)
        quiet(1.0)
    finally:
        delivery.ack_seconds, delivery.retry_delays = 3.0, (0.0, 60.0, 300.0)
    assert len(replies(dana, ts)) == 1
    assert len(copilot.asked) == 1


def test_slow_answers_do_not_stall_the_others(dana: Person, copilot: FakeCopilot) -> None:
    copilot.takes_seconds = 2.0
    slow = [dana.say(f"Does Aetna pay for session {number}?") for number in range(8)]
    dana.wait(lambda: len(copilot.asked) == 8)
    copilot.takes_seconds = 0.0
    started = time.monotonic()
    assert dana.slash("/billing help")["ok"]
    replies(dana, dana.say("help"))
    assert time.monotonic() - started < 1.5
    for ts in slow:
        replies(dana, ts)


def test_a_pasted_note_gets_summary_session_and_a_card_a_member(dana: Person, copilot: FakeCopilot) -> None:
    note = make_note(["K.L.", "M.N.", "O.P."])
    ts = dana.say(note)
    cards = replies(dana, ts, at_least=5)
    assert copilot.reviewed == [(note.strip(), ())]
    assert "3 claims: 1 to fix, 2 to confirm" in cards[0]["text"]
    assert "K.L., M.N.: 97% alike" in cards[0]["text"]
    assert cards[1]["text"].startswith("The session")
    assert [card["text"].split(" · ")[0] for card in cards[2:5]] == ["1. K.L.", "2. M.N.", "3. O.P."]
    assert "What did they say?" in cards[3]["text"]


def test_a_member_named_like_a_mention_pings_nobody(dana: Person) -> None:
    ts = dana.say(make_note(["<!channel>", "]]>"]))
    for card in replies(dana, ts, at_least=4):
        shown = [block for block in card["blocks"] if block["type"] != "actions"]  # a button's value is not shown
        assert "<!channel>" not in str(shown)
        assert "<!channel>" not in card["text"]


def test_a_large_group_comes_as_summary_worst_cards_list_and_file(dana: Person, workspace: Workspace) -> None:
    labels = [f"Member {number:02d}" for number in range(1, 41)]
    note = make_note(labels)
    ts = dana.say("please review", files={"group.txt": note.encode()})

    def with_file() -> list[dict] | None:
        found = [m for m in dana.messages("dm", ts) if m.get("bot_id") and not is_picture(m)]
        return found if any(m.get("files") for m in found) else None

    cards = dana.wait(with_file, 15)
    assert "40 claims: 20 to fix, 20 to confirm" in cards[0]["text"]
    assert sum(card["text"].split(".")[0].isdigit() and "Member" in card["text"] for card in cards[2:]) == 10
    shared = next(m for m in cards if m.get("files"))["files"][0]
    assert shared["name"] == "review.txt"
    assert "Member" not in shared["title"]
    listing = next(m for m in cards if "show_member" in str(m.get("blocks")))
    option = listing["blocks"][-1]["elements"][0]["options"][6]
    before = len([m for m in dana.messages("dm", ts) if m.get("bot_id") and not is_picture(m)])
    dana.click(listing, "show_member", selected_option=option)
    assert replies(dana, ts, at_least=before + 1)[-1]["text"].startswith("7. Member 07")


def test_a_note_in_a_channel_is_refused_to_its_sender_alone(
    dana: Person, workspace: Workspace, copilot: FakeCopilot
) -> None:
    note = make_note(["Quillon", "Brannoc"])
    ts = dana.say(f"@billing_copilot {note}", "#billing")
    told = dana.wait(lambda: [m for m in dana.messages("#billing") if m.get("is_ephemeral") and m["ts"] > ts])
    assert "send it to me in a direct message" in told[0]["text"]
    assert "Quillon" not in all_text(told)
    assert copilot.reviewed == []
    assert not [m for m in workspace.person("sam").messages("#billing") if m.get("bot_id") and m["ts"] > ts]


def test_an_unclear_text_is_asked_about_and_read_as_its_sender_says(dana: Person, copilot: FakeCopilot) -> None:
    text = "Patient: K.L.\nK.L. shared a plan and practiced it with the others in the room"
    ts = dana.say(text)
    (asked,) = replies(dana, ts)
    assert "question to answer, or a group note" in asked["text"]
    dana.click(asked, "read_as_note")
    cards = replies(dana, ts, at_least=4)
    assert copilot.reviewed[-1][0] == text
    dana.wait(
        lambda: next(m for m in dana.messages("dm", ts) if m["ts"] == asked["ts"])["text"] == "Reviewed as a note."
    )
    assert "1 claim" in all_text(cards)


@pytest.mark.parametrize("text", ["🙂🙂🙂", "!!! …"])
def test_a_message_without_words_gets_one_line(dana: Person, text: str) -> None:
    (reply,) = replies(dana, dana.say(text))
    assert reply["text"].startswith("I read words")


def test_our_own_errors_are_shown_as_they_are(dana: Person, copilot: FakeCopilot) -> None:
    copilot.fails_with = UserError("Two payers fit: Blue Cross of <Texas> or of Illinois?")
    (reply,) = replies(dana, dana.say(QUESTION))
    assert reply["text"] == "Two payers fit: Blue Cross of &lt;Texas&gt; or of Illinois?"


def test_an_unforeseen_error_gives_a_reference_and_leaks_nothing(
    dana: Person, copilot: FakeCopilot, capfd: pytest.CaptureFixture[str]
) -> None:
    copilot.fails_with = RuntimeError("Zebulon said something private")
    (reply,) = replies(dana, dana.say(f"Zebulon asks: {QUESTION}"))
    reference = reply["text"].removeprefix("Something went wrong on our side, nothing was lost; reference ").strip(".")
    logged = "".join(capfd.readouterr())
    assert reference in logged
    assert "RuntimeError" in logged
    assert "Zebulon" not in logged


def test_no_word_of_a_note_gets_into_a_log(
    dana: Person, copilot: FakeCopilot, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    ts = dana.say(make_note(["Zebulon", "Quillon"]))
    replies(dana, ts, at_least=4)
    replies(dana, dana.say("does aetna pay for Zebulon?"))
    replies(dana, dana.say("please review", files={"Zebulon.txt": make_note(["Zebulon"]).encode()}), at_least=3)
    copilot.fails_with = ValueError("Zebulon")
    replies(dana, dana.say("does aetna pay for Zebulon again?"))
    logged = "".join(capfd.readouterr()) + "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("bot.workspace")
    )
    assert "reviewed" in logged
    assert "Zebulon" not in logged
    assert "Quillon" not in logged


def test_a_refused_token_is_one_line_for_the_operator(
    workspace: Workspace, copilot: FakeCopilot, tmp_path: Path
) -> None:
    jobs = make_jobs(tmp_path)
    with pytest.raises(OperatorError, match=r"^SLACK_BOT_TOKEN was refused by Slack \(invalid_auth\)"):
        build_app(copilot, settings_for(workspace, slack_bot_token=SecretStr("xoxb-wrong")), jobs)
    settings = settings_for(workspace, slack_app_token=SecretStr("xapp-wrong"))
    with pytest.raises(OperatorError, match=r"^SLACK_APP_TOKEN was refused by Slack"):
        join_socket(build_app(copilot, settings, jobs).app, settings)


def test_an_unreachable_slack_is_one_line(workspace: Workspace, copilot: FakeCopilot, tmp_path: Path) -> None:
    with pytest.raises(UpstreamError, match=r"cannot be reached: check SLACK_API_URL"):
        build_app(copilot, settings_for(workspace, slack_api_url="http://127.0.0.1:9/api/"), make_jobs(tmp_path))


def test_the_socket_knows_when_it_last_heard_from_slack(socket: Socket) -> None:
    assert socket.is_healthy()
    silent = socket.silent_for()
    assert silent is None or silent < 35


def test_stopping_leaves_no_socket_thread_behind(workspace: Workspace, copilot: FakeCopilot, tmp_path: Path) -> None:
    before = {thread.name for thread in threading.enumerate()}
    settings = settings_for(workspace)
    join_socket(build_app(copilot, settings, make_jobs(tmp_path)).app, settings).close()
    assert not [t for t in threading.enumerate() if t.name not in before and "Interval" in t.name]
