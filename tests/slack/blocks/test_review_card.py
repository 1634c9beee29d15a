"""The review cards: ten seconds first, then each member with their words, whatever the note holds."""

import re
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.review.models import Element, Evidence, Item, ItemVerdict, Readiness, Report, Status, Verdict
from bot.review.wording import ITEMS, LATE_ENTRY, element_name, summary_line
from bot.settings import Settings
from bot.slack.blocks.report_file import report_text
from bot.slack.blocks.review import Cards, copy_groups, in_order, review_cards
from bot.slack.blocks.text import clip, escape, one_line
from bot.slack.noteref import NoteRef
from bot.slack.review_state import ReviewState
from bot.workspace.limits import check_message
from tests.slack.fakes import make_note, make_report

NOTE = NoteRef(channel="D0123456789", ts="1700000000.000100", thread_ts="1700000000.000100")
NASTY = ["<!channel>", "]]>", "*_~`x`", "🙂" * 40, "مريض", "&lt;", "a\nb", "M" * 3000, "", "<@U1|x>"]


def cards_for(report: Report, text: str) -> Cards:
    state = ReviewState(note=NOTE, members=len(report.patients))
    cards = review_cards(report, text, state.dumps(), NOTE)
    for message in (*cards.summary, *cards.session, *cards.members):
        check_message({"text": message.text, "blocks": list(message.blocks)})
    return cards


def text_of(cards: Cards) -> str:
    return "\n".join(message.text for message in (*cards.summary, *cards.session, *cards.members))


def sample(labels: list[str], **changes: object) -> tuple[Report, str]:
    text = make_note(labels)
    return make_report(text, labels, **changes), text


def test_the_first_line_counts_claims_by_readiness() -> None:
    report, _ = sample([f"P{n}" for n in range(8)], ready=("P0", "P1", "P2"), eligible=True)
    assert summary_line(report) == "8 claims: 3 ready, 5 to fix"


def test_one_claim_is_said_in_the_singular() -> None:
    report, text = sample(["K.L."], ready=("K.L.",))
    assert cards_for(report, text).summary[0].text.splitlines()[0] == "1 claim: 1 to confirm"


def test_a_row_that_is_not_met_has_its_status_reason_words_and_question() -> None:
    report, text = sample(["K.L."])
    (card,) = cards_for(report, text).members
    assert card.text.startswith("1. K.L. · fix before submission (1 to fix, 1 to confirm)\n")
    assert "Individual documentation · missing\nThin.\n" in card.text
    assert "Eligibility verified · to confirm\nVerified when?\n" in card.text
    assert "What did they say?" in card.text


def test_a_row_that_is_met_is_one_line_with_the_words_it_rests_on() -> None:
    report, text = sample(["K.L."], ready=("K.L.",))
    card = cards_for(report, text).members[0].text
    assert "Medical necessity: “K.L.”\n" in card
    assert "Safety: “K.L.”\n" in card


def test_what_is_wrong_in_several_elements_has_words_and_question_for_each() -> None:
    report, text = sample(["K.L."])
    patient = report.patients[0]
    words = Evidence(quote=text[:4], start=0, end=4)
    participation = Verdict(status=Status.PARTIAL, evidence=(words,), reason="Fits anyone.", fix="What was said?")
    response = Verdict(status=Status.MISSING, reason="No response.", fix="How did they respond?")
    elements = {
        **patient.elements,
        Element.PATIENT_PARTICIPATION: participation,
        Element.CLINICAL_RESPONSE: response,
        Element.PROGRESS_TOWARD_GOALS: Verdict(status=Status.MET, evidence=(words,)),
    }
    whole = ItemVerdict(
        status=Status.MISSING,
        reason="Patient participation: Fits anyone. Clinical response: No response.",
        fix="What was said? How did they respond?",
    )
    checks = {**patient.checklist, Item.INDIVIDUAL_DOCUMENTATION: whole}
    patient = patient.model_copy(update={"elements": elements, "checklist": checks})
    cards = cards_for(report.model_copy(update={"patients": (patient,)}), text)
    assert (
        "Patient participation, partly there: Fits anyone.\n“Date”\nWhat was said?\n"
        "Clinical response, missing: No response.\nHow did they respond?\n"
        "Progress toward goals: “Date”"
    ) in cards.members[0].text
    assert LATE_ENTRY not in cards.members[0].text
    assert cards.summary[0].text.count(LATE_ENTRY) == 1


