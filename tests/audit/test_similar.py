"""Copied passages among many: found whatever their order, with the stretches where they stand, and nothing else."""

import random
import re
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.audit.passage import CopiedPair
from bot.audit.similar import Passage, clusters, find_copies
from tests.bench.invented_notes import Notes, invent

BRIDGE = (
    "She told how the bridge on route nine closes in on her and how she counted the lamps with her sister. "
    "Group feedback moved her to try the short one first. She will drive to the mill before Thursday."
)
LETTER = (
    "Brought the letter from his brother unopened and laid it on the chair. After the empty-chair exercise he read the "
    "first page aloud, stopped at the word farm and wept. Wants to answer with a postcard."
)
STOCK = "Client attended group and was engaged throughout. Client denied SI/HI. Continue weekly group psychotherapy."

NOTES = invent(600)
TEXTS = {one.key: one.text for one in NOTES.passages}


def passages(*texts: str) -> list[Passage]:
    return [Passage(f"note-{number:04}", text, f"session-{number // 8}") for number, text in enumerate(texts)]


def joined(pairs: tuple[CopiedPair, ...]) -> set[tuple[str, ...]]:
    return {cluster.keys for cluster in clusters(pairs)}


def test_a_copy_with_the_pronouns_swapped_is_found_with_its_stretches() -> None:
    copied = BRIDGE.replace("She", "He").replace("her", "his")
    (pair,) = find_copies(passages(BRIDGE, LETTER, copied)).pairs
    assert (pair.a, pair.b) == ("note-0000", "note-0002")
    assert pair.similarity >= 0.95
    a_start, a_end, b_start, b_end = pair.spans[0]
    assert BRIDGE[a_start:a_end].startswith("She told")
    assert copied[b_start:b_end].startswith("He told")


def test_a_copy_with_name_day_and_number_swapped_is_found() -> None:
    first = (
        f"Keisha reports 6 of 10. {LETTER.replace('his brother', 'Keisha’s brother')} Next group Monday, 10/12/2026."
    )
    second = (
        f"Grzegorz reports 4 of 10. {LETTER.replace('his brother', 'Grzegorz’s brother')} Next group Friday, 11/3/2026."
    )
    (pair,) = find_copies(passages(first, second)).pairs
    assert pair.similarity == 1.0


def test_sentences_in_another_order_are_still_a_copy() -> None:
    told = [*BRIDGE.split(". "), *LETTER.split(". ")]
    turned = ". ".join(reversed(told))
    (pair,) = find_copies(passages(". ".join(told), turned)).pairs
    assert pair.similarity >= 0.8


def test_lines_broken_elsewhere_change_nothing() -> None:
    broken = BRIDGE.replace(" closes", "\ncloses").replace(" first", "\nfirst")
    (pair,) = find_copies(passages(BRIDGE, broken)).pairs
    assert pair.similarity == 1.0


def test_two_stories_are_no_copies() -> None:
    assert not find_copies(passages(BRIDGE, LETTER)).pairs


def test_stock_phrases_in_both_make_no_copy_of_two_stories() -> None:
    assert not find_copies(passages(f"{BRIDGE} {STOCK}", f"{LETTER} {STOCK}")).pairs


def test_notes_of_stock_phrases_alone_are_copies() -> None:
    (pair,) = find_copies(passages(STOCK, LETTER, STOCK)).pairs
    assert pair.similarity == 1.0


def test_a_template_that_very_many_notes_share_makes_no_copies_of_their_stories() -> None:
    """Words that no list of stock phrases holds: that very many notes hold them is what tells."""
    template = "The courtyard was wet and the kettle stood ready before anybody had come in from the orchard. "
    family = _families(NOTES)
    stories = [one.text for one in NOTES.passages if one.key not in family][:300]
    told = [re.findall(r"[^.]+\.", text)[0] for text in stories]
    assert len(stories) == 300
    assert not find_copies(passages(*(template * 4 + text for text in stories))).pairs
    # Where few notes hold them, those words are what one was copied from the other for.
    assert find_copies(passages(*(template * 4 + text for text in told[:10]))).pairs


def test_texts_without_a_word_are_nobodys_copies() -> None:
    assert not find_copies(passages("", "", " \n", "…", "…")).pairs


def test_no_passages_give_no_copies() -> None:
    found = find_copies([])
    assert (found.pairs, found.candidates, found.false_candidates) == ((), 0, 0)
    assert clusters(found.pairs) == ()


def test_every_planted_copy_but_a_few_is_found_and_no_look_alike() -> None:
    found = find_copies(NOTES.passages)
    of = {key: cluster for cluster in clusters(found.pairs) for key in cluster.keys}
    copies = [one for one in NOTES.planted if one.alike >= 0.8]
    missed = [one for one in copies if one.made not in of.get(one.original, clusters(found.pairs)[0]).keys]
    assert len(missed) <= 0.05 * len(copies)
    crowd = {key for keys in NOTES.crowds.values() for key in keys}
    wrong = [one for one in found.pairs if NOTES.alike(one.a, one.b) < 0.6 and not {one.a, one.b} <= crowd]
    assert wrong == []


