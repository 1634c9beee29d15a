"""The word ranking narrowed to some snippets is the whole ranking with the others left out."""

import numpy as np
import pytest

from bot.policies.catalog import load_catalog
from bot.policies.lexical import WordRanking

SNIPPETS = load_catalog().snippets
RANKING = WordRanking(SNIPPETS)
QUESTIONS = (
    "group and individual therapy on the same day",
    "POS 10 and modifier 95 for a video group",
    "who may lead a group, interns?",
    "90853",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_payers_own_ranking_keeps_the_order_of_the_whole(question: str) -> None:
    whole = RANKING.best(question, len(SNIPPETS))
    assert len(whole) > 20
    assert whole == sorted(whole, key=lambda found: -found[1])
    for payer_id in {snippet.payer_id for snippet in SNIPPETS}:
        rows = np.array([row for row, snippet in enumerate(SNIPPETS) if snippet.payer_id == payer_id], dtype=np.intp)
        assert RANKING.best(question, 500, rows) == [found for found in whole if found[0] in rows], payer_id


def test_no_more_than_asked_for_and_none_without_a_shared_word() -> None:
    assert RANKING.best("group therapy", 3) == RANKING.best("group therapy", 50)[:3]
    assert RANKING.best("xylophone", 5) == []
    assert RANKING.best("xylophone", 5, np.arange(9)) == []
    assert RANKING.best("group", 5, np.array([], dtype=np.intp)) == []


def test_nothing_on_file_has_no_ranking() -> None:
    assert WordRanking(()).best("group", 5) == []
