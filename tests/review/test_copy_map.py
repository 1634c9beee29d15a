"""The picture of a session's copies: every copy and every label, nothing else of the note, at any size of group."""

from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest

from bot.review.copy_map import copy_map, copy_map_png, copy_map_svg
from bot.review.models import Copy, EarlierCopy, Engine, PatientReport, Readiness, Report, SessionReport
from bot.review.picture import Box, Words

SVG = "{http://www.w3.org/2000/svg}"


def report(members: int, pairs: list[tuple[int, int, float]], name: str = "Client {}") -> Report:
    labels = [name.format(number) for number in range(members)]
    return Report(
        readiness=Readiness.FIX,
        engine=Engine(name="offline"),
        session=SessionReport(elements={}),
        patients=tuple(
            PatientReport(label=label, readiness=Readiness.FIX, elements={}, checklist={}) for label in labels
        ),
        copies=tuple(Copy(a=labels[a], b=labels[b], similarity=how, spans=()) for a, b, how in pairs),
    )


def words(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_each_copy_has_its_figure_and_each_member_a_step() -> None:
    svg = copy_map_svg(report(4, [(0, 2, 0.97), (1, 3, 0.56)]))
    assert "4 of 4 parts read as another’s" in words(svg)
    assert {"97", "56"} <= set(words(svg))
    assert all(f"Client {number}" in words(svg) for number in range(4))


def test_members_who_read_as_one_are_listed_together() -> None:
    svg = copy_map_svg(report(8, [(0, 3, 0.9), (3, 5, 0.8), (1, 2, 0.6)]))
    assert "3 parts read as one, 80 to 90 % alike" in words(svg)
    assert "Client 0, Client 3, Client 5" in words(svg)
    assert "2 parts read as one, 60 % alike" in words(svg)


def pointing(shown: Report, *pairs: tuple[int, int]) -> Report:
    """The same, with parts that say no more than "same as": who, at whom."""
    labels = [patient.label for patient in shown.patients]
    more = [Copy(a=labels[at], b=labels[who], similarity=1, spans=(), points=labels[who]) for who, at in pairs]
    return shown.model_copy(update={"copies": (*shown.copies, *more)})


def test_a_part_that_only_points_at_another_is_not_said_to_read_as_it() -> None:
    svg = copy_map_svg(pointing(report(3, []), (1, 0)))
    assert "1 of 3 parts only points at another’s" in words(svg)
    assert "1 part only points at another’s" in words(svg)
    assert "Client 1 at Client 0" in words(svg)
    assert "see" in words(svg)
    assert not [line for line in words(svg) if "read as one" in line or line in {"100", "alike"}]


def test_copies_and_parts_that_only_point_are_told_apart() -> None:
    picture = pointing(report(6, [(0, 1, 0.9)]), (2, 1), (3, 2), (3, 1))
    svg = copy_map_svg(picture)
    assert "2 of 6 parts read as another’s" in words(svg)
    assert "2 parts read as one, 90 % alike" in words(svg)
    assert "2 parts only point at another’s" in words(svg)
    assert "Client 2 at Client 1, Client 3 at Client 2 and Client 1" in words(svg)
    assert "Client 2 only points at the part of Client 1" in svg


def test_in_a_large_group_those_who_read_as_nobody_else_are_counted() -> None:
    svg = copy_map_svg(report(40, [(0, 3, 0.9)]))
    assert "38 more members read as nobody else." in words(svg)
    assert "Client 7" not in words(svg)


def test_a_session_without_copies_says_so() -> None:
    assert "No two members’ parts read as one." in words(copy_map_svg(report(6, [])))


def test_parts_that_read_as_an_earlier_note_are_told_with_its_date() -> None:
    before = EarlierCopy(label="Client 1", date=date(2026, 10, 3), same_member=True, similarity=0.93, spans=())
    for pairs in ([], [(0, 2, 0.9)]):
        svg = copy_map_svg(report(3, pairs).model_copy(update={"earlier": (before,)}))
        assert "Client 1 reads as their own note of 2026-10-03, 93 % alike" in words(svg)


def test_a_label_is_text_and_no_markup() -> None:
    svg = copy_map_svg(report(2, [(0, 1, 0.9)], name="<script>{}</script> & co"))
    assert "<script>" not in svg
    ElementTree.fromstring(svg)


def test_the_svg_asks_nothing_of_the_outside() -> None:
    svg = copy_map_svg(report(3, [(0, 1, 0.9)]))
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert "href" not in svg
    assert "<script" not in svg


@pytest.mark.parametrize("members", [2, 3, 8, 12, 40, 100])
def test_everything_stays_on_the_page(members: int) -> None:
    name = "Anna-Maria Gonzalez Lopez de la Vega {}"
    picture = copy_map(report(members, [(a, b, 0.8) for a, b in combinations(range(members), 2)], name=name))
    for mark in picture.marks:
        assert 0 <= mark.x <= picture.width
        assert 0 <= mark.y <= picture.height
        if isinstance(mark, Box):
            assert mark.x + mark.width <= picture.width
            assert mark.y + mark.height <= picture.height


@pytest.mark.parametrize("members", [3, 40])
def test_the_png_is_one_of_twice_the_size(members: int) -> None:
    from io import BytesIO

    from PIL import Image

    shown = report(members, [(0, 1, 0.9)])
    picture = copy_map(shown)
    image = Image.open(BytesIO(copy_map_png(shown)))
    assert image.format == "PNG"
    assert image.size == (picture.width * 2, picture.height * 2)
    assert any(isinstance(mark, Words) for mark in picture.marks)
