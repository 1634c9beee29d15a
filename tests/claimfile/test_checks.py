"""What a biller is told of each 90853 line: the segment, the claim, what is wrong and what to do, with its source."""

import re
from pathlib import Path

import pytest

from bot.claimfile.models import Finding, Kind, Verdict
from tests.bench.invented_claims import Invented, Line
from tests.claimfile.filing import SURE, check, checked, kinds

FINE = Invented("C-1", payer=SURE)


def claim(*lines: Line, **more: object) -> Invented:
    """A claim of the payer whose rules are certain, with a number of its own."""
    return Invented(**{"number": "C-1", "payer": SURE, "lines": lines or (Line(),), **more})  # type: ignore[arg-type]


def only(findings: list[Finding]) -> Finding:
    (one,) = findings
    return one


def test_a_claim_in_order_has_no_finding_and_counts_as_ready(tmp_path: Path) -> None:
    assert checked(tmp_path, FINE) == []
    _, summary = check(tmp_path / "claims.837")
    assert (summary.claims, summary.ready, summary.fix, summary.confirm) == (1, 1, 0, 0)


def test_this_autumns_lines_are_held_against_this_autumns_codes(tmp_path: Path) -> None:
    assert not checked(tmp_path, claim(Line(day="20261102"), diagnoses=("ABK:F64A",)))
    _, summary = check(tmp_path / "claims.837")
    assert (summary.ready, list(summary.remarks)) == (1, [])


def test_days_whose_diagnosis_codes_are_not_on_file_are_said(tmp_path: Path) -> None:
    checked(tmp_path, claim(Line(day="20271102")))
    _, summary = check(tmp_path / "claims.837")
    (remark,) = summary.remarks
    assert remark.startswith("Diagnosis codes of 1 line were held against what is on file")
    assert "fiscal years 2025 to 2027 (for 2024-10-01 to 2027-09-30)" in remark


def test_a_finding_names_segment_claim_member_by_initials_what_and_what_to_do(tmp_path: Path) -> None:
    one = only(checked(tmp_path, claim(Line(units="2"))))
    text = (tmp_path / "claims.837").read_text().split("\n")
    assert text[one.place - 1].startswith("LX*1")
    assert (one.claim, one.member, one.date_of_service.isoformat()) == ("C-1", "A.F.", "2026-05-12")  # type: ignore[union-attr]
    assert (one.verdict, one.kind) == (Verdict.FIX, Kind.UNITS)
    assert "2 units" in one.what
    assert one.do
    assert one.sources[0].snippet_id == "f-6fd4e76f7d"
    assert "Frost" not in one.model_dump_json()


@pytest.mark.parametrize(
    ("line", "kind", "said"),
    [
        (Line(units="2"), "units", "2 units"),
        (Line(units=""), "units", "no number of units"),
        (Line(units="Frost"), "units", "no number of units"),
        (Line(measure="MJ"), "units", "not in units"),
        (Line(day=""), "date_of_service", "no date of service"),
        (Line(day="20260231"), "date_of_service", "no date of service"),
        (Line(day="20270105"), "date_of_service", "still to come"),
        (Line(day="20260504-20260525"), "date_of_service", "covers 2026-05-04 to 2026-05-25"),
        (Line(pointers=""), "diagnosis", "points at no diagnosis"),
        (Line(pointers="3"), "diagnosis", "that the claim does not have"),
        (Line(pointers="0"), "diagnosis", "that the claim does not have"),
        (Line(pointers="x"), "diagnosis", "that the claim does not have"),
        (Line(pointers="1:1:1:1:1"), "diagnosis", "points at 5 diagnoses"),
    ],
)
def test_what_is_wrong_on_the_line_is_to_fix(tmp_path: Path, line: Line, kind: str, said: str) -> None:
    found = [one for one in checked(tmp_path, claim(line)) if one.kind.value == kind]
    assert said in only(found).what
    assert found[0].verdict is Verdict.FIX
    assert "Frost" not in found[0].what


