"""A split that was a guess is corrected by naming the members: the note is split at them."""

import time

import pytest

from bot.errors import UserError
from bot.review.segment import segment
from bot.review.segment_named import labels_of

ROSTER = "Group 3/3/2026. Present: A.B., C.D., E.F.\nTopic: work zs.\nA.B. spoke z1\nC.D. listened z2\nE.F. wept z3\n"


def parts(text: str, *labels: str) -> dict[str, str]:
    return {
        member.label: " ¦ ".join(text[span.start : span.end].strip() for span in member.spans)
        for member in segment(text, labels).members
    }


def test_named_members_open_their_lines_and_not_the_roster() -> None:
    assert parts(ROSTER, "A.B.", "CD", "E.F.") == {
        "A.B.": "A.B. spoke z1",
        "CD": "C.D. listened z2",
        "E.F.": "E.F. wept z3",
    }


def test_a_split_at_named_members_is_sure() -> None:
    split = segment(ROSTER, ["A.B.", "C.D.", "E.F."])
    assert split.sure
    assert split.how == "3 members, as you named them"


def test_words_that_only_look_like_members_join_the_one_named_before() -> None:
    text = "Topic: grief.\n\nAna: spoke of home.\n\nPeter: her brother, ill.\n\nTom: wept and left.\n"
    assert parts(text, "Ana", "Tom") == {
        "Ana": "Ana: spoke of home.\n\nPeter: her brother, ill.",
        "Tom": "Tom: wept and left.",
    }


def test_named_members_are_found_inside_running_text_each_time_a_sentence_begins_with_them() -> None:
    text = "We met. quill said hi and wept. Then it was still. Brae did the role play with Quill. Quill thanked Brae."
    assert parts(text, "Quill", "Brae") == {
        "Quill": "quill said hi and wept. Then it was still. ¦ Quill thanked Brae.",
        "Brae": "Brae did the role play with Quill.",
    }


def test_namesakes_are_named_twice() -> None:
    text = "JD: spoke of rent at length.\nJD: wept about a fall.\n"
    assert parts(text, "J.D.", "J.D. (2)") == {
        "J.D.": "JD: spoke of rent at length.",
        "J.D. (2)": "JD: wept about a fall.",
    }


def test_rows_of_a_table_that_are_not_named_are_no_members() -> None:
    text = "member,note\nA.B.,spoke of rent\nC.D.,absent\nE.F.,wept\n"
    assert list(parts(text, "A.B.", "E.F.")) == ["A.B.", "E.F."]


def test_one_named_member_has_all_that_follows() -> None:
    assert parts("Notes.\nMother: loud.\nAna – was heard today.\nPlan: call.", "Ana") == {
        "Ana": "Ana – was heard today.\nPlan: call."
    }


def test_the_order_of_the_note_stands_where_members_are_named_in_another() -> None:
    text = "Topic: rent.\nBram: quiet, then angry.\nOda: told of the letter.\n"
    assert list(parts(text, "Oda", "Bram")) == ["Bram", "Oda"]


@pytest.mark.parametrize("labels", [["A.B.", "Q.Q."], ["Q.Q."], ["A.B.", "C.D.", "E.F.", "Q.Q."]])
def test_a_label_that_the_note_does_not_have_is_named_in_one_line(labels: list[str]) -> None:
    with pytest.raises(UserError, match=r"^No part of the note is headed “Q\.Q\.”: [^\n]+$"):
        segment(ROSTER, labels)


def test_a_member_named_more_often_than_the_note_has_them_is_told() -> None:
    with pytest.raises(UserError, match="no part of its own for “Oda”"):
        segment("Bram: quiet.\nOda: told of it.\n", ["Oda", "Bram", "Oda"])


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("A.B., C.D.,E.F.", ("A.B.", "C.D.", "E.F.")),
        ("Doe, Jane; Roe, Rick", ("Doe, Jane", "Roe, Rick")),
        ("A.B., C.D. and E.F.", ("A.B.", "C.D.", "E.F.")),
        ("A.B., and Andy", ("A.B.", "Andy")),
        ("\nDoe, Jane,\nRoe, Rick\n", ("Doe, Jane", "Roe, Rick")),
        (" Client 1 ,, Client  2 ", ("Client 1", "Client 2")),
        ("", ()),
    ],
)
def test_labels_are_read_as_a_person_types_them(written: str, labels: tuple[str, ...]) -> None:
    assert labels_of(written) == labels


def test_named_members_of_a_long_note_are_found_in_time() -> None:
    text = "Ana said it. Tom heard it. " * 7_500
    began = time.process_time()
    segment(text, ["Ana", "Tom"])
    assert time.process_time() - began < 3