def test_rows_that_every_member_shares_are_said_once_and_named_on_each_card() -> None:
    report, text = sample(["K.L.", "M.N.", "O.P."], ready=("K.L.",))
    cards = cards_for(report, text)
    assert text_of(cards).count("Verified when?") == 1
    assert "Eligibility verified · to confirm\nVerified when?" in cards.summary[0].text
    for card in cards.members:
        assert (
            "As said above for every claim: ❔ to confirm: eligibility verified"
            in card.blocks[-1]["elements"][0]["text"]
        )


def test_a_row_that_most_members_share_names_those_who_do_not() -> None:
    report, text = sample(["K.L.", "M.N.", "O.P."])
    verified = ItemVerdict(status=Status.MET, reason="Verified on 2026-01-08.")
    first = report.patients[0]
    checks = {**first.checklist, Item.ELIGIBILITY_VERIFIED: verified}
    others = report.patients[1:]
    report = report.model_copy(update={"patients": (first.model_copy(update={"checklist": checks}), *others)})
    cards = cards_for(report, text)
    assert "Eligibility verified (all but K.L.) · to confirm" in cards.summary[0].text
    assert "Eligibility verified: Verified on 2026-01-08." in cards.members[0].text
    assert "Verified on" not in cards.members[1].text


@pytest.mark.parametrize("name", ["seven-members", "eight-ready", "copied-group"])
def test_no_finding_of_the_sample_sessions_is_lost(name: str, real: Copilot) -> None:
    text = Path(f"knowledge/samples/{name}.txt").read_text("utf-8")
    report = real.reviews.review(text)
    cards = cards_for(report, text)
    above = "\n".join(message.text for message in (*cards.summary, *cards.session))
    for patient, card in zip(report.patients, cards.members, strict=True):
        assert patient.label in card.text
        wanted = [reason for verdict in patient.checklist.values() for reason in sentences_of(verdict)]
        wanted += [
            reason for element in (Element.SAFETY, Element.PLAN) for reason in sentences_of(patient.elements[element])
        ]
        for said in wanted:
            assert said in above + card.text, said
        for item in Item:
            assert ITEMS[item].lower() in card.text.lower()
        for element in (Element.SAFETY, Element.PLAN):
            assert element.value.capitalize() in card.text
    for verdict in report.session.elements.values():
        shown = verdict.evidence if verdict.status is Status.MET else verdict.evidence[:2]
        assert all(clip(one_line(piece.quote), 90) in above for piece in shown)


def sentences_of(verdict: Verdict | ItemVerdict) -> list[str]:
    """What a card must say of a row that is not met: each sentence of its reason and question."""
    if verdict.status is Status.MET:
        return []
    whole = re.sub(rf"(?:{'|'.join(map(element_name, Element))}): ", "", verdict.reason)
    asked = verdict.fix.strip()
    parts = [part for said in (whole, asked) for part in re.split(r"(?<=[.?])\s(?=[A-Z])", said)]
    return [escape(part) for part in parts if part]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path_factory.mktemp("data")))


def test_copies_name_both_members_and_quote_both_sides() -> None:
    report, text = sample(["Ann", "Bob"])
    summary = cards_for(report, text).summary[0].text
    assert "Ann, Bob: 97% alike" in summary
    assert "Ann:\n“Ann " in summary
    assert "Bob:\n“Bob " in summary


def test_members_with_the_same_findings_share_a_line_the_worst_first() -> None:
    report, text = sample(["K.L.", "M.N.", "O.P."], ready=("K.L.",))
    assert cards_for(report, text).summary[0].text.splitlines()[:3] == [
        "3 claims: 2 to fix, 1 to confirm",
        "2.\N{NO-BREAK SPACE}M.N., 3.\N{NO-BREAK SPACE}O.P.: to fix (participation, response or progress)",
        "1.\N{NO-BREAK SPACE}K.L.: to confirm (only what holds for every claim)",
    ]


def test_the_members_stand_by_number_right_above_the_button_whose_form_asks_for_a_number() -> None:
    report, text = sample(["K.L.", "M.N.", "O.P."], ready=("M.N.",))
    *_, listed, buttons = cards_for(report, text).summary[-1].blocks
    assert (
        listed["elements"][0]["text"] == "Members by number, for the claim facts: 1.\xa0K.L. · 2.\xa0M.N. · 3.\xa0O.P."
    )
    assert "Add claim facts" in str(buttons)