def test_many_equal_notes_are_one_cluster_and_as_many_pairs_as_notes() -> None:
    texts = [BRIDGE.replace("her sister", name) for name in ("Ana", "Tom", "Priya", "Omar")] * 500
    started = time.perf_counter()
    found = find_copies([*passages(*texts), Passage("other", LETTER, "s")])
    (cluster,) = clusters(found.pairs)
    assert len(cluster.keys) == 2000
    assert len(found.pairs) == 1999
    assert cluster.least == cluster.most == 1.0
    assert time.perf_counter() - started < 60


def test_equal_notes_of_one_session_are_paired_within_it() -> None:
    """So that the caller can tell them from copies of another session."""
    same = [Passage(f"n{number}", BRIDGE, f"session-{number % 2}") for number in range(6)]
    group = {one.key: one.group for one in same}
    within = [one for one in find_copies(same).pairs if group[one.a] == group[one.b]]
    assert {key for one in within for key in (one.a, one.b)} == set(group)


def test_a_note_changed_a_little_forty_times_is_one_cluster_without_every_pair() -> None:
    words = BRIDGE.split(" ")
    changed = []
    for number in range(40):
        one = list(words)
        one[(number * 7) % len(words)] = f"lantern{'abcdefghij'[number % 10]}"
        one[(number * 3 + 1) % len(words)] = f"copper{'abcdefghij'[number // 4]}"
        changed.append(" ".join(one))
    found = find_copies(passages(*changed))
    (cluster,) = clusters(found.pairs)
    assert len(cluster.keys) == 40
    assert len(found.pairs) < 780


def test_several_processes_find_what_one_finds() -> None:
    assert find_copies(NOTES.passages, workers=2) == find_copies(NOTES.passages, workers=1)


# What anything at all may be made of: sentences of invented notes, stock, names, odd signs.
_PIECES = st.sampled_from(
    [sentence for text in list(TEXTS.values())[:40] for sentence in re.findall(r"[^.\n]+\.", text)]
    + ["Denied SI/HI.", "A.B.", "\n", "…", "Plan:", "Ünïcode ẞtraße.", "\u2028", "𝒳", "|", "{", "no"]
)
_TEXT = st.lists(_PIECES, max_size=8).map(" ".join)
_MODEST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_MODEST
@given(st.lists(_TEXT, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_passages_plays_no_part(texts: list[str], dice: random.Random) -> None:
    some = passages(*texts)
    turned = dice.sample(some, len(some))
    assert find_copies(turned) == find_copies(some)


@_MODEST
@given(st.lists(_TEXT, min_size=1, max_size=8), st.data())
def test_a_verbatim_copy_is_always_found(texts: list[str], data: st.DataObject) -> None:
    copied = data.draw(st.sampled_from(texts))
    found = find_copies(passages(*texts, copied))
    if re.search(r"\w", copied):
        key = f"note-{len(texts):04}"
        assert any(key in cluster.keys for cluster in clusters(found.pairs))


@_MODEST
@given(st.lists(_TEXT, max_size=8))
def test_the_stretches_stand_where_they_are_said_to_and_share_their_words(texts: list[str]) -> None:
    known = {one.key: one.text for one in passages(*texts)}
    for pair in find_copies(passages(*texts, *texts[:1])).pairs:
        known.setdefault(f"note-{len(texts):04}", texts[0])
        assert pair.a < pair.b
        assert 0.8 <= pair.similarity <= 1.0
        assert pair.spans
        for a_start, a_end, b_start, b_end in pair.spans:
            ours, theirs = known[pair.a], known[pair.b]
            assert 0 <= a_start < a_end <= len(ours)
            assert 0 <= b_start < b_end <= len(theirs)
            here, there = _words(ours[a_start:a_end]), _words(theirs[b_start:b_end])
            assert len(here & there) * 2 >= min(len(here), len(there))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_unlike_notes_never_pair(data: st.DataObject) -> None:
    family = _families(NOTES)
    chosen = data.draw(st.lists(st.sampled_from(sorted(TEXTS)), unique=True, min_size=2, max_size=12))
    alone = {family.get(key, key): key for key in chosen}
    assert not find_copies(Passage(key, TEXTS[key], "s") for key in alone.values()).pairs


def _families(notes: Notes) -> dict[str, str]:
    """By which original each note of a copied story goes."""
    crowds = {key: crowd[0] for crowd in notes.crowds.values() for key in crowd}
    return {one.made: one.original for one in notes.planted} | crowds
