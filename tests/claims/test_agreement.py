"""A claim's code and the note's words: the measured pairs, and the turns that once misled."""

import pytest

from bot.claims.agreement import agreement
from bot.claims.diagnosis import check_diagnosis
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
        ("F64.A", "Gender identity disorder, in remission", "agrees"),
        ("F41.1", "", "silent"),
    ],
)
def test_what_stands_beside_a_name_counts(code: str, note: str, verdict: str) -> None:
    assert agreement(code, note).verdict == verdict


@pytest.mark.parametrize(
    ("code", "note", "verdict"),
    [
        ("F51.5", "PTSD, nightmares", "disagrees"),
        ("F51.5", "He told the group his PTSD is worse. Nightmares nightly.", "disagrees"),
        ("F51.5", "shared with peers that PTSD nightmares are back", "disagrees"),
        ("F50.2", "GAD and binged twice this week", "disagrees"),
        ("F33.1", "Dx: anxiety. Low mood, isolating.", "disagrees"),
        ("F41.1", "Diagnosis: depression; worries all day", "disagrees"),
        # A symptom or a circumstance is no disorder: beside a named one it is asked about.
        ("G47.00", "PTSD, insomnia", "silent"),
        ("R45.4", "GAD. Irritability and anger at work.", "silent"),
        ("Z63.4", "PTSD; grief after her mother's death", "silent"),
        # Nothing else is named: symptoms bear the code out.
        ("F51.5", "nightmares nightly, woke up screaming", "agrees"),
        ("F51.5", "No PTSD. Nightmares.", "agrees"),
        ("G47.00", "insomnia", "agrees"),
        ("F43.10", "Assessment: depression improving, flashbacks rarer", "agrees"),
        # Words of the code's title in another sense.
        ("F50.9", "eating better, sleeping ok", "silent"),
        ("F91.9", "conducted a role-play with two peers", "silent"),
        ("F60.9", "worked on a personal goal", "silent"),
        ("F98.0", "PTSD; enuresis", "agrees"),
    ],
)
def test_a_named_diagnosis_wins_over_symptoms(code: str, note: str, verdict: str) -> None:
    assert agreement(code, note).verdict == verdict


def test_a_code_beside_another_diagnosis_name_is_asked_about() -> None:
    slip = agreement("F33.1", "Dx: GAD (F33.1)")
    assert (slip.verdict, "GAD" in slip.why) == ("silent", True)
    assert check_diagnosis("", "Dx: GAD (F33.1)", None).outcome == "needs_confirmation"
    assert agreement("F41.1", "GAD F41.1; history of MDD").verdict == "agrees"
    assert agreement("F41.1", "GAD F41.1 and MDD F33.1").verdict == "agrees"
    assert check_diagnosis("", "Dx: GAD (F41.1)", None).outcome == "met"


def test_the_reason_says_what_the_note_names_and_what_the_claim_says() -> None:
    check = check_diagnosis("F51.5", "PTSD, nightmares", None)
    assert check.outcome == "missing"
    assert "the claim says F51.5, the note speaks of PTSD" in check.reason


def test_a_disagreement_says_both_sides() -> None:
    assert (
        agreement("F33.1", "MDD, single episode").why == "the claim says F33.1, the note speaks of MDD, single episode"
    )
    assert agreement("F41.1", "PTSD").why == "the claim says F41.1, the note speaks of PTSD"


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("F41.1", "Dx: rule out F41.1. Worked on worry."),
        ("F41.1", "Rule out generalized anxiety disorder. Worked on worry."),
        ("F43.10", "Dx: ?PTSD. Nightmares twice."),
        ("F31.81", "Being evaluated for bipolar II."),
        ("F31.81", "Rule out bipolar II disorder (F31.81)."),
    ],
)
def test_a_diagnosis_that_is_only_weighed_bears_no_claim_out(code: str, note: str) -> None:
    held = agreement(code, note)
    assert held.verdict == "silent"
    assert "not settled" in held.why


def test_a_settled_diagnosis_beside_one_that_is_weighed_counts() -> None:
    assert agreement("F33.1", "Dx: F33.1; r/o F43.10").verdict == "agrees"
    assert agreement("F43.10", "Dx: F33.1; r/o F43.10").verdict == "disagrees"
