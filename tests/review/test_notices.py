"""Notices are given where they are due, and ordinary headings raise none."""

import pytest

from bot.review.notices import notices


@pytest.mark.parametrize(
    "heading", ["GROUP PSYCHOTHERAPY NOTE", "Group psychotherapy notes", "Group Process Note: DBT"]
)
def test_the_heading_of_a_progress_note_is_no_process_note(heading: str) -> None:
    assert list(notices(f"{heading}\nPatient: K.L.\nSpoke of work.")) == []


@pytest.mark.parametrize(
    "words", ["Process notes, keep apart.", "My countertransference was strong.", "psychotherapy notes"]
)
def test_words_kept_apart_from_the_record_raise_a_notice(words: str) -> None:
    assert [notice for notice in notices(words) if "45 CFR 164.501" in notice]


def test_substance_use_raises_the_part_2_notice_once() -> None:
    found = list(notices("Relapse prevention group. Alcohol use disorder. Sobriety: day 4."))
    assert len(found) == 1
    assert "42 CFR Part 2" in found[0]
