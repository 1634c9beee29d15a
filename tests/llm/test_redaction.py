"""No identifier reaches a model, and every one comes back exactly."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.llm.redaction import redact
from bot.policies.catalog import load_catalog

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
    ("MRN 331; mrn: 12; MRN#A-7", ["331", "12;", "A-7"]),
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


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Karim came by and asked for the worksheet.", ["Karim"]),
        ("She told the group that Priya had moved out.", ["Priya"]),
        ("Hope shared that hope is hard to hold.", ["Hope"]),
        ("Then José de la Cruz hugged Ms. Okonkwo-Bell.", ["José", "Cruz", "Okonkwo", "Bell"]),
        ("J.R. reported calm; TK stated he wants to leave.", ["J.R.", "TK"]),
        ("Her dog Biscuit died; Aunt Bea called.", ["Biscuit", "Bea"]),
        ("Moved from Yakima to Cedar Falls, works at Pinecrest Diner.", ["Yakima", "Cedar", "Pinecrest"]),
        ("Admitted 01/12/2026, discharged 01/19/2026; sober since June 14, 2025.", ["01/12", "01/19", "June 14"]),
        ("The VIN is 1HGCM82633A004352, plate 7KLM482.", ["1HGCM82633A004352", "7KLM482"]),
        ("Paid with 4111 1111 1111 1111; serial number GM88-20193-X.", ["4111 1111", "20193"]),
        ("DEA AB1234563, license # LCSW-48812, case number 24-CR-00817.", ["AB1234563", "48812", "00817"]),
        ("Fax: 503-555-0199; call 503–555–0142.", ["0199", "0142"]),
        ("Photo IMG_20260217.jpg, voiceprint stored as VP-0031-K.", ["IMG_20260217", "VP-0031"]),
    ],
)
def test_what_no_label_names_is_gone_too(text: str, gone: list[str]) -> None:
    redacted = redact(text)

    assert [piece for piece in gone if piece in redacted.text] == []
    assert redacted.restore(redacted.text) == text


@pytest.mark.parametrize(
    "text",
    [
        "DBT skills: Wise Mind, Radical Acceptance, Check the Facts. PHQ-9 14, GAD-7 11, C-SSRS negative.",
        "Used Socratic questioning, Yalom's instillation of hope and a Linehan diary card.",
        "Completed the Beck Depression Inventory; Zoloft 50 mg, Xanax stopped.",
        "May benefit from individual therapy. Will attend next group. Mark progress on the board.",
        "02/24/2026 Relapse prevention group, 6 present. Next group 3/3/2026.",
        "90 meetings in 90 days; 75 minutes, 4:00-5:15; CPT 90853-59, POS 11.",
    ],
)
def test_words_that_a_note_is_judged_by_stay(text: str) -> None:
    assert redact(text).text == text


def test_the_payer_of_a_question_stays_whatever_its_name() -> None:
    assert redact("Can I bill both for Zorblat Health?", keep=["Zorblat", "Health"]).text == (
        "Can I bill both for Zorblat Health?"
    )


def test_payers_on_file_are_no_names() -> None:
    catalog = load_catalog()
    eaten = [
        payer.name
        for payer in catalog.payers.values()
        if (asked := f"Can I bill both for {payer.name}?")
        if payer.name not in redact(asked).text
    ]
    assert len(eaten) <= 3, eaten  # those called after a county or a state


def test_a_long_note_is_redacted_in_seconds() -> None:
    piece = "Karim Hassan: told Priya about 3/4/2026, MRN 448291, call 503-555-0142, from Yakima. Denied SI/HI.\n"
    text = piece * (170_000 // len(piece))
    redact("warm")
    started = time.process_time()
    redacted = redact(text, ["Karim Hassan"])

    assert time.process_time() - started < 5
    assert redacted.restore(redacted.text) == text


def test_one_sign_repeated_takes_no_longer_than_a_note() -> None:
    redact("warm")
    for piece in ("A ", "1-", "a.", " ", "card ", "AB-12 "):
        started = time.process_time()
        redact(piece * (20_000 // len(piece)))
        assert time.process_time() - started < 5, piece


def test_nothing_heavy_is_loaded_before_something_is_sent() -> None:
    """Presidio and spaCy cost seconds and 100 MB; offline use never pays them."""
    code = (
        "import sys; import bot.llm.redaction, bot.llm.identifying.rules, bot.answers.wording, bot.review.sent_note; "
        "list(bot.llm.identifying.rules.by_rule('Karim came by', ['Karim'])); "
        "print('spacy' in sys.modules or 'presidio_analyzer' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


@pytest.mark.parametrize("text", ["He moved to From there.", "She lives in The", "From The, In At"])
def test_small_words_that_begin_with_a_capital_are_no_place_and_stop_nothing(text: str) -> None:
    redacted = redact(text)
    assert redacted.restore(redacted.text) == text
