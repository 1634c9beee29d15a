"""The invented month of the audit's measurement: what was made as a copy reads as one, and nothing else does."""

from pathlib import Path

import pytest

from bot.audit.similar import Passage, clusters, find_copies
from tests.audit.month import audited
from tests.bench.invented_month import Month, invent_month


def _planted(month: Month) -> set[str]:
    return {id_ for pair in month.copies for id_ in pair}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_between_sessions_only_what_was_made_as_a_copy_reads_as_one(seed: int) -> None:
    month = invent_month(100, seed=seed)
    found = find_copies(Passage(row["note_id"], row["note_text"], row["group"]) for row in month.rows)
    together = {key: cluster for cluster in clusters(found.pairs) for key in cluster.keys}
    assert together.keys() <= _planted(month)
    assert all(together[one] is together[other] for one, other in month.copies)


def test_an_audit_of_it_finds_the_copies_that_were_made_and_no_other(tmp_path: Path) -> None:
    month = invent_month(5, members=6, seed=4)
    found = {note for cluster in audited(tmp_path, month.rows).audit.copy_clusters for note in cluster.notes}
    assert found == _planted(month)
    assert found
