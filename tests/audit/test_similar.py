"""Copied passages among many: found whatever their order, with the stretches where they stand."""

from bot.audit.similar import Passage, clusters, find_copies

BRIDGE = (
    "She told how the bridge on route nine closes in on her and how she counted the lamps with her sister. "
    "Group feedback moved her to try the short one first. She will drive to the mill before Thursday."
)
LETTER = (
    "Brought the letter from his brother unopened and laid it on the chair. After the empty-chair exercise he read the "
    "first page aloud, stopped at the word farm and wept. Wants to answer with a postcard."
)


def passages(*texts: str) -> list[Passage]:
    return [Passage(f"note-{number}", text, f"session-{number}") for number, text in enumerate(texts)]


def test_a_copy_with_the_pronouns_swapped_is_found_with_its_stretches() -> None:
    copied = BRIDGE.replace("She", "He").replace("her", "his")
    found = find_copies(passages(BRIDGE, LETTER, copied))
    (pair,) = found.pairs
    assert (pair.a, pair.b) == ("note-0", "note-2")
    assert pair.similarity >= 0.95
    a_start, a_end, b_start, b_end = pair.spans[0]
    assert BRIDGE[a_start:a_end].startswith("She told")
    assert copied[b_start:b_end].startswith("He told")


def test_two_stories_are_no_copies() -> None:
    assert not find_copies(passages(BRIDGE, LETTER)).pairs


def test_many_copies_are_one_cluster() -> None:
    (cluster,) = clusters(find_copies(passages(BRIDGE, BRIDGE, LETTER, BRIDGE)).pairs)
    assert cluster.keys == ("note-0", "note-1", "note-3")
    assert cluster.representative in cluster.keys
    assert cluster.least == cluster.most == 1.0
