"""Buttons, modals, commands, shortcuts, files and the app's home, over the real protocol."""

import json
from datetime import date

import pytest

from bot.errors import UserError
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.slack.fakes import FakeCopilot, make_note
from tests.slack.joined import QUESTION, all_text, replies

NOTE = make_note(["K.L.", "M.N."])


def asides(person: Person, channel: str, before: set[str], at_least: int = 1) -> list[dict]:
    """What only this person sees in a channel and did not before."""

    def enough() -> list[dict] | None:
        found = [m for m in person.messages(channel) if m.get("is_ephemeral") and m["ts"] not in before]
        return found if len(found) >= at_least else None

    return person.wait(enough, 10)


def slash(person: Person, text: str, at_least: int = 1) -> list[dict]:
    before = {m["ts"] for m in person.messages("#billing")}
    person.slash(text)
    return asides(person, "#billing", before, at_least)


def choose(value: str) -> dict:
    return {"type": "static_select", "selected_option": {"text": {"type": "plain_text", "text": value}, "value": value}}


def submit(person: Person, **filled: object) -> dict:
    """Submit the claim facts modal with what stands in it and what was filled in, by field."""
    values: dict = {}
    for block in person.wait_for_modal("Claim facts")["blocks"]:
        element = block.get("element")
        if element:
            field = {"type": element["type"]}
            for name, shown in (("initial_value", "value"), ("initial_option", "selected_option")):
                if name in element:
                    field[shown] = element[name]
            values[block["block_id"]] = {"value": field}
    for name, given in filled.items():
        field = values[name]["value"]
        kind = {"datepicker": "selected_date"}.get(field["type"], "value")
        values[name]["value"] = choose(str(given)) if field["type"] == "static_select" else {**field, kind: given}
    return person.submit(values)


def reviewed(person: Person, note: str = NOTE) -> tuple[str, dict]:
    """Send a note; its ts, and the card with the button for claim facts."""
    ts = person.say(note)
    cards = replies(person, ts, at_least=4)
    return ts, cards[0]


def test_call_script_and_sources_come_into_the_thread_of_a_direct_message(dana: Person) -> None:
    ts = dana.say(QUESTION)
    (card,) = replies(dana, ts)
    dana.click(card, "call_script_0")
    script = replies(dana, ts, at_least=2)[-1]
    assert "1. Is 90853 payable with 90834 on one day?" in script["text"]
    dana.click(card, "sources_0")
    sources = replies(dana, ts, at_least=3)[-1]
    assert "payer's own document · read 2026-11-01 (23 days ago)" in sources["text"]


def test_in_a_channel_the_call_script_is_for_the_one_who_pressed(dana: Person, workspace: Workspace) -> None:
    ts = dana.say(f"@billing_copilot {QUESTION}", "#billing")
    (card,) = replies(dana, ts, "#billing")
    sam = workspace.person("sam")
    before = {m["ts"] for m in sam.messages("#billing")}
    sam.click(card, "call_script_0", "#billing")
    (script,) = asides(sam, "#billing", before)
    assert script["thread_ts"] == ts
    assert not [m for m in dana.messages("#billing", ts) if m["ts"] == script["ts"]]


def test_the_last_thumb_of_a_person_counts(dana: Person, copilot: FakeCopilot) -> None:
    (card,) = replies(dana, dana.say(QUESTION))
    for value in ("up", "down"):
        dana.click(card, "feedback", value=value)
    channel = dana.channel("dm")["id"]
    dana.wait(lambda: copilot.feedback.kept.get((channel, card["ts"], dana.id)) == "down")


