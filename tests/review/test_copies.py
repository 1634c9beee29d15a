"""Copies between the members of one session: swapped names and light edits are found, honest likeness is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.review.copies import find_copies
from bot.review.masking import Masker
from bot.review.models import Copy, Member, Span
from bot.review.segment import segment

SESSION = (
    "Date: 2026-03-04. CBT group for anxiety, 3 members present. Topic: catastrophic predictions. "
    "Therapist guided Socratic questioning and a thought record.\n\n"
)
GOOD = (
    "Described backing out of her cousin's wedding toast and named the prediction that she would faint. "
    "Worked the record aloud and cut her belief in it from 90 to 40. Goal of speaking at one family event: "
    "agreed to read a short poem on Saturday. Denied SI/HI."
)


def copies(*members: tuple[str, str], session: str = SESSION) -> tuple[Copy, ...]:
    note = session + "\n\n".join(f"Patient: {label}\n{words}" for label, words in members)
    return find_copies(note, segment(note))


SWAPPED = GOOD.replace("her ", "his ").replace(" she ", " he ")
EDITED = (
    "Described backing out of his cousin's wedding toast and identified the prediction that he would faint. "
    "Worked through the record aloud and reduced his belief in it from 85 to 35. Goal of speaking at one family event: "
    "agreed to read a short poem on Sunday. Denies SI/HI."
)
REORDERED = (
    "Denied SI/HI. Goal of speaking at one family event: agreed to read a short poem on Saturday. Worked the record "
    "aloud and cut his belief in it from 90 to 40. Described backing out of his cousin's wedding toast and named the "
    "prediction that he would faint."
)


@pytest.mark.parametrize(
    "other",
    [GOOD, SWAPPED, EDITED, REORDERED, "M.R. " + SWAPPED],
    ids=["verbatim", "pronouns", "synonyms", "order", "name"],
)
def test_a_part_copied_with_light_edits_is_found(other: str) -> None:
    found = copies(("K.L.", GOOD), ("M.R.", other))
    assert [{copy.a, copy.b} for copy in found] == [{"K.L.", "M.R."}]
    assert found[0].similarity >= 0.8


def test_the_matching_stretches_of_both_sides_are_shown() -> None:
    note = f"{SESSION}Patient: K.L.\n{GOOD}\n\nPatient: M.R.\n{SWAPPED}"
    copy = find_copies(note, segment(note))[0]
    pairs = [(note[span.a_start : span.a_end], note[span.b_start : span.b_end]) for span in copy.spans]
    assert all(ours[:9] == theirs[:9] for ours, theirs in pairs)
    assert sum(span.a_end - span.a_start for span in copy.spans) > len(GOOD) * 0.8


LOOKALIKE = (
    "Spoke of avoiding the break room since the layoffs; tested the thought that everyone blames him against what two "
    "coworkers wrote. Belief fell from 80 to 55. Goal of eating lunch with others: went once this week. Denied SI/HI."
)


def test_two_members_with_the_same_task_and_their_own_words_are_no_copies() -> None:
    assert copies(("K.L.", GOOD), ("M.R.", LOOKALIKE)) == ()


def test_stock_phrases_alone_do_not_make_a_copy_of_individual_parts() -> None:
    stock = " Denied SI/HI. Will continue weekly group. Attended full session."
    assert copies(("K.L.", GOOD + stock), ("M.R.", LOOKALIKE + stock)) == ()


def test_parts_made_of_nothing_but_the_same_stock_phrases_are_copies() -> None:
    stock = "Attended group. Participated appropriately. Denied SI/HI. Continue weekly group."
    assert len(copies(("K.L.", stock), ("M.R.", stock))) == 1


def test_a_shared_session_paragraph_beside_individual_words_is_no_copy() -> None:
    shared = SESSION.strip() + " "
    assert copies(("K.L.", shared + GOOD), ("M.R.", shared + LOOKALIKE), session="") == ()


def test_a_part_that_only_repeats_the_session_paragraph_is_a_copy() -> None:
    shared = "Group members discussed catastrophic predictions and completed a thought record with the therapist."
    assert len(copies(("K.L.", shared), ("M.R.", shared))) == 1


def test_a_thin_part_is_no_copy_of_a_rich_one() -> None:
    assert copies(("K.L.", GOOD), ("M.R.", "Attended group. Denied SI/HI. Continue weekly group.")) == ()


def test_a_note_of_one_member_has_no_copies() -> None:
    assert copies(("K.L.", GOOD)) == ()


def test_seven_copies_are_every_pair_and_the_honest_eighth_is_none() -> None:
    labels = ["A.A.", "B.B.", "C.C.", "D.D.", "E.E.", "F.F.", "G.G."]
    found = copies(*[(label, GOOD) for label in labels], ("H.H.", LOOKALIKE))
    assert len(found) == 21
    assert all("H.H." not in (copy.a, copy.b) for copy in found)


@given(st.text(max_size=400))
@settings(max_examples=60)
def test_copies_are_found_or_not_in_any_text_and_spans_stand_in_it(text: str) -> None:
    note = f"Patient: A.B.\n{text}\nPatient: C.D.\n{text}"
    for copy in find_copies(note, segment(note)):
        assert 0 <= copy.similarity <= 1
        assert all(0 <= s.a_start < s.a_end <= len(note) and 0 <= s.b_start < s.b_end <= len(note) for s in copy.spans)


@pytest.mark.parametrize("written", ["K.U.", "K. U.", "K.U", "KU"])
def test_initials_are_masked_whole(written: str) -> None:
    text = f"A friend heard {written} say no to Ann B. and a boss."
    whole = Span(start=0, end=len(text))
    members = [Member(label="K.U.", spans=(whole,)), Member(label="Ann B.", spans=()), Member(label="A.B.", spans=())]
    masker = Masker(members)
    (masked,) = masker.sentences(text, (whole,))
    words = [masker.word(number) for number in masked.words]
    assert words.count("§person") == 2
    assert words.count("a") == 2
