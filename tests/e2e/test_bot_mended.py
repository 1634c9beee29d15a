"""A note that was mended is reviewed again, and what changed is said first."""

from bot.workspace.person import Person
from tests.slack.fakes import FakeCopilot, make_note
from tests.slack.joined import quiet, replies

NOTE = make_note(["Quillon", "Brannoc"])
MENDED = NOTE.replace("Engaged.", "Brannoc shared a fear and named one step.")


def first_new(person: Person, ts: str, cards: list[dict], at_least: int = 1) -> list[dict]:
    return replies(person, ts, at_least=len(cards) + at_least)[len(cards) :]


def test_the_mended_note_in_the_thread_says_what_went_and_what_stands(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(NOTE)
    cards = replies(dana, ts, at_least=4)
    dana.say(MENDED, thread_ts=ts)
    changes, summary, *_ = first_new(dana, ts, cards, at_least=5)
    assert changes["text"].startswith("Since the last review: ")
    assert "Gone: Brannoc: participation, response or progress" in changes["text"]
    assert "Still there: the session:" in changes["text"]
    assert "2 claims: 2 to confirm" in summary["text"]


def test_a_mended_file_in_the_thread_is_compared_too_and_keeps_the_facts(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say("please review", files={"note.txt": NOTE.encode()})
    cards = replies(dana, ts, at_least=4)
    dana.say("fixed", thread_ts=ts, files={"note2.txt": MENDED.encode()})
    assert "Gone: Brannoc" in first_new(dana, ts, cards)[0]["text"]


def test_after_an_edit_the_button_reads_the_note_as_it_stands(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(NOTE)
    cards = replies(dana, ts, at_least=4)
    dana.click(cards[0], "review_again")
    (same,) = first_new(dana, ts, cards)
    assert same["text"].startswith("Nothing changed since the last review: the note reads as it did then")
    dana.edit(ts, MENDED)
    dana.click(cards[0], "review_again")
    found = first_new(dana, ts, [*cards, same], at_least=2)
    assert "Gone: Brannoc: participation, response or progress" in found[0]["text"]


def test_an_edit_that_settles_no_finding_is_seen_to_be_read(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(NOTE)
    cards = replies(dana, ts, at_least=4)
    dana.edit(ts, NOTE.replace("Engaged.", "Engaged in the talk."))
    dana.click(cards[0], "review_again")
    read, summary, *_ = first_new(dana, ts, cards, at_least=5)
    assert read["text"].startswith("I read what you changed. Since the last review: 0 gone, 0 new, ")
    assert "Still there: " in read["text"]
    assert summary["text"].startswith("2 claims: ")


def test_no_word_of_the_note_is_kept_beside_ids_and_counts(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(NOTE)
    cards = replies(dana, ts, at_least=4)
    (waiting,) = [one for one in copilot.waiting.of(dana.id) if one.thread_ts == ts]
    assert (waiting.claims, waiting.to_fix) == (2, 1)
    dana.say(MENDED, thread_ts=ts)
    first_new(dana, ts, cards, at_least=5)
    assert [one for one in copilot.waiting.of(dana.id) if one.thread_ts == ts] == []


def test_a_deleted_note_waits_for_no_fix(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(NOTE)
    replies(dana, ts, at_least=4)
    dana.delete(ts)
    dana.wait(lambda: [one for one in copilot.waiting.of(dana.id) if one.thread_ts == ts] == [])


def test_deleting_a_remark_in_the_thread_leaves_the_review_waiting(dana: Person, copilot: FakeCopilot) -> None:
    ts = dana.say(NOTE)
    cards = replies(dana, ts, at_least=4)
    remark = dana.say("Does Aetna require prior authorization for 90853?", thread_ts=ts)
    replies(dana, ts, at_least=len(cards) + 1)
    dana.delete(remark)
    dana.wait(lambda: len([m for m in dana.messages("dm", ts) if m.get("bot_id") and not m.get("files")]) == len(cards))
    quiet(0.3)
    assert [one.thread_ts for one in copilot.waiting.of(dana.id) if one.thread_ts == ts] == [ts]