def test_one_unit_may_be_written_with_decimals(tmp_path: Path) -> None:
    assert checked(tmp_path, claim(Line(units="1.0"))) == []


def test_a_range_of_one_day_is_one_day(tmp_path: Path) -> None:
    assert checked(tmp_path, claim(Line(day="20260512-20260512"))) == []


def test_numbers_and_payers_with_other_letters_come_out_as_written(tmp_path: Path) -> None:
    found = checked(tmp_path, Invented("Ä-1", payer="CAISSE D'ÉPARGNE"))
    assert (found[0].claim, found[0].payer) == ("Ä-1", "CAISSE D'ÉPARGNE")


# -- diagnosis


@pytest.mark.parametrize(
    ("codes", "verdict", "said"),
    [
        ((), "fix", "no diagnosis code"),
        (("ABK:F33",), "fix", "category with finer codes"),
        (("ABK:F999",), "fix", "not in the ICD-10-CM set"),
        (("ABK:F33.1",), "fix", "written with its point"),
        (("BK:29632",), "fix", "ICD-9-CM"),
        (("ABK:'; x",), "fix", "is no code"),
    ],
)
def test_a_code_that_cannot_stand_is_to_fix(tmp_path: Path, codes: tuple[str, ...], verdict: str, said: str) -> None:
    one = only(checked(tmp_path, claim(diagnoses=codes)))
    assert said in one.what
    assert kinds([one]) == [(verdict, "diagnosis")]


def test_only_the_codes_that_the_line_points_at_are_held_to_its_day(tmp_path: Path) -> None:
    assert checked(tmp_path, claim(Line(pointers="1"), diagnoses=("ABK:F331", "ABF:F33"))) == []
    assert "F33 " in only(checked(tmp_path, claim(Line(pointers="1:2"), diagnoses=("ABK:F331", "ABF:F33")))).what


def test_a_day_before_the_codes_on_file_is_to_confirm(tmp_path: Path) -> None:
    found = [one for one in checked(tmp_path, claim(Line(day="20230512"))) if one.kind is Kind.DIAGNOSIS]
    assert kinds(found) == [("confirm", "diagnosis")]


# -- same day


def test_an_individual_code_without_the_modifier_of_the_rule_is_to_fix_and_with_it_is_fine(tmp_path: Path) -> None:
    bare = only(checked(tmp_path, claim(Line(), Line(code="90837"))))
    assert kinds([bare]) == [("fix", "same_day")]
    assert "59" in bare.what
    assert "90837" in bare.beside
    assert bare.sources[0].source_title == "Provider manual"
    assert checked(tmp_path, claim(Line(), Line(code="90837", modifiers=("59",)))) == []


def test_the_modifier_on_the_group_line_is_on_the_wrong_one(tmp_path: Path) -> None:
    one = only(checked(tmp_path, claim(Line(modifiers=("59",)), Line(code="90837"))))
    assert "stands on 90853" in one.what


def test_the_individual_service_is_found_on_another_claim_even_one_that_comes_later(tmp_path: Path) -> None:
    later = Invented("C-2", payer=SURE, lines=(Line(code="90837"),))
    one = only(checked(tmp_path, FINE, later))
    assert (one.claim, one.kind) == ("C-1", Kind.SAME_DAY)
    assert "of claim C-2" in one.beside


def test_services_of_another_member_day_or_payer_are_no_same_day_services(tmp_path: Path) -> None:
    others = (
        Invented("C-2", first="Bo", payer=SURE, lines=(Line(code="90837"),)),
        Invented("C-3", payer=SURE, lines=(Line(code="90837", day="20260513"),)),
        Invented("C-4", payer="AETNA", lines=(Line(code="90837"),)),
    )
    assert checked(tmp_path, FINE, *others) == []


def test_a_dependent_is_another_member_than_the_subscriber(tmp_path: Path) -> None:
    child = Invented("C-2", payer=SURE, dependent=("Frost", "Bo", "20120101"), lines=(Line(code="90837"),))
    assert checked(tmp_path, FINE, child) == []


