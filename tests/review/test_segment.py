"""A pasted note is split as its reader would split it, whatever its form."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.review.models import Segments, Span
from bot.review.segment import segment
from tests.review.split_cases import BESIDE, CASES, FORMS, NOT_YET, ONE, SECOND, TOLD


def said(text: str, spans: tuple[Span, ...]) -> str:
    return " ¦ ".join(text[span.start : span.end] for span in spans)


def words(text: str) -> set[str]:
    return {word for word in ("zs", *(f"z{n}" for n in range(1, 9))) if word in text}


@pytest.mark.parametrize("name", CASES)
def test_members_are_named_as_in_the_note(name: str) -> None:
    text, labels = CASES[name]
    assert [member.label for member in segment(text).members] == labels


@pytest.mark.parametrize("name", CASES)
def test_each_word_goes_to_the_part_it_speaks_of(name: str) -> None:
    text, labels = CASES[name]
    split = segment(text)
    found = {f"z{number}": words(said(text, member.spans)) for number, member in enumerate(split.members, 1)}
    assert found == {f"z{number}": {f"z{number}"} for number in range(1, len(labels) + 1)}
    assert words(said(text, split.session)) <= {"zs"}
    assert ("zs" in said(text, split.session)) == ("zs" in text)


@pytest.mark.parametrize(
    ("form", "between"),
    [(form, between) for form in FORMS for between in ("\n", "\n\n") if (form, between) not in NOT_YET],
)
def test_a_label_of_any_look_opens_a_members_part(form: str, between: str) -> None:
    pattern, labels = FORMS[form]
    parts = [pattern.format(label) + told for label, told in zip(labels, TOLD, strict=True)]
    text = f"{BESIDE}\n\n{between.join(parts)}\n"
    found = [words(said(text, member.spans)) for member in segment(text).members]
    assert found == [{"z1"}, {"z2"}, {"z3"}]


@pytest.mark.parametrize("name", ONE)
def test_a_note_of_one_patient_gives_both_levels(name: str) -> None:
    text, label = ONE[name]
    split = segment(text)
    assert [member.label for member in split.members] == [label]
    assert split.session == (Span(start=0, end=len(text)),)
    assert split.how.startswith("1 member")


def test_the_part_of_one_patient_begins_at_their_heading() -> None:
    text, _ = ONE["an individual heading without a name"]
    assert said(text, segment(text).members[0].spans).startswith("INDIVIDUAL NOTE")


def test_a_guess_is_said_to_be_one() -> None:
    assert segment(CASES["keyword and colon"][0]).sure
    assert not segment(CASES["paragraphs that begin with initials"][0]).sure
    assert not segment(CASES["one dictated paragraph of sentences"][0]).sure


def test_the_way_of_splitting_is_told_in_one_line() -> None:
    how = segment(CASES["keyword and colon"][0]).how
    assert how == "3 members, by the heading “Patient”"


def test_forty_members_come_out_in_order() -> None:
    text = "Topic: work\n" + "".join(
        f"\nPatient: {chr(65 + n % 26)}.{chr(66 + n % 24)}.\nSpoke of day {n}.\n" for n in range(40)
    )
    split = segment(text)
    assert len(split.members) == 40
    assert len({member.label for member in split.members}) == 40
    starts = [member.spans[0].start for member in split.members]
    assert starts == sorted(starts)


def holds(text: str, split: Segments) -> None:
    assert split.members
    assert len({member.label for member in split.members}) == len(split.members)
    single = len(split.members) == 1
    spans = [span for member in split.members for span in member.spans]
    spans += [] if single else list(split.session)
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    assert all(0 <= span.start <= span.end <= len(text) for span in ordered)
    assert all(one.end <= other.start for one, other in pairwise(ordered))
    for member in split.members:
        assert list(member.spans) == sorted(member.spans, key=lambda span: span.start)
    if single:
        assert split.session == (Span(start=0, end=len(text)),)
    else:
        covered = sum(span.end - span.start for span in ordered)
        outside = len(text) - covered
        letters = sum(char.isalnum() for char in text)
        assert sum(char.isalnum() for span in ordered for char in text[span.start : span.end]) == letters, outside


_PIECES = st.sampled_from(
    [
        *("Patient: ", "Client 3 - ", "K.L.", "M.R.: ", "JD: ", "**Maria S.**", "## Pt #4471", "MRN 00123", "Plan: "),
        *(
            "Group summary:",
            "Present: ",
            "A.B., C.D.",
            "spoke of work. ",
            "א.ב.",
            "🙂",
            "---",
            "name,plan\n",
            "GROUP\n",
        ),
        *("| Patient | Plan |\n", "Tom ", "(GAD)", "<p>", "</td>", "<h3>", "- ", "1. ", "#", "*", ",", "|", " | ", '"'),
        *("\n", "\r\n", "\n\n", "\t", "\x0b", "\u2028", "\ufeff", "\x00"),
    ]
)


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_every_word_of_a_note_stands_in_one_part(text: str) -> None:
    holds(text, segment(text))


@settings(max_examples=80)
@given(st.text(max_size=300))
def test_any_text_is_split_without_complaint(text: str) -> None:
    holds(text, segment(text))


@pytest.mark.parametrize(
    "piece", ["a", "\n", "JD:\n", "Patient: K.L. ", "K.L. said x. ", "<p", '"a,', "(", "name,dx\n", "| a | b |\n"]
)
def test_a_text_without_end_is_split_and_no_word_of_it_lost(piece: str) -> None:
    text = (piece * (200_000 // len(piece)))[:200_000]
    holds(text, segment(text))


@pytest.mark.parametrize("name", SECOND)
def test_members_are_told_from_all_else_that_is_named(name: str) -> None:
    text, labels = SECOND[name]
    assert [member.label for member in segment(text).members] == labels


def test_a_note_whose_fields_come_again_is_not_surely_one_patients() -> None:
    text = "Client group.\n~x~\nResponse: calm\nPlan: return\n~y~\nResponse: tearful\nPlan: call"
    split = segment(text)
    assert len(split.members) == 1
    assert not split.sure


@pytest.mark.parametrize(
    "lines",
    [
        [f"Client {n}: spoke of it all." for n in range(8_000)],
        [f"RE: Q{n}\nspoke of it and more." for n in range(8_000)],
        ["Aa" * 100_000],
        ["Maria"] * 30_000,
    ],
    ids=["numbered", "coded", "one word", "one name"],
)
def test_a_long_note_of_like_lines_is_split_in_linear_time(lines: list[str]) -> None:
    began = time.process_time()
    segment("\n".join(lines))
    assert time.process_time() - began < 3
