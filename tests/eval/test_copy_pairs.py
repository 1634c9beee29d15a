"""The pairs for copies are many, of both kinds, in both halves, and swapped as they say."""

from collections import Counter

from tests.eval.copy_pairs import HALVES, load, swap_numbers, swap_people


def test_there_are_enough_pairs_of_each_kind_in_both_halves() -> None:
    pairs = load()
    assert len(pairs) >= 420
    assert len({pair.id for pair in pairs}) == len(pairs)
    for half in HALVES:
        said = Counter(pair.copy for pair in pairs if pair.half == half)
        assert min(said.values()) > 100
        assert {pair.kind for pair in pairs if pair.half == half} == {pair.kind for pair in pairs}


def test_each_part_stands_in_its_note_where_the_split_says() -> None:
    for pair in load():
        text, split = pair.note()
        said = [text[member.spans[0].start : member.spans[0].end] for member in split.members]
        assert said[0] == pair.first.replace("{label}", pair.labels[0]).strip()
        assert said[1] == pair.second.replace("{label}", pair.labels[1]).strip()


def test_people_and_numbers_are_swapped() -> None:
    assert swap_people("He told her that she saw his sister.") == "She told his that he saw her sister."
    assert swap_people("He told her. Dad wept.") == "She told him. Mom wept."
    assert swap_numbers("On Monday, two of 7 came.") == "On Wednesday, three of 8 came."
