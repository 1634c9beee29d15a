"""No identifier reaches a model, and every one comes back exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.llm.redaction import redact

# Everyone and everything here is invented.
IDENTIFIERS = [
    ("Patient: Dalia Norwood  DOB: 03/04/1985", ["Dalia", "Norwood", "03/04/1985"]),
    ("Dalia N.: Dalia spoke. DALIA cried. dalia left. D.N. returned.", ["Dalia", "DALIA", "dalia", "D.N."]),
    ("Facilitator: Jane Doe, LCSW\nJane closed the group.", ["Jane", "Doe"]),
    ("Signed Peter O'Hara, PsyD. O'Hara led.", ["Peter", "O'Hara"]),
    ("Her husband Karim called Dr. Lowell.", ["Karim", "Lowell"]),
    ("Members present: Bea, Tomasz and Lee W.", ["Bea", "Tomasz", "Lee W."]),
    ("born March 4, 1985 and date of birth 4 March 1985", ["March 4, 1985", "4 March 1985"]),
    ("call 555-201-4471, (555) 201-4472 or +1 555.201.4473; cell: 5552014474", ["4471", "4472", "4473", "5552014474"]),
    ("mail d.n@example.org, see https://x.example/p?id=1, from 10.1.2.3", ["d.n@", "x.example", "10.1.2.3"]),
    ("SSN 123-45-6789; social security: 987654321", ["123-45-6789", "987654321"]),
    ("MRN: A-4471, member ID 99887766, auth # AB12345, NPI 1234567890", ["4471", "99887766", "AB12345", "1234567890"]),
    ("policy no. XZ-99812 and chart 55817", ["XZ-99812", "55817"]),
    ("lives at 12 Oak Street, Apt 4, Springfield, IL 62704", ["Oak", "62704", "Apt 4"]),
    ("P.O. Box 981; she lives in Springfield; a 93-year-old", ["981", "Springfield", "93"]),
]
LABELS = ["Dalia Norwood", "Dalia N."]


@pytest.mark.parametrize(("text", "gone"), IDENTIFIERS)
def test_identifiers_are_gone(text: str, gone: list[str]) -> None:
    redacted = redact(text, LABELS)

    assert [piece for piece in gone if piece in redacted.text] == []
    assert redacted.restore(redacted.text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Date of service: 09/14/2026, 3:00-4:15 pm, code 90853 and 90837-59, H0004, Dx F33.1 and F41.1",
        "Group name: Anxiety Skills. Topic: relapse prevention. PHQ-9 score 14, 3-minute breathing, group 90853",
        "Provider: Used Socratic questioning and CBT with 8 members.",
        "Plan: 12-step meeting on 9/21/2026; case discussed in 2026.",
        "Client 3 of 8 attended; session 12.",
    ],
)
def test_what_has_to_be_judged_stays(text: str) -> None:
    assert redact(text).text == text


def test_one_person_keeps_one_number_in_every_spelling() -> None:
    redacted = redact("Dalia Norwood came. Dalia spoke to Ben. D.N. left.", ["Ben", "Dalia Norwood"])

    assert redacted.text == "[MEMBER_2] came. [MEMBER_2B] spoke to [MEMBER_1]. [MEMBER_2C] left."


def test_a_label_that_names_nobody_does_not_eat_the_words_of_the_note() -> None:
    assert redact("A patient spoke. Patient A left; 3 stayed.", ["A", "3", "Patient"]).text == (
        "A patient spoke. Patient A left; 3 stayed."
    )


def test_a_name_that_is_also_a_word_is_replaced_only_where_it_is_a_name() -> None:
    assert redact("Will said he will try.", ["Will"]).text == "[MEMBER_1] said he will try."


def test_a_placeholder_that_the_note_itself_holds_stays_its_own() -> None:
    text = "[MEMBER_1] and [PHONE_7] stand here; Ben called 555-201-4471."

    redacted = redact(text, ["Ben"])

    assert redacted.text.startswith("[MEMBER_1] and [PHONE_7] stand here")
    assert redacted.restore(redacted.text) == text


def test_a_part_of_the_note_is_redacted_as_the_whole_is() -> None:
    text = "Therapist: Jane Doe\nBen: Jane asked Ben about sleep."

    redacted = redact(text, ["Ben"])

    assert redacted.part(text.index("Ben"), len(text)) == "[MEMBER_1]: [PERSON_1B] asked [MEMBER_1] about sleep."


def test_neither_text_nor_identifiers_show_when_the_object_is_printed() -> None:
    shown = repr(redact("Ben spoke", ["Ben"]))

    assert "Ben" not in shown
    assert "spoke" not in shown


_PIECES = st.sampled_from(
    ["Ben", "Dalia N.", "[MEMBER_1]", "[", "DOB: 1/2/1990", " ", "\n", "555-201-4471", "a@b.co", "Dr. Lee", "MRN 12345"]
)


@settings(max_examples=80)
@given(
    st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=12).map("".join),
    st.lists(st.text(max_size=8), max_size=3),
)
def test_restoring_gives_back_every_text(text: str, labels: list[str]) -> None:
    redacted = redact(text, [*labels, "Ben", "Dalia N."])

    assert redacted.restore(redacted.text) == text
    assert redacted.restore(redacted.part(0, len(text))) == text
