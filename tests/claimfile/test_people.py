"""A name becomes initials and digests, and the same person is the same however the office writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claimfile.people import patient, patient_called


@pytest.mark.parametrize(
    ("label", "initials"),
    [
        ("A.F.", "A.F."),
        ("AF", "A.F."),
        ("Ana Frost", "A.F."),
        ("Frost, Ana", "A.F."),
        ("Client A.F.", "A.F."),
        ("Ana M. Frost", "A.F."),
        ("Ana", "A."),
        ("4711", "4"),
        ("Érika Øst", "É.Ø."),
    ],
)
def test_a_label_shows_as_initials(label: str, initials: str) -> None:
    found = patient_called(label)
    assert found
    assert found.initials == initials


@pytest.mark.parametrize(
    "label",
    ["A.F.", "AF", "Ana Frost", "Frost, Ana", "Patient: Ana Frost", "FROST, ANA", "Frost, Ana, Sr.", "FROST JR, ANA"],
)
def test_a_note_may_call_a_member_by_name_or_initials(label: str) -> None:
    member, called = patient(last="Frost", first="Ana", born="19800102"), patient_called(label)
    assert member
    assert called
    assert set(member.called) & set(called.called)


@pytest.mark.parametrize("label", ["Ana", "Bo Frost", "F.A.", "A.", "Client 3", "A.F.K."])
def test_what_is_not_the_name_or_the_initials_calls_nobody(label: str) -> None:
    member, called = patient(last="Frost", first="Ana", born="19800102"), patient_called(label)
    assert member
    assert not called or not set(member.called) & set(called.called)


def test_a_middle_initial_may_be_in_the_note_or_not() -> None:
    member = patient(last="Frost", first="Ana", middle="May")
    assert member
    for label in ("A.F.", "A.M.F."):
        called = patient_called(label)
        assert called
        assert set(member.short) & set(called.short)


def test_utf_8_names_of_a_file_read_byte_by_byte_come_out_right() -> None:
    member = patient(last="Øst".encode().decode("latin-1"), first="Érika".encode().decode("latin-1"))
    assert member
    assert member.initials == "É.Ø."


@given(st.text(max_size=40))
def test_any_label_is_read_and_its_words_do_not_come_along(label: str) -> None:
    found = patient_called(label)
    if found:
        assert len(found.initials) <= 8
