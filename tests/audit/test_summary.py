"""What of an audit may go to Slack: counts, and each clinician's own gaps; no word of a note, no member."""

from datetime import date
from pathlib import Path

from bot.audit.history import History
from bot.audit.summary import CLINICIANS, gaps_of, summary_of
from bot.review.models import Element
from tests.audit.month import GOOD, OTHER, THIN, audited, row

LEE = {"clinician": "Dr. Lee", "group": "Tuesday"}
ROWS = [
    row("a", "K.L.", GOOD),
    row("b", "T.W.", OTHER),
    row("c", "M.P.", THIN, **LEE),
    row("d", "N.H.", THIN, **LEE),
    row("e", "J.A.", OTHER.replace("school", "bank"), **LEE),
]


def test_the_summary_counts_and_holds_no_name_and_no_word_of_a_note(tmp_path: Path) -> None:
    summary = summary_of(audited(tmp_path, ROWS).audit)
    assert (summary.notes, summary.sessions, summary.month) == (5, 2, "2026-10")
    assert summary.elements[Element.PLAN].of == 5
    assert summary.at_risk.part >= 2
    told = summary.model_dump_json()
    for secret in ("K.L.", "M.P.", "Lee", "Lindqvist", "Monday", "landlord", "school", "2026-10-05"):
        assert secret not in told


def test_each_clinician_has_their_own_three_most_frequent_gaps(tmp_path: Path) -> None:
    gaps = {one.clinician: one for one in gaps_of(audited(tmp_path, ROWS).audit)}
    lee = gaps["Dr. Lee"]
    assert lee.notes == 3
    assert len(lee.gaps) == 3
    assert {(gap.lacking.part, gap.lacking.of) for gap in lee.gaps} == {(2, 3)}
    assert [gap.lacking.rate for gap in lee.gaps] == sorted((gap.lacking.rate for gap in lee.gaps), reverse=True)
    assert gaps["Rosa Lindqvist"].gaps == ()
    told = CLINICIANS.dump_json(tuple(gaps.values())).decode()
    assert "M.P." not in told
    assert "attended" not in told


def test_notes_that_name_no_clinician_are_nobodys(tmp_path: Path) -> None:
    assert gaps_of(audited(tmp_path, [row("c", "M.P.", THIN, clinician="")]).audit) == ()


def test_the_trend_is_the_audit_that_ended_before_and_no_audit_of_the_same_days(tmp_path: Path) -> None:
    history = History(tmp_path / "history.json")
    september = [row("c", "M.P.", THIN, date_of_service="2026-09-07")]
    assert summary_of(audited(tmp_path, september, history=history).audit).before is None
    again = [*september, row("d", "N.H.", THIN, date_of_service="2026-09-14")]
    assert summary_of(audited(tmp_path, again, history=history).audit).before is None
    october = summary_of(audited(tmp_path, ROWS, history=history).audit)
    assert october.before is not None
    assert (october.before.part, october.before.of) == (2, 2)


def test_an_audit_without_days_is_of_the_month_in_which_it_was_made(tmp_path: Path) -> None:
    text = tmp_path / "notes"
    text.mkdir()
    (text / "a.txt").write_text("Client: K.L.\n" + GOOD.format("K.L."))
    assert summary_of(audited(tmp_path, text, today=lambda: date(2026, 11, 2)).audit).month == "2026-11"