def test_the_payer_given_for_all_stands_in_the_summary() -> None:
    report, text = sample(["K.L.", "D.R."])
    patients = tuple(patient.model_copy(update={"payer": "Aetna"}) for patient in report.patients)
    cards = cards_for(report.model_copy(update={"patients": patients}), text)
    assert "Payer of every claim: Aetna" in "\n".join(message.text for message in cards.summary).splitlines()


def test_one_member_alone_needs_no_number() -> None:
    report, text = sample(["K.L."])
    assert "by number" not in text_of(cards_for(report, text))


def test_members_alike_stand_together_and_not_pair_by_pair() -> None:
    report, text = sample(["Ann", "Bob", "Cid", "Dot", "Eve"])
    names = [("Ann", "Bob"), ("Dot", "Eve"), ("Cid", "Ann")]
    pairs = tuple(
        report.copies[0].model_copy(update={"a": a, "b": b, "similarity": 0.9 + at / 100})
        for at, (a, b) in enumerate(names)
    )
    assert [len(group) for group in copy_groups(pairs)] == [1, 2]
    summary = cards_for(report.model_copy(update={"copies": pairs}), text).summary[0].text
    assert "Ann, Bob, Cid: 90% to 92% alike" in summary
    assert "Dot, Eve: 91% alike" in summary


def test_a_small_group_has_a_card_for_each_member_in_the_note_s_order() -> None:
    labels = [f"P{n}" for n in range(10)]
    report, text = sample(labels, ready=("P3",))
    cards = cards_for(report, text)
    assert len(cards.members) == 10
    assert cards.file == ""
    assert in_order(report) == list(range(10))


def test_a_large_group_has_the_worst_first_a_list_and_a_file() -> None:
    labels = [f"P{n:02d}" for n in range(40)]
    report, text = sample(labels, ready=tuple(labels[:30]))
    cards = cards_for(report, text)
    assert [message.text.split(".")[0] for message in cards.members] == [str(n) for n in range(31, 41)]
    assert "show_member" in str(cards.summary[-1].blocks)
    assert all(label in cards.file for label in labels)


def test_labels_of_any_kind_are_inert_and_fit() -> None:
    report, text = sample(NASTY)
    cards = cards_for(report, text)
    for raw in ("<!channel>", "<@U1|x>"):
        mrkdwn = str([b for m in (*cards.summary, *cards.members) for b in m.blocks if b["type"] != "actions"])
        assert raw not in mrkdwn
        assert raw not in text_of(cards)


def test_reasons_of_three_thousand_characters_lose_nothing() -> None:
    report, text = sample(["K.L."])
    long = "reason " * 430
    checks = dict.fromkeys(Item, ItemVerdict(status=Status.MISSING, reason=long, fix="fix " * 700))
    patient = report.patients[0].model_copy(update={"checklist": checks})
    cards = cards_for(report.model_copy(update={"patients": (patient,)}), text)
    assert text_of(cards).count("reason") >= 9 * 430
    assert sum(m.text.count("fix") for m in cards.members) >= 9 * 700


def test_a_hundred_and_fifty_members_still_fit() -> None:
    labels = [f"Member number {n} of the very large group" for n in range(150)]
    report, text = sample(labels)
    cards = cards_for(report, text)
    assert len(cards.members) == 10
    assert labels[-1] in cards.file


def test_a_report_without_members_is_said_plainly() -> None:
    report, text = sample([])
    assert "0 claims: none found" in text_of(cards_for(report, text))


@pytest.mark.parametrize("readiness", Readiness)
def test_warnings_split_and_engine_stand_in_the_small_print(readiness: Readiness) -> None:
    report, text = sample(["K.L."])
    report = report.model_copy(update={"readiness": readiness, "warnings": ("The date looks wrong <b>.",)})
    summary = cards_for(report, text).summary[0].text
    assert "The date looks wrong &lt;b&gt;." in summary
    assert "How I split the note: by headings" in summary
    assert "not a guarantee of payment" in summary


def test_the_file_holds_every_quote_in_full() -> None:
    report, text = sample(["K.L.", "M.N."], ready=("K.L.",))
    whole = report_text(report, text, summary_line(report))
    assert "1. K.L.: TO CONFIRM" in whole
    assert 'Clinical response: met. Named.\n      "K.L."' in whole
    assert "To fix: What did this member do?" in whole
