"""A wrong split is put right by its reader, over the real protocol; and claim facts of a CSV stay with the review."""

import json
from collections.abc import Iterator

import pytest

from bot.app import Copilot
from bot.settings import Settings
from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.slack.at_work import joined
from tests.slack.fakes import TODAY
from tests.slack.forms import values_in
from tests.slack.joined import all_text, replies, settings_for

# Nobody would say for certain who the members are: no headings, initials in the sentences.
UNSURE = """Date: 3/10/2026
Tuesday anxiety group, CBT, 60 minutes. The therapist guided thought records with the three members present.

K.L. reported worry at work, and tested the thought against last week's facts. Dx: GAD. Denied SI/HI.

Next to speak was M.R. after a long silence, who named a fear of the phone and practiced one call. Dx: F41.1.

T.B. spoke of the move and laughed for the first time. Plan: will call her sister before next week."""
CSV = b"""Client,Insurance,DOS,Elig verified,Auth #,Auth start,Auth end,Units left,Covers group
K.L.,Aetna,3/10/2026,1/5/2026,A-1,1/1/2026,3/10/2026,3,yes
M.R.,Aetna,3/10/2026,1/5/2026,A-2,1/1/2026,3/9/2026,3,yes
"""


@pytest.fixture(scope="module")
def real_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with the real copilot: the split and the rules are what is tried here."""
    with Workspace(manifest=MANIFEST) as running:
        copilot = Copilot(Settings(data_dir=tmp_path_factory.mktemp("data")))
        with joined(copilot, settings_for(running), lambda: TODAY):
            yield running


@pytest.fixture
def biller(real_workspace: Workspace) -> Person:
    return real_workspace.person("dana")


def press(person: Person, card: dict) -> dict:
    """Ask how the split is corrected: the message that tells it."""
    before = len(replies(person, card["thread_ts"]))
    person.click(card, "correct_split")
    return replies(person, card["thread_ts"], at_least=before + 1)[-1]


def button(card: dict) -> dict:
    elements = [one for block in card["blocks"] if block["type"] == "actions" for one in block["elements"]]
    return next(one for one in elements if one["action_id"] == "correct_split")


def test_an_unsure_split_is_said_first_and_its_reader_puts_it_right(biller: Person) -> None:
    ts = biller.say(UNSURE)
    first = replies(biller, ts, at_least=3, seconds=30)[0]
    assert button(first)["style"] == "primary"
    assert "I am not sure who is who" in first["text"].splitlines()[1]
    assert "split into members is a guess" not in first["text"]
    told = press(biller, first)
    assert "members: " in told["text"]
    # Labels only: no word of the note goes into the line to change.
    assert not [word for word in ("worry", "phone", "sister") if word in json.dumps(told)]
    before = len(replies(biller, ts, at_least=4))

    biller.say("members: K.L., M.R. and T.B.", thread_ts=ts)

    again = replies(biller, ts, at_least=before + 5, seconds=30)[before]
    assert again["text"].startswith("3 claims:")
    assert "as you named them" in again["text"]
    assert "not sure who is who" not in again["text"]
    assert "style" not in button(again)


def test_names_of_members_travel_in_messages_and_open_no_form(biller: Person) -> None:
    ts = biller.say(UNSURE.replace("3/10", "3/12"))
    press(biller, replies(biller, ts, at_least=3, seconds=30)[0])
    assert biller.state()["modal"] is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("members: K.L., Q.Q.", "“Q.Q.”"),
        ("members:", "Name at least one member"),
        ("members: K.L. reported worry at work to us after the long empty evenings", "too long for a label"),
    ],
)
def test_a_line_that_is_no_split_of_the_note_is_told_in_one_line(biller: Person, line: str, told: str) -> None:
    ts = biller.say(UNSURE.replace("3/10", "3/11"))
    before = len(replies(biller, ts, at_least=4, seconds=30))
    biller.say(line, thread_ts=ts)
    said = replies(biller, ts, at_least=before + 1, seconds=30)[-1]["text"]
    assert told in said
    assert "\n" not in said


def test_of_two_notes_in_a_thread_the_one_that_was_asked_about_is_split_again(biller: Person) -> None:
    other = UNSURE.replace("K.L.", "A.A.").replace("M.R.", "B.B.").replace("T.B.", "C.C.").replace("3/10", "3/13")
    ts = biller.say("", files={"one.txt": UNSURE.replace("3/10", "3/14").encode(), "two.txt": other.encode()})
    cards = replies(biller, ts, at_least=8, seconds=30)
    told = press(biller, next(card for card in cards if "correct_split" in json.dumps(card)))
    before = len(replies(biller, ts))
    biller.say("members: K.L., M.R., T.B.", thread_ts=ts)
    again = replies(biller, ts, at_least=before + 5, seconds=30)[before]
    assert told["ts"] < again["ts"]
    assert again["text"].startswith("3 claims:")
    assert "as you named them" in again["text"]


def test_a_member_left_out_of_the_line_is_said_since_their_words_count_for_another(biller: Person) -> None:
    headed = "\n".join(
        [
            "Date: 3/16/2026. Tuesday anxiety group, CBT, 60 minutes. Two members were present.",
            "Patient: K.L.",
            "Dx: GAD. Said that everybody would be better off without her. Tested the thought in a thought record.",
            "Patient: M.R.",
            "Dx: F41.1. Named a fear of the phone and practiced one call. Denies SI. Plan: one call a day.",
        ]
    )
    ts = biller.say(headed)
    before = len(replies(biller, ts, at_least=4, seconds=30))
    biller.say("members: K.L.", thread_ts=ts)
    again = replies(biller, ts, at_least=before + 3, seconds=30)[before]
    assert "Left out of your line: M.R." in again["text"]
    before = len(replies(biller, ts))
    biller.say("members: K.L., M.R.", thread_ts=ts)
    again = replies(biller, ts, at_least=before + 4, seconds=30)[before]
    assert "Left out" not in again["text"]


def test_members_named_where_no_review_is_are_asked_about(biller: Person) -> None:
    ts = biller.say("members: K.L., M.R., T.B.")
    (told,) = replies(biller, ts)
    assert "send that line in the thread of its review" in told["text"]
    assert "Review it as a note" in json.dumps(told)


def test_the_corrected_split_and_the_facts_of_a_csv_stay_with_the_review(biller: Person) -> None:
    ts = biller.say(UNSURE)
    found = len(replies(biller, ts, at_least=4, seconds=30))
    biller.say("members:\nK.L.\nM.R.\nT.B.", thread_ts=ts)
    before = len(replies(biller, ts, at_least=found + 5, seconds=30))

    biller.say("", thread_ts=ts, files={"claims.csv": CSV})
    cards = replies(biller, ts, at_least=before + 5, seconds=30)
    assert "as you named them" in cards[before]["text"]
    kl, mr = cards[before + 2]["text"], cards[before + 3]["text"]
    assert "Group authorization active: Covers group therapy" in kl
    assert "ended on 2026-03-09" in mr

    # A fact added by the modal joins those of the file.
    biller.click(cards[before], "claim_facts")
    modal = biller.wait_for_modal("Claim facts")
    biller.submit(values_in(modal, member="2", ends_on="2026-03-31"))
    shown = replies(biller, ts, at_least=before + 7, seconds=30)[-1]["text"]
    assert shown.startswith("2. M.R.") or "2. M.R." in shown
    assert "Covers group therapy and the date of service (2026-01-01 to 2026-03-31" in shown


def test_a_csv_that_cannot_be_read_names_row_and_column(biller: Person) -> None:
    ts = biller.say("", files={"claims.csv": b"member,payer,dos,units\nK.L.,Aetna,31/12/2026,4\n"})
    (told,) = replies(biller, ts, seconds=30)
    assert "Row 2, column “dos”: not a date" in all_text([told])
