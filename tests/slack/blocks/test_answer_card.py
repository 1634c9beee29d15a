"""The answer card: the decision first, its conditions, where it is written, and what to do."""

import pytest

from bot.answers.models import Citation, Engine, Reply
from bot.policies.models import Confidence, Decision, SourceKind, Topic
from bot.slack.blocks.answer import answer_messages, call_script, headline, shown_script, shown_sources
from bot.workspace.limits import check_message
from tests.slack.fakes import TODAY, make_answer


def shown(**changes: object) -> str:
    reply = Reply(question="q", answers=(make_answer().model_copy(update=changes),))
    made = answer_messages(reply, TODAY)
    for message in made:
        check_message({"text": message.text, "blocks": list(message.blocks)})
    return "\n".join(message.text for message in made)


def test_the_decision_is_the_first_line() -> None:
    assert shown().splitlines()[0] == "Allowed with conditions · Aetna · same-day services"


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize("topic", [Topic.SAME_DAY, Topic.GROUP_SIZE, Topic.GENERAL])
def test_every_decision_and_topic_has_words(decision: Decision, topic: Topic) -> None:
    assert "_" not in headline(make_answer(decision=decision, topic=topic))


def test_conditions_modifiers_and_next_step_stand_on_the_card() -> None:
    text = shown()
    assert "• Separate notes &amp; times" in text
    assert "• 59 on 90834" in text
    assert "Next: Put the times in both notes." in text


def test_each_source_has_its_link_its_date_and_its_age() -> None:
    assert (
        "Behavioral health manual (https://example.org/manual?a=1&amp;b=2) · in effect 2026-01-01"
        " · read 2026-11-01 (23 days ago)" in shown()
    )


def test_stale_rules_and_conflicts_warn() -> None:
    text = shown(stale=True, conflicts=("A newsletter says otherwise.",))
    assert "Verify first" in text
    assert "Sources disagree: A newsletter says otherwise." in text


def test_an_unknown_payer_reads_well() -> None:
    text = shown(payer=None, decision=Decision.UNKNOWN, citations=(), confidence=Confidence.LOW)
    assert text.startswith("Not known · same-day services")
    assert "No source on file says more." in text
    assert "Confidence" not in text


def test_low_confidence_and_a_model_are_named() -> None:
    text = shown(confidence=Confidence.LOW, engine=Engine(name="model", model="some:model"))
    assert "Confidence: low" in text
    assert "Worded by some:model" in text


def test_several_payers_each_have_their_own_buttons() -> None:
    reply = Reply(question="q", answers=(make_answer(payer="Aetna"), make_answer(payer="Cigna")))
    (message,) = answer_messages(reply, TODAY)
    buttons = [e for b in message.blocks if b["type"] == "actions" for e in b["elements"]]
    assert [b["text"]["text"] for b in buttons] == [
        "Call script: Aetna",
        "Sources: Aetna",
        "Call script: Cigna",
        "Sources: Cigna",
    ]


def test_twenty_payers_go_out_within_the_limits() -> None:
    reply = Reply(question="q", answers=tuple(make_answer(payer=f"Payer {n}", answer="x" * 2000) for n in range(20)))
    made = answer_messages(reply, TODAY)
    for message in made:
        check_message({"text": message.text, "blocks": list(message.blocks)})
    assert len(made) > 1


def test_no_call_script_no_button() -> None:
    (message,) = answer_messages(Reply(question="q", answers=(make_answer(call_script=()),)), TODAY)
    assert "Call script" not in str(message.blocks)


def test_a_long_script_is_cut_at_a_line() -> None:
    value = call_script(make_answer(call_script=tuple(f"Question {n} " + "x" * 200 for n in range(30))))
    assert len(value) <= 2000
    assert value.splitlines()[-1].endswith("x" * 200)


def test_the_script_is_numbered_and_inert() -> None:
    (message,) = shown_script("Is it so?\nFor <!channel>?")
    assert "1. Is it so?\n2. For &lt;!channel&gt;?" in message.text


def test_sources_in_full_name_publisher_and_kind() -> None:
    (message,) = shown_sources("• <https://e.org|Manual> · read 2026-11-01\nAetna: the payer's own document")
    assert "Manual (https://e.org)" in message.text


def test_a_citation_with_odd_dates_and_no_link_is_still_shown() -> None:
    odd = Citation(
        snippet_id="x",
        source_title="A <b> title",
        source_url="",
        publisher="P",
        source_kind=SourceKind.GUIDE,
        effective_date="spring 2025",
        checked_on="recently",
    )
    assert "A &lt;b&gt; title · in effect spring 2025 · read recently" in shown(citations=(odd,))
