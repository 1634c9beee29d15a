"""Cells of a table are read under the heading of their column."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.review.columns import rows_of


def cells(note: str) -> list[list[tuple[str, str]]]:
    return [[(cell.heading, note[cell.start : cell.end]) for cell in row.cells] for row in rows_of(note) if row.cells]


@pytest.mark.parametrize(
    "note",
    [
        "| Member | Dx | Plan |\n|---|---|---|\n| J.T. | | Call Sunday |\n",
        "Member | Dx | Plan\nJ.T. | | Call Sunday\n",
        "Member\tDx\tPlan\nJ.T.\t\tCall Sunday",
        'member,dx,plan\nJ.T.,,"Call Sunday"\n',
    ],
)
def test_a_row_gives_each_cell_its_heading_and_empty_cells_nothing(note: str) -> None:
    assert cells(note) == [[("member", "J.T."), ("plan", "Call Sunday")]]


def test_a_comma_inside_a_quoted_cell_divides_nothing() -> None:
    assert cells('client,dx,plan\nJ.T.,F33.1,"Call, then walk"\n')[0][-1] == ("plan", "Call, then walk")


def test_a_row_whose_last_cell_is_empty_ends_with_its_line() -> None:
    note = "client,attendance,dx,plan\nD.I.,absent,F41.1,\nE.C.,present,F40.10,Call Sunday\n"
    assert cells(note)[1:] == [
        [("client", "E.C."), ("attendance", "present"), ("dx", "F40.10"), ("plan", "Call Sunday")]
    ]


@pytest.mark.parametrize(
    "note",
    [
        "Anger, grief, shame and hope came up.\nNobody left, all stayed, four spoke.\n",
        "J.T. | F33.1 | engaged | cont\n",
    ],
)
def test_prose_and_rows_without_headings_are_no_table(note: str) -> None:
    assert rows_of(note) == ()


@given(st.text(alphabet='abP|,"\t\n -', max_size=80))
@settings(max_examples=60)
def test_rows_stand_in_order_inside_the_text(note: str) -> None:
    at = 0
    for row in rows_of("member,dx,plan\n" + note):
        assert at <= row.start <= row.end <= len(note) + 15
        assert all(row.start <= cell.start < cell.end <= row.end for cell in row.cells)
        at = row.end
