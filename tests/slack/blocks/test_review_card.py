"""The review cards: ten seconds first, then each member with their words, whatever the note holds."""

import pytest

from bot.review.models import Item, ItemVerdict, Readiness, Report, Status
from bot.slack.blocks.review import Cards, copy_groups, in_order, report_text, review_cards, summary_line
from bot.slack.noteref import NoteRef
from bot.slack.review_state import ReviewState
from bot.workspace.limits import check_message
from tests.slack.fakes import make_note, make_report

NOTE = NoteRef(channel="D0123456789", ts="1700000000.000100", thread_ts="1700000000.000100")
NASTY = ["<!channel>", "]]>", "*_~`x`", "🙂" * 40, "مريض", "&lt;", "a\nb", "M" * 3000, "", "<@U1|x>"]


def cards_for(report: Report, text: str) -> Cards:
    state = ReviewState(note=NOTE, members=len(report.patients))
    cards = review_cards(report, text, state.dumps(), NOTE.dumps())
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


def test_each_of_the_nine_items_is_named_with_status_and_reason() -> None:
    report, text = sample(["K.L."])
    (card,) = cards_for(report, text).members
    assert card.text.count("Stands in the note.") == 7
    assert "This member documented: missing. Thin." in card.text
    assert "To fix: What did they say?" in card.text
    assert "Eligibility verified: to confirm" in card.text


def test_the_words_of_the_note_stand_under_what_rests_on_them() -> None:
    report, text = sample(["K.L."], ready=("K.L.",))
    card = cards_for(report, text).members[0].text
    assert "Medical necessity: met. Stands in the note.\n“K.L.”" in card


def test_copies_name_both_members_and_quote_both_sides() -> None:
    report, text = sample(["Ann", "Bob"])
    summary = cards_for(report, text).summary[0].text
    assert "Ann, Bob: 97% alike" in summary
    assert "“Ann " in summary
    assert "“Bob " in summary


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
    assert sum(m.text.count("fix ") for m in cards.members) >= 9 * 699


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
    whole = report_text(report, text)
    assert "1. K.L.: TO CONFIRM" in whole
    assert 'Clinical response: met. Named.\n      "K.L."' in whole
    assert "To fix: What did this member do?" in whole
