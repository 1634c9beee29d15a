"""The monthly summary names nobody; a clinician's card is kind, theirs alone, and leads to the lesson."""

from datetime import date

from bot.audit.summary import ClinicianGaps, Count, Gap, Summary
from bot.review.lacking import question
from bot.review.models import Element
from bot.slack.blocks.audit import coaching_messages, setting_messages, summary_message

SUMMARY = Summary(
    since="2026-10",
    month="2026-10",
    made_on=date(2026, 11, 2),
    sessions=24,
    notes=180,
    unread=2,
    at_risk=Count(part=41, of=180),
    copied=Count(part=12, of=180),
    elements={
        Element.SESSION_DATE: Count(part=24, of=24),
        Element.MODALITY: Count(part=20, of=24),
        Element.PLAN: Count(part=90, of=180),
        Element.SAFETY: Count(part=171, of=180),
    },
    before=Count(part=54, of=180),
)
LEE = ClinicianGaps(
    clinician="Dr. <Lee>",
    notes=24,
    gaps=(
        Gap(element=Element.PLAN, lacking=Count(part=12, of=24)),
        Gap(element=Element.SAFETY, lacking=Count(part=6, of=24)),
    ),
)


def buttons(blocks: tuple[dict, ...]) -> dict[str, str]:
    return {e["action_id"]: e["value"] for b in blocks if b["type"] == "actions" for e in b["elements"]}


def test_the_summary_says_how_the_month_was_what_is_missing_most_and_where_it_was() -> None:
    message = summary_message(SUMMARY)
    for said in (
        "Group note audit, October 2026",
        "180 notes of 24 sessions.",
        "Something to mend: 41 of 180 claims (23%), 30% in the audit before",
        "Reads as another note: 12 of 180 notes (7%)",
        "• Plan: 90 of 180 notes (50%)",
        "• Modality: 20 of 24 sessions (83%)",
        "2 could not be read.",
    ):
        assert said in message.text
    assert "Session date" not in message.text, "what was always there is not told"
    assert message.text.index("Plan") < message.text.index("Modality") < message.text.index("Safety")
    assert buttons(message.blocks) == {"audit_report": "2026-10", "learn_why": "plan,modality,safety"}


def test_an_audit_of_several_months_says_which_and_no_day_of_service() -> None:
    message = summary_message(SUMMARY.model_copy(update={"since": "2026-08"}))
    assert "Group note audit, August 2026 to October 2026" in message.text


def test_a_month_with_nothing_missing_says_so() -> None:
    whole = SUMMARY.model_copy(update={"elements": {Element.PLAN: Count(part=9, of=9)}, "before": None})
    message = summary_message(whole)
    assert "Nothing was missing." in message.text
    assert buttons(message.blocks) == {"audit_report": "2026-10"}


def test_a_clinicians_card_asks_what_the_review_asks_and_leads_to_the_lesson() -> None:
    (message,) = coaching_messages([LEE], SUMMARY)
    assert "I read 24 group notes of yours." in message.text
    assert "Plan: not fully there in 12 of 24 notes (50%)" in message.text
    assert question(Element.PLAN) in message.text
    assert buttons(message.blocks) == {"learn_why": "plan,safety", "audit_cards_off": "-"}
    assert "Only you get this card" in message.text
    assert "admins and billers can open, has the same rates" in message.text


def test_a_clinician_whose_notes_lack_nothing_is_thanked() -> None:
    (message,) = coaching_messages([ClinicianGaps(clinician="Dr. Lee", notes=1, gaps=())], SUMMARY)
    assert "I read 1 group note of yours." in message.text
    assert "Thank you." in message.text
    assert buttons(message.blocks) == {"audit_cards_off": "-"}


def test_who_goes_by_two_names_sees_which_is_which_and_names_stay_inert() -> None:
    messages = coaching_messages([LEE, LEE.model_copy(update={"clinician": "S. Lee"})], SUMMARY)
    said = "".join(str(block) for message in messages for block in message.blocks)
    assert "under the name Dr. &lt;Lee&gt;" in said
    assert "under the name S. Lee" in said


def test_an_admin_sees_who_is_not_named_yet() -> None:
    (message,) = setting_messages(
        "C1", SUMMARY, {"Dr. Lee": "U1"}, ["R. Lindqvist"], coaches=False, failed=True, declined={"U1"}
    )
    assert "goes to <#C1>" in message.text
    assert "could not be posted" in message.text
    assert "Dr. Lee: <@U1>, who wants no card" in message.text
    assert "Not told yet who they are: R. Lindqvist." in message.text
    assert "--publish" in message.text
