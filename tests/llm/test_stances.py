"""A wording that goes against the decision is caught, however it is put."""

import pytest

from bot.llm.stances import contradicts, conveys

AGAINST = [
    ("allowed", "No, this is not allowed."),
    ("allowed", "You cannot bill both on the same day."),
    ("allowed", "They aren't separately payable."),
    ("allowed", "The second claim will be denied."),
    ("allowed_with_conditions", "Billing both is not permitted."),
    ("allowed_with_conditions", "Same-day billing is prohibited."),
    ("not_allowed", "Yes, you can bill both."),
    ("not_allowed", "Both services are allowed."),
    ("not_allowed", "The plan covers both."),
    ("required", "No prior authorization is needed."),
    ("required", "Authorization isn't required."),
    ("required", "The plan requires no preauthorization."),
    ("not_required", "Prior authorization is required."),
    ("not_required", "You must get approval first."),
    ("unknown", "You can bill both."),
    ("unknown", "It is not covered."),
]
WITH = [
    ("allowed", "Yes, you can bill both on the same day."),
    ("allowed_with_conditions", "It is not payable unless the sessions are separate."),
    ("allowed_with_conditions", "You may bill both when the services are distinct."),
    ("not_allowed", "No, the two cannot be billed on the same day."),
    ("required", "Prior authorization is required."),
    ("not_required", "No prior authorization is needed."),
    ("not_required", "Outpatient therapy needs no preauthorisation."),
    ("not_required", "Members don't need approval for group therapy."),
    ("varies", "Some plans allow it and others do not."),
]


@pytest.mark.parametrize(("decision", "sentence"), AGAINST)
def test_a_sentence_against_the_decision_is_caught(decision: str, sentence: str) -> None:
    assert contradicts(sentence, decision)


@pytest.mark.parametrize(("decision", "sentence"), WITH)
def test_a_sentence_for_the_decision_passes(decision: str, sentence: str) -> None:
    assert not contradicts(sentence, decision)


@pytest.mark.parametrize(("decision", "sentence"), [*WITH[:1], *WITH[2:]])
def test_a_sentence_that_says_the_decision_is_seen_to(decision: str, sentence: str) -> None:
    assert conveys(sentence, decision)


def test_a_yes_that_leaves_the_conditions_out_does_not_say_allowed_with_conditions() -> None:
    assert not conveys("Yes, you can bill both.", "allowed_with_conditions")


def test_an_exception_passes_only_with_a_scope_that_the_source_names() -> None:
    source = "No authorization for routine care; non-routine care needs it."

    assert not contradicts("Non-routine care needs authorization.", "not_required", [source])
    assert contradicts("Group therapy needs authorization.", "not_required", [source])
    assert contradicts("Intensive care needs authorization.", "not_required", [source])
    assert contradicts("You can bill both after the first session.", "not_allowed", ["never after the first session"])
