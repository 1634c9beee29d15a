"""A claim's code and the note's words: the measured pairs, and the turns that once misled."""

import pytest

from bot.claims.agreement import agreement
from tests.eval.run_agreement import pairs


def test_no_pair_in_agreement_is_called_a_disagreement_and_nearly_all_are_read_right() -> None:
    every = pairs()
    assert len(every) >= 150
    assert [pair.words for pair in every if pair.label != "disagree" and pair.found == "disagree"] == []
    assert sum(pair.found == pair.label for pair in every) / len(every) >= 0.95


@pytest.mark.parametrize(
    ("code", "note", "verdict"),
    [
        ("F41.1", "Dx GAD; Z63.0 noted.", "agrees"),
        ("F41.1", "Dx F33.1 and F41.1", "agrees"),
        ("F33.1", "MDD, single episode, moderate", "disagrees"),
        ("F33.2", "MDD, recurrent, severe", "agrees"),
        ("F43.10", "Dx: PTSD, chronic. Grounding eased the PTSD startle.", "silent"),
        ("F43.12", "Dx: PTSD, chronic. Grounding eased the PTSD startle.", "agrees"),
        ("F33.1", "MDD, recurrent; severe rain kept two members away", "agrees"),
        ("F60.5", "OCPD", "agrees"),
        ("F42.2", "obsessive-compulsive personality disorder", "disagrees"),
        ("F41.9", "GAD", "silent"),
        ("F10.20", "AUD, severe, in early remission", "disagrees"),
        ("F10.21", "AUD, severe, in early remission", "agrees"),
        ("F41.1", "Denies anxiety but still worries at night", "agrees"),
        ("Z63.0", "Dx GAD. Argued with her boss.", "silent"),
        ("F64.0", "Gender dysphoria", "agrees"),
        ("F41.1", "", "silent"),
    ],
)
def test_what_stands_beside_a_name_counts(code: str, note: str, verdict: str) -> None:
    assert agreement(code, note).verdict == verdict


def test_a_disagreement_says_both_sides() -> None:
    assert (
        agreement("F33.1", "MDD, single episode").why == "the claim says F33.1, the note speaks of MDD, single episode"
    )
    assert agreement("F41.1", "PTSD").why == "the claim says F41.1, the note speaks of PTSD"
