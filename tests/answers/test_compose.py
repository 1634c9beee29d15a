"""The words of an answer: the decision first, each statement marked, the limits of its sources told."""

import re

from bot.answers.compose import compose
from bot.answers.models import Answer
from bot.policies.decide import decide
from bot.policies.models import Decision, Fact, LineOfBusiness, SourceKind, Topic
from tests.policies.invented_payers import LINE, TODAY, catalog, fact, payer


def answer(*facts: Fact, lines: tuple[LineOfBusiness, ...] = (LINE.COMMERCIAL,)) -> Answer:
    topic = facts[0].topic if facts else Topic.SAME_DAY
    one = payer("acme", *facts, lines=lines, name="Acme (Iowa Medicaid)")
    return compose(decide(catalog(one), one, topic, today=TODAY), "same day?", TODAY)


def test_the_decision_comes_first_in_plain_words() -> None:
    assert answer(fact("own")).answer.startswith("Allowed with conditions: group and individual psychotherapy on one")
    assert answer(fact("own", Decision.NOT_ALLOWED)).answer.startswith("Not allowed: ")
    assert answer().answer.startswith("Unknown: nothing on file says")


def test_a_rule_on_care_in_general_is_said_to_be_so() -> None:
    general = answer(fact("own", Decision.NOT_REQUIRED, topic=Topic.PRIOR_AUTH, statement="Care needs no approval."))
    assert "does not name groups: ask whether 90853 is included" in general.answer
    assert "does not name groups" not in answer(fact("own")).answer


def test_a_refusal_in_general_is_not_softened() -> None:
    refused = answer(fact("own", Decision.REQUIRED, topic=Topic.PRIOR_AUTH, statement="All care needs approval."))
    assert "does not name groups" not in refused.answer


def test_what_limits_a_source_is_told() -> None:
    assert "Mind: 2012 manual." in answer(fact("own", conditions=("2012 manual", "separate notes"))).answer


def test_what_is_set_against_the_rule_is_cited_where_it_is_told() -> None:
    against = fact("ten", kind=SourceKind.SECONDARY, conflicts_with=("own",), statement="A blog says ten.")
    told = answer(fact("own", conflicts_with=("ten",)), against)
    assert "Sources disagree [2]." in told.answer
    assert told.conflicts == ("Acme says otherwise: A blog says ten. [2]",)
    assert told.citations[1].snippet_id == "ten"
    assert told.call_script


def test_a_region_is_named_before_its_rule() -> None:
    assert "- OMH: Statement own" in answer(fact("own", region="OMH")).answer


def test_other_plans_do_not_differ_from_an_answer_that_is_unknown() -> None:
    lines = (LINE.COMMERCIAL, LINE.EAP)
    unknown = answer(fact("own", Decision.UNKNOWN), fact("eap", line=LINE.EAP), lines=lines)
    assert "On file for its other plans only:" in unknown.answer


def test_what_a_name_adds_in_brackets_stays_out_of_the_sentences() -> None:
    unknown = answer()
    assert "not Acme's own rule" in unknown.answer
    assert unknown.next_step.startswith("Call Acme with")


def test_a_line_of_business_that_the_name_tells_is_not_said_twice() -> None:
    one = payer("acme", fact("own", line=LINE.MEDICAID), lines=(LINE.MEDICAID, LINE.EAP), name="Acme Medicaid")
    told = compose(decide(catalog(one), one, Topic.SAME_DAY, today=TODAY), "same day?", TODAY)
    assert told.answer.splitlines()[0].endswith("on one date, Acme Medicaid.")


def test_a_sentence_that_lists_modifiers_cites_sources_that_carry_each_of_them() -> None:
    rules = [
        fact(key, topic=Topic.SUPERVISION, modifiers=(code,), statement=f"Trainee groups carry {code}.")
        for key, code in (("one", "HO"), ("two", "HO"), ("three", "AJ"))
    ]
    told = answer(*rules)
    listing = next(line for line in told.answer.splitlines() if line.startswith("Modifiers: "))
    cited = {told.citations[int(number) - 1].snippet_id for number in re.findall(r"\[(\d+)\]", listing)}
    assert cited == {"one", "three"}
