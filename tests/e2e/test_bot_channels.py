"""How the bot behaves in a channel, as its practice set it, over the real protocol."""

from collections.abc import Iterator

import pytest

from bot.policies.channels import Audience, ChannelSettings, Mode
from bot.policies.own_payers import OwnPayer
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.test_bot_controls import asides, slash
from tests.slack.fakes import FakeCopilot, make_note
from tests.slack.forms import values_in
from tests.slack.joined import QUESTION, all_text, quiet, replies

AETNA = OwnPayer(payer_id="aetna", name="Aetna")


@pytest.fixture(autouse=True)
def _as_nobody_set_it(copilot: FakeCopilot, dana: Person) -> Iterator[None]:
    yield
    copilot.channels.put(dana.channel("#billing")["id"], ChannelSettings(), "U0")


def set_to(copilot: FakeCopilot, dana: Person, **settings: object) -> None:
    copilot.channels.put(dana.channel("#billing")["id"], ChannelSettings(**settings), dana.id)


def settings_of(copilot: FakeCopilot, dana: Person) -> ChannelSettings:
    return copilot.channels.get(dana.channel("#billing")["id"])


def whispered(person: Person, text: str) -> dict:
    before = {m["ts"] for m in person.messages("#billing")}
    person.say(text, "#billing")
    return asides(person, "#billing", before)[0]


def test_the_modal_sets_mode_audience_and_payers_of_the_channel_it_was_typed_in(
    dana: Person, copilot: FakeCopilot
) -> None:
    dana.slash("/billing settings")
    view = dana.wait_for_modal("This channel")
    filled = values_in(view, mode="questions", audience="asker", payers="Aetna, Acme Health")
    assert not dana.submit(filled).get("errors")
    kept = settings_of(copilot, dana)
    assert (kept.mode, kept.audience) == (Mode.QUESTIONS, Audience.ASKER)
    assert [payer.label for payer in kept.payers] == ["Aetna", "Acme Health"]
    told = dana.wait(lambda: [m for m in dana.messages("#billing") if "the copilot now answers" in m["text"]])[-1]
    assert "answers payer questions, to the asker alone; about Aetna, Acme Health" in told["text"]
    assert "Not on file" in told["text"]
    assert told["is_ephemeral"]


def test_a_name_that_fits_several_payers_is_said_beside_its_field_and_changes_nothing(
    dana: Person, copilot: FakeCopilot
) -> None:
    dana.slash("/billing settings")
    view = dana.wait_for_modal("This channel")
    answer = dana.submit(values_in(view, mode="off", payers="Kaiser"))
    assert "fits several" in answer["errors"]["payers"]
    assert settings_of(copilot, dana).mode is Mode.MENTION
    dana.cancel()


def test_in_a_direct_message_there_is_nothing_to_set(dana: Person) -> None:
    before = {m["ts"] for m in dana.messages("dm")}
    dana.slash("/billing settings", "dm")
    (told,) = dana.wait(lambda: [m for m in dana.messages("dm") if m["ts"] not in before])
    assert told["text"].startswith("Settings are a channel's")


def test_where_questions_are_wanted_a_payer_question_is_answered_and_nothing_else(
    dana: Person, copilot: FakeCopilot
) -> None:
    set_to(copilot, dana, mode=Mode.QUESTIONS)
    ts = dana.say(QUESTION, "#billing")
    assert "Allowed with conditions" in replies(dana, ts, "#billing")[0]["text"]
    asked = len(copilot.asked)
    for text in ("Who has the key to room 4?", "Aetna called back, all fine.", "lunch?", make_note(["K.L.", "M.N."])):
        dana.say(text, "#billing")
    quiet()
    assert len(copilot.asked) == asked


def test_where_it_is_off_a_mention_gets_a_line_to_its_sender_and_threads_stay_quiet(
    dana: Person, copilot: FakeCopilot, workspace: Workspace
) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    replies(dana, ts, "#billing")
    set_to(copilot, dana, mode=Mode.OFF)
    asked = len(copilot.asked)
    assert "set to say nothing in this channel" in whispered(dana, f"@billing_copilot {QUESTION}")["text"]
    dana.say("and Cigna?", "#billing", thread_ts=ts)
    quiet()
    assert len(copilot.asked) == asked
    assert len(replies(dana, ts, "#billing")) == 1


def test_a_question_that_names_no_payer_is_about_the_channels(dana: Person, copilot: FakeCopilot) -> None:
    set_to(copilot, dana, payers=(AETNA,))
    ts = dana.say("@billing_copilot How many members can a group have?", "#billing")
    replies(dana, ts, "#billing")
    assert copilot.asked[-1][1].payer_ids == ("aetna",)


def test_an_answer_for_the_asker_alone_is_shared_once_with_who_shared_it(
    dana: Person, copilot: FakeCopilot, workspace: Workspace
) -> None:
    set_to(copilot, dana, audience=Audience.ASKER)
    card = whispered(dana, f"@billing_copilot {QUESTION}")
    sam = workspace.person("sam")
    assert card["ts"] not in {m["ts"] for m in sam.messages("#billing")}
    for _ in range(2):
        dana.click(card, "share_answer", "#billing")
    shared = sam.wait(lambda: [m for m in sam.messages("#billing") if "shared this answer" in m["text"]])
    quiet()
    shared = [m for m in sam.messages("#billing") if "shared this answer" in m["text"] and m["ts"] > card["ts"]]
    assert len(shared) == 1
    assert f"<@{dana.id}> shared this answer" in shared[0]["text"]
    assert "Allowed with conditions" in shared[0]["text"]
    now = next(m for m in dana.messages("#billing") if m["ts"] == card["ts"])
    assert now["text"] == "Shared with the channel."


def test_what_a_command_answered_can_be_shared_and_followed_up(
    dana: Person, copilot: FakeCopilot, workspace: Workspace
) -> None:
    (card,) = slash(dana, f"/billing ask {QUESTION}")
    dana.click(card, "share_answer", "#billing")

    def shared() -> list[dict]:
        return [m for m in dana.messages("#billing") if "shared this" in m["text"] and m["ts"] > card["ts"]]

    (aloud,) = dana.wait(shared)
    assert not aloud.get("is_ephemeral")
    workspace.person("sam").say("and Cigna?", "#billing", thread_ts=aloud["ts"])
    assert "Cigna" in all_text(replies(dana, aloud["ts"], "#billing"))


def test_where_the_bot_is_to_say_nothing_no_button_shares(dana: Person, copilot: FakeCopilot) -> None:
    set_to(copilot, dana, mode=Mode.OFF)
    (card,) = slash(dana, f"/billing ask {QUESTION}")
    assert "Allowed with conditions" in card["text"]
    assert "share_answer" not in str(card["blocks"])


def test_nothing_is_shared_into_a_channel_where_another_company_reads_along(dana: Person, copilot: FakeCopilot) -> None:
    (card,) = slash(dana, f"/billing ask {QUESTION}")
    channel = dana.channel("#billing")["id"]
    copilot.channels.note_outsiders(channel)
    assert copilot.channels.all() == () or settings_of(copilot, dana).outsiders
    before = {m["ts"] for m in dana.messages("#billing")}
    dana.click(card, "share_answer", "#billing")
    told = asides(dana, "#billing", before)
    assert "People of another company read along" in all_text(told)
    (card,) = slash(dana, f"/billing ask {QUESTION}")
    assert "share_answer" not in str(card["blocks"])