def test_where_the_payer_has_no_same_day_rule_it_is_to_confirm_with_the_national_edit_beside_it(tmp_path: Path) -> None:
    found = checked(tmp_path, Invented("C-1", payer="AETNA", lines=(Line(), Line(code="90834", modifiers=("59",)))))
    one = only([one for one in found if one.kind is Kind.SAME_DAY])
    assert one.verdict is Verdict.CONFIRM
    assert "no rule of theirs" in one.what
    assert one.sources


# -- repeated lines


def test_the_same_line_twice_is_to_fix_at_the_second_with_the_place_of_the_first(tmp_path: Path) -> None:
    one = only(checked(tmp_path, FINE, Invented("C-2", payer=SURE)))
    text = (tmp_path / "claims.837").read_text().split("\n")
    first = next(at for at, line in enumerate(text, 1) if line.startswith("LX*1"))
    assert (one.claim, one.kind, one.verdict) == ("C-2", Kind.REPEATED, Verdict.FIX)
    assert f"at segment {first} of claim C-1" in one.beside


def test_two_lines_of_a_day_that_differ_may_be_two_sessions_and_are_to_confirm(tmp_path: Path) -> None:
    one = only(checked(tmp_path, claim(Line(), Line(modifiers=("76",)))))
    assert kinds([one]) == [("confirm", "repeated_line")]
    assert one.sources[0].snippet_id == "f-94eb3b0a91"


def test_a_second_session_over_the_payers_limit_carries_that_rule(tmp_path: Path) -> None:
    lines = (Line(), Line(modifiers=("76",)))
    found = checked(tmp_path, Invented("C-1", payer="VERMONT MEDICAID", filing="MC", lines=lines))
    one = only([one for one in found if one.kind is Kind.REPEATED])
    assert "one group session a day" in one.what
    assert one.sources


def test_a_void_is_passed_over_and_counted(tmp_path: Path) -> None:
    assert checked(tmp_path, FINE, Invented("C-2", payer=SURE, frequency="8")) == []
    _, summary = check(tmp_path / "claims.837")
    assert (summary.claims, summary.voids) == (1, 1)


# -- telehealth


@pytest.mark.parametrize(
    ("place", "modifiers", "verdict", "said"),
    [
        ("10", ("95",), "", ""),
        ("02", ("95",), "", ""),
        ("10", (), "confirm", "carries no 95"),
        ("11", ("95",), "fix", "place of service 11 is none of telehealth"),
        ("10", ("95", "93"), "fix", "with video"),
        ("", (), "fix", "no place of service"),
        ("1", (), "fix", "no place of service"),
    ],
)
def test_place_and_modifier_have_to_fit_the_rule(
    tmp_path: Path, place: str, modifiers: tuple[str, ...], verdict: str, said: str
) -> None:
    found = checked(tmp_path, claim(Line(modifiers=modifiers), place=place))
    assert kinds(found) == ([(verdict, "telehealth")] if verdict else [])
    assert all(said in one.what for one in found)


def test_a_payer_with_a_rule_of_its_own_on_the_place_makes_another_place_one_to_confirm(tmp_path: Path) -> None:
    medicare = claim(Line(modifiers=("95",)), payer="MEDICARE PART B", filing="MB", place="11")
    one = only([one for one in checked(tmp_path, medicare) if one.kind is Kind.TELEHEALTH])
    assert one.verdict is Verdict.CONFIRM
    assert one.sources


@pytest.mark.parametrize("modifier", ["95", "93"])
def test_which_place_a_payer_not_on_file_wants_is_to_confirm(tmp_path: Path, modifier: str) -> None:
    found = checked(tmp_path, claim(Line(modifiers=(modifier,)), payer="PRAIRIE MUTUAL", place="11"))
    one = only([one for one in found if one.kind is Kind.TELEHEALTH])
    assert one.verdict is Verdict.CONFIRM
    assert one.what.endswith("No rule of PRAIRIE MUTUAL is on file, on the place or else.")
    both = checked(tmp_path, claim(Line(modifiers=("95", "93")), payer="PRAIRIE MUTUAL", place="11"))
    assert [one.verdict for one in both if one.kind is Kind.TELEHEALTH] == [Verdict.FIX]


