"""However often the process dies, what a person sent is answered, and never twice."""

from pathlib import Path

import pytest

from tests.chaos.storm import Storm


@pytest.mark.timeout(240)
def test_sixteen_pieces_of_work_over_three_kills_are_answered_once_each(tmp_path: Path) -> None:
    count = Storm(tmp_path, works=16, kills=3, seconds=15.0).run({})
    assert (count.once, count.twice, count.half, count.never, count.unfinished) == (16, 0, 0, 0, 0)
