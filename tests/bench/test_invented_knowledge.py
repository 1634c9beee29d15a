"""The invented knowledge of the scale measurement: the size asked for, the same each time, spread as on file."""

from collections import Counter

import numpy as np

from bot.policies.resolve import Resolver
from tests.bench.invented_knowledge import invent
from tests.bench.stand_in import StandIn


def test_it_has_the_size_asked_for_and_is_the_same_each_time() -> None:
    first, second = invent(1000), invent(1000)
    assert len(first.catalog.snippets) == 1000
    assert first.catalog.content_hash == second.catalog.content_hash
    assert len({snippet.id for snippet in first.catalog.snippets}) == 1000


def test_most_payers_have_a_handful_of_rules_and_a_few_have_many() -> None:
    sizes = sorted(Counter(payer.id for payer in invent(1000).asked_about).values())
    assert 80 <= len(sizes) <= 110
    assert sizes[len(sizes) // 2] < 10
    assert sizes[-1] > 30


def test_its_payers_are_known_by_their_names() -> None:
    knowledge = invent(1000)
    resolver = Resolver(knowledge.catalog)
    for payer in knowledge.asked_about[::50]:
        (mention,) = resolver.mentions(f"Does {payer.name} need prior auth for 90853?")
        assert mention.payer_id == payer.id


def test_vectors_that_stand_in_are_near_for_one_statement_and_apart_for_payers() -> None:
    texts = ["Acme: units\nOne unit, always.", "Bolt: units\nOne unit, never.", "Acme: size\nTwelve people, at most."]
    same, other, apart = StandIn().embed(texts)
    assert np.linalg.norm(same) == np.float32(1) or abs(np.linalg.norm(same) - 1) < 1e-5
    assert same @ apart < same @ other < 0.99
