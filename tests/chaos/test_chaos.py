"""However often the process dies, what a person sent is answered, and never twice."""

from pathlib import Path

import pytest

from tests.chaos.storm import Storm


@pytest.mark.timeout(240)
def test_thirty_pieces_of_work_over_four_kills_are_answered_once_each(tmp_path: Path) -> None:
    count = Storm(tmp_path, works=30, kills=4, seconds=30.0).run({})
    assert (count.once, count.twice, count.half, count.never, count.unfinished) == (30, 0, 0, 0, 0)
