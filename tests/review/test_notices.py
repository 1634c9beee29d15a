"""Notices are given where they are due, and ordinary headings and words raise none.

The cases are invented (`notice_cases/`). The rules were made on the first three files; the kept half was written after
and is only counted.
"""

import time
from pathlib import Path

import pytest
import yaml

from bot.llm.grounding import gives_orders, sentences
from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from bot.review.notices import notices
from bot.review.offline import OfflineJudge
from bot.review.process_notes import reads_kept_apart
from bot.review.service import ReviewService

CASES = Path(__file__).parent / "notice_cases"
PROCESS, PART_2 = "45 CFR 164.501", "42 CFR Part 2"


def cases(name: str, kind: str) -> list[str]:
    found: list[str] = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))[kind]
    return found


def noticed(text: str, of: str) -> bool:
    return any(of in notice for notice in notices(text))


@pytest.mark.parametrize("text", cases("process_notes", "kept_apart"))
def test_what_reads_as_process_notes_is_warned_of_and_said_not_to_be_stored(text: str) -> None:
    (notice,) = [notice for notice in notices(text) if PROCESS in notice]
    assert notice.endswith("Nothing of it was stored.")


@pytest.mark.parametrize("text", cases("process_notes", "ordinary"))
def test_a_process_group_and_ordinary_words_are_no_process_notes(text: str) -> None:
    assert not noticed(text, PROCESS)


@pytest.mark.parametrize("text", cases("substance_use", "treated"))
def test_substance_use_treatment_raises_the_part_2_notice_once(text: str) -> None:
    assert sum(PART_2 in notice for notice in notices(text)) == 1


@pytest.mark.parametrize("text", cases("substance_use", "ordinary"))
def test_use_denied_or_of_others_or_of_tobacco_raises_none(text: str) -> None:
    assert not noticed(text, PART_2)


@pytest.mark.parametrize(
    ("name", "kind", "of"), [("process_notes", "kept_apart", PROCESS), ("substance_use", "treated", PART_2)]
)
def test_on_words_it_was_not_made_on_it_finds_most_and_raises_next_to_no_false_alarm(
    name: str, kind: str, of: str
) -> None:
    kept = yaml.safe_load((CASES / "kept_half.yaml").read_text("utf-8"))[name]
    assert sum(noticed(text, of) for text in kept[kind]) >= 8
    assert sum(noticed(text, of) for text in kept["ordinary"]) <= 1


def orders_in(text: str) -> bool:
    return any(gives_orders(text[start:end]) for start, end in sentences(text))


@pytest.mark.parametrize("text", cases("orders", "orders"))
def test_words_to_whoever_judges_are_known_for_orders(text: str) -> None:
    assert orders_in(text)


def test_orders_inside_the_story_are_seldom_taken_for_orders_to_us() -> None:
    told = cases("orders", "told")
    assert [text for text in told if orders_in(text)] == ["The court must mark her hours as complete."]


@pytest.mark.parametrize("order", cases("orders", "orders"))
def test_an_order_hidden_in_a_note_is_reported_as_text_and_changes_no_verdict(order: str) -> None:
    catalog = load_catalog()
    service = ReviewService(OfflineJudge(), catalog=catalog, resolver=Resolver(catalog))
    note = "Date: 03/04/2026\n\nPatient: K.L.\nAttended, engaged.\n\nPatient: M.N.\nAttended, engaged."
    plain, ordered = service.review(note), service.review(f"{note}\n{order}")
    (warning,) = [warning for warning in ordered.warnings if "addressed to whoever judges it" in warning]
    assert order[:20] in warning
    assert ordered.readiness == plain.readiness
    statuses = [[v.status for v in p.elements.values()] for p in plain.patients]
    assert [[v.status for v in p.elements.values()] for p in ordered.patients] == statuses


def test_a_note_of_empty_lines_is_read_in_time_that_grows_with_its_length() -> None:
    def seconds(lines: int) -> float:
        begun = time.process_time()
        reads_kept_apart("Group note." + "\n" * lines + "x")
        return time.process_time() - begun

    seconds(100)
    assert seconds(40_000) < 1
