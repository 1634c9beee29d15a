import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.claims.codes import code_set, find_codes, with_dot
from bot.resources import KNOWLEDGE


@pytest.mark.parametrize(
    ("code", "billable"), [("F41.1", True), ("f411", True), ("F43.10", True), ("F41", False), ("F32A", True)]
)
def test_a_code_is_found_with_or_without_its_dot_and_says_if_it_can_be_billed(code: str, billable: bool) -> None:
    found = code_set().look_up(code)
    assert found is not None
    assert found.billable is billable
    assert found.description


@pytest.mark.parametrize("code", ["F99.9", "Z1", "", "90853", "F41.1.1", "ÄÖÜ", "F41\t1"])
def test_what_is_not_in_the_set_is_not_found(code: str) -> None:
    assert code_set().look_up(code) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Dx: F41.1, F33.1", ["F41.1", "F33.1"]),
        ("generalized anxiety (f41.1).", ["F41.1"]),
        ("Diagnosis code F4310 on file", ["F43.10"]),
        ("ICD-10-CM: R45.2", ["R45.2"]),
        ("F41 written short", ["F41"]),
        ("not in the set: F99.9", ["F99.9"]),
    ],
)
def test_codes_are_read_as_clinicians_write_them(text: str, codes: list[str]) -> None:
    assert [found.code for found in find_codes(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "billed 90853 and 90837",
        "H0004 and T1015 by HCPCS",
        "takes B12 vitamin",
        "F34 y/o",
        "room A101",
        "v2.10",
        "C4 spine",
    ],
)
def test_what_only_looks_like_a_code_is_left(text: str) -> None:
    assert list(find_codes(text)) == []


@given(st.text(max_size=300))
@settings(max_examples=100)
def test_offsets_point_at_the_code_in_any_text(text: str) -> None:
    for found in find_codes(text):
        assert with_dot(text[found.start : found.end]) == with_dot(found.code)


def test_every_code_of_the_set_is_found_wherever_it_stands() -> None:
    rows = gzip.decompress((KNOWLEDGE / "codes" / "icd10cm.tsv.gz").read_bytes()).decode().splitlines()[1:]
    codes = [row.split("\t")[0] for row in (*rows[::97], rows[0], rows[-1])]
    assert [code for code in codes if code_set().look_up(code) is None] == []
