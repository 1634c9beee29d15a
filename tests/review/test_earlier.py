"""A note beside those reviewed before it: copies are known again, honest notes and a second look are not."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.app import Copilot
from bot.review.earlier import EarlierNotes
from bot.review.models import EarlierCopy, Item, Status
from bot.review.segment import segment
from bot.settings import Settings
from bot.storage.database import open_database
from bot.storage.fingerprints import FingerprintStore

KEY = b"k" * 32
OCT_3, OCT_10 = date(2026, 10, 3), date(2026, 10, 10)
SESSION = "Date: {day}. CBT group for anxiety, {n} members present. Topic: {topic}. Therapist guided a thought record."
TOAST = (
    "Described backing out of her cousin's wedding toast and named the prediction that she would faint. Worked the "
    "record aloud and cut her belief in it from 90 to 40. Agreed to read a short poem on Saturday. Denied SI/HI."
)
EDITED = (
    "Talked about backing out of his cousin's wedding speech and identified the prediction that he would faint. Worked "
    "through the record aloud and reduced his belief in it from 85 to 35. Agreed to read a brief poem on Sunday."
)
BREAK = (
    "Spoke of avoiding the break room since the layoffs; tested the thought that everyone blames him against what two "
    "coworkers wrote. Belief fell from 80 to 55. Will eat lunch at the long table on Tuesday. Denied SI/HI."
)
DOG = "Brought the leash of the dog that died in May and let it lie in her lap. Asked who walks at seven. Nobody did."
BUS = "Rode the bus two stops past his own and walked home in the rain, laughing as he told it. Wants the tram next."


def note(*parts: tuple[str, str], day: date | None = OCT_3, topic: str = "predictions") -> str:
    session = SESSION.format(day=day or "today", n=len(parts), topic=topic)
    return session + "\n\n" + "\n\n".join(f"Patient: {label}\n{said}" for label, said in parts)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database("", tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def notes(engine: Engine) -> EarlierNotes:
    return EarlierNotes("T1", KEY, FingerprintStore(engine, timedelta(days=90)))


def look(notes: EarlierNotes, text: str, day: date | None, *, keep: bool = True) -> list[EarlierCopy]:
    split = segment(text)
    return list(notes.compare(text, split, [day] * len(split.members), keep=keep))


def test_a_members_own_note_carried_forward_is_known_with_its_date(notes: EarlierNotes) -> None:
    assert look(notes, note(("K.L.", TOAST), ("M.R.", BREAK)), OCT_3) == []
    (copy,) = look(notes, note(("K.L.", TOAST), ("M.R.", BUS), day=OCT_10, topic="shame"), OCT_10)
    assert (copy.label, copy.date, copy.same_member) == ("K.L.", OCT_3, True)
    assert copy.similarity == 1


def test_a_lightly_edited_copy_of_another_members_note_is_known(notes: EarlierNotes) -> None:
    look(notes, note(("K.L.", TOAST), ("M.R.", BREAK)), OCT_3)
    (copy,) = look(notes, note(("A.B.", EDITED), ("C.D.", DOG), day=OCT_10), OCT_10)
    assert (copy.label, copy.date, copy.same_member) == ("A.B.", OCT_3, False)


def test_the_stretches_stand_in_the_note_under_review(notes: EarlierNotes) -> None:
    look(notes, note(("K.L.", TOAST), ("M.R.", BREAK)), OCT_3)
    text = note(("K.L.", f"{DOG} {TOAST}"), ("M.R.", BUS), day=OCT_10)
    (copy,) = look(notes, text, OCT_10)
    shown = " ".join(text[span.start : span.end] for span in copy.spans)
    assert "wedding toast" in shown
    assert "leash" not in shown


def test_new_words_over_the_same_form_are_no_copy(notes: EarlierNotes) -> None:
    look(notes, note(("K.L.", TOAST), ("M.R.", BREAK)), OCT_3)
    assert look(notes, note(("K.L.", DOG), ("M.R.", BUS), day=OCT_10), OCT_10) == []


def test_parts_of_stock_phrases_alone_are_not_remembered(notes: EarlierNotes) -> None:
    stock = "Attended group. Engaged and participated appropriately. Denied SI/HI. Continue weekly group."
    look(notes, note(("K.L.", stock), ("M.R.", stock)), OCT_3)
    assert look(notes, note(("K.L.", stock), ("M.R.", stock), day=OCT_10), OCT_10) == []


@pytest.mark.parametrize("before", [OCT_3, None])
def test_a_note_reviewed_again_after_a_fix_is_no_copy_of_itself(notes: EarlierNotes, before: date | None) -> None:
    look(notes, note(("K.L.", TOAST), ("M.R.", BREAK), ("A.B.", DOG), day=before), before)
    mended = note(("K.L.", f"{TOAST} Dx F41.1."), ("M.R.", BUS), ("A.B.", f"{DOG} Cried."))
    assert look(notes, mended, OCT_3) == []
    assert look(notes, mended, OCT_3) == []


def test_a_fix_of_one_part_sent_alone_is_no_copy_of_it(notes: EarlierNotes) -> None:
    look(notes, note(("K.L.", TOAST), ("M.R.", BREAK), ("A.B.", DOG)), OCT_3)
    assert look(notes, note(("M.R.", f"{BREAK} Slept well.")), OCT_3) == []


def test_after_a_fix_the_mended_words_are_what_is_remembered(notes: EarlierNotes) -> None:
    look(notes, note(("K.L.", TOAST), ("M.R.", BREAK)), OCT_3)
    look(notes, note(("K.L.", TOAST), ("M.R.", BUS)), OCT_3)
    found = look(notes, note(("A.B.", BREAK), ("C.D.", BUS), day=OCT_10), OCT_10)
    assert [copy.label for copy in found] == ["C.D."]


def test_a_second_group_of_the_same_day_with_the_same_people_is_another_note(notes: EarlierNotes) -> None:
    look(notes, note(("K.L.", TOAST), ("M.R.", BREAK), ("A.B.", DOG)), OCT_3)
    again = note(
        ("K.L.", TOAST), ("M.R.", BUS), ("A.B.", "Sang for the group, twice, and bowed."), topic="family roles"
    )
    again = again.replace("CBT group for anxiety", "Afternoon process group").replace(
        "Therapist guided a thought record", "Leader named alliances, silences, and who sat where"
    )
    assert [(copy.label, copy.date) for copy in look(notes, again, OCT_3)] == [("K.L.", OCT_3)]


def test_a_place_in_a_note_is_nobodys_name(notes: EarlierNotes) -> None:
    look(notes, note(("Client 1", TOAST), ("Client 2", BREAK)), OCT_3)
    (copy,) = look(notes, note(("Client 1", TOAST), ("Client 2", BUS), day=OCT_10), OCT_10)
    assert not copy.same_member


def test_looking_without_keeping_leaves_nothing(notes: EarlierNotes) -> None:
    look(notes, note(("K.L.", TOAST), ("M.R.", BREAK)), OCT_3, keep=False)
    assert look(notes, note(("K.L.", TOAST), ("M.R.", BUS), day=OCT_10), OCT_10) == []


def test_another_key_or_practice_knows_nothing(engine: Engine) -> None:
    store = FingerprintStore(engine, timedelta(days=90))
    look(EarlierNotes("T1", KEY, store), note(("K.L.", TOAST), ("M.R.", BREAK)), OCT_3)
    again = note(("K.L.", TOAST), ("M.R.", BREAK), day=OCT_10)
    assert look(EarlierNotes("T1", b"x" * 32, store), again, OCT_10) == []
    assert look(EarlierNotes("T2", KEY, store), again, OCT_10) == []


def test_no_word_and_no_label_stands_in_the_database(tmp_path: Path) -> None:
    engine = open_database("", tmp_path)
    look(EarlierNotes("T1", KEY, FingerprintStore(engine, timedelta(days=90))), note(("Ravindra", TOAST)), OCT_3)
    engine.dispose()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()
    assert b"note_fingerprints" in held
    assert [word for word in (b"ravindra", b"wedding", b"toast", b"cousin", b"faint") if word in held] == []


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_looked_at(notes: EarlierNotes, one: str, other: str) -> None:
    text = note(("K.L.", one), ("M.R.", other))
    assert all(0 <= s.start < s.end <= len(text) for copy in look(notes, text, OCT_3) for s in copy.spans)


def test_the_review_names_the_date_and_whose_note_it_was(tmp_path: Path) -> None:
    office = Copilot(Settings(data_dir=tmp_path)).at("T1")
    office.review(note(("K.L.", TOAST), ("M.R.", BREAK)))
    report = office.review(note(("K.L.", TOAST), ("M.R.", BUS), day=OCT_10))
    first, second = (patient.checklist[Item.INDIVIDUALIZED] for patient in report.patients)
    assert first.status is Status.MISSING
    assert first.reason.startswith("Reads as this member's note of 2026-10-03")
    assert second.status is Status.MET
    assert report.model_dump(mode="json")["earlier"][0]["date"] == "2026-10-03"


def test_process_notes_are_not_remembered(tmp_path: Path) -> None:
    office = Copilot(Settings(data_dir=tmp_path)).at("T1")
    office.review(note(("K.L.", f"{TOAST} My countertransference: boredom."), ("M.R.", BREAK)))
    assert office.review(note(("K.L.", TOAST), ("M.R.", BREAK), day=OCT_10)).earlier == ()


def test_with_no_days_to_keep_them_no_fingerprint_and_no_secret_is_made(tmp_path: Path) -> None:
    office = Copilot(Settings(data_dir=tmp_path, fingerprint_days=0)).at("T1")
    office.review(note(("K.L.", TOAST), ("M.R.", BREAK)))
    assert office.review(note(("K.L.", TOAST), ("M.R.", BREAK), day=OCT_10)).earlier == ()
    assert not (tmp_path / "secret.key").exists()
