"""Who did not come is told with the words that say so, and is nobody's claim; who came late or left early came."""

from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from bot.reports.content import content_of
from bot.reports.table import as_csv
from bot.review.offline import OfflineJudge
from bot.review.segment import segment
from bot.review.service import ReviewService
from bot.slack.blocks.review import review_cards
from bot.slack.noteref import NoteRef
from bot.terminal import show_report

AWAY = [
    (
        "Group 3/3/26, CBT. Present: A.B., C.D., E.F. Absent: J.R. T.K. no-show.\n\n"
        "A.B.: spoke of rent, cried.\nC.D.: listened, nodded.\nE.F.: angry; took feedback.\n",
        ["A.B.", "C.D.", "E.F."],
        ["J.R.", "T.K."],
    ),
    (
        "Anger group 5 May 2026. M.B. did not attend.\n\nAna: spoke of rent, cried.\n\nLuis: listened.\n\n"
        "M.B.\nDid not attend.\n\nTom: came 20 min late. Said little.\n",
        ["Ana", "Luis", "Tom"],
        ["M.B."],
    ),
    (
        "KL - absent\nMB - cried about mom; quiet after.\nTR - no show, letter sent\nSS - gave fdbk to MB, smiled",
        ["MB", "SS"],
        ["KL", "TR"],
    ),
    (
        "Roster:\nA.B. - present\nC.D. - present\nE.F. - excused\n\nA.B. spoke of the fire and wept.\n"
        "C.D. asked for help with sleep.\n",
        ["A.B.", "C.D."],
        ["E.F."],
    ),
    (
        "DBT group. M.B. and J.R. did not attend.\nPatient 3 no-showed.\nPatient 1: cried over job.\n"
        "Patient 2: set goal of two walks.\n",
        ["Patient 1", "Patient 2"],
        ["M.B.", "J.R.", "Patient 3"],
    ),
    (
        "Present: Ana, Luis. Excused: Tom (work), Bea – flu.\n\nAna said she cried all week. Luis comforted her.",
        ["Ana", "Luis"],
        ["Tom", "Bea"],
    ),
    (
        "Client ID: 0041\nStatus: Active\nSkill: breathing\n--\nClient ID: 0058\nStatus: Active\nSkill: none\n--\n"
        "Client ID: 0102\nStatus: Absent\nSkill:\nNext: call\n",
        ["0041", "0058"],
        ["0102"],
    ),
]
CAME = [
    "A.B.: left early, tearful.\nC.D.: spoke of his debts.\nE.F.: listened.",
    "Tom was absent-minded and calm. Ana was absent last week but came today and cried. "
    "Luis was absent for the first 20 minutes, then joined and spoke of debt.",
    "A.B. excused himself to take a call, came back and wept.\nC.D. spoke of his debts.\nE.F. was late, listened.",
    "Absent: none\nA.B. shared his fear of Sundays.\nC.D. shared hers of Mondays.",
]


@pytest.mark.parametrize(("text", "came", "away"), AWAY)
def test_who_is_told_absent_is_no_member_and_is_named_with_the_words_that_say_so(
    text: str, came: list[str], away: list[str]
) -> None:
    split = segment(text)
    assert [member.label for member in split.members] == came
    assert {one.label for one in split.absent} == set(away)
    assert all(text[one.start : one.end] == one.quote for one in split.absent)
    assert split.how.startswith(f"{len(came)} members")


@pytest.mark.parametrize("text", CAME)
def test_who_came_late_left_early_or_missed_another_day_was_there(text: str) -> None:
    split = segment(text)
    assert split.absent == ()
    assert len(split.members) == (2 if "none" in text else 3)


def test_a_list_of_those_present_that_ends_with_one_absent_tells_of_that_one_alone() -> None:
    split = segment("Attended: A.B., C.D., and E.F. (no-show).\n\nA.B. wept over rent.\nC.D. held her hand.")
    assert [one.label for one in split.absent] == ["E.F."]


NOTE = (
    "Group 3/3/26, CBT. Absent: J.R. T.K. no-show. Absent: K.L.\n\nA.B.: spoke of rent, cried.\n"
    "C.D.: listened, nodded.\nK.L.: wept and told the group of the fire.\n"
)


def test_every_report_says_who_was_absent_and_whose_absence_the_note_itself_disputes() -> None:
    catalog = load_catalog()
    report = ReviewService(OfflineJudge(), catalog=catalog, resolver=Resolver(catalog)).review(NOTE)
    line = "Absent, not billed: J.R., T.K. (no-show)"
    assert [patient.label for patient in report.patients] == ["A.B.", "C.D.", "K.L."]
    assert any(warning.startswith("K.L. is called absent (“Absent: K.L.”)") for warning in report.warnings)
    assert report.model_dump(mode="json")["absent"][0] == {
        "label": "J.R.",
        "quote": "Absent: J.R.",
        "start": NOTE.index("Absent: J.R."),
        "end": NOTE.index("Absent: J.R.") + len("Absent: J.R."),
    }
    told = StringIO()
    show_report(report, Console(file=told, width=160))
    assert line in told.getvalue()
    note = NoteRef(channel="D0123456789", ts="1700000000.000100", thread_ts="1700000000.000100")
    assert line in review_cards(report, NOTE, "{}", note).summary[0].text
    content = content_of(report, NOTE, made_on=date(2026, 11, 26))
    assert content.absent == line
    assert line in as_csv(content).decode("utf-8-sig")


def test_a_member_named_by_hand_stays_one() -> None:
    split = segment("A.B.: no-show.\nC.D.: wept over rent.\nE.F.: laughed.\n", ["A.B.", "C.D.", "E.F."])
    assert [member.label for member in split.members] == ["A.B.", "C.D.", "E.F."]
    assert [one.label for one in split.disputed] == ["A.B."]
