"""The labelled questions are readable, and are counted where they belong."""

from tests.eval.asked import in_turn
from tests.eval.cases import GROUPS, Case, load_cases
from tests.eval.scoring import Tally, score_recall


def case(number: int = 1, **label: object) -> Case:
    start = {"payers": ["acme"], "topic": "units", "decision": "allowed", "must_cite": [], "never": []}
    return Case(f"e{number}", GROUPS[0], ("?",), start | label)


def test_every_file_is_read_and_an_odd_number_is_of_the_tuning_half() -> None:
    cases = list(load_cases())
    assert len(cases) >= 300
    assert all((int(one.id[1:]) % 2 == 1) == (one.half == "tune") for one in cases)
    assert all(one.slots and one.payer_sets for one in cases)


def test_files_are_chosen_by_name() -> None:
    assert {one.id for one in load_cases("01-*")} < {one.id for one in load_cases()}
    assert not list(load_cases("no such file"))


def test_kinds_are_read_from_the_label() -> None:
    assert case().kinds == set()
    assert case(payers=["unknown"]).kinds == {"unknown payer"}
    assert case(payers=["a", "b"], decision={"a": "allowed", "b": "unknown"}, must_cite={}, never={}).kinds == {
        "several payers"
    }
    assert case(payers=[], topic="general", decision=["not_applicable"]).kinds == {"off-topic or hostile"}


def test_recall_looks_at_the_first_five_only() -> None:
    tally = Tally()
    wanted = case(must_cite=["f"])
    for retrieved in (["a", "b", "c", "d", "f"], ["a", "b", "c", "d", "e", "f"], []):
        score_recall(wanted, retrieved, tally)
    score_recall(case(), ["f"], tally)
    assert (tally.recalled, tally.recall_asked) == (1, 3)


def test_the_snippets_of_several_answers_are_taken_in_turn() -> None:
    assert in_turn([["a", "b", "c"], ["d", "a"]]) == ["a", "d", "b", "c"]
    assert in_turn([]) == []