def test_claim_facts_review_the_note_again_and_the_modal_holds_no_word_of_it(
    dana: Person, copilot: FakeCopilot
) -> None:
    ts, card = reviewed(dana)
    dana.click(card, "claim_facts")
    modal = dana.wait_for_modal("Claim facts")
    assert "K.L." not in json.dumps(modal)
    assert modal["private_metadata"] == f"{dana.channel('dm')['id']}|{card['ts']}|{ts}|"
    answer = submit(dana, payer="Aetna", eligibility="2026-03-01", same_day_codes="none")
    assert not answer.get("errors")
    cards = replies(dana, ts, at_least=8)
    assert "2 claims: 1 ready, 1 to fix" in cards[4]["text"]
    (facts,) = copilot.reviewed[-1][1]
    assert facts.payer == "Aetna"
    assert facts.eligibility_verified_on == date(2026, 3, 1)
    assert facts.same_day_codes == ()


def test_facts_of_one_member_join_those_given_for_all(dana: Person, copilot: FakeCopilot) -> None:
    ts, card = reviewed(dana)
    dana.click(card, "claim_facts")
    submit(dana, payer="Aetna")
    second = replies(dana, ts, at_least=8)[4]
    dana.click(second, "claim_facts")
    assert dana.wait_for_modal()["blocks"][2]["element"]["initial_value"] == "Aetna"
    judged = len(copilot.reviewed)
    submit(dana, member=2, units="0")
    cards = replies(dana, ts, at_least=10)
    # With a model a review is what one waits for: once is enough.
    assert len(copilot.reviewed) == judged + 1
    everyone, own = copilot.reviewed[-1][1]
    assert (everyone.member, own.member) == ("", "M.N.")
    assert (own.payer, own.authorization.units_left) == ("Aetna", 0)
    assert cards[-1]["text"].startswith("2. M.N.")


def test_impossible_dates_are_said_beside_their_fields(dana: Person, copilot: FakeCopilot) -> None:
    _, card = reviewed(dana)
    dana.click(card, "claim_facts")
    answer = submit(dana, date_of_service="2027-01-02", starts_on="2026-05-01", ends_on="2026-04-01")
    assert set(answer["errors"]) == {"date_of_service", "ends_on"}
    assert len(copilot.reviewed) == 1
    dana.cancel()


def test_one_diagnosis_for_every_member_is_refused_beside_its_field(dana: Person, copilot: FakeCopilot) -> None:
    _, card = reviewed(dana)
    dana.click(card, "claim_facts")
    answer = submit(dana, diagnosis_code="F41.1", payer="Aetna")
    assert set(answer["errors"]) == {"diagnosis_code"}
    assert len(copilot.reviewed) == 1
    dana.cancel()


def test_a_note_deleted_before_the_facts_came_is_told(dana: Person, workspace: Workspace) -> None:
    ts, card = reviewed(dana)
    dana.click(card, "claim_facts")
    dana.wait_for_modal()
    dana.delete(ts)
    before = {m["ts"] for m in dana.messages("dm")}
    submit(dana, payer="Aetna")
    told = dana.wait(lambda: [m for m in dana.messages("dm") if m["ts"] not in before and m.get("bot_id")])
    assert "no longer there" in all_text(told)


def test_the_shortcut_in_a_channel_reviews_in_the_direct_message(dana: Person, workspace: Workspace) -> None:
    sam = workspace.person("sam")
    ts = sam.say(NOTE, "#billing")
    seen = {m["ts"] for m in dana.messages("dm")}
    before = {m["ts"] for m in dana.messages("#billing")}
    dana.shortcut("review_note", ts, "#billing")
    (aside,) = asides(dana, "#billing", before)
    assert "only you read along" in aside["text"]
    cards = dana.wait(
        lambda: (found := [m for m in dana.messages("dm") if m["ts"] not in seen]) and len(found) >= 5 and found
    )
    assert "2 claims" in cards[1]["text"]
    assert not [m for m in sam.messages("#billing") if m.get("bot_id") and m["ts"] > ts]


def test_the_shortcut_in_the_direct_message_reviews_in_the_thread(dana: Person) -> None:
    ts = dana.say("Patient: K.L.\nK.L. shared a plan and practiced it with the others in the room")
    replies(dana, ts)
    dana.shortcut("review_note", ts)
    assert "1 claim:" in replies(dana, ts, at_least=4)[1]["text"]