def test_the_lines_own_place_counts_before_the_claims(tmp_path: Path) -> None:
    assert checked(tmp_path, claim(Line(place="10", modifiers=("95",)), place="11")) == []


# -- authorization


def test_a_number_that_the_payer_asks_for_is_to_fix_with_the_rule_and_its_source(tmp_path: Path) -> None:
    one = only(checked(tmp_path, claim(authorization="")))
    assert kinds([one]) == [("fix", "authorization")]
    assert "asks for a prior authorization" in one.what
    assert one.sources[0].publisher == "Testland"


def test_the_number_may_stand_on_the_line(tmp_path: Path) -> None:
    assert checked(tmp_path, claim(Line(authorization="A-7"), authorization="")) == []


@pytest.mark.parametrize("payer", ["AETNA", "CIGNA", "PRAIRIE MUTUAL"])
def test_where_no_current_rule_is_on_file_it_is_to_confirm_and_never_guessed(tmp_path: Path, payer: str) -> None:
    found = checked(tmp_path, claim(payer=payer, authorization=""))
    one = only([one for one in found if one.kind is Kind.AUTHORIZATION])
    assert one.verdict is Verdict.CONFIRM
    assert one.do.endswith("If so: its number.")


def test_the_number_of_another_payer_is_not_this_ones(tmp_path: Path) -> None:
    checked(tmp_path, claim(authorization=""))
    path = tmp_path / "claims.837"
    other = (
        "SBR*S*18*******CI~\nOI***Y***Y~\nNM1*IL*1*FROST*ANA****MI*X1~\nNM1*PR*2*AETNA*****PI*1~\nREF*G1*B-9~\nLX*1~\n"
    )
    path.write_text(
        re.sub(
            r"^SE\*(\d+)", lambda told: f"SE*{int(told[1]) + 5}", path.read_text().replace("LX*1~\n", other), flags=re.M
        )
    )
    findings, summary = check(path)
    assert kinds(findings) == [("fix", "authorization")]
    assert [one.payer for one in summary.payers] == ["Testland Health Plan"]


# -- payer


def test_a_payer_that_is_not_on_file_is_said_and_named(tmp_path: Path) -> None:
    found = checked(tmp_path, claim(payer="PRAIRIE MUTUAL"))
    assert kinds(found) == [("confirm", "payer")]
    assert "“PRAIRIE MUTUAL” is not on file" in found[0].what
    assert checked(tmp_path, claim(payer="PRAIRIE MUTUAL"), called={"prairie  mutual": SURE}) == []


def test_beside_the_individual_code_of_a_payer_not_on_file_stands_the_national_edit_for_what_it_is(
    tmp_path: Path,
) -> None:
    found = checked(tmp_path, claim(Line(), Line("90837"), payer="PRAIRIE MUTUAL"))
    one = only([one for one in found if one.kind is Kind.SAME_DAY])
    assert one.verdict is Verdict.CONFIRM
    assert "no same-day rule of PRAIRIE MUTUAL is on file" in one.what
    assert "The national NCCI edit, which is Medicare's and no rule of theirs, takes 59 or XE on 90837" in one.what
    assert "Do they follow the NCCI edit?" in one.do
    assert one.sources
    old = checked(tmp_path, claim(Line(day="19950512"), Line("90837", day="19950512"), payer="PRAIRIE MUTUAL"))
    assert not any("NCCI" in one.what for one in old), "an edit of after that day"


def test_a_claim_without_payer_or_member_is_to_fix(tmp_path: Path) -> None:
    found = checked(tmp_path, claim(payer="", payer_id="", first="", last=""))
    assert {("fix", "payer"), ("fix", "member")} <= set(kinds(found))


