"""A comparison as Slack's table: within its limits, complete without it, and inert."""

import json
from datetime import date

from bot.answers.models import Comparison, Row
from bot.policies.models import Confidence, Decision, Topic
from bot.policies.own_payers import OwnPayer
from bot.slack.blocks.comparison import age, all_on_file_button, comparison_messages, plain_row
from bot.slack.blocks.payer_list import list_messages, payers_form
from bot.slack.table_ref import TableRef
from bot.workspace.limits import check_message, check_view
from tests.slack.fakes import make_answer


def row(name: str = "Aetna", **changes: object) -> Row:
    answer = make_answer(payer=name, **changes)
    known = answer.decision is not Decision.UNKNOWN
    return Row(
        payer_id=name.lower(), name=name, answer=answer, source=answer.citations[0] if known else None, year=2019
    )


def table(*rows: Row, own: bool = True) -> Comparison:
    return Comparison(question="same day?", topic=Topic.SAME_DAY, matter="both on one date", rows=rows, own=own)


def sent(comparison: Comparison) -> list[dict]:
    messages = comparison_messages(comparison, TableRef.of(comparison))
    for message in messages:
        check_message({"text": message.text, "blocks": json.loads(json.dumps(message.blocks))})
    return [{"text": message.text, "blocks": list(message.blocks)} for message in messages]


def words(blocks: object) -> str:
    return json.dumps(blocks, ensure_ascii=False)


def test_a_table_has_its_rows_its_file_and_the_full_answers() -> None:
    (message,) = sent(table(row(), row("Molina", decision=Decision.UNKNOWN, citations=())))
    grid = next(block for block in message["blocks"] if block["type"] == "table")
    assert len(grid["rows"]) == 3
    actions = [element["action_id"] for element in message["blocks"][-1]["elements"]]
    assert actions == ["table_csv", "table_row", "edit_payers"]
    assert [option["text"]["text"] for option in message["blocks"][-1]["elements"][1]["options"]] == ["Aetna", "Molina"]


def test_the_plain_text_says_all_that_the_table_says() -> None:
    old = row(stale=True, conflicts=("Another says no.",), confidence=Confidence.LOW)
    (message,) = sent(table(old, row("Molina", decision=Decision.UNKNOWN, citations=())))
    for said in ("Aetna", "With conditions", "2019, stale: verify", "sources disagree", "low confidence"):
        assert said in message["text"]
    for said in ("Separate notes &amp; times", "59 on 90834", "Behavioral health manual", "2026-01-01", "Molina"):
        assert said in message["text"]
    assert "call script" in message["text"]


def test_what_a_practice_calls_a_payer_pings_nobody() -> None:
    assert "<!channel>" not in plain_row(row("<!channel>"))


def test_ninety_payers_go_out_within_the_limits_and_none_is_lost() -> None:
    rows = [row(f"Payer {number} " + "x" * 60, answer="Long. " * 90, conditions=("y" * 300,)) for number in range(90)]
    messages = sent(table(*rows))
    assert len(messages) > 1
    told = words([message["blocks"] for message in messages])
    assert all(f"Payer {number} " in told for number in range(90))
    assert all(f"Payer {number} " in "\n".join(one["text"] for one in messages) for number in range(90))
    assert sum(block["type"] == "actions" for one in messages for block in one["blocks"]) == 1


def test_the_age_of_a_rule_is_told_with_what_to_do() -> None:
    assert age(row()) == "2019"
    assert age(row(stale=True)) == "⚠️ 2019, stale: verify"
    assert age(row(stale=True).model_copy(update={"year": None})) == "⚠️ undated, stale: verify"


def test_a_reference_comes_back_as_it_went() -> None:
    ref = TableRef(topic=Topic.TELEHEALTH, question="q", names="Aetna", state="TX", on=date(2026, 1, 2))
    assert TableRef.loads(ref.dumps()) == ref
    long = table(row()).model_copy(update={"question": "x" * 3_000})
    assert TableRef.of(long).question == ""


def test_only_a_table_over_the_list_offers_to_edit_it() -> None:
    (message,) = sent(table(row(), own=False))
    assert "edit_payers" not in words(message["blocks"])


def test_the_list_its_modal_and_the_offer_are_what_slack_takes() -> None:
    payers = [OwnPayer(payer_id="aetna", name="Aetna"), OwnPayer(name="Molina <Healthcare>")]
    (shown,) = list_messages(payers, 87)
    assert "unknown: not on file" in shown.text
    assert "Molina &lt;Healthcare&gt;" in shown.text
    check_message({"text": shown.text, "blocks": json.loads(json.dumps(shown.blocks))})
    (empty,) = list_messages([], 87)
    assert "/billing payers add" in empty.text
    form = payers_form(payers, "")
    check_view(form)
    assert form["blocks"][0]["element"]["initial_value"] == "Aetna\nMolina <Healthcare>"
    offer = all_on_file_button(TableRef(topic=Topic.SAME_DAY))
    check_message({"text": offer.text, "blocks": json.loads(json.dumps(offer.blocks))})