def test_the_shortcut_on_an_answer_of_ours_says_so(dana: Person) -> None:
    (card,) = replies(dana, dana.say(QUESTION))
    before = {m["ts"] for m in dana.messages("dm")}
    dana.shortcut("review_note", card["ts"])
    assert "one of mine" in asides(dana, "dm", before)[0]["text"]


@pytest.mark.parametrize("name", ["group.txt", "group.md", "GROUP.TXT", "notes.csv"])
def test_text_files_are_reviewed(dana: Person, name: str) -> None:
    ts = dana.say("", files={name: NOTE.encode()})
    assert "2 claims" in replies(dana, ts, at_least=4)[0]["text"]


def test_facts_for_a_file_fetch_it_again(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say("please review", files={"group.txt": NOTE.encode()})
    card = replies(dana, ts, at_least=4)[0]
    dana.click(card, "claim_facts")
    submit(dana, payer="Aetna")
    replies(dana, ts, at_least=8)
    assert copilot.reviewed[-1][0] == NOTE


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("group.docx", b"PK\x03\x04 word", "group.docx is broken or cut short"),
        ("group.xlsx", b"PK\x03\x04", "group.xlsx is not a file I read: send .txt, .md, .csv, .docx or .pdf"),
        ("group.txt", b"%PDF-1.7", "group.txt is broken or cut short"),
        ("group.txt", b"\x00\x01\x02", "group.txt is not text"),
        ("big.txt", b"a" * 4_100_000, "big.txt is 4.1 MB; a note file may have 4 MB"),
    ],
)
def test_other_files_get_one_line(dana: Person, copilot: FakeCopilot, name: str, content: bytes, line: str) -> None:
    (told,) = replies(dana, dana.say("", files={name: content}))
    assert told["text"].startswith(line)
    assert copilot.reviewed == []


def test_a_question_that_comes_with_a_file_is_answered_too(dana: Person, copilot: FakeCopilot) -> None:
    replies(dana, dana.say("Does Aetna pay for 12 members?", files={"group.txt": NOTE.encode()}), at_least=5)
    dana.wait(lambda: [question for question, _ in copilot.asked] == ["Does Aetna pay for 12 members?"])


def test_who_asks_what_becomes_of_their_words_reads_the_privacy_lines(dana: Person) -> None:
    for asked in ("what do you do with my notes", "who can see what I write here"):
        (told,) = replies(dana, dana.say(asked))
        assert "I keep none of their text" in told["text"]


def test_help_teaches_each_command(dana: Person) -> None:
    (shown,) = slash(dana, "/billing help")
    for word in ("ask", "review", "payers", "template", "help"):
        assert f"/billing {word}" in shown["text"]


def test_a_question_after_the_command_is_answered_to_the_person_alone(dana: Person, workspace: Workspace) -> None:
    shown = slash(dana, f"/billing {QUESTION}")
    assert "Allowed with conditions · Aetna" in all_text(shown)
    others = workspace.person("sam").messages("#billing")
    assert not {m["ts"] for m in shown} & {m["ts"] for m in others}


def test_an_ephemeral_answer_has_working_buttons(dana: Person) -> None:
    card = slash(dana, f"/billing {QUESTION}")[0]
    before = {m["ts"] for m in dana.messages("#billing")}
    dana.click(card, "call_script_0", "#billing")
    assert "Call script" in asides(dana, "#billing", before)[0]["text"]