@pytest.mark.parametrize(
    ("payer", "filing", "line", "how"),
    [
        ("HUMANA", "16", "medicare_advantage", "by SBR09 16"),
        ("HUMANA", "CI", "commercial", "by SBR09 CI"),
        ("HUMANA", "HM", "", "not told (SBR09 HM does not tell it)"),
        ("HUMANA", "", "", "not told (SBR09 is empty)"),
        ("HEALTH NET", "MC", "medicaid_managed_care", "by SBR09 MC"),
        ("MEDICARE PART B", "MB", "medicare", "by SBR09 MB"),
        ("HUMANA MEDICARE", "HM", "medicare_advantage", "by the payer's name"),
        ("MEDICAID", "MC", "medicaid", "by SBR09 MC; of MN, by the address"),
        ("TRICARE", "CH", "tricare", "by SBR09 CH"),
    ],
)
def test_the_line_of_business_is_what_sbr09_says(tmp_path: Path, payer: str, filing: str, line: str, how: str) -> None:
    checked(tmp_path, claim(payer=payer, filing=filing))
    _, summary = check(tmp_path / "claims.837")
    assert [(one.line_of_business, one.how) for one in summary.payers] == [(line, how)]
    assert summary.payers[0].payer


@pytest.mark.parametrize(("payer", "filing"), [("HUMANA MEDICARE", "MB"), ("MEDICARE", "CI"), ("MEDICAID", "16")])
def test_an_sbr09_that_contradicts_the_payer_is_to_confirm(tmp_path: Path, payer: str, filing: str) -> None:
    found = [one for one in checked(tmp_path, claim(payer=payer, filing=filing)) if one.kind is Kind.PAYER]
    assert kinds(found) == [("confirm", "payer")]
    assert f"SBR09 {filing} says" in found[0].what


def test_a_rule_is_not_relied_on_where_the_line_of_business_is_nobodys_word(tmp_path: Path) -> None:
    found = checked(tmp_path, claim(payer="HEALTH NET", filing="HM", authorization=""))
    one = only([one for one in found if one.kind is Kind.AUTHORIZATION])
    assert "the line of business is not told" in one.what


def test_claims_without_90853_are_counted_and_not_judged(tmp_path: Path) -> None:
    assert checked(tmp_path, claim(Line(code="90837", units="9"))) == []
    _, summary = check(tmp_path / "claims.837")
    assert (summary.claims, summary.other_claims) == (0, 1)


def test_nothing_in_the_file_is_changed(tmp_path: Path) -> None:
    checked(tmp_path, claim(Line(units="3")))
    before = (tmp_path / "claims.837").read_bytes()
    check(tmp_path / "claims.837")
    assert (tmp_path / "claims.837").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["claims.837"]


# -- shapes that billing systems write


def test_a_replacement_is_no_second_session_beside_its_original(tmp_path: Path) -> None:
    replacement = claim(number="C-1", frequency="7", original="ICN7")
    assert checked(tmp_path, FINE, replacement) == []
    assert checked(tmp_path, FINE, claim(number="C-9", frequency="7", original="ICN7")) == []


def test_two_replacements_of_the_same_line_are_a_repeated_line(tmp_path: Path) -> None:
    twice = (claim(number=number, frequency="7", original="ICN7") for number in ("C-1", "C-2"))
    assert kinds(checked(tmp_path, *twice)) == [("fix", "repeated_line")]


def test_what_a_replacement_takes_the_place_of_is_no_service_of_the_same_day(tmp_path: Path) -> None:
    original = claim(Line(), Line(code="90837", modifiers=("59",)))
    corrected = claim(Line(), Line(code="90837"), frequency="7", original="ICN7")
    assert {one.place for one in checked(tmp_path, original, corrected)} == {44}


def test_a_replacement_that_does_not_say_what_it_replaces_is_to_fix(tmp_path: Path) -> None:
    one = only(checked(tmp_path, claim(frequency="7")))
    assert kinds([one]) == [("fix", "claim")]
    assert "does not say which" in one.what
    assert one.rule == "loop 2300, REF F8"


def test_voids_without_the_payers_number_are_remarked_with_the_first_place(tmp_path: Path) -> None:
    checked(tmp_path, claim(frequency="8"), claim(number="C-2", frequency="8", original="ICN7"))
    (remark, _) = check(tmp_path / "claims.837")[1].remarks
    assert remark.startswith("2 voids (CLM05-3 is 8) were passed over")
    assert "1 has no number of the claim it voids (REF F8), first at segment 20" in remark


