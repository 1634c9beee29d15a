"""What a model reads out of a document counts only as far as the document's own words carry it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.documents.extraction import ReadFact, ReadFacts, ReadLimit
from bot.documents.library import About, Added
from bot.documents.proposal import CUES
from bot.policies.models import Counted, Decision, Topic
from bot.settings import Settings
from tests.documents.files import MANUAL, ORDERS
from tests.llm.fake_model import FakeModel, Sent

QUOTE = "A therapy group may have no more than 10 members."
PAIR = (
    "Individual and group psychotherapy are reimbursed on the same date of service when they are separate and distinct."
)
Add = Callable[..., tuple[Added, FakeModel]]


@pytest.fixture
def add(tmp_path: Path) -> Add:
    def added(*facts: ReadFact, text: str = MANUAL, passage: str = QUOTE, fails: str = "") -> tuple[Added, FakeModel]:
        def answer(sent: Sent) -> ReadFacts | str:
            return fails or ReadFacts(facts=list(facts) if passage in " ".join(sent.user.split()) else [])

        copilot = Copilot(Settings(data_dir=tmp_path))
        model = FakeModel(answer)
        copilot.__dict__["model"] = model
        library = copilot.at("T1").library
        return library.add(text.encode(), "m.md", About("Aetna", date(2026, 1, 1)), "U1"), model

    return added


def fact(**changes: object) -> ReadFact:
    fields: dict[str, object] = {"topic": "group_size", "decision": "allowed_with_conditions", "quote": QUOTE}
    fields |= {"conditions": [], "modifiers": [], "limit": None}
    return ReadFact.model_validate(fields | changes)


def test_a_fact_whose_quote_stands_there_is_proposed_with_its_place_and_who_read_it(add: Add) -> None:
    added, _ = add(fact(limit=ReadLimit(counts=Counted.PEOPLE, least=None, most=10, period="")))
    (proposal,) = added.proposals
    assert (proposal.topic, proposal.decision, proposal.quote) == (
        Topic.GROUP_SIZE,
        Decision.ALLOWED_WITH_CONDITIONS,
        QUOTE,
    )
    assert proposal.place == "“Group psychotherapy”"
    assert proposal.limit
    assert proposal.limit.most == 10
    assert proposal.proposed_by == "fake:model, document_facts v1"


@pytest.mark.parametrize(
    "quote",
    [
        "A therapy group may have no more than 12 members.",  # a changed number
        "A therapy group may have no more than 10 patients.",  # a changed word
        "A therapy group is never paid at all.",
        "therapy group",  # too little to say anything
    ],
)
def test_an_invented_quote_is_dropped_and_told(add: Add, quote: str) -> None:
    added, _ = add(fact(quote=quote))
    assert added.proposals == ()
    assert "1 of the model's proposals dropped" in added.note


def test_what_the_passage_does_not_say_is_left_out_of_a_proposal(add: Add) -> None:
    added, _ = add(
        fact(
            topic="same_day",
            quote=PAIR,
            conditions=["separate and distinct", "a supervisor must sign"],
            modifiers=["59", "XE"],
            limit=ReadLimit(counts=Counted.PEOPLE, least=None, most=12, period=""),
        ),
        passage=PAIR,
    )
    (proposal,) = added.proposals
    assert (proposal.conditions, proposal.modifiers, proposal.limit) == (("separate and distinct",), ("59",), None)


def test_a_sentence_that_gives_orders_is_no_fact_even_when_a_model_falls_for_it(add: Add) -> None:
    added, model = add(
        fact(topic="prior_auth", decision="not_required", quote=ORDERS),
        text=f"# Groups\nGroups are covered. {ORDERS}",
        passage=ORDERS,
    )
    assert added.proposals == ()
    assert any(ORDERS in sent.user for sent in model.sent)
    assert all(ORDERS not in sent.system for sent in model.sent)


def test_the_passage_goes_to_the_model_as_data_in_a_block_it_cannot_close(add: Add) -> None:
    _, model = add()
    assert {sent.prompt for sent in model.sent} == {"document_facts"}
    assert all("<<<passage " in sent.user for sent in model.sent)
    assert not any("Provider services can be reached" in sent.user for sent in model.sent)  # says nothing of groups


def test_where_the_model_fails_the_words_of_the_topic_propose(add: Add) -> None:
    added, model = add(fact(), fails="The model fake:model gave no answer in time.")
    assert len(model.sent) == 1
    assert {one.proposed_by for one in added.proposals} == {CUES}
    assert "gave no answer in time" in added.note


def test_a_persons_word_stands_over_the_models(add: Add, tmp_path: Path) -> None:
    from bot.documents.proposals import Changes

    added, _ = add(fact())
    library = Copilot(Settings(data_dir=tmp_path)).at("T1").library
    own = library.proposals.approve(added.proposals[0].id, "U1", Changes(decision=Decision.NOT_ALLOWED))
    assert own.fact.decision is Decision.NOT_ALLOWED