def test_a_follow_up_command_keeps_the_context(dana: Person, copilot: FakeCopilot) -> None:
    slash(dana, f"/billing {QUESTION}")
    dana.wait(lambda: copilot.contexts.kept)
    slash(dana, "/billing and Cigna?")
    assert copilot.asked[-1][1].payer_ids == ("aetna",)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/billing revew", "did you mean /billing review?"),
        ("/billing payres", "did you mean /billing payers?"),
        ("/billing frobnicate", "Try /billing help"),
        ("/billing ask", "Ask in a sentence"),
        ("/billing payers all", "Minnesota Medicaid (MHCP)"),
        ("/billing review", "Send the note to me in a direct message"),
        ("/billing template", "Blank group note, DAP"),
        ("/billing template soap", "Blank group note, SOAP"),
        ("/billing template zebra", "no note format on file: soap, dap, birp, girp, pirp, narrative"),
        ("/billing", "I answer payer questions"),
    ],
)
def test_words_after_the_command(dana: Person, typed: str, expected: str) -> None:
    assert expected in slash(dana, typed)[0]["text"].replace("`", "")


def test_a_note_after_the_command_is_not_taken(dana: Person, copilot: FakeCopilot) -> None:
    shown = slash(dana, f"/billing ask {NOTE}")
    assert "A slash command is no place for it" in all_text(shown)
    assert copilot.reviewed == copilot.asked == []


def test_an_error_in_a_command_is_told_to_the_person_alone(dana: Person, copilot: FakeCopilot) -> None:
    copilot.fails_with = UserError("Which Blue Cross?")
    assert "Which Blue Cross?" in all_text(slash(dana, f"/billing {QUESTION}"))


def test_a_command_that_takes_long_says_so_meanwhile(dana: Person, copilot: FakeCopilot) -> None:
    copilot.takes_seconds = 1.2
    first, second = slash(dana, f"/billing {QUESTION}", at_least=2)
    assert first["text"] == "Looking it up…"
    assert second["text"].startswith("Allowed with conditions")


def test_who_asks_how_to_send_a_note_is_shown_how(dana: Person, copilot: FakeCopilot) -> None:
    (shown,) = replies(dana, dana.say("How do I send you a group note to review?"))
    assert "paste it, or attach a .txt, .md, .csv, .docx or .pdf file" in shown["text"]
    assert copilot.asked == []


@pytest.mark.parametrize(
    ("typed", "button", "expected"),
    [
        ("/billing revew", "run_command_review", "Send the note to me in a direct message"),
        ("/billing payres all", "run_command_payers", "Minnesota Medicaid (MHCP)"),
        ("/billing frobnicate", "run_command_help", "I answer payer questions"),
        ("/billing help", "run_command_ask", "Allowed with conditions"),
    ],
)
def test_a_suggestion_is_run_by_its_button_for_its_presser_alone(
    dana: Person, typed: str, button: str, expected: str
) -> None:
    shown = slash(dana, typed)[-1]
    before = {m["ts"] for m in dana.messages("#billing")}
    dana.click(shown, button, "#billing")
    assert expected in all_text(asides(dana, "#billing", before))


def test_a_suggested_form_opens_from_its_button(dana: Person, copilot: FakeCopilot) -> None:
    shown = slash(dana, "/billing setings")[-1]
    dana.click(shown, "run_command_settings", "#billing")
    assert dana.wait_for_modal("This channel")
    dana.cancel()


def test_a_command_without_its_slash_is_shown_with_a_button_that_runs_it(dana: Person, copilot: FakeCopilot) -> None:
    (shown,) = replies(dana, dana.say("verify"))
    assert "`/billing verify`" in shown["text"]
    dana.click(shown, "run_command_verify")
    assert dana.wait_for_modal("Record an answer")
    assert not copilot.asked


def test_the_messages_tab_offers_first_questions(dana: Person, workspace: Workspace) -> None:
    room = workspace.core.state.channels[dana.channel("dm")["id"]]
    dana.open_home("messages")
    dana.wait(lambda: len(room.prompts.get("prompts", ())) == 4)


def test_the_global_shortcut_opens_the_conversation(dana: Person) -> None:
    before = {m["ts"] for m in dana.messages("dm")}
    dana.shortcut("ask_payer")
    shown = dana.wait(lambda: [m for m in dana.messages("dm") if m["ts"] not in before])
    assert "I answer payer questions" in shown[0]["text"]
