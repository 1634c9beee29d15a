"""Marks become spans over the text without them."""

import pytest

from tests.eval.marked_texts import HALVES, Planted, load, read_item


def test_marks_become_spans_and_labels_are_read() -> None:
    item = read_item("labels: A.B., Dalia N.\n{{NAME:Karim}} came by on {{DOB:3/4/1981}}.")

    assert item.labels == ("A.B.", "Dalia N.")
    assert item.text == "Karim came by on 3/4/1981."
    assert item.spans == (Planted(0, 5, "NAME"), Planted(17, 25, "DOB"))


def test_a_label_may_have_a_comma_of_its_own() -> None:
    assert read_item("labels: Wrona, Tomasz; A.B.\nSpoke.").labels == ("Wrona, Tomasz", "A.B.")


def test_a_mark_left_open_is_refused() -> None:
    with pytest.raises(ValueError, match="not closed"):
        read_item("{{NAME:Karim came by")


def test_every_half_reads() -> None:
    assert len(load(HALVES[0])) > 150