def test_a_second_plan_of_the_same_payer_is_no_second_session(tmp_path: Path) -> None:
    assert checked(tmp_path, FINE, claim(sequence="S")) == []


def test_the_individual_session_is_found_though_the_payer_is_written_another_way(tmp_path: Path) -> None:
    other = claim(Line(code="90837"), number="C-2", payer="Testland Health Plan", payer_id="")
    assert kinds(checked(tmp_path, FINE, other)) == [("fix", "same_day")]


def test_a_claim_number_on_claims_of_two_members_is_to_confirm(tmp_path: Path) -> None:
    one = only(checked(tmp_path, FINE, claim(last="Quill", first="Bo", member_id="W2", born="19810102")))
    assert kinds([one]) == [("confirm", "claim")]
    assert "another member's claim" in one.what


def test_a_member_may_have_one_number_on_all_their_claims(tmp_path: Path) -> None:
    assert checked(tmp_path, FINE, claim(Line(day="20260519"))) == []


@pytest.mark.parametrize("qualifier", ["", "hc:", "ER:"])
def test_a_90853_that_is_not_marked_hc_is_not_lost(tmp_path: Path, qualifier: str) -> None:
    found = checked(tmp_path, claim(Line(qualifier=qualifier)))
    assert check(tmp_path / "claims.837")[1].lines == 1
    one = only(found)
    assert kinds([one]) == [("fix", "claim")]
    assert one.rule == "loop 2400, SV101-1"


def test_minutes_are_one_finding_that_names_them(tmp_path: Path) -> None:
    one = only(checked(tmp_path, claim(Line(units="60", measure="MJ"))))
    assert "60 minutes" in one.what


@pytest.mark.parametrize("number", ["NONE", "N/A", "PENDING", "000", "TBD"])
def test_a_word_in_place_of_the_authorization_number_is_none(tmp_path: Path, number: str) -> None:
    assert kinds(checked(tmp_path, claim(authorization=number))) == [("fix", "authorization")]


def test_a_diagnosis_pointer_counts_places_and_not_codes(tmp_path: Path) -> None:
    gap = ("ABK:F331", "", "ABF:F33")
    empty = only(checked(tmp_path, claim(Line(pointers="1:2"), diagnoses=gap)))
    assert "diagnosis 2" in empty.what
    assert "has none" in empty.what
    assert "F33 is a category" in only(checked(tmp_path, claim(Line(pointers="3"), diagnoses=gap))).what


def test_a_pointer_by_letter_is_of_the_paper_form(tmp_path: Path) -> None:
    one = only(checked(tmp_path, claim(Line(pointers="A"))))
    assert "by number" in one.do


@pytest.mark.parametrize("written", ["DTP*472*D8*20260512-20260519", "DTP*472*D8*20260512~\nDTP*472*D8*20260519"])
def test_two_days_on_a_line_are_to_fix_however_they_are_written(tmp_path: Path, written: str) -> None:
    checked(tmp_path, FINE)
    path = tmp_path / "claims.837"
    text = path.read_text().replace("DTP*472*D8*20260512", written)
    path.write_text(re.sub(r"^SE\*(\d+)", lambda told: f"SE*{int(told[1]) + written.count('~')}", text, flags=re.M))
    assert "covers 2026-05-12 to 2026-05-19" in only(check(path)[0]).what


def on_the_claim(folder: Path, *lines: Line, day: str = "20260512") -> list[Finding]:
    """A claim with its day of service in loop 2300, where the guide has no such segment."""
    checked(folder, claim(*lines))
    path = folder / "claims.837"
    text = path.read_text().replace("REF*G1", f"DTP*472*D8*{day}~\nREF*G1", 1)
    path.write_text(re.sub(r"^SE\*(\d+)", lambda told: f"SE*{int(told[1]) + 1}", text, flags=re.M))
    return check(path)[0]


