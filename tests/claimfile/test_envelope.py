"""A broken envelope is one line with its segment number, and the claims that can be read are read all the same."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.claimfile.models import Finding, Kind, Summary, Verdict
from bot.errors import UserError
from tests.bench.invented_claims import Envelope, Invented, as_text, segments
from tests.claimfile.filing import check

THREE = tuple(Invented(f"C-{number}", member_id=f"W{number}", first=f"Fay{number}") for number in (1, 2, 3))
WHOLE = as_text(segments(THREE))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.837"


def unread(path: Path, text: str) -> tuple[list[Finding], Summary]:
    """What could not be read, and the figures."""
    path.write_text(text, "utf-8")
    findings, summary = check(path)
    found = [one for one in findings if one.verdict is Verdict.NOT_READ]
    assert all(one.kind is Kind.FILE and "Frost" not in one.what and "\n" not in one.what for one in found)
    return found, summary


def number_of(start: str, text: str = WHOLE) -> int:
    return next(at for at, line in enumerate(text.split("\n"), 1) if line.startswith(start))


def test_a_whole_file_has_nothing_unread(path: Path) -> None:
    found, summary = unread(path, WHOLE)
    assert (found, summary.claims, summary.lines) == ([], 3, 3)


@settings(max_examples=120)
@given(st.integers(min_value=1, max_value=len(WHOLE.rstrip("~\n")) - 1))
def test_a_file_cut_anywhere_is_said_in_one_line_and_no_half_claim_is_judged(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "cut.837"
    if cut < 4:
        return  # "ISA" alone is as good as any first line of a table
    found, summary = unread(path, WHOLE[:cut])
    assert len(found) == 1
    whole_claims = WHOLE[:cut].count("\nHL*") - 1  # the billing provider's HL ends no claim; each further one does
    assert summary.claims <= max(0, whole_claims) + (cut > WHOLE.index("\nSE*"))


def test_a_cut_file_names_the_segment_and_what_is_missing(path: Path) -> None:
    (found,), summary = unread(path, WHOLE[: WHOLE.index("GE*")])
    assert found.place == number_of("SE*")
    assert "without its GE and IEA" in found.what
    assert summary.claims == 3


def test_a_claim_that_the_cut_runs_through_is_not_judged_and_that_is_said(path: Path) -> None:
    (found,), summary = unread(path, WHOLE[: WHOLE.rindex("SV1*")])
    assert "last claim was not checked" in found.what
    assert summary.claims == 2


def test_two_interchanges_in_one_file_are_both_read_each_with_its_own_delimiters(path: Path) -> None:
    other = Envelope(element="|", component=">", segment="!", breaks="\r\n", control="000000002")
    second = as_text(segments([Invented("D-1", first="Gus")], other), other)
    found, summary = unread(path, WHOLE + second)
    assert (found, summary.claims) == ([], 4)


def test_an_interchange_that_begins_inside_another_is_said_and_both_are_read(path: Path) -> None:
    found, summary = unread(path, WHOLE[: WHOLE.index("\nSE*") + 1] + WHOLE.replace("C-", "D-"))
    assert [one.place for one in found] == [number_of("SE*")]
    assert all(word in found[0].what for word in ("SE", "GE", "IEA"))
    assert summary.claims == 6


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SE01": "7"}, "SE01 says 7 segments, and 56 were counted"),
        ({"SE02": "0009"}, "SE02 is not the number in ST02"),
        ({"GE01": "2"}, "GE01 says 2 transactions, and 1 was counted"),
        ({"GE02": "77"}, "GE02 is not the number in GS06"),
        ({"IEA01": "0"}, "IEA01 says 0 groups, and 1 was counted"),
        ({"IEA02": "000000044"}, "IEA02 is not the number in ISA13"),
        ({"SE01": "Frost"}, "SE01 says no number of segments"),
    ],
)
def test_a_wrong_count_or_number_is_said_and_the_claims_are_read(path: Path, wrong: dict[str, str], said: str) -> None:
    text = as_text(segments(THREE, Envelope(wrong=wrong)))
    (found,), summary = unread(path, text)
    assert said in found.what
    assert found.place == number_of(next(iter(wrong))[:-2], text)
    assert summary.claims == 3


def test_a_missing_st_is_one_line_however_much_follows(path: Path) -> None:
    text = "\n".join(line for line in WHOLE.split("\n") if not line.startswith("ST*"))
    found, summary = unread(path, text)
    assert found[0].place == number_of("BHT*", text)
    assert "ST is missing" in found[0].what
    assert [one.what[:4] for one in found[1:]] == ["GE01"]
    assert summary.claims == 0


def test_a_missing_se_is_said_at_what_comes_instead(path: Path) -> None:
    text = "\n".join(line for line in WHOLE.split("\n") if not line.startswith("SE*"))
    (found,), summary = unread(path, text)
    assert found.place == number_of("GE*", text)
    assert summary.claims == 3


@pytest.mark.parametrize(
    ("envelope", "said"),
    [
        (Envelope(kind="835", guide="005010X221A1", functional="HP"), "835 (remittance advice)"),
        (Envelope(guide="005010X223A2"), "837I (institutional claims)"),
        (Envelope(guide="005010X224A2"), "837D (dental claims)"),
        (Envelope(guide="004010X098A1"), "older version 4010"),
        (Envelope(kind="Frost", guide=""), "of another kind than 837"),
    ],
)
def test_what_is_no_837p_is_named_and_passed_over(path: Path, envelope: Envelope, said: str) -> None:
    found, summary = unread(path, as_text(segments(THREE, envelope)))
    assert [said in one.what for one in found] == [True]
    assert found[0].place == 3
    assert summary.claims == 0


def test_an_837p_beside_a_remittance_is_read(path: Path) -> None:
    found, summary = unread(path, as_text(segments(THREE, Envelope(kind="835", guide="005010X221A1"))) + WHOLE)
    assert (len(found), summary.claims) == (1, 3)


def test_a_transaction_that_leaves_its_guide_to_the_group_is_read(path: Path) -> None:
    found, summary = unread(path, WHOLE.replace("ST*837*0001*005010X222A1", "ST*837*0001"))
    assert (found, summary.claims) == ([], 3)


@pytest.mark.parametrize(
    ("envelope", "said"),
    [
        (Envelope(kind="999", guide="005010X231A1"), "an acknowledgment comes back for claims; name the claims file"),
        (Envelope(kind="277", guide="005010X214"), "277CA (claim acknowledgment)"),
        (Envelope(kind="835", guide="005010X221A1"), "no claims are in it"),
        (Envelope(guide="005010X223A2"), "90853 on it was not checked"),
        (Envelope(guide="004010X098A1"), "export it as 005010X222A1"),
    ],
)
def test_what_to_do_with_another_kind_of_file_is_said_and_no_claims_in_it_are_denied(
    path: Path, envelope: Envelope, said: str
) -> None:
    (found,), _ = unread(path, as_text(segments(THREE, envelope)))
    assert said in found.what
    assert "Only an 837P has claims" not in found.what


def test_an_interchange_acknowledgment_alone_is_named_and_nothing_is_called_missing(path: Path) -> None:
    isa = WHOLE.split("\n")[0]
    (found,), _ = unread(path, f"{isa}\nTA1*000000001*260513*0910*A*000~\nIEA*0*000000001~\n")
    assert "TA1 (acknowledgment)" in found.what
    assert "missing" not in found.what


@pytest.mark.parametrize("before", ["BATCH 00017\n", "$$ADD ID=CLINIC BATCHID='837P'\r\n"])
def test_a_line_before_the_first_isa_is_said_and_the_file_is_not_taken_for_a_table(path: Path, before: str) -> None:
    (found,), _ = unread(path, before + WHOLE)
    assert "stands before the ISA segment" in found.what


def test_segments_in_small_letters_are_said(path: Path) -> None:
    (found,), _ = unread(path, WHOLE.lower())
    assert "small letters" in found.what


def test_an_837p_saved_as_utf_16_is_refused_in_a_line_that_says_so(path: Path) -> None:
    path.write_bytes(WHOLE.encode("utf-16"))
    with pytest.raises(UserError, match="UTF-16"):
        check(path)