def test_a_day_that_stands_on_the_claim_alone_is_its_lines_and_to_confirm(tmp_path: Path) -> None:
    first, second = on_the_claim(tmp_path, Line(day=""), Line(day=""))
    assert (first.verdict, first.kind, str(first.date_of_service)) == (Verdict.CONFIRM, Kind.DATE, "2026-05-12")
    assert "stands on the claim and not on its line" in first.what
    assert second.kind is Kind.REPEATED, "said once a claim, and used as any other day"


def test_a_lines_own_day_counts_before_the_claims_even_where_it_cannot_be_read(tmp_path: Path) -> None:
    assert on_the_claim(tmp_path, Line(day="20260513")) == []
    unread = only(on_the_claim(tmp_path, Line(day="20261399")))
    assert (unread.verdict, unread.kind) == (Verdict.FIX, Kind.DATE)


def test_a_payers_address_without_a_state_leaves_the_providers(tmp_path: Path) -> None:
    checked(tmp_path, Invented("C-1", payer="MEDICAID", filing="MC"))
    path = tmp_path / "claims.837"
    text = path.read_text().replace("MEDICAID*****PI*99001~\n", "MEDICAID*****PI*99001~\nN3*X~\nN4*X*NA*00000~\n")
    path.write_text(re.sub(r"^SE\*(\d+)", lambda told: f"SE*{int(told[1]) + 2}", text, flags=re.M))
    assert check(path)[1].payers[0].payer == "Minnesota Health Care Programs (Medicaid)"


def test_a_payer_that_the_file_has_by_number_alone_can_be_named(tmp_path: Path) -> None:
    found = checked(tmp_path, claim(payer="", payer_id="PAY7"))
    assert '--payer-is "PAY7=PAYER"' in found[0].do
    assert checked(tmp_path, claim(payer="", payer_id="PAY7"), called={"PAY7": SURE}) == []


def test_a_z_code_alone_is_to_confirm_with_the_payers_rule_where_one_is_on_file(tmp_path: Path) -> None:
    one = only(checked(tmp_path, claim(diagnoses=("ABK:Z630",))))
    assert kinds([one]) == [("confirm", "diagnosis")]
    assert "Z63.0 is no disorder" in one.what
    assert checked(tmp_path, claim(Line(pointers="1:2"), diagnoses=("ABK:Z630", "ABF:F411"))) == []
    tricare = claim(payer="TRICARE EAST", filing="CH", diagnoses=("ABK:Z630",))
    (told,) = (one for one in checked(tmp_path, tricare) if one.kind is Kind.DIAGNOSIS)
    assert "DSM" in told.what
    assert told.sources


def test_an_individual_session_of_another_provider_is_to_confirm_and_not_to_fix(tmp_path: Path) -> None:
    other = claim(Line(code="90837"), number="C-2", rendering="1111111112")
    one = only(checked(tmp_path, FINE, other))
    assert kinds([one]) == [("confirm", "same_day")]
    assert "another rendering provider" in one.beside
    line = only(checked(tmp_path, claim(Line(), Line(code="90837", rendering="1111111112"))))
    assert "another rendering provider" in line.beside


def test_two_modifiers_of_video_are_spoken_of_as_two(tmp_path: Path) -> None:
    assert only(checked(tmp_path, claim(Line(modifiers=("95", "GT"))))).what.startswith("Modifiers 95 and GT say")


def test_a_payer_not_on_file_is_called_as_the_file_calls_it_throughout(tmp_path: Path) -> None:
    name = "LAKESIDE HEALTH PLAN"
    found = checked(tmp_path, claim(Line(), Line(code="90837"), payer=name, authorization=""))
    assert {one.payer for one in found} == {name}
    assert all(f"{name} " in one.what or f"“{name}”" in one.what for one in found)


def test_a_line_with_another_modifier_of_video_is_told_which_it_carries(tmp_path: Path) -> None:
    one = only(checked(tmp_path, claim(Line(modifiers=("GT",)), place="02")))
    assert "carries GT and no 95" in one.what
